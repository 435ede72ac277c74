"""Two events become one while alerts of them are on their way, or many."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from storage.database import Database
from storage.model import OutgoingMessage
from storage.tables import AnnouncementRow, OutboxRow
from tests.support.merging import BRIDGE, FLOOD, NOW, VOTE, S, alerts, merge, silent, told, two
from tests.support.portal import LEASE, Portal, claim, expand, follow, send_all, settle_as_sent
from tests.support.rows import column, rows
from tests.support.story import account


async def on_its_way(database: Database, number: int) -> OutgoingMessage:
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1], [number], S.WAITING, NOW)
    (message,) = await claim(database, NOW)
    return message


async def test_one_on_its_way_becomes_the_survivors_and_is_edited_then(
    database: Database,
) -> None:
    await silent(database, "Shelbyville")
    message = await on_its_way(database, 2)
    await merge(database)
    async with database.transaction() as tx:
        await tx.outbox.sent(message, 7, 99, NOW)  # whatever revision of event 2 it shows
    found = await rows(database, OutboxRow.event_id, OutboxRow.state, OutboxRow.stale)
    assert found == [(1, "sent", True)]


async def test_one_on_its_way_to_a_chat_that_had_the_other_is_edited_then(
    database: Database,
) -> None:
    await silent(database, "Springfield", "Shelbyville")
    await told(database, 1)
    message = await on_its_way(database, 2)
    await merge(database)
    assert (await alerts(database))[1] == (1, 2, "cancelled")
    async with database.transaction() as tx:
        await tx.outbox.sent(message, 7, 1, NOW)
    found = await rows(database, OutboxRow.event_id, OutboxRow.state, OutboxRow.stale)
    assert found[1] == (2, "sent", True)


async def test_one_on_its_way_goes_before_one_that_waits(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    message = await on_its_way(database, 2)
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1], [1], S.WAITING, NOW)
    await merge(database)
    await settle_as_sent(database, message, NOW)
    assert await alerts(database) == [(1, 1, "sent"), (1, 2, "cancelled")]


async def test_an_edit_on_its_way_is_made_again(database: Database) -> None:
    portal = await silent(database, "Springfield", "Shelbyville")
    await told(database, 2)
    await portal.stand(20, FLOOD, account("2017-11-23", "A bridge in [[Shelbyville]] fell."))
    await expand(database, NOW)
    async with database.transaction() as tx:
        (message,) = await tx.outbox.claim_edits(portal.at(31), LEASE, 10)
    await merge(database)
    async with database.transaction() as tx:
        await tx.outbox.edited(message, 99, counts=True)
    assert await rows(database, OutboxRow.event_id, OutboxRow.stale) == [(1, True)]


# --- in batches


async def test_alerts_follow_in_batches_and_nothing_is_sent_or_made_before(
    database: Database,
) -> None:
    readers = range(1, 8)
    for reader in readers:
        await follow(database, reader, "Shelbyville")
    await follow(database, 8, "Springfield")
    await two(database)
    async with database.transaction() as tx:
        await tx.outbox._add_alerts(readers, [2], S.WAITING, NOW)
        await tx.events.merge(1, 2, NOW)
        assert await tx.outbox.unite(NOW, batch=3) == 1
    assert [event for _, event, _ in await alerts(database)] == [1, 1, 1, 2, 2, 2, 2]
    assert await claim(database, NOW) == []
    async with database.transaction() as tx:
        assert await tx.outbox.expand(NOW, timedelta(days=7), lambda *_: True) == 0
        await tx.outbox.unite_in(7, NOW)
    assert [event for _, event, _ in await alerts(database)] == [1, 1, 1, 2, 2, 2, 1]
    async with database.transaction() as tx:
        worked = [await tx.outbox.unite(NOW, batch=3) for _ in range(3)]
    assert worked == [1, 1, 0]
    assert await send_all(database, NOW) == [(reader, 1) for reader in (*readers, 8)]


async def test_who_comes_back_meanwhile_misses_nothing_twice(database: Database) -> None:
    await follow(database, 1, "Shelbyville")
    await two(database)
    await send_all(database, NOW)
    async with database.transaction() as tx:
        await tx.events.merge(1, 2, NOW)
        assert not await tx.outbox.catch_up(1, [1], NOW)
    assert await alerts(database) == [(1, 1, "sent")]


async def test_an_event_merged_on_while_alerts_follow_takes_them_all(database: Database) -> None:
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE, VOTE)
    for reader in (1, 2, 3):
        await follow(database, reader, "Malta")
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1, 2, 3], [3], S.WAITING, NOW)
        await tx.outbox._add_alerts([1, 2], [2], S.WAITING, NOW)
        await tx.events.merge(2, 3, NOW)
        await tx.outbox.unite(NOW, batch=1)
        await tx.events.merge(1, 2, NOW)
        while await tx.outbox.unite(NOW, batch=2):
            pass
    found = await alerts(database)
    assert [each for each in found if each[2] == "waiting"] == [
        (1, 1, "waiting"), (2, 1, "waiting"), (3, 1, "waiting")
    ]  # fmt: skip


async def test_those_that_follow_late_are_edited_too(database: Database) -> None:
    await silent(database, "Shelbyville")
    for reader in (2, 3):
        await follow(database, reader, "Shelbyville")
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1, 2, 3], [2], S.WAITING, NOW)
    for message in await claim(database, NOW):
        await settle_as_sent(database, message, NOW)
    async with database.transaction() as tx:
        await tx.events.merge(1, 2, NOW)
        await tx.outbox.unite(NOW, batch=1)
        while await tx.outbox.spread(NOW):
            pass
        while await tx.outbox.unite(NOW):
            pass
        while await tx.outbox.spread(NOW):
            pass
    found = await rows(database, OutboxRow.event_id, OutboxRow.stale)
    assert found == [(1, True)] * 3


async def test_nothing_is_edited_before_its_chat_s_alerts_have_followed(
    database: Database,
) -> None:
    portal = await silent(database, "Springfield", "Shelbyville")
    await told(database, 1, 2)
    await portal.stand(20, *(account("2017-11-23", f"{e.text} Again.") for e in (FLOOD, BRIDGE)))
    await expand(database, NOW)
    assert await column(database, OutboxRow.stale) == [True, True]
    async with database.transaction() as tx:
        await tx.events.merge(1, 2, NOW)
        assert await tx.outbox.claim_edits(portal.at(31), LEASE, 10) == []
        while await tx.outbox.unite(NOW):
            pass
        assert len(await tx.outbox.claim_edits(portal.at(31), LEASE, 10)) == 1


async def test_what_is_gone_announces_nothing_whoever_asks_for_it_again(
    database: Database,
) -> None:
    await two(database)
    await send_all(database, NOW)
    await follow(database, 1, "Shelbyville")
    await merge(database)
    async with database.transaction() as tx:  # as when its entity becomes one with another
        for row in await tx.session.scalars(select(AnnouncementRow).filter_by(event_id=2)):
            row.expanded = False
    assert await send_all(database, NOW) == []
