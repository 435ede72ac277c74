"""Events and entities are merged at once, in two processes: neither waits for the other's rows.

On SQLite who writes is alone.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.services.merging import merge_events, unmerge_event
from bot.services.showing import refresh_events
from storage.database import Database
from tests.support.merging import NOW, two
from tests.support.portal import START, entity, follow, send_all
from tests.support.rows import until_one_waits

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def merge_entities(database: Database) -> None:
    numbers = [await entity(database, name) for name in ("Springfield", "Shelbyville")]
    async with database.transaction() as tx:
        await tx.locks.merging()
        await tx.entities.merge(*numbers, since=START - timedelta(days=1))


async def test_events_become_one_while_those_whom_they_name_do(database: Database) -> None:
    for reader, title in enumerate(("Springfield", "Shelbyville"), 1):
        await follow(database, reader, title)
    await two(database)
    async with database.transaction() as tx:  # as it is done, held up in the middle
        await tx.locks.joining()
        kept = await tx.events.merge(1, 2, NOW)
        merging = asyncio.create_task(merge_entities(database))
        await until_one_waits(database)
        reports = await tx.reports.of_events([kept])
        await refresh_events(tx, reports[kept], NOW)
        await tx.outbox.unite(NOW)
    await merging
    assert await send_all(database, NOW) == [(1, 1), (2, 1)]


async def test_events_are_merged_after_those_whom_they_name(database: Database) -> None:
    for reader, title in enumerate(("Springfield", "Shelbyville"), 1):
        await follow(database, reader, title)
    await two(database)

    async def merge_and_part() -> None:
        async with database.transaction() as tx:
            assert await merge_events(tx, 1, 2, NOW) == 1
        async with database.transaction() as tx:
            assert await unmerge_event(tx, 2, NOW) == 1

    numbers = [await entity(database, name) for name in ("Springfield", "Shelbyville")]
    async with database.transaction() as tx:
        await tx.locks.merging()
        merging = asyncio.create_task(merge_and_part())
        await until_one_waits(database)
        await tx.entities.merge(*numbers, since=START - timedelta(days=1))
    await merging
    assert sorted(await send_all(database, NOW)) == [(1, 1), (1, 2), (2, 1), (2, 2)]


async def test_who_follows_does_not_wait_for_reports_that_are_joined(database: Database) -> None:
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.locks.joining()  # and now compares for long
        merging = asyncio.create_task(merge_entities(database))
        await until_one_waits(database)
        async with asyncio.timeout(10), database.transaction() as other:
            chat = await other.chats.chat(1, NOW)
            assert await other.chats.follow(chat.id, number, NOW)
    await merging
