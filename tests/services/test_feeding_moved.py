"""Feeds that move to another address, and sites that give their articles others: what they have
told before is no news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.tables import EventRow, ReportRow
from tests.support.polled_feeds import START, FeedEntry, PolledFeeds
from tests.support.portal import follow, send_all
from tests.support.rows import column, count

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
RAIN = FeedEntry("Rain here", "https://one.example.org/0")
BRIDGE = FeedEntry(
    "Ann Sample opens a bridge over the river in Springfield",
    "https://one.example.org/1",
    "Hundreds of people came to see it.",
)
RELAUNCHED = [
    replace(each, link=each.link.replace("one.example.org", "new.example.com/n"))
    for each in (RAIN, BRIDGE)
]


@pytest.fixture
async def stand(database: Database) -> PolledFeeds:
    """A feed that has been read once, and somebody who follows Ann."""
    stand = PolledFeeds(database)
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, RAIN)
    await stand.poll_due()
    return stand


async def told(database: Database, stand: PolledFeeds) -> list[int]:
    """The chats that are told something now."""
    return [chat for chat, _ in await send_all(database, stand.now)]


@pytest.mark.parametrize("target", [TWO, "https://one.example.org/feed"])
async def test_what_stands_at_the_new_address_is_no_news(
    database: Database, stand: PolledFeeds, target: str
) -> None:
    before = [
        FeedEntry(
            f"Ann Sample {deed}", f"https://two.example.org/{days}", at=START - timedelta(days)
        )
        for days, deed in enumerate(("wins skiing gold", "sues oil company", "sings in Rome"))
    ]
    stand.publish(target, *before)
    stand.moved[ONE] = target
    await stand.poll(30)
    assert await told(database, stand) == []
    assert await count(database, EventRow) == 4


async def test_what_is_published_since_is_news_and_so_is_all_that_follows(
    database: Database, stand: PolledFeeds
) -> None:
    stand.publish(TWO, RAIN, replace(BRIDGE, at=START + timedelta(minutes=20)))
    stand.moved[ONE] = TWO
    await stand.poll(30)
    assert await told(database, stand) == [1]
    undated = replace(BRIDGE, title="Ann Sample resigns as mayor", link="https://two.example.org/2")
    stand.publish(TWO, RAIN, BRIDGE, replace(undated, at=START - timedelta(hours=1)))
    await stand.poll(30)
    assert await told(database, stand) == [1]


async def test_the_same_address_written_otherwise_is_no_other(
    database: Database, stand: PolledFeeds
) -> None:
    stand.moved[ONE] = f"{ONE}/"
    stand.publish(f"{ONE}/", RAIN, BRIDGE)
    await stand.poll(30)
    assert await told(database, stand) == [1]


@pytest.mark.parametrize("days", [2, 4, 6])
async def test_a_site_that_moves_its_articles_tells_nothing_again(
    database: Database, stand: PolledFeeds, days: int
) -> None:
    stand.publish(ONE, RAIN, BRIDGE)
    await stand.poll(10)
    assert await told(database, stand) == [1]
    await stand.poll(days * 24 * 60 - 60)
    stand.publish(ONE, *(replace(each, at=stand.now) for each in RELAUNCHED))
    await stand.poll(60)
    assert await told(database, stand) == []
    assert await count(database, ReportRow) == 2


async def test_other_words_under_an_old_headline_are_a_report_of_their_own(
    database: Database, stand: PolledFeeds
) -> None:
    stand.publish(ONE, RAIN, BRIDGE)
    await stand.poll(10)
    await stand.poll(4 * 24 * 60 - 60)
    other = replace(RELAUNCHED[1], summary="It is her third one.", at=stand.now)
    stand.publish(ONE, RAIN, other)
    await stand.poll(60)
    assert await column(database, EventRow.title) == [RAIN.title, BRIDGE.title, BRIDGE.title]


@pytest.mark.parametrize("there", [True, False])
async def test_only_what_is_there_no_more_and_not_long_ago_comes_again(
    database: Database, stand: PolledFeeds, there: bool
) -> None:
    await stand.poll(4 * 24 * 60 if there else 9 * 24 * 60)
    stand.publish(ONE, *([RAIN] if there else []), replace(RELAUNCHED[0], at=stand.now))
    await stand.poll(60)
    assert await count(database, ReportRow) == 2
