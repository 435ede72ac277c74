"""Lets the leases of a dead process run out, as time would."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from storage.database import Database
from storage.tables import LeaseRow, OutboxRow

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


async def let_leases_run_out(database_url: str) -> None:
    """As if more time had passed than any lease lasts."""
    database = await Database.open(database_url)
    try:
        async with database.transaction() as tx:
            await tx.session.execute(update(LeaseRow).values(until=LONG_AGO))
            leased = update(OutboxRow).where(OutboxRow.leased_until.is_not(None))
            await tx.session.execute(leased.values(leased_until=LONG_AGO))
    finally:
        await database.close()
