"""Commands about days."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.telegram import views
from bot.telegram.commands.said import Act, Commands, Said


class Days(Commands):
    """What happened on a day."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"today": self.today}

    async def today(self, said: Said) -> None:
        """/today [DAY]."""
        view = self._sent(partial(views.today, asked=said.text))
        await self._answering.today(said.request, said.text, view)
