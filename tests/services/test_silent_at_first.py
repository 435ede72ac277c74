"""A story that a feed's first poll found, which tells nobody, and that another source tells
later; on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.outbox import BUNDLING
from tests.support.day_pages import bullet
from tests.support.polled_both import PolledBoth
from tests.support.polled_feeds import FeedEntry
from tests.support.portal import follow, send_all

OLD, NEW, THIRD = (f"https://{name}.example.org/rss" for name in ("old", "new", "third"))
RAIN = FeedEntry("Rain in Shelbyville again", "https://old.example.org/rain", "It rains.")
SUN = FeedEntry("Sun over Capital City", "https://third.example.org/sun", "It shines.")
VOTE = FeedEntry(
    "Ann Sample is elected mayor of Springfield",
    "https://new.example.org/vote",
    "Ann Sample won the election for mayor of Springfield with 61 percent of the vote.",
)
# The same story in another feed: of the same publisher, and of another.
SAME = replace(VOTE, guid="https://old.example.org/42")
ALIKE = FeedEntry(
    "Springfield elects Ann Sample as its mayor",
    "https://old.example.org/vote",
    "Ann Sample won the election for mayor of Springfield with 61 percent of the vote.",
)
LISTED = bullet("[[Ann Sample]] is elected mayor of [[Springfield]].", ("New", VOTE.link))
STORM = bullet("A storm hits [[Port Example]].", ("Wire", "https://wire.example.org/storm"))


@pytest.fixture
async def desk(database: Database) -> PolledBoth:
    """A feed and a portal that have been read for a while, and one whose first poll finds the
    story; a reader follows whom it names."""
    desk = PolledBoth(database)
    await follow(database, 1, "Ann Sample")
    await desk.add(OLD, RAIN)
    await desk.add(THIRD, SUN)
    await desk.poll_due()
    await desk.read_portal(STORM)
    await desk.add(NEW, VOTE)
    await desk.poll_due(1)
    assert await sent(desk) == []
    return desk


async def sent(desk: PolledBoth) -> list[int]:
    """Whom alerts go to that are due."""
    return [reader for reader, _ in await send_all(desk.database, desk.now)]


@pytest.mark.parametrize("story", [SAME, ALIKE])
async def test_it_alerts_once_when_another_feed_tells_it(
    desk: PolledBoth, story: FeedEntry
) -> None:
    desk.publish(OLD, story, RAIN)
    await desk.poll(5)
    assert len([event for event in await desk.events() if "Ann" in event.title]) == 1
    assert await sent(desk) == [1]
    desk.publish(THIRD, replace(ALIKE, link="https://third.example.org/vote"), SUN)
    await desk.poll(5)
    assert await sent(desk) == []


async def test_it_alerts_once_when_the_portal_lists_it(desk: PolledBoth) -> None:
    await desk.read_portal(STORM, LISTED, minutes=5)
    assert await sent(desk) == [1]
    await desk.read_portal(STORM, LISTED, minutes=10)
    assert await sent(desk) == []


async def test_it_alerts_nobody_when_its_own_feed_rewords_it(desk: PolledBoth) -> None:
    desk.publish(NEW, replace(VOTE, title="Ann Sample elected as mayor of Springfield"))
    await desk.poll(5)
    assert await sent(desk) == []


async def test_it_alerts_nobody_when_another_first_poll_finds_it_nor_when_that_is_reworded(
    desk: PolledBoth,
) -> None:
    fourth = "https://fourth.example.org/rss"
    story = replace(ALIKE, link="https://fourth.example.org/vote")
    await desk.add(fourth, story)
    await desk.poll_due(5)
    assert await sent(desk) == []
    desk.publish(fourth, replace(story, title="Ann Sample is the mayor of Springfield now"))
    await desk.poll(5)
    assert len([event for event in await desk.events() if "Ann" in event.title]) == 1
    assert await sent(desk) == []


async def test_it_alerts_those_who_follow_by_then_and_nobody_later(desk: PolledBoth) -> None:
    await follow(desk.database, 2, "Ann Sample", at=desk.now)
    desk.publish(OLD, ALIKE, RAIN)
    await desk.poll(5)
    await follow(desk.database, 3, "Ann Sample", at=desk.now.replace(second=1))
    assert sorted(await sent(desk)) == [1, 2]


async def test_it_alerts_only_for_whom_the_other_report_names(desk: PolledBoth) -> None:
    await follow(desk.database, 2, "Springfield")
    story = replace(SAME, title="Ann Sample is elected mayor", summary="Ann Sample won.")
    desk.publish(OLD, story, RAIN)
    await desk.poll(5)
    assert len([event for event in await desk.events() if "Ann" in event.title]) == 1
    assert await sent(desk) == [1]


async def test_what_is_told_after_a_gap_comes_as_what_was_missed(desk: PolledBoth) -> None:
    desk.publish(OLD, ALIKE, RAIN)
    await desk.poll(7 * 60)
    assert await sent(desk) == []
    desk.now += BUNDLING
    assert await send_all(desk.database, desk.now) == [(1, None)]  # a digest
