"""What feeds do to what the portal tells, and the portal to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.tables import EventRow, ReportRow
from tests.support.day_pages import bullet
from tests.support.polled_both import PolledBoth
from tests.support.polled_feeds import FeedEntry
from tests.support.portal import edit_all, follow, send_all
from tests.support.rows import column

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FLOOD_LINK = "https://one.example.org/flood"
FLOOD = FeedEntry(
    "River floods the centre of Springfield", FLOOD_LINK, "Hundreds leave their homes."
)
LISTED = bullet("The river floods [[Springfield]]'s centre.", ("One", FLOOD_LINK))
STORM = bullet("A storm hits [[Port Example]].", ("Wire", "https://wire.example.org/storm"))
RAIN = FeedEntry("Rain in Shelbyville again", "https://one.example.org/rain", "It rains.")


@pytest.fixture
async def desk(database: Database) -> PolledBoth:
    """A feed and a portal, both polled once before."""
    desk = PolledBoth(database)
    await desk.add(ONE, RAIN)
    await desk.poll_due()
    await desk.read_portal(STORM)
    return desk


async def titles(desk: PolledBoth) -> list[str]:
    return [event.title for event in await desk.events()]


async def test_a_publisher_ends_the_hold_once_and_alerts_once(
    database: Database, desk: PolledBoth
) -> None:
    await follow(database, 1, "Springfield")
    await desk.read_portal(STORM, LISTED, minutes=5)
    assert await send_all(database, desk.now) == []
    desk.publish(ONE, FLOOD, RAIN)
    await desk.poll(2)
    assert len(await send_all(database, desk.now)) == 1
    await desk.read_portal(STORM, LISTED, minutes=10)
    assert await send_all(database, desk.now) == []


async def test_a_rewording_that_waits_goes_on_waiting_when_a_publisher_joins(
    database: Database, desk: PolledBoth
) -> None:
    await desk.read_portal(STORM, LISTED, minutes=5)
    await desk.read_portal(STORM, LISTED, minutes=10)
    vandal = LISTED.replace("floods", "rudely floods")
    await desk.read_portal(STORM, vandal, minutes=10)
    desk.publish(ONE, FLOOD, RAIN)
    assert await desk.poll(2) != []
    assert "The river floods Springfield's centre." in await titles(desk)
    await desk.read_portal(STORM, vandal, minutes=10)
    assert "The river rudely floods Springfield's centre." in await titles(desk)


async def test_a_bullet_that_is_gone_again_is_not_shown_by_a_publisher(
    database: Database, desk: PolledBoth
) -> None:
    await follow(database, 1, "Springfield")
    vandal = bullet("[[Springfield]] is silly and floods.", ("One", FLOOD_LINK))
    await desk.read_portal(STORM, vandal, minutes=5)
    await desk.read_portal(STORM, minutes=1)
    desk.publish(ONE, FLOOD, RAIN)
    await desk.poll(1)
    await desk.read_portal(STORM, minutes=30)
    assert FLOOD.title in await titles(desk)
    assert not any("silly" in title for title in await titles(desk))
    assert await send_all(database, desk.now) == []  # the publisher's words name nobody in full


async def test_an_event_that_the_portal_withdraws_stays_as_its_publisher_tells_it(
    database: Database, desk: PolledBoth
) -> None:
    await follow(database, 1, "Springfield")
    await desk.read_portal(STORM, LISTED, minutes=5)
    desk.publish(ONE, FLOOD, RAIN)
    await desk.poll(2)
    assert len(await send_all(database, desk.now)) == 1
    await desk.read_portal(STORM, minutes=5)
    await desk.read_portal(STORM, minutes=10)
    [event] = [event for event in await desk.events() if event.title == FLOOD.title]
    assert (event.page, event.withdrawn, event.summary) == (None, False, FLOOD.summary)
    assert await send_all(database, desk.now) == []
    assert len(await edit_all(database, desk.now)) == 1


async def test_a_new_feed_s_first_poll_joins_what_was_told_and_tells_nobody(
    database: Database, desk: PolledBoth
) -> None:
    await follow(database, 1, "Springfield")
    await follow(database, 2, "Jo Mayor")
    desk.publish(ONE, replace(FLOOD, title="River floods Springfield Sample"), RAIN)
    await desk.poll(15)
    await desk.read_portal(STORM, LISTED, minutes=1)
    assert [reader for reader, _ in await send_all(database, desk.now)] == [1]
    second = FeedEntry(
        "Flood in Springfield: Jo Mayor asks for help", FLOOD_LINK, "The river rose."
    )
    await desk.add(TWO, second)
    await desk.poll_due(1)
    assert await send_all(database, desk.now) == []
    [event] = [event for event in await desk.events() if event.title.startswith("The river")]
    assert "Jo Mayor" in [entity.label for entity in event.entities]
    assert len(await edit_all(database, desk.now)) == 1


TOWN_HALL = "The town hall of [[Exampleton]] names a crisis team of twelve engineers."
TEAM = FeedEntry(
    "Town hall of Exampleton names crisis team of twelve engineers: Ann Sample leads it",
    "https://one.example.org/team",
)


@pytest.mark.parametrize("processes", [1, 2])
async def test_what_comes_after_events_were_merged_finds_the_one_that_is_left(
    database: Database, desk: PolledBoth, processes: int
) -> None:
    """A bullet takes on the link of an older event: it is that one from then on, in the memory
    of each process that polls too."""
    portal = desk if processes == 1 else PolledBoth(database)
    await follow(database, 1, "Ann Sample")
    desk.publish(ONE, FLOOD, RAIN)
    await desk.poll(15)
    own = ("Wire", "https://wire.example.org/2")
    portal.now = desk.now
    await portal.read_portal(STORM, bullet(TOWN_HALL, own), minutes=5)
    desk.publish(ONE, replace(FLOOD, title="River floods Springfield's centre"), RAIN)
    await desk.poll(6)  # remembers the bullet's event
    both = bullet(TOWN_HALL, own, ("One", FLOOD_LINK))
    portal.now = desk.now
    await portal.read_portal(STORM, both, minutes=9)
    await portal.read_portal(STORM, both, minutes=10)
    before = set(await column(database, ReportRow.event_id))
    desk.publish(ONE, TEAM, FLOOD, RAIN)
    await desk.poll(15)
    assert any(await column(database, EventRow.merged_into))
    assert set(await column(database, ReportRow.event_id)) == before
    assert len(await send_all(database, desk.now)) == 1
