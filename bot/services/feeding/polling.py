"""Feeds are asked when they are due, politely, and what they say is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.backoff import backoff
from bot.core.counting import counted
from bot.core.feed_addresses import feed_key
from bot.core.intervals import longest, next_interval
from bot.core.schedule import telling_after
from bot.errors import SourceBusy, SourceError, SourceGone
from bot.services.feeding.asking import Ask, Fetched, Fetching, UnderWay, failing
from bot.services.feeding.complaints import Complaints
from bot.services.feeding.keeping import Kept
from bot.services.feeding.remembering import FeedVersion, Remembered
from bot.services.feeding.taking import Taken, take
from bot.services.joining import Joining
from bot.services.leading import Lease
from storage.database import Database
from storage.model import Feed, FeedState

log = logging.getLogger(__name__)

LEASE = "poll feeds"
LEASE_SECONDS = 120.0  # from the last round's beginning, or from what was kept since
A_ROUND = 300  # begin to be asked at once
MANY = 100_000  # more than anybody lists
# Less than from one round to the next, so that whatever falls due meanwhile is asked in time.
ROUND_SECONDS = 8.0
# What has answered by then is kept together: a transaction a feed would cost the most.
GATHER_SECONDS = 1.0


class Feeding:
    """Polls all feeds, in one process of those of a database (``holder`` is its name).

    ``share`` draws from [0, 1), so that feeds that failed together come back apart. A poll waits
    ``patience`` seconds for answers at most. Requests outlive it: ``release`` ends them.
    """

    def __init__(
        self,
        database: Database,
        joining: Joining,
        ask: Ask,
        *,
        clock: Callable[[], datetime],
        holder: str,
        share: Callable[[], float],
        patience: float = ROUND_SECONDS,
    ) -> None:
        self._database = database
        self._joining = joining
        self._clock = clock
        self._lease = Lease(LEASE, holder, LEASE_SECONDS)
        self._share = share
        self._patience = patience
        self._complaints = Complaints()
        self._under_way = UnderWay(Fetching(ask, clock).fetch)
        self._memory = Kept[Remembered](lambda version: len(version.reports))

    async def poll(self) -> list[int]:
        """Ask the feeds that are due; the events that readers now see changed.

        What is answered while this waits is kept within a second, and what is answered later
        by the next call: a slow feed holds nobody up, and is not asked again meanwhile. A
        failure is that feed's alone. Once this has failed or was cancelled, or another process
        polls, nothing is under way any more. Not to be called twice at once.
        """
        try:
            changed = await self._collect() if await self._begin() else None
        except BaseException:
            await self._under_way.give_up()
            raise
        if changed is None:
            await self._under_way.give_up()
        elif changed:
            log.info("feeds: readers see %s new or changed", counted(len(changed), "event"))
        return changed or []

    async def release(self) -> None:
        """Give up what is under way, and let another process poll at once."""
        await self._under_way.give_up()
        await self._lease.release(self._database)

    async def _begin(self) -> bool:
        """Ask the feeds that are due; false where another process polls."""
        async with self._database.transaction() as tx:
            if not await self._lease.take(tx):
                return False
            due = await tx.feeds.due(self._clock(), MANY)
        await self._under_way.ask(due, A_ROUND)
        return True

    async def _collect(self) -> list[int] | None:
        """Keep what is answered in the time of a round; the events that readers now see changed,
        None where another process polls by now."""
        changed: list[int] = []
        time = asyncio.get_running_loop().time
        until = time() + self._patience
        while self._under_way:
            left = max(0.0, until - time())
            fetched = await self._under_way.answered(min(left, GATHER_SECONDS))
            if not (fetched or left):  # who has answered while others were kept is not put off
                break
            kept = await self._keep(fetched) if fetched else []
            if kept is None:
                return None
            changed += kept
        return changed

    # --- Keeping ----------------------------------------------------------------------

    async def _keep(self, fetched: Sequence[Fetched]) -> list[int] | None:
        """Keep what feeds said and when they are asked next; None where another process polls
        by now."""
        now = self._clock()
        try:
            return await self._keep_all(fetched, now)
        except Exception:
            if len(fetched) == 1:
                feed = fetched[0].before  # not as read: it is to be read again
                log.exception("%s: what it says can't be kept", feed.url)
                broken = failing(feed, "what it says can't be kept: see the log")
                return await self._keep_all([broken], now)
            log.warning("feeds can't be kept together, so they are one by one", exc_info=True)
        kept: list[int] = []
        for each in fetched:  # one by one: the others are not to suffer from one
            changed = await self._keep([each])
            if changed is None:
                return None
            kept += changed
        return kept

    async def _keep_all(self, fetched: Sequence[Fetched], now: datetime) -> list[int] | None:
        versions = [
            FeedVersion(
                each.feed,
                each.reading,
                telling_after(each.feed.last_success_at, now),
                self._before(each.before),
                each.feed.last_success_at if _has_moved(each) else None,
            )
            for each in fetched
            if each.reading
        ]
        # Where there is nothing to join, nobody need wait for others who join.
        if any(version.others for version in versions):
            transaction = self._joining.transaction(self._database, now)
        else:
            transaction = self._database.transaction()
        async with transaction as tx:
            if not await self._lease.take(tx):
                return None
            taken = await take(tx, self._joining, versions, now) if versions else Taken()
            fresh = taken.fresh
            await tx.feeds.save([self._next(each, each.feed.id in fresh, now) for each in fetched])
        for feed_id, version in taken.versions.items():
            self._memory.keep(feed_id, version)
        _tell_first(fetched)
        return list(taken.changed)

    def _before(self, feed: Feed) -> Remembered | None:
        """The version that this process has kept last, if no other one came after it."""
        version = self._memory.of(feed.id)
        return version if version and version.is_last_of(feed) else None

    def _next(self, fetched: Fetched, fresh: bool, now: datetime) -> Feed:
        feed, error = fetched.feed, fetched.error
        if error is None:
            asked = longest(fetched.reading.ttl if fetched.reading else None, fetched.fresh_for)
            interval = next_interval(feed.interval, changed=fresh, asked=asked)
            return replace(feed, last_success_at=now, interval=interval, due_at=now + interval)
        return self._failed(feed, error, now)

    def _failed(self, feed: Feed, error: SourceError, now: datetime) -> Feed:
        """A feed that could not be read: when it is asked again, if ever."""
        if isinstance(error, SourceGone):
            self._complaints.note(feed, error, now)
            return replace(
                feed, state=FeedState.ENDED, due_at=None, failure=str(error), failing_since=now
            )
        busy = isinstance(error, SourceBusy)
        wait = timedelta(seconds=error.retry_after) if isinstance(error, SourceBusy) else None
        if not busy and not feed.failures:
            self._complaints.note(feed, error, now)
        return replace(
            feed,
            failures=feed.failures + 1,
            failing_since=feed.failing_since or now,
            failure=str(error),
            due_at=now + (wait or backoff(feed.failures + 1, feed.interval, self._share())),
        )


def _tell_first(fetched: Sequence[Fetched]) -> None:
    """Say of feeds that were read for the first time that they were: no reader hears of it."""
    for each in fetched:
        if each.reading and each.before.last_success_at is None:
            count = counted(len(each.reading.entries), "entry", "entries")
            log.info("%s: read for the first time, %s, no alerts", each.feed.url, count)


def _has_moved(fetched: Fetched) -> bool:
    """Whether a feed is at another one's address from now on."""
    url, before = fetched.feed.url, fetched.before.url
    return url != before and feed_key(url) != feed_key(before)
