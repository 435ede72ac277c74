"""Commands to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from bot.telegram import views
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.sharing import FOLLOW_LINK


class Starting(Commands):
    """Starting and helping."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"start": self.start, "help": self.help}

    async def start(self, said: Said) -> None:
        """/start; with the payload ``f_<entity>`` of a deep link it follows that entity."""
        number = said.text.removeprefix(FOLLOW_LINK)
        if said.text.startswith(FOLLOW_LINK) and number.isdecimal():
            await self._following.follow_entity(
                said.request, int(number), self._sent(views.follow), starting=True
            )
        else:
            await self._answering.start(said.request, self._sent(views.welcome))

    async def help(self, said: Said) -> None:
        """/help."""
        await self._reply(said, views.help_text)
