"""The database that a command works on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.database import Database


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    """The database at an address, closed at the end."""
    database = await Database.open(address)
    try:
        yield database
    finally:
        await database.close()
