"""A database that fails says so in a sentence; what is wrong with a row stays the row's."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import ssl
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from asyncpg.exceptions import InternalClientError  # type: ignore[import-untyped]  # no stubs
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from storage.complaints import opening_failed, unavailable
from storage.database import Database
from storage.errors import DatabaseLocked, DatabaseUnavailable, DatabaseUnreachable
from tests.support.databases import Postgres

NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another process."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0)
    monkeypatch.setattr("storage.database._PRAGMAS", ())


@pytest.mark.usefixtures("impatient")
async def test_a_locked_database_is_said_to_be(file: Path) -> None:
    database = await Database.open(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked, match=r"is locked: another process writes to it\. Try"):
            async with database.transaction():
                pass
        async with database.reading() as tx:
            assert await tx.chats.count() == (0, 0)
    async with database.transaction() as tx:
        await tx.chats.chat(1, NOW)
    await database.close()


@pytest.mark.usefixtures("impatient")
async def test_one_that_is_locked_can_not_be_opened(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLocked, match=f"{file} is locked"):
            await Database.open(f"sqlite:///{file}")


async def fill(database: Database) -> None:
    """More than there is room for."""
    async with database.transaction() as tx:
        await tx.session.execute(text("PRAGMA max_page_count=1"))
        for number in range(1, 1000):
            await tx.chats.chat(number, NOW, title="A" * 500)


async def test_a_full_disk_is_named(file: Path) -> None:
    database = await Database.open(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable, match=r"can't be written: its disk is full\. Make"):
        await fill(database)
    await database.close()


async def test_it_is_named_where_another_error_was_made_of_it(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match="it may only be read"):
        async with database.transaction() as tx:
            await forbid_writing(database, tx.session)
            try:
                await tx.chats.chat(1, NOW)
            except Exception as error:
                raise ValueError("this chat") from error


async def forbid_writing(database: Database, session: Any) -> None:
    is_sqlite = database._engine.dialect.name == "sqlite"
    statement = "PRAGMA query_only=ON" if is_sqlite else "SET TRANSACTION READ ONLY"
    await session.execute(text(statement))
    if is_sqlite:  # it is the connection's: this one is not used again
        (await (await session.connection()).get_raw_connection()).detach()


async def test_one_that_may_only_be_read_is_said_to_be(database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"may only be read\. Check DATABASE_URL"):
        async with database.transaction() as tx:
            await forbid_writing(database, tx.session)
            await tx.chats.chat(1, NOW)


async def test_a_server_that_ends_the_connection_is_named(
    postgres: Postgres, migrated_name: str
) -> None:
    database = await Database.open(postgres.new_database(migrated_name))
    with pytest.raises(DatabaseUnavailable, match=r"cannot be used: .* that its server runs"):
        async with database.reading() as tx:
            await tx.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            await tx.chats.count()
    await database.close()


async def test_a_server_that_is_not_there_is_named(postgres: Postgres, migrated_name: str) -> None:
    database = await Database.open(postgres.new_database(migrated_name))
    await database.close()

    def refuse(*_: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    event.listen(database._engine.sync_engine, "do_connect", refuse)
    for begin in (database.reading, database.transaction):
        with pytest.raises(DatabaseUnavailable, match="cannot be used: its server does not answer"):
            async with begin():
                pass
    with pytest.raises(DatabaseUnavailable, match="does not answer"):
        await database.check_writable()


async def test_a_server_that_has_yet_to_start_may_be_waited_for(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be opened: its server does not answer"):
        await Database.open(f"postgresql://me@/name?host={tmp_path}")


async def test_a_server_without_a_place_may_be_waited_for_but_not_one_that_lets_nobody_in(
    postgres: Postgres,
) -> None:
    postgres.psql("CREATE ROLE late LOGIN CONNECTION LIMIT 0")
    url = make_url(postgres.uri)
    with pytest.raises(DatabaseUnavailable, match="too many connections"):
        await Database.open(url.set(username="late").render_as_string(hide_password=False))
    with pytest.raises(DatabaseUnreachable, match="stranger"):
        await Database.open(url.set(username="stranger").render_as_string(hide_password=False))
    postgres.psql("DROP ROLE late")


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (ConnectionResetError("reset"), True),
        (TimeoutError(), True),
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), True),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), False),
        (PermissionError("Permission denied"), False),
        (ssl.SSLCertVerificationError("certificate verify failed"), False),
        (ConnectionError("the server rejected SSL upgrade"), False),
    ],
)
def test_what_a_network_says_tells_whether_it_may_pass(error: OSError, passes: bool) -> None:
    kind = type(opening_failed(make_url("postgresql://me@server/name"), error))
    assert kind is (DatabaseUnavailable if passes else DatabaseUnreachable)
    assert type(opening_failed(make_url("sqlite:///dateline.db"), error)) is DatabaseUnreachable


def test_what_the_driver_says_about_itself_is_not_passed_on() -> None:
    error = InternalClientError("cannot switch to state 11; another operation (2) is in progress")
    found = unavailable(make_url("postgresql://me@server/name"), error)
    assert "cannot be used: the connection broke. Check" in str(found)


async def test_a_row_that_is_wrong_is_no_failure_of_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as tx:
            for _ in range(2):
                await tx.session.execute(
                    text("INSERT INTO sources (kind, key) VALUES ('portal', 'en')")
                )
