"""A link that is put into a bullet makes one event of two once it has stood for its hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.model import Account, Telling
from tests.support.day_pages import bullet
from tests.support.polled_both import PolledBoth
from tests.support.polled_feeds import FeedEntry
from tests.support.portal import Killed, Portal, edit_all, follow, send_all
from tests.support.story import account

DAY = "2017-11-23"
PAPER = ("Paper", "https://paper.example.org/acme")
MAYOR = account(DAY, "[[Jo Mayor]] is sworn in as mayor of [[Springfield]].")
FINE = account(
    DAY, "[[Acme]] is fined five million by a court of [[Springfield]].", sources=[PAPER]
)


def citing(said: Account, *sources: tuple[str, str]) -> Account:
    return replace(said, citations=(*said.citations, *account(DAY, "", sources=sources).citations))


PASTED = citing(MAYOR, PAPER)


@pytest.fixture
def portal(database: Database) -> Portal:
    """A portal with a hold of ten minutes."""
    return Portal(database)


async def titles(portal: Portal) -> list[str]:
    return [event.title for event in await portal.events()]


async def test_a_link_that_comes_and_goes_within_the_hold_merges_nothing(
    database: Database, portal: Portal
) -> None:
    await follow(database, 1, "Acme")
    await portal.stand(0, MAYOR, FINE)
    [told] = await send_all(database, portal.at(10))
    await portal.poll(20, PASTED, FINE)
    await portal.poll(29, MAYOR, FINE)
    await portal.poll(60, MAYOR, FINE)
    assert await titles(portal) == [MAYOR.text, FINE.text]
    assert await edit_all(database, portal.at(60)) == []
    assert told[0] == 1


async def test_a_link_that_stands_merges_when_its_hold_is_over(portal: Portal) -> None:
    mayor, fine = await portal.stand(0, MAYOR, FINE)
    await portal.poll(20, PASTED, FINE)
    assert await portal.poll(29, PASTED, FINE) == []
    assert await portal.poll(30, PASTED, FINE) == [mayor]
    async with portal.database.reading() as tx:
        assert await tx.events.survivor(fine) == mayor


async def test_a_link_put_into_a_bullet_that_waits_stands_its_own_hold(portal: Portal) -> None:
    await portal.stand(0, FINE)
    await portal.poll(20, FINE, MAYOR)
    await portal.poll(23, FINE, PASTED)
    await portal.poll(30, FINE, PASTED)
    assert await titles(portal) == [FINE.text, MAYOR.text]
    await portal.poll(33, FINE, PASTED)
    assert await titles(portal) == [FINE.text]


async def test_what_waits_to_merge_outlives_a_kill(portal: Portal) -> None:
    await portal.stand(0, MAYOR, FINE)
    await portal.poll(20, PASTED, FINE)
    with pytest.raises(Killed):
        await portal.poll(30, PASTED, FINE, killed=True)
    assert len(await portal.events()) == 2
    await portal.poll(31, PASTED, FINE)
    assert len(await portal.events()) == 1


async def test_a_link_that_is_read_back_without_a_hold_merges_at_once(portal: Portal) -> None:
    await portal.poll(0, MAYOR, FINE, telling=Telling.SILENT)
    await portal.poll(1, PASTED, FINE, telling=Telling.SILENT)
    assert len(await portal.events()) == 1


async def test_a_bullet_that_came_by_its_link_merges_nothing_when_it_is_shown(
    portal: Portal,
) -> None:
    """Two events cite it that say different things: it is of one of them, and stays so."""
    twelve = account(DAY, "A bomb in [[Springfield]] kills 12.", sources=[PAPER])
    fifteen = account(DAY, "A bomb in [[Springfield]] kills 15.", sources=[PAPER])
    await portal.stand(0, twelve, fifteen)
    mourns = account(DAY, "[[Springfield]] mourns after a bomb.", sources=[PAPER])
    await portal.stand(20, twelve, fifteen, mourns)
    assert await titles(portal) == [twelve.text, fifteen.text]


async def test_a_link_that_was_corrected_draws_nothing_later(portal: Portal) -> None:
    await portal.stand(0, MAYOR)
    await portal.poll(20, PASTED)
    await portal.poll(22, MAYOR)
    await portal.stand(60, MAYOR, FINE)
    assert await titles(portal) == [MAYOR.text, FINE.text]


async def test_a_link_that_has_stood_draws_until_another_has(portal: Portal) -> None:
    await portal.stand(0, PASTED)
    await portal.poll(20, MAYOR)
    await portal.stand(22, MAYOR, FINE)
    assert await titles(portal) == [PASTED.text]


# --- with a publisher's feed

ONE = "https://one.example.org/rss"
LINK = "https://one.example.org/acme"
RAIN = FeedEntry("Rain in Shelbyville again", "https://one.example.org/rain", "It rains.")
TOLD = FeedEntry("Acme is fined by a court in Springfield", LINK, "The fine is five million.")
STORM = bullet("A storm hits [[Port Example]].", ("Wire", "https://wire.example.org/storm"))
LISTED = "[[Jo Mayor]] is sworn in as mayor of [[Springfield]]."
OWN = ("Wire", "https://wire.example.org/mayor")


@pytest.fixture
async def desk(database: Database) -> PolledBoth:
    """A feed and a portal, both polled once before."""
    desk = PolledBoth(database)
    await desk.add(ONE, RAIN)
    await desk.poll_due()
    await desk.read_portal(STORM)
    return desk


async def _titles(desk: PolledBoth) -> set[str]:
    return {event.title for event in await desk.events()} - {
        RAIN.title,
        "A storm hits Port Example.",
    }


async def test_a_publisher_s_link_pasted_for_a_moment_merges_nothing(desk: PolledBoth) -> None:
    desk.publish(ONE, TOLD, RAIN)
    await desk.poll(5)
    right, wrong = bullet(LISTED, OWN), bullet(LISTED, OWN, ("One", LINK))
    await desk.read_portal(STORM, right, minutes=1)
    await desk.read_portal(STORM, right, minutes=10)
    await desk.read_portal(STORM, wrong, minutes=1)
    await desk.read_portal(STORM, right, minutes=2)
    await desk.read_portal(STORM, right, minutes=20)
    assert len(await _titles(desk)) == 2
    await desk.read_portal(STORM, wrong, minutes=1)
    await desk.read_portal(STORM, wrong, minutes=9)
    assert len(await _titles(desk)) == 2
    await desk.read_portal(STORM, wrong, minutes=1)
    assert len(await _titles(desk)) == 1


async def test_a_hold_that_a_publisher_ends_ends_that_of_a_link_too(desk: PolledBoth) -> None:
    """The bullet waits with a link that it came with and one that it took on later; the feed's
    entry cites the first, another event the second."""
    acme = bullet("[[Acme]] is fined by a court.", OWN)
    await desk.read_portal(STORM, acme, minutes=1)
    await desk.read_portal(STORM, acme, minutes=10)
    town = "[[Springfield]] town court fines [[Acme]] for a leak."
    await desk.read_portal(STORM, acme, bullet(town, ("One", LINK)), minutes=1)
    both = bullet(town, ("One", LINK), OWN)
    await desk.read_portal(STORM, acme, both, minutes=2)
    assert len(await _titles(desk)) == 1
    desk.publish(ONE, TOLD, RAIN)
    await desk.poll(1)
    [event] = [each for each in await desk.events() if each.title in await _titles(desk)]
    assert {OWN[1], LINK} == {citation.url for citation in event.citations}
    await desk.read_portal(STORM, acme, both, minutes=30)
    assert len(await _titles(desk)) == 1


async def test_each_link_that_a_publisher_gave_an_entry_draws_others(desk: PolledBoth) -> None:
    desk.publish(ONE, replace(TOLD, guid="acme"), RAIN)
    await desk.poll(5)
    desk.publish(ONE, replace(TOLD, guid="acme", link="https://one.example.org/new"), RAIN)
    await desk.poll(5)
    told = bullet("A leak costs [[Jo Mayor]]'s firm five million.", ("One", LINK))
    await desk.read_portal(STORM, told, minutes=5)
    await desk.read_portal(STORM, told, minutes=10)
    assert len(await _titles(desk)) == 1
