"""The command of the operator's chats: the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.services.managing import Change, FeedListing, NotForYou
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.screens import Screen
from bot.telegram.texts import sources as texts
from bot.telegram.views import sentence
from bot.telegram.views import sources as shown
from bot.telegram.wording import Words


class Sources(Commands):
    """Managing sources."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"sources": self.sources}

    async def sources(self, said: Said) -> None:
        """/sources [NUMBER | add URL | check URL | pause WHICH | resume WHICH | remove WHICH]."""
        verb, _, rest = said.text.partition(" ")
        what = rest.strip()
        match verb.lower():
            case "":
                await self._show(said, shown.listing)
            case "add":
                await self._sources.add(said.request, what, self._sent(shown.adding))
            case "check":
                await self._sources.check(said.request, what, self._sent(shown.checked))
            case "pause" | "resume" | "remove" if not what:
                await self._show(said, _which_one)
            case "pause" | "resume" as change:
                view = self._sent(shown.changed)
                await self._sources.change(said.request, what, Change(change), view)
            case "remove":
                await self._sources.entry(said.request, what, self._sent(shown.removal))
            case number if number.isdecimal() and not what:
                await self._sources.card(said.request, number, self._sent(shown.card))
            case _:
                await self._show(said, lambda words, _: shown.how(words))

    async def _show(self, said: Said, screen: Callable[[Words, FeedListing], Screen]) -> None:
        def view(words: Words, found: FeedListing | NotForYou) -> Screen:
            if isinstance(found, NotForYou):
                return shown.not_here(words, found)
            return screen(words, found)

        await self._sources.show(said.request, self._sent(view))


def _which_one(words: Words, found: FeedListing) -> Screen:
    return sentence(words, texts.SOURCE_NO_NAME)
