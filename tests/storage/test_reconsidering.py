"""An event is reworded: the filters of its followers are asked again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.schedule import TOO_OLD
from bot.services.wanting import wants
from storage.database import Database
from storage.events import ShownEvent
from storage.model import Event, Filter, Telling
from storage.tables import AnnouncementRow
from tests.support.portal import START, Portal, expand, follow, send_all
from tests.support.rows import column
from tests.support.story import account
from tests.support.wanting import alerts, want

NOW = START + timedelta(minutes=10)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BY_NIGHT = account("2017-11-23", "A flood reaches [[Springfield]] by night.")
AT_DAWN = account("2017-11-23", "A flood reaches [[Springfield]] at dawn.")
NIGHT, DAWN = Filter(must=("night",)), Filter(must=("dawn",))
NO_FLOOD = Filter(must_not=("flood",))


async def reconsider_once(database: Database, batch: int) -> int:
    async with database.transaction() as tx:
        return await tx.outbox.reconsider(NOW, TOO_OLD, wants, batch)


async def expand_once(database: Database, batch: int) -> int:
    async with database.transaction() as tx:
        return await tx.outbox.expand(NOW, TOO_OLD, wants, batch)


async def test_a_rewording_alerts_those_whose_filter_lets_it_through_now(
    database: Database,
) -> None:
    await want(database, 1, NIGHT)
    await want(database, 2, NO_FLOOD)
    await want(database, 3, Filter(must=("flood",)))
    await follow(database, 4, "Springfield")
    portal = Portal(database)
    [flood] = await portal.stand(0, FLOOD)
    assert sorted(await send_all(database, NOW)) == [(3, flood), (4, flood)]
    await portal.stand(20, BY_NIGHT)
    assert await send_all(database, portal.at(30)) == [(1, flood)]
    await portal.stand(40, FLOOD)
    await portal.stand(60, BY_NIGHT)
    assert await send_all(database, portal.at(70)) == []
    assert await column(database, AnnouncementRow.reconsider) == [False]


async def test_nobody_is_asked_again_where_nobody_filters(database: Database) -> None:
    await follow(database, 1, "Springfield")
    await want(database, 2, NIGHT, "Malta")
    portal = Portal(database)
    [event] = await portal.stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        await tx.outbox.mark_reworded([event, 99])
    assert await column(database, AnnouncementRow.reconsider) == [False]


async def test_what_was_told_in_silence_is_not_asked_again(database: Database) -> None:
    await want(database, 1, NIGHT)
    portal = Portal(database, telling=Telling.SILENT)
    await portal.stand(0, FLOOD)
    await portal.stand(20, BY_NIGHT)
    await expand(database, portal.at(30))
    assert await alerts(database) == []


async def test_an_event_too_old_by_now_is_not_asked_again(database: Database) -> None:
    await want(database, 1, NIGHT)
    portal = Portal(database)
    [event] = await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(20, BY_NIGHT)
    await expand(database, NOW + TOO_OLD + timedelta(days=1))
    assert event == 1
    assert await alerts(database) == []
    assert await column(database, AnnouncementRow.reconsider) == [False]


async def test_those_asked_again_are_served_in_batches(database: Database) -> None:
    for reader in (1, 2, 4, 5):
        await want(database, reader, NIGHT)
    await follow(database, 3, "Springfield")
    await want(database, 6, NIGHT)
    portal = Portal(database)
    [flood] = await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(20, BY_NIGHT)
    assert await reconsider_once(database, 2) == 1
    assert await alerts(database) == [(1, flood), (2, flood), (3, flood)]
    assert [await reconsider_once(database, 2) for _ in range(4)] == [1, 1, 1, 0]
    assert await alerts(database) == [(reader, flood) for reader in range(1, 7)]


async def test_a_second_rewording_asks_all_again(database: Database) -> None:
    for reader in (1, 2):
        await want(database, reader, DAWN)
    for reader in (3, 4):
        await want(database, reader, NIGHT)
    portal = Portal(database)
    [flood] = await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(20, BY_NIGHT)
    assert await reconsider_once(database, 2) == 1  # the first two: not wanted
    await portal.stand(40, AT_DAWN)
    await expand(database, portal.at(50))
    assert await alerts(database) == [(1, flood), (2, flood)]


async def test_who_was_served_before_a_rewording_is_asked_again_after_all(
    database: Database,
) -> None:
    for reader in (1, 2):
        await want(database, reader, NIGHT)
    portal = Portal(database)
    [flood] = await portal.stand(0, FLOOD)
    assert await expand_once(database, 1) == 1
    await portal.stand(20, BY_NIGHT)
    assert await reconsider_once(database, 9) == 0  # only once all have been served
    assert await column(database, AnnouncementRow.cursor) == [1]  # nor are they served anew
    await expand(database, portal.at(30))
    assert await alerts(database) == [(1, flood), (2, flood)]


async def test_a_late_digest_of_what_was_missed_takes_in_what_passes_now(
    database: Database,
) -> None:
    await want(database, 1, NIGHT)
    portal = Portal(database, telling=Telling.CATCH_UP)
    await portal.stand(0, FLOOD)
    assert await send_all(database, NOW + timedelta(minutes=5)) == []
    await portal.poll(20, BY_NIGHT)
    await portal.poll(30, BY_NIGHT)
    assert await send_all(database, portal.at(31)) == []  # a digest waits a minute for the rest
    assert await send_all(database, portal.at(32)) == [(1, None)]


def reworded(event: Event) -> ShownEvent:
    """An event as readers see it from now on."""
    return ShownEvent(
        day=event.day,
        title=f"{event.title} It rises.",
        category=event.category,
        topics=event.topics,
        citations=event.citations,
        page=event.page or "",
        language=event.language,
        withdrawn=False,
        searchable="",
        fingerprint="new",
        alert_fingerprint="new",
    )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_an_event_that_is_being_reworded_holds_up_none_of_its_alerts(
    database: Database,
) -> None:
    """Else the two could wait for each other: one for the event, one for its announcement."""
    await follow(database, 1, "Springfield")
    await want(database, 2, Filter(must=("rises",)))
    portal = Portal(database)
    [number] = await portal.stand(0, FLOOD)
    async with database.transaction() as tx:
        await tx.events.show({number: reworded(await portal.event(number))}, NOW)
        async with asyncio.timeout(30):
            await expand(database, NOW)
        assert await alerts(database) == [(1, number)]
        await tx.outbox.mark_reworded([number])
    await expand(database, NOW)
    assert await alerts(database) == [(1, number), (2, number)]
