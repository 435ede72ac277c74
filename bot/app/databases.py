"""The database that a command works on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.database import Database

EMPTY = "The database has no events yet: `dateline run` brings them in."


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    """The database at an address, closed at the end."""
    database = await Database.open(address)
    try:
        yield database
    finally:
        await database.close()


async def is_empty(database: Database) -> bool:
    """Whether no event has come into the database yet."""
    async with database.reading() as tx:
        return await tx.events.days() is None
