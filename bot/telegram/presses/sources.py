"""Buttons of the operator's chats: the sources."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.managing import (
    Change,
    ChangeAnswer,
    Changed,
    EntryAnswer,
    FeedListing,
    NotForYou,
    Turned,
)
from bot.telegram import buttons
from bot.telegram.presses.pressed import Act, Pressed, Presses
from bot.telegram.texts import sources as texts
from bot.telegram.views import sources as shown
from bot.telegram.wording import Words
from storage.model import Call, Feed

_CHANGES = {"p": Change.PAUSE, "r": Change.RESUME}


class Sources(Presses):
    """Managing sources."""

    @property
    def presses(self) -> Mapping[str, Act]:
        return {
            buttons.SOURCES: self.page,
            buttons.SOURCE_TURN: self.turn,
            buttons.SOURCE_REMOVE: self.remove,
            buttons.SOURCE_KEEP: self.keep,
        }

    async def page(self, pressed: Pressed) -> None:
        """A page of the list, in place."""

        def view(words: Words, found: FeedListing | NotForYou) -> list[Call]:
            if isinstance(found, NotForYou):
                return _not_here(words, pressed)
            return pressed.redo(shown.listing(words, found, int(pressed.parts[0])))

        await self._sources.show(pressed.request, self._called(view))

    async def turn(self, pressed: Pressed) -> None:
        """Pause or resume, and show the page as it is then."""
        letter, number, page = pressed.parts[0], int(pressed.parts[1]), int(pressed.parts[2])

        def view(words: Words, found: Turned | NotForYou) -> list[Call]:
            if isinstance(found, NotForYou):
                return _not_here(words, pressed)
            screen = shown.listing(words, found.listing, page)
            return pressed.redo(screen, shown.turned_toast(words, found.answer))

        change = _CHANGES[letter]
        await self._sources.turn(pressed.request, number, change, self._called(view))

    async def remove(self, pressed: Pressed) -> None:
        """Remove: the question becomes the confirmation."""

        def view(words: Words, found: ChangeAnswer | NotForYou) -> list[Call]:
            if isinstance(found, Changed):
                return pressed.redo(shown.changed(words, found))
            return _not_there(words, pressed, found)

        which = pressed.parts[0]
        await self._sources.change(pressed.request, which, Change.REMOVE, self._called(view))

    async def keep(self, pressed: Pressed) -> None:
        """Leave it: the question becomes that."""

        def view(words: Words, found: EntryAnswer) -> list[Call]:
            if isinstance(found, Feed):
                return pressed.redo(shown.stays(words, found))
            return _not_there(words, pressed, found)

        await self._sources.entry(pressed.request, pressed.parts[0], self._called(view))


def _not_there(words: Words, pressed: Pressed, found: object) -> list[Call]:
    if isinstance(found, NotForYou):
        return _not_here(words, pressed)
    return [pressed.toast(words(texts.SOURCE_GONE), alert=True)]


def _not_here(words: Words, pressed: Pressed) -> list[Call]:
    return [pressed.toast(words(texts.SOURCES_NOT_HERE), alert=True)]
