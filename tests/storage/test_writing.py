"""Who writes waits for its turn, not readers; and whether anything can be written is known."""

from __future__ import annotations

import asyncio
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.tables import ChatRow
from tests.support.chat_page import HANGING
from tests.support.databases import Postgres
from tests.support.rows import column, count, everything

NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)
MANY = 20  # more than a database has connections

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def write(database: Database, number: int) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(number, NOW)


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """Let no file grow beyond this, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@on_sqlite
async def test_writers_that_wait_keep_no_reader_out_and_take_turns(database: Database) -> None:
    async with database.transaction():
        writers = [asyncio.create_task(write(database, number)) for number in range(MANY)]
        await asyncio.sleep(0)  # so that all of them have begun
        async with asyncio.timeout(HANGING):
            assert await count(database, ChatRow) == 0
    await asyncio.gather(*writers)
    assert await column(database, ChatRow.telegram_id) == list(range(MANY))


async def test_a_writer_that_is_cancelled_while_it_waits_holds_nobody_up(
    database: Database,
) -> None:
    async with database.transaction():
        first, second = (asyncio.create_task(write(database, number)) for number in (1, 2))
        await asyncio.sleep(0)
        first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    async with asyncio.timeout(HANGING):
        await second
    assert 2 in await column(database, ChatRow.telegram_id)


async def test_whether_it_can_be_written_leaves_nothing_behind(database: Database) -> None:
    await write(database, 1)
    before = await everything(database)
    assert await database.is_writable()
    assert await everything(database) == before


async def test_it_can_be_written_though_somebody_is_writing(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(1, NOW)
        asked = asyncio.create_task(database.is_writable())
        assert await count(database, ChatRow) == 0
    async with asyncio.timeout(HANGING):
        assert await asked


async def test_a_full_disk_cannot_be_written(tmp_path: Path, migrated_file: Path) -> None:
    path = Path(shutil.copy(migrated_file, tmp_path))
    database = await Database.open(f"sqlite:///{path}")
    before = await everything(database)
    with no_file_over(50_000):  # its log is a new one
        assert not await database.is_writable()
    assert await everything(database) == before
    assert await database.is_writable()
    await database.close()


async def test_what_another_process_holds_cannot_be_written(
    tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(migrated_file, tmp_path))
    database, other = [await Database.open(f"sqlite:///{path}") for _ in range(2)]
    monkeypatch.setattr("storage.database._PROOF_SECONDS", 0)
    async with other.transaction():
        assert not await database.is_writable()
    assert await database.is_writable()
    await database.close()
    await other.close()


async def test_what_may_only_be_read_cannot_be_written(
    postgres: Postgres, migrated_name: str
) -> None:
    url = postgres.new_database(migrated_name)
    name = make_url(url).database
    postgres.psql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database = await Database.open(url)
    assert await count(database, ChatRow) == 0
    assert not await database.is_writable()
    await database.close()


async def test_a_database_that_is_gone_cannot_be_written(
    postgres: Postgres, migrated_name: str
) -> None:
    url = postgres.new_database(migrated_name)
    database = await Database.open(url)
    postgres.psql(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")
    assert not await database.is_writable()
    await database.close()
