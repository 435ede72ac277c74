"""Use cases of the operator's chats."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.core.feed_addresses import feed_address
from bot.errors import NotAFeed, PrivateAddress, SourceError, SourceUnreadable
from bot.services.conversation import Conversation, Request, View
from bot.services.managing.answers import (
    AddAnswer,
    Card,
    CardAnswer,
    EntryAnswer,
    FeedListed,
    FeedListing,
    Looked,
    LookedAnswer,
    NotForYou,
    NotRead,
    NotUsable,
    Seen,
    Turned,
)
from bot.services.managing.changing import (
    Change,
    ChangeAnswer,
    Removed,
    SeveralFeeds,
    add_feed,
    change_feed,
    find_feed,
    is_listed,
)
from bot.services.managing.finding import by_address, led_there
from bot.services.managing.operators import Operators
from bot.services.planning import zone_of
from bot.services.previewing import Previewing, newest
from bot.sources.opml import ListedFeed
from storage.database import Transaction
from storage.model import Chat, Feed, Origin

Result = TypeVar("Result")

PATIENCE = 2.5  # seconds: a reader waits three at most
NEWEST = 3

# Reads the feed at an address once. Raises SourceError.
Look = Callable[[str], Awaitable[Seen]]


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
        led_to = found.led_to if isinstance(found, Seen) else ()

        async def work(tx: Transaction, chat: Chat) -> FeedListed:
            added = await add_feed(tx, given, request.at, Origin.CHAT, led_to=led_to)
            return FeedListed(added, unread)

        await self._answer(request, work, view)

    async def check(self, request: Request, which: str, view: View[LookedAnswer]) -> None:
        """Read the feed at an address, or one that is listed, once and keep nothing."""
        meant = await self._address(which) if self._operators.admit(request) else which
        found = await self._looked(request, meant) if isinstance(meant, str) else meant
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
            there = led_there(listed, found.url, found.led_to)
            known, led_from = there or by_address(listed, found.url), found.url if there else ""
            return Looked(found.url, reading, tuple(previews), known, led_from)

        await self._answer(request, work, view)

    async def _address(self, which: str) -> str | SeveralFeeds | Removed:
        """The address of the listed feed that is meant; else what was typed, which may be one."""
        if not which or feed_address(which):
            return which
        found = await self._conversation.look_up(lambda tx: find_feed(tx, which))
        if isinstance(found, Feed):
            return found.url
        return found if isinstance(found, SeveralFeeds | Removed) else which

    async def _looked(self, request: Request, typed: str) -> Seen | NotRead | NotUsable | NotForYou:
        """The feed at an address, for an operator's chat that has not been answered yet."""
        if not self._operators.admit(request):
            return NotForYou(request.telegram_id)
        url = feed_address(typed)
        if url is None or await self._conversation.is_handled(request.update_id):
            return NotUsable(typed)
        try:
            async with asyncio.timeout(self._patience):
                return await self._look(url)
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
