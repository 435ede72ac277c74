"""Reports of one happening are one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.services.joining import Joining
from bot.services.linking import Arrival
from storage.database import Database
from storage.model import FEED
from storage.tables import EventRow, ReportRow
from tests.support.portal import Portal, follow, send_all
from tests.support.rows import column, count
from tests.support.story import account

DAY = "2017-11-23"
NOON = datetime(2017, 11, 23, 12, tzinfo=UTC)
LONG_AGO = datetime(2017, 1, 1, tzinfo=UTC)
FLOOD = account(DAY, "A flood reaches [[Springfield]].")
BRIDGE = account(DAY, "[[Jo Mayor]] opens a bridge.")
VOTE = account(DAY, "[[Parliament]] votes on the budget.")
LOUDER = replace(FLOOD, text="A great flood reaches Springfield.")
SAME_LINK = account(
    DAY, "The river floods [[Springfield]]'s centre.",
    sources=[("BBC", FLOOD.citations[0].url + "?utm_source=x")],
)  # fmt: skip


@pytest.fixture
def portal(database: Database) -> Portal:
    """A portal with a hold of ten minutes."""
    return Portal(database)


async def titles(portal: Portal) -> list[str]:
    return [event.title for event in await portal.events()]


async def test_two_bullets_of_one_link_become_one_event(database: Database, portal: Portal) -> None:
    await follow(database, 1, "Springfield")
    await portal.stand(0, FLOOD)
    assert len(await send_all(database, portal.at(10))) == 1
    [event] = await portal.events()
    await portal.stand(20, FLOOD, SAME_LINK)
    assert [each.id for each in await portal.events()] == [event.id]
    assert await send_all(database, portal.at(30)) == []
    assert await count(database, ReportRow) == 2


async def test_two_bullets_of_one_link_that_come_together_are_one_event(portal: Portal) -> None:
    assert len(await portal.stand(0, FLOOD, SAME_LINK)) == 1


async def test_a_link_that_a_bullet_takes_on_joins_a_new_one_to_it(portal: Portal) -> None:
    await portal.stand(0, FLOOD)
    cited = ("BBC", "https://bbc.example.org/flood")
    relinked = replace(FLOOD, citations=account(DAY, "", sources=[cited]).citations)
    other = account(DAY, "The river floods [[Springfield]]'s centre.", sources=[cited])
    await portal.stand(20, relinked, other)
    assert len(await portal.events()) == 1


async def test_one_link_on_neighbouring_days_is_one_event(
    database: Database, portal: Portal
) -> None:
    [event] = await portal.stand(0, FLOOD)
    next_day = replace(SAME_LINK, day=account("2017-11-24", "").day)
    tomorrow = Portal(database, page="2017_November_24", day=next_day.day)
    await tomorrow.stand(0, next_day)
    assert await count(database, EventRow) == 1
    assert (await portal.event(event)).day == FLOOD.day


async def test_an_event_lives_as_long_as_one_of_its_reports(portal: Portal) -> None:
    [event] = await portal.stand(0, FLOOD, SAME_LINK)
    await portal.stand(20, SAME_LINK)
    assert await titles(portal) == [SAME_LINK.text]
    await portal.stand(40)
    assert await portal.events() == []
    assert (await portal.event(event)).withdrawn


async def test_a_bullet_that_moves_on_the_page_stays_the_same(portal: Portal) -> None:
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    assert await portal.stand(20, VOTE, FLOOD, BRIDGE) == []
    elsewhere = replace(VOTE, category="Law")
    assert len(await portal.stand(40, FLOOD, BRIDGE, elsewhere)) == 1


async def test_the_same_version_again_is_no_work(database: Database, portal: Portal) -> None:
    await portal.stand(0, FLOOD)
    before = await column(database, EventRow.revision)
    assert await portal.stand(20, FLOOD) == []
    assert await column(database, EventRow.revision) == before


async def test_a_new_event_is_alone_until_it_is_merged(database: Database) -> None:
    joining = Joining()
    said = [FLOOD, BRIDGE, VOTE, SAME_LINK]
    arrivals = [Arrival(number, each, 1, 1, FEED) for number, each in enumerate(said, 1)]
    async with joining.transaction(database, NOON) as tx:
        flood, bridge, vote, same = await joining.join(tx, arrivals, None, NOON)
        assert flood == same
        assert joining.alone() == {bridge, vote}
        await joining.merge(tx, flood, vote, NOON)
        assert joining.alone() == {bridge}


async def _refuse(database: Database, joining: Joining, *arrivals: Arrival) -> None:
    """A transaction that fails, after reports have joined events in it if there are any."""
    with pytest.raises(ZeroDivisionError):
        async with joining.transaction(database, NOON) as tx:
            if arrivals:
                await joining.join(tx, arrivals, None, NOON)
            raise ZeroDivisionError


async def test_a_failure_before_any_report_joined_makes_nothing_be_read_anew(
    database: Database, portal: Portal
) -> None:
    await portal.stand(0, FLOOD)
    joining = Joining()
    async with joining.transaction(database, NOON) as tx:
        # Whoever reads it anew finds it too old.
        await tx.session.execute(update(ReportRow).values(first_seen_at=LONG_AGO))
    await _refuse(database, joining)
    async with joining.transaction(database, NOON):
        assert joining.nearest(FLOOD, 1, NOON, 0.5) is not None


async def test_what_joined_in_a_transaction_that_failed_is_forgotten(
    database: Database, portal: Portal
) -> None:
    await portal.stand(0, FLOOD)
    joining = Joining()
    await _refuse(database, joining, Arrival(1000, BRIDGE, 1, 1, FEED))
    async with joining.transaction(database, NOON):
        assert joining.nearest(FLOOD, 1, NOON, 0.5) is not None
        assert joining.nearest(BRIDGE, 1, NOON, 0.5) is None
