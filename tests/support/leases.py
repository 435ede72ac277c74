"""What a killed process leaves behind: messages in flight, and leases that time would end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import select, text, update

from storage.database import Database, Transaction
from storage.tables import ChatRow, LeaseRow, OutboxRow

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


# PostgreSQL may still be at work on what a killed process sent it last.
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@asynccontextmanager
async def looking(database_url: str) -> AsyncIterator[Transaction]:
    """A transaction on a database that no process works in any more."""
    database = await Database.open(database_url)
    try:
        while not await _is_alone(database):
            continue
        async with database.transaction() as tx:
            yield tx
    finally:
        await database.close()


async def _is_alone(database: Database) -> bool:
    async with database.reading() as tx:
        if tx.session.get_bind().dialect.name != "postgresql":
            return True
        return not await tx.session.scalar(_OTHERS)


async def in_flight(database_url: str) -> list[int]:
    """The Telegram chat ids of the messages that were being sent."""
    statement = (
        select(ChatRow.telegram_id)
        .join(OutboxRow, OutboxRow.chat_id == ChatRow.id)
        .where(OutboxRow.state == "waiting", OutboxRow.leased_until.is_not(None))
    )
    async with looking(database_url) as tx:
        return list(await tx.session.scalars(statement))


async def held_leases(database_url: str) -> list[str]:
    """The names of the leases that are held, but for those that were let run out."""
    async with looking(database_url) as tx:
        names = select(LeaseRow.name).where(LeaseRow.until > LONG_AGO)
        return list(await tx.session.scalars(names))


async def let_leases_run_out(database_url: str) -> None:
    """As if more time had passed than any lease lasts."""
    async with looking(database_url) as tx:
        await tx.session.execute(update(LeaseRow).values(until=LONG_AGO))
        leased = update(OutboxRow).where(OutboxRow.leased_until.is_not(None))
        await tx.session.execute(leased.values(leased_until=LONG_AGO))
