"""Two events that turn out to be one: who has which alert."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.database import Database
from storage.model import Telling
from storage.tables import AnnouncementRow, OutboxRow
from tests.support.merging import BRIDGE, FLOOD, NOW, S, alerts, merge, silent, told, two
from tests.support.portal import Portal, edit_all, follow, send_all
from tests.support.rows import rows
from tests.support.story import account


async def test_who_follows_somebody_in_either_is_told_once(database: Database) -> None:
    for reader, titles in enumerate(
        (["Springfield"], ["Shelbyville"], ["Springfield", "Shelbyville"]), 1
    ):
        await follow(database, reader, *titles)
    await two(database)
    await merge(database)
    assert sorted(await send_all(database, NOW)) == [(1, 1), (2, 1), (3, 1)]
    assert await send_all(database, NOW + timedelta(hours=1)) == []


async def test_who_had_an_alert_of_either_gets_no_other(database: Database) -> None:
    await follow(database, 1, "Shelbyville")
    portal = await two(database)
    assert await send_all(database, NOW) == [(1, 2)]
    await follow(database, 2, "Shelbyville")  # too late for it
    await merge(database)
    await portal.stand(30, FLOOD, BRIDGE)
    assert await send_all(database, portal.at(40)) == []
    assert await alerts(database) == [(1, 1, "sent")]
    assert await edit_all(database, portal.at(40)) == [(1, 1)]
    assert await edit_all(database, portal.at(40)) == []


async def test_a_batch_half_told_goes_on_where_it_was(database: Database) -> None:
    for reader in (1, 2, 3):
        await follow(database, reader, "Shelbyville")
    await two(database)
    async with database.transaction() as tx:
        for _ in range(2):  # Springfield's first: nobody follows that
            assert await tx.outbox.expand(NOW, timedelta(days=7), lambda *_: True, batch=2)
    await merge(database)
    cursors = await rows(
        database, AnnouncementRow.event_id, AnnouncementRow.cursor, AnnouncementRow.expanded
    )
    assert (1, 2, False) in cursors
    assert await send_all(database, NOW) == [(1, 1), (2, 1), (3, 1)]


async def test_the_louder_announcement_of_one_entity_counts(database: Database) -> None:
    await follow(database, 1, "Springfield")
    quiet = account("2017-11-22", "[[Springfield]] is wet.")
    first = Portal(database, page="2017_November_22", day=date(2017, 11, 22))
    await first.poll(0, quiet, telling=Telling.SILENT)
    await Portal(database).stand(0, FLOOD)
    await merge(database)
    assert await send_all(database, NOW) == [(1, 1)]


async def test_of_two_alerts_sent_the_first_lives_on(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    await told(database, 1, 2)
    await merge(database)
    assert await alerts(database) == [(1, 1, "sent"), (1, 2, "sent")]
    assert await rows(database, OutboxRow.message_id, OutboxRow.event_id) == [(100, 1), (200, 2)]


async def test_it_becomes_the_survivors_where_it_was_the_others(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    await told(database, 2, 1)
    await merge(database)
    assert await rows(database, OutboxRow.message_id, OutboxRow.event_id) == [(200, 1), (100, 2)]
    async with database.reading() as tx:
        living = await tx.outbox.alert_of(1, 1)
    assert living is not None
    assert living.message_id == 200


@pytest.mark.parametrize("first", [1, 2])
async def test_the_other_is_edited_once_and_never_again(database: Database, first: int) -> None:
    portal = await silent(database, "Springfield", "Shelbyville")
    await told(database, first, 3 - first)
    await merge(database)
    assert sorted(await edit_all(database, NOW)) == [(1, 1), (1, 2)]
    await merge(database)
    assert await edit_all(database, NOW) == []
    reworded = account("2017-11-23", "A great flood reaches [[Springfield]].")
    await portal.stand(20, reworded, BRIDGE)
    assert await edit_all(database, portal.at(40)) == [(1, 1)]


@pytest.mark.parametrize(
    ("one", "other", "living", "ended"),
    [
        # what event 1's alert is, what event 2's is; which lives on; how the other ends
        (S.SENT, S.WAITING, 1, S.CANCELLED),
        (S.WAITING, S.SENT, 2, S.CANCELLED),
        (S.WAITING, S.WAITING, 1, S.CANCELLED),
        (S.WAITING, S.BUNDLED, 2, S.CANCELLED),
        (S.BUNDLED, S.SENT, 2, S.BUNDLED),
        (S.BUNDLED, S.BUNDLED, 1, S.BUNDLED),
        (S.WAITING, S.EXPIRED, 1, S.CANCELLED),
        (S.EXPIRED, S.WAITING, 2, S.CANCELLED),
        (S.EXPIRED, S.EXPIRED, 1, S.CANCELLED),
        (S.REFUSED, S.WAITING, 2, S.REFUSED),
        (S.CANCELLED, S.EXPIRED, 2, S.CANCELLED),
        (S.CANCELLED, S.SENT, 2, S.CANCELLED),
        (S.SENT, S.REFUSED, 1, S.REFUSED),
        (S.WAITING, S.CANCELLED, 1, S.CANCELLED),
    ],
)
async def test_what_becomes_of_two_alerts_of_one_chat(
    database: Database, one: S, other: S, living: int, ended: S
) -> None:
    await silent(database, "Springfield", "Shelbyville")
    async with database.transaction() as tx:
        for number, state in enumerate((one, other), 1):
            await tx.outbox._add_alerts([1], [number], state, NOW)
            message = await tx.outbox.alert_of(1, number)
            assert message is not None
            if state is S.SENT:
                await tx.outbox.sent(message, number, 1, NOW)
    await merge(database)
    kept = one if living == 1 else other
    expected = {living: (1, kept.value), 3 - living: (2, ended.value)}
    assert await rows(database, OutboxRow.event_id, OutboxRow.state) == [expected[1], expected[2]]


@pytest.mark.parametrize("state", [S.REFUSED, S.CANCELLED])
async def test_what_told_nobody_keeps_nothing_from_being_told(database: Database, state: S) -> None:
    await follow(database, 1, "Springfield")
    await two(database)
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1], [2], state, NOW)
    await merge(database)
    assert await send_all(database, NOW) == [(1, 1)]
