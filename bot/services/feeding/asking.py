"""A feed is asked, and what it answers is read; many at a time, for as long as each takes."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from bot.core.counting import counted
from bot.errors import SourceError, SourceGone
from bot.services.feeding.keeping import Kept
from bot.sources.feeds import FeedReading, LastVersion, ReadVersion, read_version
from bot.sources.http import Response, Validators
from storage.errors import DatabaseUnavailable
from storage.model import Feed

log = logging.getLogger(__name__)

# What is new in a body of this size is read in a millisecond or two, of which handing it to a
# thread would save nobody anything: the thread wants the same interpreter. Where all of
# it is new that takes some twenty, which others can wait for; larger bodies go to a thread, and
# so do first versions.
SMALL_BODY = 16 * 1024  # bytes


class Ask(Protocol):
    """Ask politely for a feed's address; raises ``SourceError``."""

    async def __call__(self, url: str, *, validators: Validators) -> Response:
        """The answer, which may be "not modified"."""
        ...


@dataclass(frozen=True)
class Fetched:
    """What asking for a feed came to: the feed as it was and as it is to be kept (but for when
    it is due), what it said if that is new, and why it failed if it did."""

    before: Feed
    feed: Feed
    reading: FeedReading | None = None
    error: SourceError | None = None
    fresh_for: timedelta | None = None  # what HTTP says


class Fetching:
    """Asks feeds with ``ask``, and reads what is new in what they say."""

    def __init__(self, ask: Ask, clock: Callable[[], datetime]) -> None:
        self._ask = ask
        self._clock = clock
        self._readings = Kept[LastVersion](lambda known: len(known.entries))

    async def fetch(self, feed: Feed) -> Fetched:
        """What a feed says now. A failure is an outcome too, but for the database's, which is
        no feed's: raises ``DatabaseUnavailable``."""
        try:
            answer = await self._ask(feed.url, validators=Validators(feed.etag, feed.modified))
            return await self._read(feed, answer)
        except SourceError as error:
            if isinstance(error, SourceGone):
                self._readings.forget(feed.id)
            return Fetched(feed, feed, error=error)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("%s can't be read", feed.url)
            return failing(feed, "it can't be read: see the log")

    async def _read(self, feed: Feed, answer: Response) -> Fetched:
        if answer.not_modified:
            return Fetched(feed, _succeeded(feed, answer), fresh_for=answer.fresh_for)
        digest = hashlib.sha256(answer.body).hexdigest()
        if digest == feed.digest:
            return Fetched(feed, _succeeded(feed, answer), fresh_for=answer.fresh_for)
        version = await self._version(feed, answer)
        self._readings.keep(feed.id, version.known)
        reading = version.reading
        _tell_dropped(feed, reading)
        read = _succeeded(
            feed,
            answer,
            title=feed.title or reading.title,
            language=feed.language or reading.language or "",
            digest=digest,
        )
        return Fetched(feed, read, reading, fresh_for=answer.fresh_for)

    async def _version(self, feed: Feed, answer: Response) -> ReadVersion:
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


@dataclass(frozen=True)
class _Request:
    """A feed as it was when it was asked, and the asking."""

    feed: Feed
    task: asyncio.Task[Fetched]


class UnderWay:
    """The requests whose outcome nobody has taken yet, of each feed one at most."""

    def __init__(self, fetch: Callable[[Feed], Coroutine[Any, Any, Fetched]]) -> None:
        self._fetch = fetch
        self._requests: dict[int, _Request] = {}  # by the feeds' ids, in the order asked

    def __len__(self) -> int:
        return len(self._requests)

    async def ask(self, due: Sequence[Feed], most: int) -> None:
        """Ask ``most`` of the feeds that are ``due`` and not asked yet, the first ones. What is
        asked of any others, or was at another address or time, is given up."""
        standing = {_appointment(feed) for feed in due}
        requests = self._requests.values()
        await self._give_up(
            [one.feed.id for one in requests if _appointment(one.feed) not in standing]
        )
        # How many really go at once is the client's to say, which knows their hosts.
        for feed in [feed for feed in due if feed.id not in self._requests][:most]:
            self._requests[feed.id] = _Request(feed, asyncio.create_task(self._fetch(feed)))

    async def answered(self, seconds: float) -> list[Fetched]:
        """The outcomes by the time when all have answered, or after so many seconds; each is
        given once. There must be requests under way."""
        requests = self._requests.values()
        done, _ = await asyncio.wait([one.task for one in requests], timeout=seconds)
        # In the order asked, so that the same answers always come to the same.
        finished = [feed_id for feed_id, one in self._requests.items() if one.task in done]
        return [self._requests.pop(feed_id).task.result() for feed_id in finished]

    async def give_up(self) -> None:
        """Cut off all requests, and forget what has been answered."""
        await self._give_up(list(self._requests))

    async def _give_up(self, feed_ids: Iterable[int]) -> None:
        tasks = [self._requests.pop(feed_id).task for feed_id in feed_ids]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _appointment(feed: Feed) -> tuple[int, str, datetime | None]:
    """What a request is made for: whoever changes it, or has kept an answer, wants another."""
    return feed.id, feed.url, feed.due_at


def failing(feed: Feed, reason: str) -> Fetched:
    """A feed that made us fail: asked again later, as if it had failed itself."""
    return Fetched(feed, feed, error=SourceError(reason))


def _tell_dropped(feed: Feed, reading: FeedReading) -> None:
    """Say what could not be used: how much, and one of it as an example."""
    if reading.dropped:
        first = reading.dropped[0]
        count = counted(len(reading.dropped), "thing")
        log.info("%s: %s dropped (%s: %.120s)", feed.url, count, first.reason, first.text)


def _succeeded(feed: Feed, answer: Response, **said: Any) -> Feed:
    """A feed that answered, with what makes the next request conditional and what it ``said``."""
    own = answer.validators
    return replace(
        feed,
        **said,
        url=answer.moved_to or feed.url,
        etag=own.etag,
        modified=own.modified,
        failures=0,
        failing_since=None,
        failure="",
    )
