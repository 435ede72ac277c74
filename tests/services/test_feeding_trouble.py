"""Feeds that are broken, many or hostile: each is a trouble of its own, and none for the others."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event

from bot.errors import SourceUnreachable
from bot.services.feeding import Feeding
from bot.sources.feeds.entries import MAX_ENTRIES
from bot.sources.http import Response, Validators
from storage.database import Database
from storage.model import Feed
from storage.tables import ReportRow
from tests.support.data import find_data
from tests.support.feeds import items, rss
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import count, everything

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FLOOD = FeedEntry("River floods Springfield", "https://one.example.org/flood", "Hundreds flee.")
VOTE = FeedEntry("Ann Sample elected speaker", "https://one.example.org/vote", "Second ballot.")
EVERY = 20  # of the recorded files one is taken


@pytest.fixture
def stand(database: Database) -> PolledFeeds:
    """Publishers without a feed yet."""
    return PolledFeeds(database)


async def titles(stand: PolledFeeds) -> list[str]:
    return [each.title for each in await stand.events()]


# --- many


async def test_unchanged_feeds_are_asked_conditionally_and_make_no_work(
    database: Database, stand: PolledFeeds
) -> None:
    urls = [f"https://{number}.example.org/rss" for number in range(300)]
    for url in urls:
        stand.publish(url, replace(FLOOD, link=url.replace("rss", "flood")))
    async with database.transaction() as tx:
        for url in urls:
            await tx.feeds.add(Feed(0, url, url, due_at=stand.now))
    await stand.poll_due()
    assert await count(database, ReportRow) == 300
    for _ in range(2):
        stand.asked.clear()
        before = _but_feeds(await everything(database))
        with statements(database) as run:
            assert await stand.poll_due(4 * 60) == []
        assert sorted(url for url, _ in stand.asked) == sorted(urls)
        assert all(etag for _, etag in stand.asked)
        assert _but_feeds(await everything(database)) == before
        assert len([one for one in run if "leases" not in one]) < 40
        assert not [one for one in run if "report" in one or "events" in one]


def _but_feeds(tables: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    """All tables but those that note when what was asked."""
    return {
        name: rows for name, rows in tables.items() if name not in ("feeds", "sources", "leases")
    }


class statements:  # noqa: N801 (a context manager)
    """The statements that a database runs meanwhile."""

    def __init__(self, database: Database) -> None:
        self._engine = database._engine.sync_engine
        self._run: list[str] = []

    def __enter__(self) -> list[str]:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self._run

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _: Connection, __: object, statement: str, *___: object) -> None:
        self._run.append(statement)


async def test_of_a_feed_of_100_000_entries_the_newest_are_kept(
    database: Database, stand: PolledFeeds
) -> None:
    await stand.add(ONE)
    stand.feeds[ONE] = rss(*items(100_000))
    await stand.poll_due()
    assert await count(database, ReportRow) == MAX_ENTRIES
    assert await stand.poll(15) == []


async def test_one_link_for_all_entries_joins_none_of_them(
    database: Database, stand: PolledFeeds
) -> None:
    """As ever more entries cite it, it is not looked through again for each."""
    link = "https://one.example.org/today-in-brief"
    await stand.add(ONE, *(FeedEntry(_noun(n), link, guid=str(n)) for n in range(MAX_ENTRIES)))
    await stand.poll_due()
    assert await count(database, ReportRow) == MAX_ENTRIES
    assert len(await stand.events()) > MAX_ENTRIES / 2


def _noun(number: int) -> str:
    """A title of two words that no other number has."""
    letters = "bcdfghjklm"
    return " ".join(
        "".join(f"{letters[int(digit)]}{vowel}" for digit in f"{number:03}") for vowel in "ao"
    ).title()


# --- broken


async def test_what_cannot_be_kept_is_asked_for_again_in_full(
    database: Database, stand: PolledFeeds, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that refuses an entry once: nothing of it is taken for known."""
    await follow(database, 1, "Ann Sample")
    feed = await stand.add(ONE, FLOOD)
    await stand.add(TWO, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, VOTE, FLOOD)
    kept = await stand.feed(feed.id)
    with _refusing(database, VOTE.title), caplog.at_level(logging.WARNING):
        await stand.poll(15)
    # Of both together first: what only fails so would never be known otherwise.
    assert "one by one" in caplog.text.partition(ONE)[0]
    assert caplog.text.count("this database can't") > 1
    failed = await stand.feed(feed.id)
    assert (failed.etag, failed.digest) == (kept.etag, kept.digest)
    assert failed.failures == 1 and "see the log" in failed.failure
    assert failed.last_success_at == kept.last_success_at
    assert ONE in caplog.text
    assert await send_all(database, stand.now) == []
    await stand.poll(15)
    assert len(await send_all(database, stand.now)) == 1
    assert (await stand.feed(feed.id)).failures == 0


