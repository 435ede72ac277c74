"""What people type behind the bot's name in any chat."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from telegram import InlineQuery, Update

from bot.services.inline import Shelf
from bot.telegram import views
from bot.telegram.acting import Acting, UseCases
from bot.telegram.api import make_at_once
from bot.telegram.matching import Match
from bot.telegram.requests import event_number
from bot.telegram.wording import Wording


class InlineQueries(Acting):
    """Answers inline queries at once, not by the outbox: who types on asks again, and an
    answer that comes late or fails is nothing lost. ``clock`` gives the time in UTC."""

    def __init__(
        self, use_cases: UseCases, wording: Wording, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(use_cases, wording)
        self._clock = clock

    async def answer(self, update: Update, match: Match) -> None:
        """Answer the inline query of an update."""
        query = update.inline_query
        if query is None:
            return
        shelf = await self._found(query)
        words = self._wording.of(shelf.language or query.from_user.language_code)
        answer = views.inline_results(words, shelf, query.id, self._links)
        await make_at_once(query.get_bot(), answer, level=logging.DEBUG)

    async def _found(self, query: InlineQuery) -> Shelf:
        asker, text = query.from_user.id, query.query.strip()
        number = event_number(text)
        if number is not None:
            return await self._inline.event(asker, number)
        start = int(query.offset) if query.offset.isascii() and query.offset.isdecimal() else 0
        return await self._inline.look(asker, text, start, self._clock())
