"""Commands to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.answering import Pointer
from bot.telegram import views
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.requests import event_number
from bot.telegram.sharing import FILTER_LINK, FOLLOW_LINK, RELATED_LINK


class Starting(Commands):
    """Starting and helping."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"start": self.start, "help": self.help}

    async def start(self, said: Said) -> None:
        """/start; with the payload ``f_<entity>`` of a deep link it follows that entity, with
        ``w_<entity>`` it shows that follow's filter, with ``r_<event>`` what is related to that
        event."""
        kind, number = said.text[: len(FOLLOW_LINK)], said.text[len(FOLLOW_LINK) :]
        if kind == FOLLOW_LINK and number.isdecimal():
            await self._following.follow_entity(
                said.request, int(number), self._sent(views.follow), starting=True
            )
        elif kind == RELATED_LINK and (event := event_number(number)) is not None:
            await self._answering.related(said.request, Pointer(event), self._sent(views.related))
        elif kind == FILTER_LINK and number.isdecimal():
            view = self._sent(views.named_filter)
            await self._filtering.show(said.request, int(number), view)
        else:
            await self._answering.start(said.request, self._sent(views.welcome))

    async def help(self, said: Said) -> None:
        """/help."""
        await self._reply(said, views.help_text)
