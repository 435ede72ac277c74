"""How many reports a second are taken in, from feeds' bodies to events in the database."""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bot.services.feeding import Feeding
from bot.services.joining import Joining
from bot.sources.http import Response, Validators
from storage.database import Database
from storage.model import Feed
from tests.benchmarks.made_up_news import MadeUpNews
from tests.support.feeds import rss

START = datetime(2026, 11, 22, tzinfo=UTC)
LISTED = 20  # entries that a feed has at a time
ROUND = timedelta(minutes=5)
# By then each feed is due again; 100,000 reports come within hours, all of them of the window.
LATER = timedelta(minutes=20)
ROUNDS = 12  # of one entry a feed, by which stores are compared


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
        print(f"{_peak():.0f} MiB at most by then")
        stores = [
            await _Store.filled(
                f"sqlite:///{Path(folder) / f'{stored}.db'}", arguments.feeds, stored
            )
            for stored in arguments.stored
        ]
        await _measure_stores(stores)
    print(f"{_peak():.0f} MiB at most, with {len(stores)} more stores in one process")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass(frozen=True)
class Spent:
    """Seconds: by the clock, and of processors, all threads together."""

    wall: float = 0.0
    cpu: float = 0.0

    @classmethod
    async def by(cls, work: Awaitable[object]) -> Spent:
        """What some work takes."""
        wall, cpu = time.perf_counter(), time.process_time()
        await work
        return cls(time.perf_counter() - wall, time.process_time() - cpu)

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)


@dataclass
class Publishers:
    """Feeds that get entries as time passes, each answered with an ETag."""

    count: int
    entries: int
    room: MadeUpNews
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
    publishers = Publishers(feeds, entries, MadeUpNews(random.Random(1)))
    database, feeding = await _open(url, publishers)
    spent = Spent()
    while publishers.now < START + timedelta(days=1, hours=2):
        publishers.pass_time(ROUND)
        spent += await Spent.by(feeding.poll())
    async with database.reading() as tx:
        reports, (events, _) = await tx.reports.count(), await tx.events.count()
    await database.close()
    print(
        f"a day of {feeds} feeds: {publishers.asked:,} requests, {reports:,} of "
        f"{publishers.published:,} entries, {events:,} events, {spent.wall:.1f} s: "
        f"{reports / spent.wall:.0f} reports a second; {spent.cpu:.1f} s of processors: "
        f"{reports / spent.cpu:.0f} a second"
    )


@dataclass
class _Store:
    """A store with so many reports of the window, and what taking in more of them takes."""

    stored: int
    publishers: Publishers
    database: Database
    feeding: Feeding
    spent: list[Spent] = field(default_factory=list)

    @classmethod
    async def filled(cls, url: str, feeds: int, stored: int) -> _Store:
        """A new store, filled by polls that find all entries of all feeds new."""
        # Stories of its own: what was just taken apart for another store would be at hand.
        publishers = Publishers(feeds, 0, MadeUpNews(random.Random(stored)))
        store = cls(stored, publishers, *await _open(url, publishers))
        while (missing := stored - publishers.published) > 0:
            await store.take(min(LISTED, -(-missing // feeds)))
        async with store.database.reading() as tx:
            store.stored = await tx.reports.count()
        return store

    async def take(self, entries: int) -> Spent:
        """Let so many entries of each feed come in."""
        self.publishers.now += LATER
        for url in self.publishers.urls:
            for _ in range(entries):
                self.publishers.publish(url, self.publishers.now)
        return await Spent.by(self.feeding.poll())

    def cost(self, clock: Callable[[Spent], float]) -> float:
        """Milliseconds a report, in the median of all rounds."""
        return statistics.median(map(clock, self.spent)) / self.publishers.count * 1000


async def _measure_stores(stores: Sequence[_Store]) -> None:
    """Take in reports by turns, so that the machine is as busy with others for each store."""
    for _ in range(ROUNDS):
        for store in stores:
            store.spent.append(await store.take(1))
    for store in stores:
        await store.database.close()
        wall, cpu = store.cost(lambda spent: spent.wall), store.cost(lambda spent: spent.cpu)
        print(f"{store.stored:9,} reports stored: {wall:.2f} ms a report, {cpu:.2f} of processors")
    if len(stores) > 1:
        ratios = [
            stores[-1].cost(clock) / stores[0].cost(clock)
            for clock in (lambda spent: spent.wall, lambda spent: spent.cpu)
        ]
        print(f"ratio {ratios[0]:.2f}, {ratios[1]:.2f} of processors")
