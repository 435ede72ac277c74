"""Looks at and shifts what a database has stored, past the stores."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from storage.database import Database
from storage.tables import Base, LeaseRow, OutboxRow


async def column(database: Database, attribute: Any) -> list[Any]:
    """All values of a column, in the order of their rows."""
    async with database.reading() as tx:
        return list(await tx.session.scalars(select(attribute).order_by(attribute.class_.id)))


async def rows(database: Database, *attributes: Any) -> list[Sequence[Any]]:
    """The values of several columns of a table, in the order of its rows."""
    async with database.reading() as tx:
        found = await tx.session.execute(select(*attributes).order_by(attributes[0].class_.id))
        return [tuple(row) for row in found]


async def count(database: Database, table: type[Base]) -> int:
    """How many rows a table has."""
    async with database.reading() as tx:
        return len((await tx.session.scalars(select(table))).all())


async def let_row_leases_pass(database: Database, span: timedelta = timedelta(hours=1)) -> None:
    """Shift what the outbox has leased into the past, as if the time had gone by."""
    async with database.transaction() as tx:
        for row in await tx.session.scalars(select(OutboxRow)):
            row.leased_until = row.leased_until - span if row.leased_until else None


async def shift_lease(database: Database, name: str, span: timedelta) -> datetime:
    """Shift the end of a named lease; when it ends now."""
    async with database.transaction() as tx:
        row = await tx.session.get_one(LeaseRow, name)
        row.until = until = row.until + span
    return until


async def clear_all(database: Database) -> None:
    """Empty all tables; numbers may go on where they were."""
    async with database.transaction() as tx:
        for table in reversed(Base.metadata.sorted_tables):
            await tx.session.execute(table.delete())


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, by table, each as its columns."""
    found = {}
    async with database.reading() as tx:
        for table in Base.metadata.sorted_tables:
            ordered = select(table).order_by(*table.primary_key)
            found[table.name] = [dict(r) for r in (await tx.session.execute(ordered)).mappings()]
    return found


async def until_one_waits(database: Database) -> None:
    """Wait until a transaction waits for another's lock. On PostgreSQL only."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    count = 0
    async with asyncio.timeout(30):
        while not count:
            async with database.reading() as tx:
                count = await tx.session.scalar(waiting) or 0
