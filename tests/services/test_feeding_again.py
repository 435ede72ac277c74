"""Feeds that are polled again and again: nothing of them is lost, and nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.tables import ReportKeyRow, ReportRow, VersionRow
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.rows import count

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FLOOD = FeedEntry("River floods the centre of Springfield", "https://one.example.org/flood")
VOTE = FeedEntry("Parliament of Shelbyville elects a new speaker", "https://one.example.org/vote")
GAME = FeedEntry("Capital City wins the cup final", "https://one.example.org/game")
STORM = FeedEntry("Storm closes the airport of Ogdenville", "https://two.example.org/storm")


@pytest.fixture
def stand(database: Database) -> PolledFeeds:
    """Publishers without a feed yet."""
    return PolledFeeds(database)


async def titles(stand: PolledFeeds) -> list[str]:
    return [event.title for event in await stand.events()]


async def test_entries_come_one_by_one(database: Database, stand: PolledFeeds) -> None:
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    for stories in ((VOTE, FLOOD), (GAME, VOTE, FLOOD), (GAME, VOTE)):
        stand.publish(ONE, *stories)
        await stand.poll(15)
    assert await titles(stand) == [FLOOD.title, VOTE.title, GAME.title]
    assert await count(database, VersionRow) == 0


async def test_a_version_without_anything_new_changes_nothing(
    database: Database, stand: PolledFeeds
) -> None:
    feed = await stand.add(ONE, FLOOD, VOTE)
    await stand.poll_due()
    read = (await stand.feed(feed.id)).digest
    stand.publish(ONE, VOTE, FLOOD)
    assert await stand.poll(15) == []
    assert (await stand.feed(feed.id)).digest != read
    assert await titles(stand) == [FLOOD.title, VOTE.title]
    assert await count(database, VersionRow) == 0


async def test_a_rewording_beside_entries_that_stand(
    database: Database, stand: PolledFeeds
) -> None:
    await stand.add(ONE, FLOOD, VOTE)
    await stand.poll_due()
    for title in ("Springfield under water", "Springfield dries up"):
        stand.publish(ONE, replace(FLOOD, title=title), VOTE)
        await stand.poll(15)
        assert await titles(stand) == [title, VOTE.title]
    assert await count(database, VersionRow) == 2


async def test_two_processes_poll_by_turns(database: Database, stand: PolledFeeds) -> None:
    """Each knows of the feeds what it has read itself; the other has read more since."""
    await stand.add(ONE, FLOOD)
    await stand.add(TWO, STORM)
    here, there = stand.feeding, stand.new_process("there")
    versions = (
        (FLOOD,),
        (VOTE, FLOOD),
        (GAME, VOTE, FLOOD),
        (GAME, VOTE, replace(FLOOD, title="Springfield under water")),
        (GAME, VOTE, FLOOD),
        (VOTE, FLOOD),
    )
    for number, stories in enumerate(versions):
        await (here, there)[1 - number % 2].release()
        stand.feeding = (here, there)[number % 2]
        stand.publish(ONE, *stories)
        await stand.poll(15)
        assert stories[0].title in await titles(stand)
    assert await titles(stand) == [FLOOD.title, STORM.title, VOTE.title, GAME.title]
    assert await count(database, ReportRow) == 4
    assert (
        await count(database, ReportKeyRow) == 13
    )  # of each its link, GUID and title; one had two


async def test_what_could_not_be_kept_is_looked_at_again(
    database: Database, stand: PolledFeeds
) -> None:
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, VOTE, FLOOD)
    other = stand.new_process("there")
    async with database.transaction() as tx:
        await tx.leases.release("poll feeds", "here")
        assert await tx.leases.take("poll feeds", "there", 60)
    assert await stand.poll(15) == []
    await other.release()
    await stand.poll(15)
    assert await titles(stand) == [FLOOD.title, VOTE.title]
