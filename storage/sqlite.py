"""SQLite's connections, with one thread's turn a statement.

aiosqlite does what touches a database in a thread of the connection's, and hands it over bit by
bit: making a cursor, executing, fetching, closing. Most statements are so small that waiting for
four turns of the thread costs several times what they do themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

_CHUNK = 64  # rows at a time of a cursor that is iterated over, which none here is


class Connection(aiosqlite.Connection):
    """A connection whose cursors do all of a statement at once."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # awaited as theirs is: by "async with"
        """A cursor for one statement."""
        return Cursor(self)


class Cursor(aiosqlite.Cursor):
    """A cursor that has fetched all rows, and is closed, once it has executed a statement."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type]  # made when it is needed
        self._rows: Sequence[Any] = ()
        self._described: Any = None
        self._changed = -1
        self._last: int | None = None

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Cursor:
        """Execute a statement and fetch what it finds."""
        return await self._at_once(sqlite3.Cursor.execute, sql, parameters or ())

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Cursor:
        """Execute a statement for each of these parameters."""
        return await self._at_once(sqlite3.Cursor.executemany, sql, parameters)

    async def fetchall(self) -> Sequence[Any]:
        """The rows that the statement found."""
        return self._rows

    async def close(self) -> None:
        """Nothing is left to be done."""

    @property
    def description(self) -> Any:
        """The columns of the rows; None for a statement that gives none."""
        return self._described

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._changed

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was added last."""
        return self._last

    async def _at_once(self, execute: Any, sql: str, parameters: Any) -> Cursor:
        connection = self._conn._conn
        whole = partial(self._in_thread, connection, execute, sql, parameters)
        await self._execute(whole)  # type: ignore[no-untyped-call]  # aiosqlite's has no types
        return self

    def _in_thread(
        self, connection: sqlite3.Connection, execute: Any, sql: str, parameters: Any
    ) -> None:
        cursor = connection.cursor()
        try:
            execute(cursor, sql, parameters)
            self._described = cursor.description
            self._rows = cursor.fetchall() if cursor.description else ()
            # What RETURNING gives must be fetched before the changes are counted.
            self._changed, self._last = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


def connect(database: str, **options: Any) -> Connection:
    """A connection to open, by ``await``; ``options`` are those of ``sqlite3.connect``."""
    connection = Connection(partial(sqlite3.connect, database, **options), _CHUNK)
    # Who forgets to close it can still end: SQLAlchemy does the same with aiosqlite's own.
    connection._thread.daemon = True
    return connection
