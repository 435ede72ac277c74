"""Feeds are asked when they are due, politely, and what they say is kept."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import partial
from operator import attrgetter
from typing import Protocol

from bot.core.backoff import backoff
from bot.core.counting import counted
from bot.core.intervals import longest, next_interval
from bot.core.schedule import telling_after
from bot.errors import SourceBusy, SourceError, SourceGone
from bot.services.feeding.complaints import Complaints
from bot.services.feeding.readings import Readings
from bot.services.feeding.remembering import Memory, Taken
from bot.services.feeding.taking import Outcome, take
from bot.services.joining import Joining
from bot.sources.feeds import FeedReading, Version, read_version
from bot.sources.http import Response, Validators
from storage.database import Database
from storage.model import Feed, FeedState

log = logging.getLogger(__name__)

LEASE = "poll feeds"
LEASE_SECONDS = 120.0  # longer than one of a round may take
A_ROUND = 300
# What has answered by then is kept together: a transaction a feed would cost the most.
GATHER_SECONDS = 1.0
# What is new in a body of this size is read in a millisecond or two, of which handing it to a
# thread would save nobody anything: the thread wants the same interpreter. Where all of
# it is new that takes some twenty, which others can wait for; larger bodies go to a thread, and
# so do first versions.
SMALL_BODY = 16 * 1024  # bytes
# All of a feed but when it answered and when it is asked next.
_lasting = attrgetter(
    *({each.name for each in fields(Feed)} - {"last_success_at", "due_at", "interval"})
)


class Ask(Protocol):
    """Ask politely for a feed's address; raises ``SourceError``."""

    async def __call__(self, url: str, *, validators: Validators) -> Response:
        """The answer, which may be "not modified"."""
        ...


@dataclass(frozen=True)
class _Fetched:
    """What asking for a feed came to: the feed as it was and as it is to be kept (but for when
    it is due), what it said if that is new, and why it failed if it did."""

    before: Feed
    feed: Feed
    reading: FeedReading | None = None
    error: SourceError | None = None
    fresh_for: timedelta | None = None  # what HTTP says


