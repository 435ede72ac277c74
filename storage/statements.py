"""Statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps per dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables import Base


def insert_or_add(
    session: AsyncSession, table: type[Base], unique: Sequence[str], count: str
) -> Any:
    """``INSERT … ON CONFLICT (unique) DO UPDATE``: where the row is there, add to its count."""
    sqlite_used = session.get_bind().dialect.name == "sqlite"
    statement: Any = sqlite.insert(table) if sqlite_used else postgresql.insert(table)
    added = getattr(table, count) + getattr(statement.excluded, count)
    return statement.on_conflict_do_update(index_elements=unique, set_={count: added})


def insert_new(session: AsyncSession, table: type[Base], *unique: str, where: Any = None) -> Any:
    """``INSERT … ON CONFLICT (unique) WHERE where DO NOTHING`` into a table."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing(unique, index_where=where)
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=unique, index_where=where)
