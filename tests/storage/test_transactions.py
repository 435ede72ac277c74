"""Writers wait for each other and lose nothing; readers wait for nobody."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.database import Database
from storage.model import ChatState
from storage.tables import ChatRow, SourceRow
from tests.support.rows import column

NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)
WRITERS, TURNS = 6, 10


async def test_writers_on_one_row_lose_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        source = await tx.sources.source("portal", "en")
        await tx.sources.succeeded(source.id, NOW)

    async def write() -> None:
        for _ in range(TURNS):
            async with database.transaction() as tx:
                row = await tx.session.get_one(SourceRow, source.id, with_for_update=True)
                await asyncio.sleep(0)
                row.last_success_at = (row.last_success_at or NOW) + timedelta(seconds=1)

    await asyncio.gather(*(write() for _ in range(WRITERS)))
    expected = NOW + timedelta(seconds=WRITERS * TURNS)
    assert await column(database, SourceRow.last_success_at) == [expected]


async def test_a_reader_is_not_blocked_by_a_writer(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.chats.chat(1, NOW)
        async with asyncio.timeout(5), database.reading() as reader:
            assert await reader.chats.count() == (0, 0)
    async with database.reading() as reader:
        assert await reader.chats.count() == (1, 0)


async def test_what_fails_is_undone(database: Database) -> None:
    with pytest.raises(RuntimeError, match="in the middle"):
        async with database.transaction() as tx:
            await tx.chats.chat(1, NOW)
            raise RuntimeError("in the middle")
    assert await column(database, ChatRow.telegram_id) == []


async def test_a_cancelled_transaction_is_undone(database: Database) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with database.transaction() as tx:
            await tx.chats.chat(1, NOW)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await column(database, ChatRow.telegram_id) == []


async def test_a_transaction_reads_what_it_wrote_in_bulk(database: Database) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOW)
        await tx.chats.set_state(1, ChatState.UNREACHABLE, NOW)
        assert (await tx.chats.chat(1, NOW)).state is ChatState.UNREACHABLE
        source = await tx.sources.source("portal", "en")
        await tx.sources.succeeded(source.id, NOW)
        assert (await tx.sources.source("portal", "en")).last_success_at == NOW
    assert chat.state is ChatState.ACTIVE  # what was handed out stays as it was


async def test_the_same_update_counts_once_among_many(database: Database) -> None:
    async def handle() -> bool:
        async with database.transaction() as tx:
            return await tx.chats.begin_update(7, NOW)

    assert sorted(await asyncio.gather(*(handle() for _ in range(5)))) == [False] * 4 + [True]


async def test_times_come_back_in_utc(database: Database) -> None:
    elsewhere = NOW.astimezone(tz=None)
    async with database.transaction() as tx:
        source = await tx.sources.source("portal", "en")
        await tx.sources.succeeded(source.id, elsewhere)
    [stored] = await column(database, SourceRow.last_success_at)
    assert stored == NOW
    assert stored.tzinfo == UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(Exception, match="without a zone"):
        async with database.transaction() as tx:
            await tx.chats.chat(1, naive)
