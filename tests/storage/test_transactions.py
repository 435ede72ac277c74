"""Writers wait for each other and lose nothing; readers wait for nobody."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.model import ChatState
from storage.tables import ChatRow, SourceRow
from tests.support.rows import column

NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)
WRITERS, TURNS = 6, 10
_DURABLE = ("journal_mode", "synchronous")
_IDLE = "idle_in_transaction_session_timeout"


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


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_who_vanishes_in_a_transaction_holds_nothing_for_long(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match="Check DATABASE_URL and that its server") as gone:
        async with database.transaction() as vanished:
            assert await vanished.leases.take("send", "vanished", 1)
            found = await vanished.session.scalar(text(f"SHOW {_IDLE}"))
            assert found == "10min"
            await vanished.session.execute(text(f"SET {_IDLE} = 1"))  # as if they were over
            async with asyncio.timeout(30), database.transaction() as tx:
                assert await tx.leases.take("send", "other", 60)
            await vanished.leases.take("send", "vanished", 60)
    assert isinstance(gone.value.__cause__, DBAPIError)
    assert gone.value.__cause__.connection_invalidated
    async with database.reading() as tx:
        assert await tx.leases.holders() == {"send": "other"}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_server_asks_soon_whether_we_are_still_there(database: Database) -> None:
    settings = "SELECT name, reset_val FROM pg_settings WHERE name LIKE 'tcp_keepalives%'"
    async with database.reading() as tx:
        rows = (await tx.session.execute(text(settings))).all()
    assert {row.name: row.reset_val for row in rows} == {
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
    }


async def test_a_power_cut_takes_nothing_that_was_committed(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    async with database.transaction() as tx:
        found = [await tx.session.scalar(text(f"PRAGMA {name}")) for name in _DURABLE]
    await database.close()
    assert found == ["wal", 2]  # FULL


async def test_a_reader_is_not_blocked_by_a_writer(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.chats.chat(1, NOW)
        async with asyncio.timeout(30), database.reading() as reader:
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
