"""Use cases of the operator's chats."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.core.feed_addresses import feed_address
from bot.errors import NotAFeed, PrivateAddress, SourceError, SourceUnreadable
from bot.services.conversation import Conversation, Request, View
from bot.services.managing.changing import (
    Change,
    ChangeAnswer,
    FeedAdded,
    Removed,
    SeveralFeeds,
    UnknownFeed,
    add_feed,
    change_feed,
    find_feed,
    is_listed,
)
from bot.services.managing.finding import by_address
from bot.services.managing.operators import Operators
from bot.services.planning import zone_of
from bot.services.previewing import Preview, Previewing, newest
from bot.sources.feeds import FeedReading
from bot.sources.opml import ListedFeed
from storage.database import Transaction
from storage.model import Chat, Feed, Origin

Result = TypeVar("Result")
# Reads the feed at an address once. Raises SourceError.
Look = Callable[[str], Awaitable[FeedReading]]

PATIENCE = 2.5  # seconds: a reader waits three at most
NEWEST = 3


@dataclass(frozen=True)
class NotForYou:
    """The chat of this Telegram id is none of the operator's."""

    telegram_id: int


@dataclass(frozen=True)
class NotUsable:
    """What was ``typed`` is no address that could be a feed's."""

    typed: str


@dataclass(frozen=True)
class NotRead:
    """No feed could be read at ``url``, and why ("": it took too long); a web page there
    names these ``feeds``. ``is_final``: there is none, not just now. ``is_private``: it may not
    be asked by the word of a chat."""

    url: str
    why: str = ""
    feeds: tuple[str, ...] = ()
    is_final: bool = False
    is_private: bool = False


@dataclass(frozen=True)
class Seen:
    """The feed at ``url``."""

    url: str
    reading: FeedReading


@dataclass(frozen=True)
class Looked:
    """The feed at ``url``, what would come of its newest entries, and by which listed feed it
    is known already, if it is."""

    url: str
    reading: FeedReading
    newest: tuple[Preview, ...]
    known: Feed | None = None


@dataclass(frozen=True)
class FeedListed:
    """A feed is listed; ``unread``: why it could not be read just now, if so."""

    added: FeedAdded
    unread: NotRead | None = None


@dataclass(frozen=True)
class Turned:
    """What became of a feed, and all of them as they are then."""

    answer: ChangeAnswer
    listing: FeedListing


@dataclass(frozen=True)
class FeedListing:
    """All feeds that are listed; ``zone``: whose times the chat goes by."""

    feeds: tuple[Feed, ...]
    zone: ZoneInfo


@dataclass(frozen=True)
class Card:
    """A feed by itself, and how many ``reports`` have come of it; ``zone`` as in
    ``FeedListing``."""

    feed: Feed
    reports: int
    zone: ZoneInfo


LookedAnswer = Looked | NotRead | NotUsable | NotForYou
AddAnswer = FeedListed | NotRead | NotUsable | NotForYou
EntryAnswer = Feed | SeveralFeeds | UnknownFeed | Removed | NotForYou
CardAnswer = Card | SeveralFeeds | UnknownFeed | Removed | NotForYou


