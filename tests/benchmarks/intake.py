"""How many reports a second are taken in, from feeds' bodies to events in the database."""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bot.services.feeding import Feeding
from bot.services.joining import Joining
from bot.sources.http import Response, Validators
from storage.database import Database
from storage.model import Feed
from tests.benchmarks.newsroom import Newsroom
from tests.support.feeds import rss

START = datetime(2026, 11, 22, tzinfo=UTC)
LISTED = 20  # entries that a feed has at a time
ROUND = timedelta(minutes=5)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this measurement."""
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--entries", type=int, default=20_000, help="in a simulated day")
    parser.add_argument(
        "--stored", type=int, nargs="*", default=[10_000, 100_000], help="reports in the store"
    )
    parser.add_argument("--database", default="", help="an empty one; default: SQLite, temporary")


async def measure(arguments: argparse.Namespace) -> None:
    """Print reports a second over the day, peak memory, and the cost with a fuller store."""
    with tempfile.TemporaryDirectory() as folder:
        url = arguments.database or f"sqlite:///{Path(folder) / 'day.db'}"
        await _measure_day(url, arguments.feeds, arguments.entries)
        costs = []
        for stored in arguments.stored:
            url = f"sqlite:///{Path(folder) / f'{stored}.db'}"
            costs.append(await _measure_cost(url, arguments.feeds, stored))
            print(f"{stored:9,} reports in the store: {costs[-1] * 1000:.2f} ms a report")
        if len(costs) > 1:
            print(f"ratio {costs[-1] / costs[0]:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{peak:.0f} MiB at most")


@dataclass
class Publishers:
    """Feeds that get entries as time passes, each answered with an ETag."""

    count: int
    entries: int
    room: Newsroom
    now: datetime = START
    listed: dict[str, list[str]] = field(default_factory=dict)
    published: int = 0
    asked: int = 0

    def __post_init__(self) -> None:
        self.urls = [f"https://publisher-{number}.example.org/rss" for number in range(self.count)]
        self.listed = {url: [] for url in self.urls}
        self.schedule = self._schedule()
        self.next = next(self.schedule)

    def _schedule(self) -> Iterator[datetime]:
        day = timedelta(days=1)
        for number in range(self.entries):
            yield START + day * (number / self.entries)
        while True:
            yield datetime.max.replace(tzinfo=UTC)

    def pass_time(self, span: timedelta) -> None:
        """Publish what comes up in this time."""
        self.now += span
        while self.next <= self.now:
            url = self.urls[self.room.chance.randrange(self.count)]
            self.publish(url, self.next)
            self.next = next(self.schedule)

    def publish(self, url: str, at: datetime) -> None:
        """Put an entry on top of a feed."""
        self.published += 1
        title, summary = self.room.story()
        link = f"{url}/{self.published}"
        item = (
            f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{summary}</description><pubDate>{format_datetime(at)}</pubDate></item>"
        )
        self.listed[url] = [item, *self.listed[url]][:LISTED]

    async def ask(self, url: str, *, validators: Validators) -> Response:
        """The feed as it stands."""
        self.asked += 1
        items = self.listed[url]
        etag = str(hash(items[0]) if items else 0)
        if validators.etag == etag:
            return Response(304, url, {}, b"", Validators(etag))
        return Response(200, url, {}, rss(*items), Validators(etag))


async def _open(url: str, publishers: Publishers) -> tuple[Database, Feeding]:
    database = await Database.open(url)
    async with database.transaction() as tx:
        for address in publishers.urls:
            feed = Feed(0, address, address, language="en", due_at=START, last_success_at=START)
            await tx.feeds.save([await tx.feeds.add(feed)])
    feeding = Feeding(
        database,
        Joining(),
        publishers.ask,
        clock=lambda: publishers.now,
        holder="benchmark",
        share=random.Random(1).random,
    )
    return database, feeding


async def _measure_day(url: str, feeds: int, entries: int) -> None:
    publishers = Publishers(feeds, entries, Newsroom(random.Random(1)))
    database, feeding = await _open(url, publishers)
    spent = 0.0
    while publishers.now < START + timedelta(days=1, hours=2):
        publishers.pass_time(ROUND)
        start = time.perf_counter()
        await feeding.poll()
        spent += time.perf_counter() - start
    async with database.reading() as tx:
        reports, (events, _) = await tx.reports.count(), await tx.events.count()
    await database.close()
    print(
        f"a day of {feeds} feeds: {publishers.asked:,} requests, {reports:,} of "
        f"{publishers.published:,} entries, {events:,} events, {spent:.1f} s: "
        f"{reports / spent:.0f} reports a second"
    )


async def _measure_cost(url: str, feeds: int, stored: int) -> float:
    """Seconds a report, the last 3,000 of the 72 hours' window that is filled before."""
    publishers = Publishers(feeds, 0, Newsroom(random.Random(2)))
    database, feeding = await _open(url, publishers)
    await _fill(publishers, feeding, stored)
    start = time.perf_counter()
    taken = await _fill(publishers, feeding, 3_000)
    cost = (time.perf_counter() - start) / taken
    await database.close()
    return cost


async def _fill(publishers: Publishers, feeding: Feeding, reports: int) -> int:
    """Let so many entries come in, a few a feed and poll; how many came."""
    before = publishers.published
    while publishers.published - before < reports:
        # Each feed is due by then, and 100,000 reports are within the window.
        publishers.now += timedelta(minutes=4)
        for url in publishers.urls[: max(1, reports - publishers.published + before)]:
            publishers.publish(url, publishers.now)
        await feeding.poll()
    return publishers.published - before
