"""The whole bot as a process, killed while it reads publishers' feeds: no entry is lost, and no
event told twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from starlette.types import Receive, Scope, Send

from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import User
from storage.database import Database
from storage.tables import OutboxRow, ReportKeyRow, ReportRow
from tests.support.children import Child
from tests.support.databases import database_url
from tests.support.faults import Fault
from tests.support.feeds import rss
from tests.support.leases import in_flight, let_leases_run_out, looking
from tests.support.nursery import dateline
from tests.support.polled_feeds import RSS, FeedEntry, PolledFeeds
from tests.support.portal import follow
from tests.support.serving import serving
from tests.support.wiki import local_wiki

__all__ = ["database_url"]  # a fixture: on both engines

READERS = 20
PATIENCE = 90.0
PATHS = ("/one", "/two")
NOW = datetime.now(UTC)


def story(path: str, name: str, title: str, summary: str = "") -> FeedEntry:
    return FeedEntry(title, f"https://{path[1:]}.example.org/{name}", summary, at=NOW)


RAIN = story("/one", "rain", "Rain in Springfield again", "It rains.")
SNOW = story("/two", "snow", "Snow in Capital City again", "It snows.")
RESIGNS = story(
    "/one",
    "resigns",
    "Ann Sample resigns as speaker of Shelbyville's parliament",
    "The speaker leaves after a quarrel about the budget of the harbour.",
)
ALSO = story(
    "/two",
    "speaker",
    "Speaker Ann Sample resigns in Shelbyville",
    "After a quarrel about the harbour's budget she leaves the parliament.",
)
MARATHON = story("/two", "run", "Ann Sample wins the marathon of Ogdenville", "It was hot.")


@dataclass
class Site:
    """Two feeds. ``first`` is done with a request before it is answered."""

    feeds: dict[str, list[FeedEntry]]
    first: Callable[[str], AbstractAsyncContextManager[None]] | None = None
    asked: list[str] = field(default_factory=list)
    arrival: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        async with self.arrival:
            self.asked.append(path)
            self.arrival.notify_all()
        body = rss(*(each.item for each in self.feeds[path]))
        answer = Fault(body=body, content_type=RSS, headers={"etag": f'"{hash(body)}"'})
        if self.first is None:
            await answer(scope, receive, send)
        else:
            async with self.first(path):
                await answer(scope, receive, send)

    async def is_asked(self, *paths: str) -> None:
        """Wait until each of these was asked for."""
        async with self.arrival, asyncio.timeout(PATIENCE):
            await self.arrival.wait_for(lambda: set(paths) <= set(self.asked))


@dataclass
class Press:
    """Publishers, a Telegram full of readers, and the bot between them as a process."""

    site: Site
    world: World
    readers: list[User]
    database_url: str
    start: Callable[[], AbstractAsyncContextManager[Child]]
    twice: list[int] = field(default_factory=list)  # chats whose message may have repeated

    def texts(self, words: str) -> dict[int, int]:
        """How many messages with these words each reader has got."""
        return {
            reader.id: sum(words in message.text for message in self.world.sent(reader))
            for reader in self.readers
        }

    @asynccontextmanager
    async def killed(self) -> AsyncIterator[Child]:
        """The bot, all feeds due; killed at the end. Then the time of its leases passes."""
        await self._all_due()
        self.site.asked.clear()
        async with self.start() as child:
            yield child
            await child.kill()
        self.site.first = None
        self.twice += await in_flight(self.database_url)
        await let_leases_run_out(self.database_url)

    async def works_until(self, true: Callable[[], bool]) -> None:
        """Run the bot, all feeds due, until this is so and both were asked; then end it."""
        await self._all_due()
        self.site.asked.clear()
        async with self.start() as child:
            await self.site.is_asked(*PATHS)
            await self.world.until(true, within=PATIENCE)
            assert await child.stop() == 0, child.log.read_text()

    async def _all_due(self) -> None:
        long_ago = datetime.now(UTC) - timedelta(minutes=5)
        async with looking(self.database_url) as tx:
            for feed in await tx.feeds.all():
                await tx.feeds.manage(feed, replace(feed, due_at=long_ago))

    async def counts(self) -> tuple[int, int, int]:
        """How many reports, keys of reports, and alerts there are."""
        async with looking(self.database_url) as tx:
            found = [
                await tx.session.scalar(select(func.count()).select_from(table))
                for table in (ReportRow, ReportKeyRow, OutboxRow)
            ]
        return found[0] or 0, found[1] or 0, found[2] or 0


@pytest.fixture
async def press(database_url: str, tmp_path: Path) -> AsyncIterator[Press]:
    async with AsyncExitStack() as stack:
        wiki = await stack.enter_async_context(local_wiki())
        wiki.set_article("Ann Sample", qid="Q1", labels={"en": "Ann Sample"})
        world = World()
        server = await stack.enter_async_context(StandInServer(world))
        site = Site({"/one": [RAIN], "/two": [SNOW]})
        root = await stack.enter_async_context(serving(site))
        outlines = "".join(f'<outline text="{path}" xmlUrl="{root}{path}"/>' for path in PATHS)
        (tmp_path / "my.opml").write_text(f"<opml><body>{outlines}</body></opml>")
        settings = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url,
            "DATABASE_URL": database_url,
            "WIKIPEDIA_API_URL": wiki.api_url,
            "WIKIDATA_API_URL": wiki.api_url,
            "WIKIMEDIA_CONTACT": "tests@example.org",
            "WIKIMEDIA_RATE": "100000",
            "SEND_RATE": "1000",
            "FEEDS": "my.opml",
        }
        readers = [world.add_user(f"Reader {n}", started=True) for n in range(READERS)]
        await _begin(database_url, [root + path for path in PATHS], readers)
        yield Press(
            site,
            world,
            readers,
            database_url,
            lambda: dateline("run", folder=tmp_path, settings=settings),
        )
        assert "see the log" not in (tmp_path / "child.log").read_text()


async def _begin(database_url: str, urls: list[str], readers: list[User]) -> None:
    """Let the feeds have been polled once, so that what they say next alerts."""
    database = await Database.open(database_url)
    try:
        stand = PolledFeeds(database, now=NOW - timedelta(minutes=10))
        for url, known in zip(urls, (RAIN, SNOW), strict=True):
            await stand.add(url, known)
        await stand.poll_due()
        await stand.feeding.release()
        for reader in readers:
            await follow(database, reader.id, "Ann Sample")
    finally:
        await database.close()


async def test_killed_while_it_reads_feeds_it_loses_and_repeats_nothing(press: Press) -> None:
    assert (await press.counts())[::2] == (2, 0)
    press.site.feeds = {"/one": [RESIGNS, RAIN], "/two": [ALSO, SNOW]}

    # While a publisher answers.
    never = asyncio.Event()

    @asynccontextmanager
    async def for_ever(path: str) -> AsyncIterator[None]:
        await never.wait()
        yield

    press.site.first = for_ever
    async with press.killed():
        await press.site.is_asked("/one")
    never.set()
    assert (await press.counts())[::2] == (2, 0)

    # After the fetch and before the commit, which waits for ours.
    async with AsyncExitStack() as stack:
        held = asyncio.Lock()

        @asynccontextmanager
        async def holding(path: str) -> AsyncIterator[None]:
            async with held:
                if press.site.asked.count(path) == 1 == len(press.site.asked):
                    database = await Database.open(press.database_url)
                    stack.push_async_callback(database.close)
                    tx = await stack.enter_async_context(database.transaction())
                    await tx.locks.joining()
            yield

        press.site.first = holding
        await press._all_due()
        press.site.asked.clear()
        async with press.start() as child:
            await press.site.is_asked(*PATHS)  # one after the other: the first is read by now
            await child.kill()
    press.site.first = None
    await let_leases_run_out(press.database_url)
    assert (await press.counts())[::2] == (2, 0)

    # While its alerts are sent.
    async with press.killed():
        await press.world.until(
            lambda: sum(press.texts("resigns").values()) >= READERS // 3, within=PATIENCE
        )

    # And once more before all is done, with news in between.
    press.site.feeds["/two"].insert(0, MARATHON)
    async with press.killed():
        await press.site.is_asked(*PATHS)

    await press.works_until(
        lambda: all(all(press.texts(words).values()) for words in ("resigns", "marathon"))
    )
    for words in ("resigns", "marathon"):
        for reader, count in press.texts(words).items():
            assert 1 <= count <= 1 + press.twice.count(reader)
    assert await press.counts() == (5, 15, 2 * READERS)
