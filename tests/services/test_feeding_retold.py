"""Entries that say what one gone from their feed did: the same report, or one of its pattern."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.tables import EventRow, ReportRow, VersionRow
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import column, count

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FLOOD = FeedEntry("River floods the centre of Springfield", "https://one.example.org/flood")
SUMMARY = (
    "The minister said on Monday that it was time to leave the government at the end of the month"
    " after newspapers published the expenses. The prime minister was grateful for the service."
)
ANN = FeedEntry("Ann Sample resigns over expenses scandal", "https://one.example.org/1", SUMMARY)
BOB = FeedEntry("Bob Example resigns over expenses scandal", "https://one.example.org/2", SUMMARY)
# Two that retell what Ann's did, the first one more alike.
MOVED = FeedEntry(
    "Ann Sample resigns over expenses", "https://one.example.org/8", f"{SUMMARY} More."
)
SHORTER = FeedEntry("Ann Sample resigns", "https://one.example.org/9", f"{SUMMARY} Again.")


@pytest.fixture
async def stand(database: Database) -> PolledFeeds:
    """A feed that has told of Ann, whom somebody follows as another does Bob."""
    stand = PolledFeeds(database)
    await stand.add(ONE, FLOOD)
    await stand.add(TWO, FLOOD)
    await follow(database, 1, "Ann Sample")
    await follow(database, 2, "Bob Example")
    await stand.poll_due()
    stand.publish(ONE, ANN, FLOOD)
    await stand.poll(15)
    assert [chat for chat, _ in await send_all(database, stand.now)] == [1]
    return stand


@pytest.mark.parametrize("minutes", [15, 120])
async def test_another_one_of_the_pattern_is_a_report_of_its_own(
    database: Database, stand: PolledFeeds, minutes: int
) -> None:
    stand.publish(ONE, replace(BOB, at=stand.now + timedelta(minutes=minutes)), FLOOD)
    await stand.poll(minutes)
    assert await column(database, EventRow.title) == [FLOOD.title, ANN.title, BOB.title]
    assert await count(database, VersionRow) == 0
    assert [chat for chat, _ in await send_all(database, stand.now)] == [2]


async def test_another_one_of_the_pattern_in_another_feed_is_another_event(
    database: Database, stand: PolledFeeds
) -> None:
    stand.publish(TWO, replace(BOB, link="https://two.example.org/2"), FLOOD)
    await stand.poll(15)
    assert [event.title for event in await stand.events()] == [FLOOD.title, ANN.title, BOB.title]
    assert [chat for chat, _ in await send_all(database, stand.now)] == [2]


@pytest.mark.parametrize(
    "title",
    [
        "Ann Sample resigns",  # shorter
        "Minister Ann Sample resigns over expenses scandal, leaves government",  # longer
        "Ann Sample over expenses: time to leave the government",  # by what its summary says
    ],
)
async def test_one_with_another_title_link_and_guid_stays_the_same_report(
    database: Database, stand: PolledFeeds, title: str
) -> None:
    stand.publish(ONE, replace(ANN, title=title, link="https://one.example.org/9"), FLOOD)
    await stand.poll(15)
    assert [event.title for event in await stand.events()] == [FLOOD.title, title]
    assert await count(database, ReportRow) == 3  # of both feeds the flood
    assert await count(database, VersionRow) == 1
    assert await send_all(database, stand.now) == []


@pytest.mark.parametrize("there", [ANN, replace(ANN, summary=f"{SUMMARY} Thanks.")])
async def test_what_its_feed_still_has_is_retold_by_none(
    database: Database, stand: PolledFeeds, there: FeedEntry
) -> None:
    stand.publish(ONE, SHORTER, there, FLOOD)
    await stand.poll(15)
    told = [account["text"] for account in await column(database, ReportRow.seen)]
    assert told == [FLOOD.title, FLOOD.title, ANN.title, SHORTER.title]


@pytest.mark.parametrize("new", [(MOVED, SHORTER), (SHORTER, MOVED)])
async def test_of_several_that_retell_one_the_likest_is_it(
    database: Database, stand: PolledFeeds, new: tuple[FeedEntry, FeedEntry]
) -> None:
    stand.publish(ONE, *new, FLOOD)
    await stand.poll(15)
    told = [account["text"] for account in await column(database, ReportRow.seen)]
    assert told == [FLOOD.title, FLOOD.title, MOVED.title, SHORTER.title]


async def test_one_worded_anew_throughout_is_still_the_same_event(
    database: Database, stand: PolledFeeds
) -> None:
    """Its report may be another one: whoever was told of it is not told again."""
    title = "Ann Sample quits amid scandal over expenses"
    stand.publish(ONE, replace(ANN, title=title, link="https://one.example.org/9"), FLOOD)
    await stand.poll(15)
    assert await count(database, EventRow) == 2
    assert len(set(await column(database, ReportRow.event_id))) == 2
    assert await send_all(database, stand.now) == []
