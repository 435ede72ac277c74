"""Commands about what is known of a chat, and what the bot is."""

from __future__ import annotations

from collections.abc import Mapping

from bot.telegram import views
from bot.telegram.commands.said import Act, Commands, Said


class Privacy(Commands):
    """Exporting, forgetting, and whose work this is. What stands behind these is ignored."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"export": self.export, "forget": self.forget, "about": self.about}

    async def export(self, said: Said) -> None:
        """/export."""
        await self._privacy.export(said.request, self._called(views.export))

    async def forget(self, said: Said) -> None:
        """/forget: asks first."""
        await self._privacy.known(said.request, self._sent(views.forget))

    async def about(self, said: Said) -> None:
        """/about."""
        await self._reply(said, lambda words: views.about(words, self._about))
