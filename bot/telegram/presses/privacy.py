"""Buttons under the question before all is deleted."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.privacy import Forgotten, NotOurs
from bot.telegram import buttons, texts, views
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.wording import Words
from storage.model import Call


class Privacy(Presses):
    """Deleting all, or nothing."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {buttons.FORGET: self.forget, buttons.KEEP: self.keep}

    async def forget(self, pressed: Pressed) -> None:
        """Delete all: the question becomes the confirmation."""

        def view(words: Words, answer: Forgotten | NotOurs) -> list[Call]:
            if isinstance(answer, NotOurs):
                return [pressed.toast(words(texts.reading.STALE), alert=True)]
            return pressed.redo(views.forgotten(words), words(texts.privacy.FORGOTTEN_TOAST))

        telegram_id = int(pressed.parts[0])
        await self._privacy.forget(pressed.request, telegram_id, self._called(view))

    async def keep(self, pressed: Pressed) -> None:
        """Delete nothing: the question becomes that."""

        def view(words: Words, _: None) -> list[Call]:
            return pressed.redo(views.not_forgotten(words), words(texts.privacy.NOT_FORGOTTEN))

        await self._answering.say(pressed.request, self._called(view))
