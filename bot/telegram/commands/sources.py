"""The command of the operator's chats: the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.services.conversation import View
from bot.services.managing import (
    Change,
    FeedListing,
    LookedAnswer,
    NotForYou,
    Removed,
    SeveralFeeds,
)
from bot.telegram.acting import Result
from bot.telegram.commands.said import Act, Commands, Said
from bot.telegram.screens import Screen
from bot.telegram.texts import sources as texts
from bot.telegram.views import sentence
from bot.telegram.views import sources as shown
from bot.telegram.wording import Words
from storage.model import Call, Chat, ChatKind


class Sources(Commands):
    """Managing sources."""

    @property
    def commands(self) -> Mapping[str, Act]:
        return {"sources": self.sources}

    async def sources(self, said: Said) -> None:
        """/sources [NUMBER | add URL | check WHICH | pause WHICH | resume WHICH | remove WHICH]."""
        verb, _, rest = said.text.partition(" ")
        what = rest.strip()
        match verb.lower():
            case "":
                await self._show(said, shown.listing)
            case "add":
                await self._sources.add(said.request, what, self._told(shown.adding))
            case "check":
                await self._sources.check(said.request, what, self._told(_checked))
            case "pause" | "resume" | "remove" if not what:
                await self._show(said, _which_one)
            case "pause" | "resume" as change:
                view = self._told(shown.changed)
                await self._sources.change(said.request, what, Change(change), view)
            case "remove":
                await self._sources.entry(said.request, what, self._told(shown.removal))
            case number if number.isdecimal() and not what:
                await self._sources.card(said.request, number, self._told(shown.card))
            case _:
                await self._show(said, lambda words, _: shown.how(words))

    def _told(self, view: Callable[[Words, Result], Screen]) -> View[Result]:
        """A screen as a message. In a channel its subscribers read what is said to who is no
        operator: not the chat's number, then."""

        def told(chat: Chat, result: Result) -> Sequence[Call]:
            words = self._wording.in_chat(chat)
            if chat.kind is ChatKind.CHANNEL and isinstance(result, NotForYou):
                return [sentence(words, texts.SOURCES_NOT_HERE).sent()]
            return [view(words, result).sent()]

        return told

    async def _show(self, said: Said, screen: Callable[[Words, FeedListing], Screen]) -> None:
        def view(words: Words, found: FeedListing | NotForYou) -> Screen:
            if isinstance(found, NotForYou):
                return shown.not_here(words, found)
            return screen(words, found)

        await self._sources.show(said.request, self._told(view))


def _checked(words: Words, answer: LookedAnswer) -> Screen:
    if isinstance(answer, SeveralFeeds | Removed):
        return shown.which_source(words, answer)
    return shown.checked(words, answer)


def _which_one(words: Words, found: FeedListing) -> Screen:
    return sentence(words, texts.SOURCE_NO_NAME)