class Feeding:
    """Polls all feeds, in one process of those of a database (``holder`` is its name).

    ``share`` draws from [0, 1), so that feeds that failed together come back apart.
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
    ) -> None:
        self._database = database
        self._joining = joining
        self._ask = ask
        self._clock = clock
        self._holder = holder
        self._share = share
        self._complaints = Complaints()
        self._readings = Readings()
        self._memory = Memory()

    async def poll(self) -> list[int]:
        """Ask the feeds that are due; the events that readers now see changed.

        Each is kept within a second of its answer: a slow one holds nobody up. A failure is
        that feed's alone.
        """
        now = self._clock()
        async with self._database.transaction() as tx:
            if not await tx.leases.take(LEASE, self._holder, LEASE_SECONDS):
                return []
            due = await tx.feeds.due(now, A_ROUND)
        changed: list[int] = []
        # How many really go at once is the client's to say, which knows their hosts.
        asked = [asyncio.create_task(self._fetch(feed)) for feed in due]
        waiting = set(asked)
        try:
            while waiting:
                done, waiting = await asyncio.wait(waiting, timeout=GATHER_SECONDS)
                # In the order asked, so that the same answers always come to the same.
                results = [task.result() for task in asked if task in done]
                kept = await self._keep(results) if results else []
                if kept is None:
                    break
                changed += kept
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        if changed:
            log.info("feeds: readers see %s new or changed", counted(len(changed), "event"))
        return changed

    async def release(self) -> None:
        """Let another process poll at once."""
        async with self._database.transaction() as tx:
            await tx.leases.release(LEASE, self._holder)

    # --- Asking -----------------------------------------------------------------------

    async def _fetch(self, feed: Feed) -> _Fetched:
        try:
            answer = await self._ask(feed.url, validators=Validators(feed.etag, feed.modified))
            return await self._read(feed, answer)
        except SourceError as error:
            if isinstance(error, SourceGone):
                self._readings.forget(feed.id)
            return _Fetched(feed, feed, error=error)
        except Exception:
            log.exception("%s can't be read", feed.url)
            return _failing(feed, "it can't be read: see the log")

    async def _read(self, feed: Feed, answer: Response) -> _Fetched:
        if answer.not_modified:
            return _Fetched(feed, _succeeded(feed, answer), fresh_for=answer.fresh_for)
        digest = hashlib.sha256(answer.body).hexdigest()
        if digest == feed.digest:
            return _Fetched(feed, _succeeded(feed, answer), fresh_for=answer.fresh_for)
        version = await self._version(feed, answer)
        self._readings.keep(feed.id, version.known)
        reading = version.reading
        _tell_dropped(feed, reading)
        read = replace(
            _succeeded(feed, answer),
            title=feed.title or reading.title,
            language=feed.language or reading.language or "",
            digest=digest,
        )
        return _Fetched(feed, read, reading, fresh_for=answer.fresh_for)

    async def _version(self, feed: Feed, answer: Response) -> Version:
        """What a feed says now; its entries that are as they were cost next to nothing."""
        known = self._readings.of(feed.id)
        read = partial(
            read_version,
            answer.body,
            answer.url,
            content_type=answer.headers.get("content-type"),
            at=self._clock(),
            known=known,
        )
        if known and len(answer.body) <= SMALL_BODY:
            return read()
        return await asyncio.to_thread(read)

    # --- Keeping ----------------------------------------------------------------------

    async def _keep(self, fetched: Sequence[_Fetched]) -> list[int] | None:
        """Keep what feeds said and when they are asked next; None where another process polls
        by now."""
        now = self._clock()
        try:
            return await self._keep_all(fetched, now)
        except Exception:
            if len(fetched) == 1:
                feed = fetched[0].before  # not as read: it is to be read again
                log.exception("%s: what it says can't be kept", feed.url)
                broken = _failing(feed, "what it says can't be kept: see the log")
                return await self._keep_all([broken], now)
        kept: list[int] = []
        for each in fetched:  # one by one: the others are not to suffer from one
            changed = await self._keep([each])
            if changed is None:
                return None
            kept += changed
        return kept

    async def _keep_all(self, fetched: Sequence[_Fetched], now: datetime) -> list[int] | None:
        versions = [
            Taken(
                each.feed,
                each.reading,
                telling_after(each.feed.last_success_at, now),
                self._memory.of(each.before),
            )
            for each in fetched
            if each.reading
        ]
        # Where there is nothing to join, nobody need wait for others who join.
        if any(taken.others for taken in versions):
            transaction = self._joining.transaction(self._database, now)
        else:
            transaction = self._database.transaction()
        async with transaction as tx:
            if not await tx.leases.take(LEASE, self._holder, LEASE_SECONDS):
                return None
            outcome = await take(tx, self._joining, versions, now) if versions else Outcome()
            others, standing = list[Feed](), list[Feed]()
            for each in fetched:
                feed = self._next(each, each.feed.id in outcome.fresh, now)
                (standing if _stands(each.before, feed) else others).append(feed)
            await tx.feeds.save(others)
            await tx.feeds.stands(standing)
        self._memory.keep(outcome.versions)
        return list(outcome.changed)

    def _next(self, fetched: _Fetched, fresh: bool, now: datetime) -> Feed:
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


def _tell_dropped(feed: Feed, reading: FeedReading) -> None:
    """Say what could not be used: how much, and one of it as an example."""
    if reading.dropped:
        first = reading.dropped[0]
        count = counted(len(reading.dropped), "thing")
        log.info("%s: %s dropped (%s: %.120s)", feed.url, count, first.reason, first.text)


def _succeeded(feed: Feed, answer: Response) -> Feed:
    """A feed that answered, with what makes the next request conditional."""
    own = answer.validators
    if answer.not_modified:
        own = own.or_else(Validators(feed.etag, feed.modified))
    return replace(
        feed,
        url=answer.moved_to or feed.url,
        etag=own.etag,
        modified=own.modified,
        failures=0,
        failing_since=None,
        failure="",
    )


def _stands(before: Feed, feed: Feed) -> bool:
    """Whether nothing differs but when a feed answered, and when it is asked next."""
    if feed.last_success_at == before.last_success_at:
        return False  # it did not answer
    return bool(_lasting(feed) == _lasting(before))


def _failing(feed: Feed, reason: str) -> _Fetched:
    """A feed that made us fail: asked again later, as if it had failed itself."""
    return _Fetched(feed, feed, error=SourceError(reason))
