"""The database that a command works on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.errors import SettingsError
from storage.addresses import file_of
from storage.database import Database


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    """The database at an address, closed at the end. Raises ``SettingsError`` as ``placed``."""
    placed(address)
    database = await Database.open(address)
    try:
        yield database
    finally:
        await database.close()


def placed(address: str) -> Path | None:
    """SQLite's file, there or yet to be made; None for any other database.

    Raises ``SettingsError`` where its folder is not there: its name may be mistyped.
    """
    file = file_of(address)
    with suppress(OSError):  # to open the file tells of that
        if file is not None and not (folder := file.absolute().parent).is_dir():
            raise SettingsError(
                f"There is no folder {folder} for the database: make it, or mend DATABASE_URL."
            )
    return file
