"""Buttons about events."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.answering import NothingAlerted, Pointer, RelatedAnswer
from bot.services.following import Gone
from bot.telegram import buttons, texts, views
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.wording import Words
from storage.model import Call


class Events(Presses):
    """What is related to an event."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {buttons.RELATED: self.related}

    async def related(self, pressed: Pressed) -> None:
        """Related events, as a message of their own: the alert stays."""

        def view(words: Words, answer: RelatedAnswer | NothingAlerted | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return [pressed.toast(words(texts.GONE_EVENT), alert=True)]
            return [pressed.toast(), views.related(words, answer).sent()]

        pointed = Pointer(int(pressed.parts[0]))
        await self._answering.related(pressed.request, pointed, self._called(view))
