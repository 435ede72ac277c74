"""Whom the portal's bullets name without a link, from the page to the alert."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.model import Evidence, Telling
from storage.tables import VersionRow
from tests.support.portal import Portal, edit_all, entity, follow, send_all
from tests.support.rows import count
from tests.support.story import Story, account

DAY = "2017-11-23"
RAID = account(DAY, "[[Ignatius Chombo]] is held overnight in Zimbabwe.")
SPEECH = account(DAY, "Jo Mayor speaks to [[Parliament]].")
CALM = account(DAY, "Nothing happens in [[Springfield]].")


@pytest.fixture
def portal(database: Database) -> Portal:
    """A portal with a hold of ten minutes."""
    return Portal(database)


async def named(portal: Portal, number: int) -> list[tuple[str, Evidence]]:
    event = await portal.event(number)
    return [(mention.entity.label, mention.evidence) for mention in event.mentions]


async def test_a_country_that_is_not_linked_alerts_once_after_its_hold(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Zimbabwe")
    await portal.poll(0, RAID)
    await portal.poll(9, RAID)
    assert await send_all(database, portal.at(9)) == []
    [event] = await portal.poll(10, RAID)
    assert await send_all(database, portal.at(10)) == [(1, event)]
    assert ("Zimbabwe", Evidence.ALIAS) in await named(portal, event)
    linked = account(DAY, "[[Ignatius Chombo]] is held overnight in [[Zimbabwe]].")
    await portal.stand(20, replace(linked, citations=RAID.citations))
    await portal.stand(40, RAID)
    assert await send_all(database, portal.at(60)) == []
    assert await edit_all(database, portal.at(60)) == []  # the message says the same


async def test_a_full_name_that_is_not_linked_alerts_after_its_hold(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Jo Mayor")
    [event] = await portal.stand(0, SPEECH)
    assert await send_all(database, portal.at(10)) == [(1, event)]
    assert await named(portal, event) == [
        ("Parliament", Evidence.LINK),
        ("Jo Mayor", Evidence.ALIAS),
    ]


async def test_a_name_of_new_words_waits_as_they_do(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Egypt")
    await portal.stand(0, CALM)
    text = "Nothing happens in Springfield, says Egypt."
    spoken = replace(CALM, text=text)
    await portal.poll(20, spoken)
    await portal.poll(29, CALM)
    await portal.poll(40, CALM)
    assert await send_all(database, portal.at(40)) == []
    [event] = await portal.stand(50, spoken)
    assert await send_all(database, portal.at(60)) == [(1, event)]


async def test_who_becomes_known_later_changes_nothing(database: Database, portal: Portal) -> None:
    await follow(database, 2, "Parliament")
    [event] = await portal.stand(0, SPEECH)
    assert await send_all(database, portal.at(10)) == [(2, event)]
    before = await portal.event(event)
    await follow(database, 1, "Jo Mayor")
    await portal.stand(20, SPEECH)
    await portal.stand(40, SPEECH, CALM)
    assert await send_all(database, portal.at(60)) == []
    assert await edit_all(database, portal.at(60)) == []
    assert await portal.event(event) == before
    assert await count(database, VersionRow) == 0


async def test_a_name_known_meanwhile_prolongs_no_hold(database: Database, portal: Portal) -> None:
    await portal.poll(0, SPEECH)
    await follow(database, 1, "Jo Mayor")
    await portal.poll(9, SPEECH, CALM)
    assert len(await portal.poll(10, SPEECH, CALM)) == 1


async def test_a_new_link_leaves_the_other_names(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Zimbabwe")
    [event] = await portal.stand(0, RAID)
    assert await send_all(database, portal.at(10)) == [(1, event)]
    more = account(DAY, "[[Ignatius Chombo]] is held [[night|overnight]] in Zimbabwe.")
    await portal.stand(20, replace(more, citations=RAID.citations))
    assert ("Zimbabwe", Evidence.ALIAS) in await named(portal, event)


async def test_a_backfill_finds_names_and_tells_nobody(database: Database) -> None:
    portal = Portal(database, telling=Telling.SILENT)
    await follow(database, 1, "Zimbabwe")
    await portal.poll(0, RAID)
    [event] = [shown.id for shown in await portal.events()]
    assert ("Zimbabwe", Evidence.ALIAS) in await named(portal, event)
    assert await send_all(database, portal.at(60)) == []


async def test_names_beside_links_relate_no_events(database: Database) -> None:
    await entity(database, "Zimbabwe")
    story = Story(database)
    named_too = await story.tell(account("2017-11-20", "[[Ann Sample]] is in Zimbabwe."))
    linked = await story.tell(account("2017-11-21", "[[Bob Example]] is in [[Zimbabwe]]."))
    only_named = await story.tell(account("2017-11-22", "Nobody is in Zimbabwe."))
    last = await story.tell(account("2017-11-23", "[[Zimbabwe]] rests, [[Ann Sample]] says."))
    async with database.reading() as tx:
        event = await tx.events.get(last)
        assert event is not None
        found = await tx.events.related(event, 5)
    assert [(each.id, [one.label for one in shared]) for each, shared in found] == [
        (only_named, ["Zimbabwe"]),
        (linked, ["Zimbabwe"]),
        (named_too, ["Ann Sample"]),
    ]
