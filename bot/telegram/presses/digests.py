"""Buttons about digests."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.following import Gone
from bot.services.summaries import Bundle
from bot.telegram import buttons, views
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.texts import digests as texts
from bot.telegram.wording import Words
from storage.model import Call


class Digests(Presses):
    """Pages of alerts that went as one message."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {buttons.BUNDLE: self.bundle}

    async def bundle(self, pressed: Pressed) -> None:
        """Another page, in place."""
        number, page = map(int, pressed.parts)

        def view(words: Words, answer: Bundle | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return [pressed.toast(words(texts.GONE_BUNDLE), alert=True)]
            return pressed.redo(views.bundle(words, answer, page))

        await self._rereading.bundle(pressed.request, number, self._called(view))
