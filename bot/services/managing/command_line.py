"""Use cases of the command line and of the start of ``run``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.managing.changing import (
    Added,
    Change,
    ChangeAnswer,
    FeedAdded,
    Removed,
    SeveralFeeds,
    UnknownFeed,
    add_feed,
    add_feeds,
    change_feed,
    describe,
    find_feed,
    is_listed,
)
from bot.services.managing.syncing import Synced, spread_over, sync_feeds
from bot.services.managing.trusting import is_own
from bot.sources.opml import ListedFeed
from storage.database import Database
from storage.model import Feed, FeedState

AT_ONCE = 400  # feeds of a file in one transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Imported:
    """How many feeds of a file are new, back after they had been removed, and known already."""

    new: int
    back: int
    known: int


class Managing:
    """The feeds of a database. ``clock`` gives the time in UTC. Each use case but for
    ``import_feeds`` is one transaction."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def sync(self, listed: Sequence[ListedFeed]) -> Synced:
        """Let the feeds that come from lists be those of this one (see ``sync_feeds``)."""
        async with self._database.transaction() as tx:
            return await sync_feeds(tx, listed, self._clock())

    async def listed(self, *, everything: bool = False) -> list[Feed]:
        """The feeds that are listed, oldest first; ``everything``: also those that were
        removed or that their list does not name any more."""
        async with self._database.reading() as tx:
            return [each for each in await tx.feeds.all() if everything or is_listed(each)]

    async def is_own(self, url: str, *, own_list: bool) -> bool:
        """Whether the feed that is asked at ``url`` is so by the operator's own word (see
        ``trusting``)."""
        async with self._database.reading() as tx:
            feed = await tx.feeds.at(url)
        return feed is not None and is_own(feed, url, own_list=own_list)

    async def add(
        self, given: ListedFeed, *, typed: ListedFeed | None = None, led_to: Iterable[str] = ()
    ) -> FeedAdded:
        """List a feed by the operator's own word, due at once (see ``add_feed``). ``typed``: what
        of it is the operator's wording, which goes before what a listed one is called."""
        async with self._database.transaction() as tx:
            added = await add_feed(tx, given, self._clock(), led_to=led_to)
            return await describe(tx, added, typed) if typed and not added.led_from else added

    async def find(self, which: str) -> Feed | SeveralFeeds | UnknownFeed | Removed:
        """The listed feed that is clearly meant, or which may be."""
        async with self._database.reading() as tx:
            return await find_feed(tx, which)

    async def change(self, which: str, change: Change) -> ChangeAnswer:
        """Pause, resume or remove the feed that is clearly meant: by its number, its address
        or words of its title."""
        async with self._database.transaction() as tx:
            return await change_feed(tx, which, change, self._clock())

    async def import_feeds(self, given: Sequence[ListedFeed]) -> Imported:
        """List all of these by the operator's own word: some in each transaction, so that a bot
        that runs can write in between. Where it fails, those before stay, which is logged."""
        times = spread_over(self._clock(), len(given))
        pairs = list(zip(given, times, strict=True))
        done: list[Added] = []
        try:
            for start in range(0, len(pairs), AT_ONCE):
                async with self._database.transaction() as tx:
                    added = await add_feeds(tx, pairs[start : start + AT_ONCE])
                done += [each.how for each in added]
        finally:
            if 0 < len(done) < len(pairs):
                log.error(
                    "only the first %d of %d feeds are listed; import the file again for the rest",
                    len(done),
                    len(pairs),
                )
        return Imported(*(done.count(how) for how in (Added.NEW, Added.BACK, Added.KNOWN)))

    async def export(self) -> list[ListedFeed]:
        """The feeds that are listed, where they are asked now, for a file."""
        return [
            ListedFeed(
                each.url,
                each.title,
                each.language,
                each.region,
                is_paused=each.state is FeedState.PAUSED,
            )
            for each in await self.listed()
        ]
