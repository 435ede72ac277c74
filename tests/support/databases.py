"""Databases for tests: the same tests run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.engine import Dialect, make_url

from storage.database import Database
from tests.support.postgres import Postgres, Schema, is_emptied, postgres, schema_of

__all__ = [
    "ENGINES",
    "Postgres",
    "database",
    "database_url",
    "migrated_file",
    "migrated_name",
    "postgres",
    "reused",
    "reused_postgresql",
    "reused_sqlite",
]

ENGINES = ("sqlite", "postgresql")
Result = TypeVar("Result")


class Reused(ABC):
    """One ``Database`` for all tests of a worker, led to another URL by each: with it SQLAlchemy
    keeps compiled statements, and to compile them takes longer than most tests have to do."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._database = _apart(_opened_and_closed(url))
        event.listen(self._database._engine.sync_engine, "do_connect", self._lead)

    async def open(self, url: str) -> Database:
        """What is at this URL, without rows but with its tables. Close it before the next."""
        self._url = url
        await self._prepare()
        return self._database

    @abstractmethod
    async def _prepare(self) -> None: ...

    def _lead(
        self, dialect: Dialect, record: object, args: list[Any], params: dict[str, Any]
    ) -> None:
        args[:], named = dialect.create_connect_args(make_url(self._url))
        params.update(named)


class ReusedSqlite(Reused):
    """A file for each test: a copy, where there is none."""

    def __init__(self, template: Path) -> None:
        super().__init__(f"sqlite:///{template}")
        self._template = template
        event.listen(self._database._engine.sync_engine, "connect", _leave_to_the_system)

    async def _prepare(self) -> None:
        await asyncio.to_thread(_lay, self._template, make_url(self._url).database or "")


class ReusedPostgres(Reused):
    """One database, emptied for each test; where a test left more than rows, made anew."""

    def __init__(self, server: Postgres, template: str) -> None:
        self.url = server.new_database(template)
        super().__init__(self.url)
        self._server = server
        self._template = template
        self._schema = _apart(self._read_schema())

    async def _read_schema(self) -> Schema:
        try:
            return await schema_of(self._database)
        finally:
            await self._database.close()

    async def _prepare(self) -> None:
        if not await is_emptied(self._database, self._schema):
            await self._database.close()
            await asyncio.to_thread(self._server.renew, self.url, self._template)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database to copy: building one anew for each test takes longer."""
    path = tmp_path_factory.mktemp("template") / "dateline.db"
    _apart(_opened_and_closed(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_name(postgres: Postgres) -> str:
    """The name of a PostgreSQL database to copy."""
    url = postgres.new_database()
    _apart(_opened_and_closed(url))
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def reused_sqlite(migrated_file: Path) -> ReusedSqlite:
    """What opens the SQLite databases of a worker's tests."""
    return ReusedSqlite(migrated_file)


@pytest.fixture(scope="session")
def reused_postgresql(postgres: Postgres, migrated_name: str) -> ReusedPostgres:
    """What opens the PostgreSQL database of a worker's tests."""
    return ReusedPostgres(postgres, migrated_name)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each engine in turn; where the test wants it open,
    it has its tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/dateline.db"
    if "database" in request.fixturenames:
        reused: ReusedPostgres = request.getfixturevalue("reused_postgresql")
        return reused.url
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def reused(request: pytest.FixtureRequest, database_url: str) -> Reused:
    """What opens the test's database."""
    name = make_url(database_url).get_backend_name()
    found: Reused = request.getfixturevalue(f"reused_{name}")
    return found


@pytest_asyncio.fixture
async def database(reused: Reused, database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database, of each engine in turn."""
    opened = await reused.open(database_url)
    yield opened
    await opened.close()


def _leave_to_the_system(connection: Any, record: object) -> None:
    """A test's database need not outlive a power cut, and to wait for the disk takes longer
    than most tests have to do."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _lay(template: Path, path: str) -> None:
    """Copy a file to where there is none."""
    if not Path(path).exists():
        shutil.copy(template, path)


async def _opened_and_closed(url: str) -> Database:
    database = await Database.open(url)
    await database.close()
    return database


def _apart(work: Coroutine[None, None, Result]) -> Result:
    # In a thread of its own, to leave this one's event loop as it is.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