class Sources:
    """The use cases; each answers one request. ``look`` asks publishers, for no longer than
    ``patience`` seconds."""

    def __init__(
        self,
        conversation: Conversation,
        operators: Operators,
        look: Look,
        previewing: Previewing,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._conversation = conversation
        self._operators = operators
        self._look = look
        self._previewing = previewing
        self._patience = patience

    async def show(self, request: Request, view: View[FeedListing | NotForYou]) -> None:
        """All feeds."""
        await self._answer(request, _listing, view)

    async def entry(self, request: Request, which: str, view: View[EntryAnswer]) -> None:
        """The feed that is meant."""
        await self._answer(request, lambda tx, chat: find_feed(tx, which), view)

    async def card(self, request: Request, which: str, view: View[CardAnswer]) -> None:
        """The feed that is meant, with what has come of it."""

        async def work(tx: Transaction, chat: Chat) -> CardAnswer:
            found = await find_feed(tx, which)
            if not isinstance(found, Feed):
                return found
            return Card(found, await tx.reports.count(found.id), zone_of(chat))

        await self._answer(request, work, view)

    async def change(
        self, request: Request, which: str, change: Change, view: View[ChangeAnswer | NotForYou]
    ) -> None:
        """Pause, resume or remove the feed that is clearly meant."""
        await self._answer(
            request, lambda tx, chat: change_feed(tx, which, change, request.at), view
        )

    async def turn(
        self,
        request: Request,
        number: int,
        change: Change,
        view: View[Turned | NotForYou],
    ) -> None:
        """Change the feed of this number; with all feeds as they are then."""

        async def work(tx: Transaction, chat: Chat) -> Turned:
            answer = await change_feed(tx, str(number), change, request.at)
            return Turned(answer, await _listing(tx, chat))

        await self._answer(request, work, view)

    async def add(self, request: Request, typed: str, view: View[AddAnswer]) -> None:
        """List the feed at an address, unless what is there is none."""
        found = await self._looked(request, typed)
        if not isinstance(found, Seen | NotRead) or (isinstance(found, NotRead) and found.is_final):
            await self._answer(request, _saying(found), view)
            return
        given = _named(found) if isinstance(found, Seen) else ListedFeed(found.url)
        unread = found if isinstance(found, NotRead) else None

        async def work(tx: Transaction, chat: Chat) -> FeedListed:
            return FeedListed(await add_feed(tx, given, request.at, Origin.CHAT), unread)

        await self._answer(request, work, view)

    async def check(self, request: Request, typed: str, view: View[LookedAnswer]) -> None:
        """Read the feed at an address once and keep nothing."""
        found = await self._looked(request, typed)
        if not isinstance(found, Seen):
            await self._answer(request, _saying(found), view)
            return
        reading = found.reading
        previews = await self._previewing.preview(
            newest(reading.entries, NEWEST),
            reading.title or found.url,
            request.at,
            language=reading.language or "en",
        )

        async def work(tx: Transaction, chat: Chat) -> Looked:
            listed = list(filter(is_listed, await tx.feeds.all()))
            known = by_address(listed, found.url)
            return Looked(found.url, reading, tuple(previews), known)

        await self._answer(request, work, view)

    async def _looked(self, request: Request, typed: str) -> Seen | NotRead | NotUsable | NotForYou:
        """The feed at an address, for an operator's chat that has not been answered yet."""
        if not self._operators.admit(request):
            return NotForYou(request.telegram_id)
        url = feed_address(typed)
        if url is None or await self._conversation.is_handled(request.update_id):
            return NotUsable(typed)
        try:
            async with asyncio.timeout(self._patience):
                return Seen(url, await self._look(url))
        except TimeoutError:
            return NotRead(url)
        except SourceError as error:
            return _not_read(url, error)

    async def _answer(
        self,
        request: Request,
        work: Callable[[Transaction, Chat], Awaitable[Result]],
        view: View[Any],
    ) -> None:
        """Do the work for an operator's chat, which is remembered by its name; tell others
        that it is not for them."""

        async def for_operators(tx: Transaction, chat: Chat) -> Result | NotForYou:
            if not self._operators.admit(request):
                return NotForYou(request.telegram_id)
            await self._operators.note(tx, request, chat)
            return await work(tx, chat)

        await self._conversation.answer(request, for_operators, view)


def _saying(answer: Result) -> Callable[[Transaction, Chat], Awaitable[Result]]:
    """Work that is done already."""

    async def work(tx: Transaction, chat: Chat) -> Result:
        return answer

    return work


async def _listing(tx: Transaction, chat: Chat) -> FeedListing:
    return FeedListing(tuple(filter(is_listed, await tx.feeds.all())), zone_of(chat))


def _not_read(url: str, error: SourceError) -> NotRead:
    return NotRead(
        url,
        str(error),
        feeds=error.feeds if isinstance(error, NotAFeed) else (),
        is_final=isinstance(error, SourceUnreadable),
        is_private=isinstance(error, PrivateAddress) and error.is_given,
    )


def _named(seen: Seen) -> ListedFeed:
    """The feed as it calls itself."""
    reading = seen.reading
    return ListedFeed(seen.url, reading.title, reading.language or "")
