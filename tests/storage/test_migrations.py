"""Migrations build exactly the tables; what cannot be opened says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.errors import DatabaseTooNew, DatabaseUnavailable, DatabaseUnreachable
from storage.tables import Base
from tests.support.databases import Postgres


async def differences(database: Database) -> list[Any]:
    """What the tables have that the database has not, and the other way round."""

    def compare(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))

    async with database.reading() as tx:
        return await (await tx.session.connection()).run_sync(compare)


async def test_migrations_build_exactly_the_tables(database: Database) -> None:
    assert await differences(database) == []


async def test_migrations_build_every_partial_index_as_the_tables_say(database: Database) -> None:
    def built(connection: Connection) -> dict[str, bool]:
        inspector = inspect(connection)
        return {
            str(index["name"]): index["dialect_options"].get(f"{dialect}_where") is not None
            for table in inspector.get_table_names()
            for index in inspector.get_indexes(table)
        }

    async with database.reading() as tx:
        connection = await tx.session.connection()
        dialect = connection.dialect.name
        found = await connection.run_sync(built)
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options[dialect]["where"]
            assert found[str(index.name)] is (where is not None)


async def test_opening_again_changes_nothing(database: Database, database_url: str) -> None:
    async with database.transaction() as tx:
        await tx.sources.source("portal", "en")
    again = await Database.open(database_url)
    async with again.reading() as tx:
        assert [source.key for source in await tx.sources.all()] == ["en"]
    await again.close()


async def test_a_newer_database_is_left_alone(database: Database, database_url: str) -> None:
    async with database.transaction() as tx:
        await tx.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="9999"):
        await Database.open(database_url)


@pytest.mark.parametrize(
    "address", ["", "mysql://host/name", "dateline.db", "sqlite3:///x.db", "http://x/"]
)  # fmt: skip
async def test_an_address_of_no_database_says_what_it_should_be(address: str) -> None:
    with pytest.raises(DatabaseUnreachable, match="DATABASE_URL should look like"):
        await Database.open(address)


async def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1:1") as caught:
        await Database.open("postgresql://me:hunter2@127.0.0.1:1/dateline")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql+psycopg2", "postgresql+nonsense"])
async def test_whatever_driver_is_named_ours_is_taken(scheme: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"postgres\w*://127\.0\.0\.1:1/a .* server runs"):
        await Database.open(f"{scheme}://127.0.0.1:1/a")


async def test_sslmode_is_taken_as_hosts_write_it() -> None:
    with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1:1/a.* server runs"):
        await Database.open("postgresql://127.0.0.1:1/a?sslmode=require")


async def test_what_the_driver_does_not_know_is_named() -> None:
    with pytest.raises(DatabaseUnreachable, match="'channel_binding' here, leave it out"):
        await Database.open("postgresql://127.0.0.1:1/a?sslmode=require&channel_binding=require")


async def test_sqlite_is_opened_by_our_driver(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite+pysqlite:///{tmp_path}/d.db")
    await database.close()


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match="cannot be opened") as caught:
        await Database.open(f"sqlite:///{tmp_path}")
    assert "aiosqlite" not in str(caught.value)
    assert "server" not in str(caught.value)


async def test_another_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are notes. " * 100)
    with pytest.raises(DatabaseUnreachable, match="not a database"):
        await Database.open(f"sqlite:///{tmp_path}/notes.txt")


@pytest.mark.parametrize("folder", ["file", "a/b"])
async def test_a_folder_that_is_none_is_not_made(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnreachable, match="cannot be opened"):
        await Database.open(f"sqlite:///{tmp_path}/{folder}/dateline.db")
    assert not (tmp_path / "a").exists()


async def test_a_missing_database_of_a_server_is_named(postgres: Postgres) -> None:
    address = make_url(postgres.uri).set(database="nowhere")
    with pytest.raises(DatabaseUnreachable, match="nowhere"):
        await Database.open(address.render_as_string(hide_password=False))
