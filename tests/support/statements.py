"""What is asked of a database, to see that it is no more than need be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from storage.database import Database

_STEPS_A_CALL = 50


@dataclass(frozen=True)
class Asked:
    """A statement and its parameters."""

    sql: str
    parameters: tuple[Any, ...]


@contextmanager
def asked(database: Database) -> Iterator[list[Asked]]:
    """The statements that are executed meanwhile, in order."""
    found: list[Asked] = []

    def note(
        connection: object, cursor: object, sql: str, parameters: Any, context: object, many: bool
    ) -> None:
        found.append(Asked(sql, () if many else tuple(parameters)))

    engine = database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@dataclass(frozen=True)
class Cost:
    """A statement, and how many steps SQLite took for it, or for one of its rows of parameters:
    several for each row that it looks at (https://sqlite.org/opcode.html)."""

    sql: str
    steps: int


@asynccontextmanager
async def costs(database: Database) -> AsyncIterator[list[Cost]]:
    """What the statements cost that are executed meanwhile, in order. On SQLite only."""
    found: list[Cost] = []

    def begin(connection: Any, *rest: object) -> None:
        connection.info["calls"] = 0

    def end(
        connection: Any, cursor: object, sql: str, parameters: Any, context: object, many: bool
    ) -> None:
        steps = connection.info["calls"] * _STEPS_A_CALL
        found.append(Cost(sql, steps // len(parameters) if many else steps))

    engine = database._engine.sync_engine
    hooks = (("connect", _count), ("before_cursor_execute", begin), ("after_cursor_execute", end))
    await database.close()  # connections are counted from their beginning on
    for name, hook in hooks:
        event.listen(engine, name, hook)
    try:
        yield found
    finally:
        for name, hook in hooks:
            event.remove(engine, name, hook)
        await database.close()


def _count(connection: Any, record: Any) -> None:
    """Let a new connection count the steps that it takes."""
    info = record.info

    def note() -> None:
        info["calls"] = info.get("calls", 0) + 1

    connection.run_async(lambda driver: driver.set_progress_handler(note, _STEPS_A_CALL))
