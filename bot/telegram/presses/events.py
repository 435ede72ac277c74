"""Buttons about events."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.answering import NothingAlerted, Pointer, RelatedAnswer
from bot.services.following import Gone
from bot.telegram import buttons, views
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.texts import reading as texts
from bot.telegram.wording import Words
from storage.model import Call, ChatKind


class Events(Presses):
    """What is related to an event."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {buttons.RELATED: self.related}

    async def related(self, pressed: Pressed) -> None:
        """Related events, as a message of their own: the alert stays. In a channel that would be
        for all subscribers: there whoever presses is led to their private chat."""
        number = int(pressed.parts[0])
        if pressed.request.kind is ChatKind.CHANNEL:
            url = self._links.related(number)
            await self._answering.say(pressed.request, lambda chat, _: [pressed.leave(url)])
            return

        def view(words: Words, answer: RelatedAnswer | NothingAlerted | Gone) -> list[Call]:
            if isinstance(answer, Gone):
                return [pressed.toast(words(texts.GONE_EVENT), alert=True)]
            return [pressed.toast(), views.related(words, answer, is_here=True).sent()]

        await self._answering.related(pressed.request, Pointer(number), self._called(view))
