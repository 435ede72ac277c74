"""From what a page says to what readers see, and whom that is announced to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.model import Account, Telling
from storage.tables import AnnouncementRow, VersionRow
from tests.support.portal import Killed, Portal, edit_all, follow, send_all
from tests.support.rows import column, count
from tests.support.story import account

DAY = "2017-11-23"
FLOOD = account(DAY, "A flood reaches [[Springfield]].")
PUBLISHED = account(DAY, FLOOD.text, sources=[("The Paper", "https://paper.example.org/flood")])
BRIDGE = account(DAY, "[[Jo Mayor]] opens a bridge.")
VOTE = account(DAY, "[[Parliament]] votes on the budget.")
LOUDER = replace(FLOOD, text="A great flood reaches Springfield.")


@pytest.fixture
def portal(database: Database) -> Portal:
    """A portal with a hold of ten minutes."""
    return Portal(database)


async def titles(portal: Portal) -> list[str]:
    return [event.title for event in await portal.events()]


# --- the hold


async def test_an_event_appears_when_its_hold_is_over(portal: Portal) -> None:
    assert await portal.poll(0, FLOOD) == []
    assert await portal.poll(9, FLOOD) == []
    assert await portal.events() == []
    assert len(await portal.poll(10, FLOOD)) == 1
    assert await titles(portal) == [FLOOD.text]


async def test_what_comes_and_goes_within_the_hold_reaches_nobody(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Springfield")
    await portal.poll(0, FLOOD)
    await portal.poll(9)
    await portal.poll(30)
    assert await portal.events() == []
    assert await send_all(database, portal.at(30)) == []
    assert await count(database, AnnouncementRow) == 0


async def test_words_that_come_and_go_within_the_hold_reach_nobody(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Springfield")
    await portal.stand(0, FLOOD)
    await send_all(database, portal.at(10))
    await portal.poll(12, LOUDER)
    await portal.poll(21, FLOOD)
    await portal.poll(40, FLOOD)
    assert await titles(portal) == [FLOOD.text]
    assert await edit_all(database, portal.at(40)) == []


async def publishers(portal: Portal) -> list[str]:
    return [citation.publisher for event in await portal.events() for citation in event.citations]


def published_by(name: str) -> Account:
    """The flood as another is said to have published it, at the same address."""
    (source,) = PUBLISHED.citations
    return replace(PUBLISHED, citations=(replace(source, publisher=name),))


async def test_a_publisher_put_right_is_shown_once_that_has_stood(portal: Portal) -> None:
    await portal.stand(0, PUBLISHED)
    right = published_by("The Gazette")
    assert await portal.poll(20, right) == []
    assert await publishers(portal) == ["The Paper"]
    assert len(await portal.poll(30, right)) == 1
    assert await publishers(portal) == ["The Gazette"]


async def test_a_false_publisher_undone_within_the_hold_is_never_shown(portal: Portal) -> None:
    await portal.stand(0, PUBLISHED)
    assert await portal.poll(20, replace(published_by("Rubbish"), category="Nonsense")) == []
    assert await publishers(portal) == ["The Paper"]
    await portal.poll(21, PUBLISHED)
    await portal.poll(40, PUBLISHED)
    assert await publishers(portal) == ["The Paper"]


async def test_an_event_reworded_within_its_hold_appears_in_its_last_words(portal: Portal) -> None:
    await portal.poll(0, FLOOD)
    await portal.poll(8, LOUDER)
    assert await portal.poll(12, LOUDER) == []
    await portal.poll(18, LOUDER)
    assert await titles(portal) == [LOUDER.text]


async def test_a_rewording_that_stands_edits_and_never_alerts_again(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Springfield")
    [event] = await portal.stand(0, FLOOD)
    await send_all(database, portal.at(10))
    assert await portal.stand(20, LOUDER) == [event]
    assert await send_all(database, portal.at(30)) == []
    assert await edit_all(database, portal.at(30)) == [(1, event)]
    assert await count(database, VersionRow) == 1


# --- withdrawal


async def test_absence_that_stands_withdraws_and_a_return_shows_again(portal: Portal) -> None:
    [event] = await portal.stand(0, FLOOD)
    await portal.poll(20)
    assert await titles(portal) == [FLOOD.text]
    await portal.poll(30)
    assert await portal.events() == []
    assert (await portal.event(event)).title == FLOOD.text
    await portal.stand(40, FLOOD)
    assert [each.id for each in await portal.events()] == [event]


async def test_absence_within_the_hold_is_no_withdrawal(portal: Portal) -> None:
    await portal.stand(0, FLOOD)
    await portal.poll(20)
    await portal.poll(29, FLOOD)
    assert await portal.poll(60, FLOOD) == []
    assert await titles(portal) == [FLOOD.text]


async def test_a_page_that_cannot_be_read_changes_nothing(portal: Portal) -> None:
    await portal.stand(0, FLOOD, BRIDGE)
    for minute in (20, 40, 60, 90):
        assert await portal.poll(minute, readable=False) == []
    assert await titles(portal) == [FLOOD.text, BRIDGE.text]


async def test_what_waits_does_not_ripen_on_a_page_that_cannot_be_read(portal: Portal) -> None:
    await portal.poll(0, FLOOD)
    assert await portal.poll(20, readable=False) == []
    assert len(await portal.poll(21, FLOOD)) == 1


async def test_a_page_never_read_before_may_be_unreadable(portal: Portal) -> None:
    assert await portal.poll(0, readable=False) == []
    await portal.stand(10, FLOOD)
    assert await titles(portal) == [FLOOD.text]


async def test_a_page_that_loses_most_waits_for_a_second_version(portal: Portal) -> None:
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    await portal.poll(20, FLOOD)
    await portal.poll(35, FLOOD)
    assert len(await portal.events()) == 3
    await portal.poll(40, LOUDER)
    assert len(await portal.events()) == 3
    await portal.poll(50, LOUDER)
    assert await titles(portal) == [LOUDER.text]


async def test_a_page_that_loses_most_waits_an_hour(portal: Portal) -> None:
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    for minute in (20, 50, 79):
        await portal.poll(minute, FLOOD)
        assert len(await portal.events()) == 3
    await portal.poll(80, FLOOD)
    await portal.poll(90, FLOOD)
    assert await titles(portal) == [FLOOD.text]


async def test_a_page_whose_loss_is_undone_was_never_in_doubt(portal: Portal) -> None:
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    await portal.poll(20, FLOOD)
    await portal.poll(30, FLOOD, BRIDGE, VOTE)
    assert await portal.poll(90, FLOOD, BRIDGE, VOTE) == []
    await portal.poll(100, FLOOD)
    assert len(await portal.events()) == 3


async def test_a_page_that_loses_half_is_believed(portal: Portal) -> None:
    await portal.stand(0, FLOOD, BRIDGE)
    await portal.stand(20, FLOOD)
    assert await titles(portal) == [FLOOD.text]


# --- whom to tell


async def test_the_first_poll_shows_at_once_and_tells_nobody(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Springfield")
    await portal.poll(0, FLOOD, telling=Telling.SILENT)
    assert await titles(portal) == [FLOOD.text]
    await portal.stand(10, FLOOD)
    assert await send_all(database, portal.at(20)) == []


async def test_what_comes_after_a_silent_poll_is_told(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Springfield", "Jo Mayor")
    await portal.poll(0, FLOOD, telling=Telling.SILENT)
    [event] = await portal.stand(10, FLOOD, BRIDGE)
    assert await send_all(database, portal.at(20)) == [(1, event)]


async def test_what_was_missed_comes_in_one_digest(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Springfield", "Jo Mayor")
    await portal.poll(0, FLOOD, BRIDGE, telling=Telling.CATCH_UP)
    await portal.poll(10, FLOOD, BRIDGE)
    assert await send_all(database, portal.at(10)) == []
    assert await send_all(database, portal.at(11)) == [(1, None)]


async def test_an_entity_that_comes_late_alerts_its_followers(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Springfield")
    await follow(database, 2, "Jo Mayor")
    [event] = await portal.stand(0, FLOOD)
    assert await send_all(database, portal.at(10)) == [(1, event)]
    named = account(DAY, "A flood reaches [[Springfield]], says [[Jo Mayor]].")
    await portal.stand(20, replace(named, citations=FLOOD.citations))
    assert await send_all(database, portal.at(30)) == [(2, event)]


async def test_an_entity_is_announced_once_for_ever(database: Database, portal: Portal) -> None:
    plain = replace(FLOOD, links=())
    await portal.stand(0, FLOOD)
    await portal.stand(20, plain)
    await portal.stand(40, FLOOD)
    assert await column(database, AnnouncementRow.entity_id) == [1]


async def test_a_topic_is_named_too(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Great flood")
    [event] = await portal.stand(0, account(DAY, "A dam breaks.", topics=["Great flood"]))
    assert await send_all(database, portal.at(10)) == [(1, event)]


async def test_an_old_day_tells_nobody(database: Database) -> None:
    await follow(database, 1, "Springfield")
    old = account("2017-11-15", "A flood reaches [[Springfield]].")
    portal = Portal(database, page="2017_November_15", day=old.day)
    await portal.stand(0, old)
    assert await titles(portal) == [old.text]
    assert await send_all(database, portal.at(10)) == []


async def test_seen_and_announced_are_saved_together_or_not_at_all(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Springfield")
    await portal.poll(0, FLOOD)
    with pytest.raises(Killed):
        await portal.poll(10, FLOOD, killed=True)
    assert await portal.events() == []
    assert await count(database, AnnouncementRow) == 0
    [event] = await portal.poll(11, FLOOD)
    assert await send_all(database, portal.at(11)) == [(1, event)]
