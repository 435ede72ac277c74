"""Commands about events."""

from __future__ import annotations

from collections.abc import Mapping

from bot.telegram import texts, views
from bot.telegram.commands.said import Act, Commands, Reply, Said, sentence
from bot.telegram.requests import event_number, has_words, pointer

LONGEST_SEARCH = 200


class Events(Commands):
    """One event, related ones, those with certain words."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"related": self.related, "event": self.event, "search": self.search}

    async def related(self, said: Said) -> None:
        """/related [NUMBER], or as a reply to a message about an event."""
        number = event_number(said.text)
        if await self._refused(said, _unfit_number(said.text, number)):
            return
        pointed = pointer(said.message, number)
        await self._answering.related(said.request, pointed, self._sent(views.related))

    async def event(self, said: Said) -> None:
        """/event NUMBER and /event_NUMBER, or as a reply to a message about an event."""
        number = event_number(said.text)
        if await self._refused(said, _unfit_number(said.text, number)):
            return
        pointed = pointer(said.message, number)
        await self._answering.event(said.request, pointed, self._sent(views.event_card))

    async def search(self, said: Said) -> None:
        """/search WORDS, "A PHRASE" and -WORDS."""
        if await self._refused(said, _unfit_search(said.text)):
            return
        await self._answering.search(said.request, said.text, self._sent(views.found))


def _unfit_number(text: str, number: int | None) -> Reply | None:
    """Why a text is no event's number, if so; no text is none."""
    return sentence(texts.events.BAD_NUMBER, typed=text) if text and number is None else None


def _unfit_search(text: str) -> Reply | None:
    """Why a text can't be searched for, if so."""
    if not has_words(text):
        return sentence(texts.events.SEARCH_WHAT)
    if len(text) > LONGEST_SEARCH:
        return lambda words: views.counted(words, texts.reading.TOO_LONG_SEARCH, LONGEST_SEARCH)
    return None