class _refusing:  # noqa: N801 (a context manager)
    """A database that refuses a text."""

    def __init__(self, database: Database, text: str) -> None:
        self._engine = database._engine.sync_engine
        self._text = text

    def __enter__(self) -> None:
        event.listen(self._engine, "before_cursor_execute", self._look)

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._look)

    def _look(self, _: Connection, __: object, statement: str, given: object, *___: object) -> None:
        if statement.startswith("INSERT INTO reports") and self._text in str(given):
            raise ValueError("this database can't")


async def test_whatever_goes_wrong_with_one_feed_the_others_are_read(
    database: Database, stand: PolledFeeds, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await stand.add(ONE)
    await stand.add(TWO, FLOOD)

    async def ask(url: str, *, validators: Validators) -> Response:
        if url == ONE:
            raise ZeroDivisionError
        return await stand.ask(url, validators=validators)

    feeding = Feeding(
        database, stand.joining, ask, clock=lambda: stand.now, holder="here", share=lambda: 0.0
    )
    with caplog.at_level(logging.ERROR):
        assert len(await feeding.poll()) == 1
    assert "ZeroDivisionError" in caplog.text
    failed = await stand.feed(broken.id)
    assert failed.failures == 1
    assert failed.due_at is not None and failed.due_at > stand.now


async def test_a_feed_that_moved_is_remembered_though_it_has_not_changed(
    stand: PolledFeeds,
) -> None:
    feed = await stand.add(ONE, FLOOD)
    await stand.poll_due()
    stand.moved[ONE] = TWO
    stand.feeds[TWO] = stand.feeds[ONE]
    await stand.poll(15)
    assert (await stand.feed(feed.id)).url == TWO


async def test_a_poll_that_is_cut_off_in_the_middle_has_kept_what_it_says_it_has(
    database: Database, stand: PolledFeeds
) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD)
    await stand.add(TWO, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, VOTE, FLOOD)
    never = asyncio.Event()

    async def ask(url: str, *, validators: Validators) -> Response:
        if url == TWO:
            await never.wait()
        return await stand.ask(url, validators=validators)

    feeding = Feeding(
        database,
        stand.joining,
        ask,
        clock=lambda: stand.now,
        holder="here",
        share=lambda: 0.0,
        patience=3600.0,
    )
    stand.now += timedelta(hours=3)
    polling = asyncio.create_task(feeding.poll())
    while await count(database, ReportRow) < 3:
        await asyncio.wait([polling], timeout=0.05)
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling
    assert len(await send_all(database, stand.now)) == 1
    await stand.poll(15)
    assert await send_all(database, stand.now) == []


@pytest.mark.parametrize("at", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)])
async def test_an_impossible_time_is_that_of_the_poll(
    database: Database, stand: PolledFeeds, at: datetime
) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, replace(VOTE, at=at), FLOOD)
    await stand.poll(15)
    assert await titles(stand) == [FLOOD.title, VOTE.title]
    assert len(await send_all(database, stand.now)) == 1


async def test_news_of_years_ago_alerts_nobody(database: Database, stand: PolledFeeds) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, replace(VOTE, at=datetime(2009, 5, 1, tzinfo=UTC)), FLOOD)
    await stand.poll(15)
    assert await send_all(database, stand.now) == []
    assert await count(database, ReportRow) == 2


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
async def test_of_a_body_that_is_cut_off_the_whole_entries_are_kept(
    database: Database, stand: PolledFeeds, share: float
) -> None:
    body = rss(*items(50))
    await stand.add(ONE)
    stand.feeds[ONE] = body[: int(len(body) * share)]
    await stand.poll_due()
    first = await count(database, ReportRow)
    assert abs(first - 50 * share) <= 1
    stand.feeds[ONE] = body
    await stand.poll(15)
    assert await count(database, ReportRow) == 50


async def test_every_recorded_feed_is_kept_or_refused_with_a_reason(
    database: Database, stand: PolledFeeds
) -> None:
    data = find_data()
    if data is None or not (data / "feeds").is_dir():
        pytest.skip("no recorded feeds: set DATELINE_DATA")
    files = sorted(path for path in (data / "feeds").rglob("*") if path.is_file())[::EVERY]
    urls = {f"https://{n}.example.org/feed": path.read_bytes() for n, path in enumerate(files)}
    stand.feeds.update({**urls, ONE: rss(FLOOD.item), TWO: SourceUnreachable("no answer")})
    async with database.transaction() as tx:
        for url in stand.feeds:
            await tx.feeds.add(Feed(0, url, url, due_at=stand.now))
    await stand.poll_due()
    async with database.reading() as tx:
        feeds = await tx.feeds.all()
    asked = {url for url, _ in stand.asked}
    assert asked == set(stand.feeds)
    for feed in feeds:
        assert (feed.last_success_at is None) == bool(feed.failure)
        assert "see the log" not in feed.failure
    well = [feed for feed in feeds if not feed.failure]
    assert len(well) > len(feeds) / 2
    assert FLOOD.title in await titles(stand)
