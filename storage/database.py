"""The database: engine, migrations and transactions. New table: ``tables/``, its store
beside this and in ``Transaction``, a migration (``python -m storage.migrations new "why"``), a
test on both databases."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    closing,
    contextmanager,
    nullcontext,
)
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, event, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from storage.addresses import file_of, url_of, without_parameters
from storage.chats import ChatStore
from storage.complaints import opening_failed, unavailable, unusable
from storage.entities import EntityStore
from storage.errors import StorageError
from storage.events import EventStore
from storage.feeds import FeedStore
from storage.heads import HeadStore
from storage.leases import LeaseStore
from storage.locks import Locks
from storage.migrations import needs_upgrade, upgrade
from storage.outbox import OutboxStore
from storage.reports import ReportStore
from storage.sources import SourceStore
from storage.sqlite import connect
from storage.tables import LeaseRow

BUSY_SECONDS = 30
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # in WAL anything less may lose what was committed to a power cut
    "foreign_keys=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "cache_size=-32000",
)
# A host that vanishes in the middle of a transaction must not keep its locks for the two hours
# after which TCP asks by itself: the server ends the connection after a minute; where something
# keeps it open, or the process is frozen, after ten, as comparing days of reports takes minutes.
_SERVER_SETTINGS = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "10min",
}
_WRITES = {"dateline_writes": True}
# What to write to see whether anything can be: more than most transactions do, in characters,
# and so long to wait for another process that writes.
_PROOF_LENGTH = 2**20
_PROOF_SECONDS = 5


@dataclass(frozen=True)
class Transaction:
    """One transaction and the stores that work in it. Stores never commit."""

    session: AsyncSession

    @cached_property
    def sources(self) -> SourceStore:
        """Sources, their pages, and how far they were read."""
        return SourceStore(self.session)

    @cached_property
    def feeds(self) -> FeedStore:
        """Feeds: where each is asked, and when."""
        return FeedStore(self.session)

    @cached_property
    def reports(self) -> ReportStore:
        """Reports with their standing and versions."""
        return ReportStore(self.session)

    @cached_property
    def events(self) -> EventStore:
        """Events, mentions and announcements."""
        return EventStore(self.session)

    @cached_property
    def entities(self) -> EntityStore:
        """Entities, their articles and aliases."""
        return EntityStore(self.session)

    @cached_property
    def heads(self) -> HeadStore:
        """Heads of the pages that reports cite."""
        return HeadStore(self.session)

    @cached_property
    def chats(self) -> ChatStore:
        """Chats, follows and handled updates."""
        return ChatStore(self.session)

    @cached_property
    def outbox(self) -> OutboxStore:
        """Outgoing messages."""
        return OutboxStore(self.session)

    @cached_property
    def leases(self) -> LeaseStore:
        """What only one process may do at once."""
        return LeaseStore(self.session)

    @cached_property
    def locks(self) -> Locks:
        """What only one transaction may do at once."""
        return Locks(self.session)


class Database:
    """An open database. Make it with ``Database.open``; it is migrated then."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = _turn(engine)

    @classmethod
    async def open(cls, address: str) -> Database:
        """Open and migrate the database at an SQLAlchemy URL (``sqlite:///dateline.db``,
        ``postgresql://user@host/name``).

        Raises ``DatabaseUnavailable`` where that may pass by itself, ``DatabaseUnreachable``,
        ``DatabaseTooNew`` and ``UpgradeFailed``.
        """
        url = url_of(address)
        engine = _engine(url)
        try:
            await asyncio.to_thread(_check_file, file_of(address))
            await _migrate(engine)
        except (OSError, DBAPIError, sqlite3.Error) as error:
            await engine.dispose()
            raise opening_failed(url, error) from error
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine)

    async def close(self) -> None:
        """Give all connections back. Whoever uses it again, in another event loop even, opens
        new ones."""
        await self._engine.dispose()
        self._turn = _turn(self._engine)

    async def is_writable(self) -> bool:
        """Whether the database answers and takes more than it has."""
        try:
            await self.check_writable()
        except StorageError:
            return False
        return True

    async def check_writable(self) -> None:
        """Raise ``DatabaseUnavailable`` where the database does not answer or takes nothing: its
        disk is full, or it may only be read. What is written to see that is taken back at once."""
        proof = token_hex(_PROOF_LENGTH // 2)
        row = {"name": proof[:32], "holder": proof, "until": datetime.fromtimestamp(0, UTC)}
        try:
            async with self._turn, self._engine.connect() as connection:
                await _write_through(connection)
                await connection.execution_options(**_WRITES)
                await connection.execute(insert(LeaseRow), row)
                await connection.rollback()
        except (OSError, SQLAlchemyError) as error:
            raise unusable(self._engine.url, error) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A writing transaction: committed at the end, undone on an exception. On SQLite one
        at a time, first come, first served: who has one must not wait for another. Raises
        ``DatabaseUnavailable`` where the database, not what is done with it, fails."""
        with self._told():
            async with self._turn, self._session() as session, session.begin():
                await self._connect(session, **_WRITES)
                yield Transaction(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A transaction that only reads, and waits for no writer. Raises as ``transaction``."""
        with self._told():
            async with self._session() as session, session.begin():
                await self._connect(session)
                yield Transaction(session)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in a sentence what is wrong with the database."""
        try:
            yield
        except Exception as error:
            if found := unavailable(self._engine.url, error):
                raise found from error
            raise

    async def _connect(self, session: AsyncSession, **options: bool) -> None:
        try:
            await session.connection(execution_options=options)
        except OSError as error:  # a server that is not there: the driver raises it as it is
            raise unusable(self._engine.url, error) from error

    def _session(self) -> AsyncSession:
        # Bulk updates pass the session's own copies of rows by: what is read is always
        # what the database has.
        options = {"populate_existing": True, "synchronize_session": False}
        return AsyncSession(self._engine, expire_on_commit=False, execution_options=options)


def _turn(engine: AsyncEngine) -> AbstractAsyncContextManager[None]:
    """What each writing transaction holds. On SQLite only one can write: others that waited in
    the database would hold all connections, and readers would get none."""
    return asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        bare, options, settings = without_parameters(url)
        options["server_settings"] = _SERVER_SETTINGS | settings
        return create_async_engine(bare, pool_pre_ping=True, connect_args=options)
    options = {"timeout": BUSY_SECONDS, "async_creator_fn": connect, "cached_statements": 512}
    engine = create_async_engine(url, connect_args=options)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _check_file(file: Path | None) -> None:
    """Look whether SQLite's file can be read, before the driver does: a thread of the driver's
    that fails to connect outlives the attempt."""
    if file is None:
        return
    with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()


async def _migrate(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        if not await connection.run_sync(needs_upgrade):
            return
    async with engine.connect() as connection, _free_to_rebuild(connection):
        await connection.execution_options(**_WRITES)
        async with connection.begin():
            await connection.run_sync(upgrade)


@asynccontextmanager
async def _free_to_rebuild(connection: AsyncConnection) -> AsyncIterator[None]:
    """SQLite changes a table by building it anew, which what refers to the old one forbids:
    ``upgrade`` checks references at its end instead, and here they are let go meanwhile
    (https://sqlite.org/lang_altertable.html#otheralter)."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.execute("PRAGMA foreign_keys=OFF")  # does nothing within a transaction
    try:
        yield
    finally:
        await driver.execute("PRAGMA foreign_keys=ON")


async def _write_through(connection: AsyncConnection) -> None:
    """Let what this connection writes reach SQLite's disk before it is committed, which is when
    a full one would be noticed. It is not used again."""
    if connection.dialect.name == "sqlite":
        raw: Any = await connection.get_raw_connection()
        driver = raw.driver_connection
        await driver.execute("PRAGMA cache_size=1")
        await driver.execute(f"PRAGMA busy_timeout={_PROOF_SECONDS * 1000}")
        raw.detach()


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # The driver's own BEGIN comes too late: two writers that have read would fail, not wait.
    connection.isolation_level = None
    with closing(connection.cursor()) as cursor:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("dateline_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
