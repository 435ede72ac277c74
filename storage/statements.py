"""What statements of all stores are made of: lists of parameters, ids for new rows, and what SQLite
and PostgreSQL spell alike but SQLAlchemy keeps per dialect."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    bindparam,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.tables import Base

Item = TypeVar("Item")
# PostgreSQL takes 32,767 parameters a statement, SQLite 32,766.
CHUNK = 1000


def chunks(items: Collection[Item]) -> Iterator[list[Item]]:
    """The items in lists short enough to be a statement's parameters."""
    listed = list(items)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def table_of(mapped: type[Base]) -> Table:
    """The table of a mapped class, for statements on many rows: a session keeps no count of
    what these change, and so takes no time for it."""
    return cast(Table, mapped.__table__)


def among(name: str) -> Any:
    """The values of a parameter, of which a column is to have one (``in_``)."""
    return bindparam(name, expanding=True)


async def reserve_ids(session: AsyncSession, table: type[Base], count: int) -> list[int]:
    """Ids for new rows, in order. Rows that bring their id go in by one statement for all;
    without, SQLite takes one statement each.

    On SQLite the transaction must be a writing one: that has the table to itself.
    """
    if session.get_bind().dialect.name == "sqlite":
        last = await _last_id(session, table)
        return list(range(last + 1, last + 1 + count))
    sequence = func.nextval(func.pg_get_serial_sequence(table.__tablename__, "id"))
    numbers = select(sequence).select_from(func.generate_series(1, count))
    return list(await session.scalars(numbers))


async def retire_ids(session: AsyncSession, table: type[Base]) -> None:
    """Let ``reserve_ids`` go on after the rows that there are now, even once these are deleted.
    PostgreSQL does so by itself; SQLite takes what stands in its own count of ids, where it
    writes nothing for a table without AUTOINCREMENT (https://sqlite.org/autoinc.html)."""
    if session.get_bind().dialect.name == "sqlite":
        count = {"name": table.__tablename__, "last": await _last_id(session, table)}
        await session.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), count)
        await session.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), count)


async def _last_id(session: AsyncSession, table: type[Base]) -> int:
    name = table.__tablename__
    return await session.scalar(_last_id_in(name), {"name": name}) or 0


@cache
def _last_id_in(name: str) -> Select[Any]:
    kept = select(func.max(literal_column("id"))).select_from(text(name)).scalar_subquery()
    counted = text("(SELECT seq FROM sqlite_sequence WHERE name = :name)")
    return select(func.max(func.coalesce(kept, 0), func.coalesce(counted, 0), type_=Integer))


def is_one(column: InstrumentedAttribute[str], value: StrEnum) -> ColumnElement[bool]:
    """Whether a column has a value, which stands in the statement as a literal: only so the
    partial indexes serve it."""
    return column == literal_column(f"'{value.value}'")


# Statements are made once for each table and database: making one takes as long as executing it.


def insert_or_add(
    session: AsyncSession, table: type[Base], unique: Sequence[str], count: str
) -> Any:
    """``INSERT … ON CONFLICT (unique) DO UPDATE``: where the row is there, add to its count."""
    return _insert_or_add(insert_of(session), table, tuple(unique), count)


@cache
def _insert_or_add(insert: Any, table: type[Base], unique: tuple[str, ...], count: str) -> Any:
    statement = insert(table_of(table))
    added = getattr(table, count) + getattr(statement.excluded, count)
    return statement.on_conflict_do_update(index_elements=unique, set_={count: added})


def insert_or_replace(
    session: AsyncSession, table: type[Base], unique: Sequence[str], columns: Sequence[str]
) -> Any:
    """``INSERT … ON CONFLICT (unique) DO UPDATE``: where the row is there, give its columns
    their new values."""
    return _insert_or_replace(insert_of(session), table, tuple(unique), tuple(columns))


@cache
def _insert_or_replace(
    insert: Any, table: type[Base], unique: tuple[str, ...], columns: tuple[str, ...]
) -> Any:
    statement = insert(table_of(table))
    values = {name: getattr(statement.excluded, name) for name in columns}
    return statement.on_conflict_do_update(index_elements=unique, set_=values)


def insert_new(session: AsyncSession, table: type[Base], *unique: str, where: Any = None) -> Any:
    """``INSERT … ON CONFLICT (unique) WHERE where DO NOTHING`` into a table."""
    return _insert_new(insert_of(session), table, unique, where)


@cache
def _insert_new(insert: Any, table: type[Base], unique: tuple[str, ...], where: Any) -> Any:
    statement = insert(table_of(table))
    return statement.on_conflict_do_nothing(index_elements=unique, index_where=where)


def insert_of(session: AsyncSession) -> Any:
    """The database's own INSERT, to be made of a table: it can say ON CONFLICT."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert if is_sqlite else postgresql.insert
