"""What is asked of a database, to see that it is no more than need be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from storage.database import Database


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
