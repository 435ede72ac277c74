"""SQLite's connections, which do all of a statement in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.sqlite import connect


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncEngine:
    """An engine with a table of things, two of them named."""
    made = create_async_engine(
        f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", connect_args={"async_creator_fn": connect}
    )
    async with made.begin() as connection:
        await connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name UNIQUE)"))
        rows = [{"name": "a"}, {"name": "b"}]
        await connection.execute(text("INSERT INTO things (name) VALUES (:name)"), rows)
    return made


async def test_rows_are_those_of_their_statement(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        first = await connection.execute(text("SELECT id, name FROM things ORDER BY id"))
        other = await connection.execute(text("SELECT count(*) FROM things"))
        assert first.all() == [(1, "a"), (2, "b")]
        assert other.scalar_one() == 2
        assert list(first.keys()) == ["id", "name"]
    await engine.dispose()


async def test_changes_are_counted_and_what_they_return_is_given(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        changed = await connection.execute(text("UPDATE things SET name = name || '!'"))
        assert changed.rowcount == 2
        gone = await connection.execute(text("DELETE FROM things RETURNING name"))
        assert sorted(gone.scalars()) == ["a!", "b!"]
        none = await connection.execute(text("DELETE FROM things"))
        assert none.rowcount == 0
    await engine.dispose()


async def test_a_statement_that_fails_leaves_the_connection_usable(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT nothing FROM things"))
        found = await connection.execute(text("SELECT count(*) FROM things"))
        assert found.scalar_one() == 2
    await engine.dispose()
