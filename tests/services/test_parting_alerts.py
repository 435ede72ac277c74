"""Two events were one and are two again: what readers' messages say then."""

from __future__ import annotations

import pytest

from bot.services.showing import refresh_events
from storage.database import Database
from storage.model import Telling
from tests.support.merging import BRIDGE, FLOOD, NOW, VOTE, S, merge, silent, two, unmerge
from tests.support.portal import Portal, claim, follow
from tests.support.post import Clock, Post
from tests.support.story import account

FLOODS, FALLS, VOTES = FLOOD.text, BRIDGE.text, VOTE.text


def post(database: Database) -> Post:
    return Post(database, clock=Clock(NOW))


async def queue(database: Database, *events: int) -> None:
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1], list(events), S.WAITING, NOW)


async def test_the_only_alert_of_a_reader_tells_again_what_it_told(database: Database) -> None:
    await follow(database, 1, "Shelbyville")
    portal = await two(database)
    sends = post(database)
    await sends.work(10, step=1)
    await merge(database)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FLOODS]
    await unmerge(database)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FALLS]
    more = account("2017-11-23", "A bridge in [[Shelbyville]] falls into the river.")
    await portal.stand(20, FLOOD, more)
    await sends.work(30 * 60, step=60)
    assert sends.telegram.texts(1) == [more.text]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
async def test_each_of_two_messages_tells_again_what_it_told(
    database: Database, order: tuple[int, int]
) -> None:
    await silent(database, "Springfield", "Shelbyville")
    sends = post(database)
    for event in order:
        await queue(database, event)
        await sends.work(10, step=1)
    before = sends.telegram.texts(1)
    assert before == [(FLOODS, FALLS)[number - 1] for number in order]
    await merge(database)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FLOODS, "same as message 1"]
    for _ in range(2):  # and once more
        await unmerge(database)
        await sends.work(10, step=1)
        assert sends.telegram.texts(1) == before
        await merge(database)
        await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FLOODS, "same as message 1"]


@pytest.mark.parametrize("first", [1, 2])
async def test_what_waited_for_the_other_goes_with_its_own_event(
    database: Database, first: int
) -> None:
    await silent(database, "Springfield", "Shelbyville")
    sends = post(database)
    await queue(database, first)
    await sends.work(10, step=1)
    await queue(database, 3 - first)
    await merge(database)
    await unmerge(database)
    await sends.work(10, step=1)
    texts = [FLOODS, FALLS]
    assert sends.telegram.texts(1) == (texts if first == 1 else texts[::-1])


async def test_one_that_was_on_its_way_all_the_time_tells_its_own_event(
    database: Database,
) -> None:
    await silent(database, "Shelbyville")
    await queue(database, 2)
    sends = post(database)
    (message,) = await claim(database, NOW)
    await merge(database)
    await unmerge(database)
    await sends.delivering.send(message)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FALLS]


async def test_what_was_told_of_both_as_one_stays_and_the_other_is_told_by_itself(
    database: Database,
) -> None:
    await follow(database, 1, "Shelbyville")
    await two(database)
    sends = post(database)
    await merge(database)
    await sends.work(10, step=1)
    await unmerge(database)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FLOODS, FALLS]


@pytest.mark.parametrize("parted", [(2, 3), (3, 2)])
async def test_of_three_that_were_one_each_tells_its_own(
    database: Database, parted: tuple[int, int]
) -> None:
    for reader, title in enumerate(("Springfield", "Shelbyville", "Malta"), 1):
        await follow(database, reader, title)
    await Portal(database).stand(0, FLOOD, BRIDGE, VOTE)
    sends = post(database)
    await sends.work(10, step=1)
    await merge(database, 2, 3)
    await merge(database, 1, 2)
    await sends.work(10, step=1)
    assert [sends.telegram.texts(reader) for reader in (1, 2, 3)] == [[FLOODS]] * 3
    for number in parted:
        await unmerge(database, number)
    await sends.work(10, step=1)
    texts = [sends.telegram.texts(reader) for reader in (1, 2, 3)]
    assert texts == [[FLOODS], [FALLS], [VOTES]]


async def test_who_was_told_of_each_of_three_is_told_of_each_again(database: Database) -> None:
    await Portal(database, telling=Telling.SILENT).stand(0, FLOOD, BRIDGE, VOTE)
    await follow(database, 1, "Springfield", "Shelbyville", "Malta")
    sends = post(database)
    for event in (3, 2, 1):
        await queue(database, event)
        await sends.work(10, step=1)
    await merge(database, 2, 3)
    await merge(database, 1, 2)
    await sends.work(10, step=1)
    same = "same as message 1"
    assert sends.telegram.texts(1) == [FLOODS, same, same]
    await unmerge(database, 2)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [FALLS, same, FLOODS]
    await unmerge(database, 3)
    await sends.work(10, step=1)
    assert sends.telegram.texts(1) == [VOTES, FALLS, FLOODS]


async def test_many_alerts_come_back_in_batches(database: Database) -> None:
    for reader in range(1, 6):
        await follow(database, reader, "Springfield", "Shelbyville")
    await two(database)
    sends = post(database)
    await sends.work(10, step=1)
    before = [sorted(sends.telegram.texts(reader)) for reader in range(1, 6)]
    assert before == [[FALLS, FLOODS]] * 5
    shown = [sends.telegram.texts(reader) for reader in range(1, 6)]
    await merge(database)
    await sends.work(10, step=1)
    async with database.transaction() as tx:
        assert await tx.events.unmerge(2, NOW) == 1
        reports = await tx.reports.of_events([1, 2])
        await refresh_events(tx, [each for found in reports.values() for each in found], NOW)
    batches = 0
    while await unite_some(database):  # and the process dies after each
        batches += 1
    assert batches > 2
    await sends.work(10, step=1)
    assert [sends.telegram.texts(reader) for reader in range(1, 6)] == shown


async def unite_some(database: Database) -> int:
    async with database.transaction() as tx:
        return await tx.outbox.unite(NOW, batch=2)
