"""What the log says while the database fails: a line an hour, not a trace for all that fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.core.counting import counted
from bot.services.outages import TELL_AGAIN
from storage.errors import DatabaseUnavailable

log = logging.getLogger(__name__)


class Troubles(logging.Filter):
    """Tells that the database fails: what failed by it first and why, the same once an hour, and
    that it is well again. Of all else that fails by it nothing is logged. ``clock`` gives the
    time in UTC."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self._since: datetime | None = None
        self._told_at: datetime | None = None
        self._is_told = False

    @property
    def is_on(self) -> bool:
        """Whether the database fails."""
        return self._since is not None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is to be written as it is: not where the database made it."""
        error = _failure(record)
        if error is not None:
            self.note(record.getMessage(), error)
        return error is None

    def note(self, what: str, error: DatabaseUnavailable) -> None:
        """So ``what`` is told came of that the database fails."""
        now = self._clock()
        begins, self._since = self._since is None, self._since or now
        if self._told_at is not None and now - self._told_at < TELL_AGAIN:
            return
        self._told_at, self._is_told = now, True
        since = "" if begins else f" (Since {self._since:%Y-%m-%d %H:%M} UTC.)"
        log.error("%s: %s%s", what, error, since)

    def end(self) -> None:
        """The database is well."""
        if self._since is not None and self._is_told:
            minutes = counted(int((self._clock() - self._since).total_seconds() // 60), "minute")
            log.info("the database is well again, after %s", minutes)
        self._since, self._is_told = None, False

    @contextmanager
    def told(self) -> Iterator[None]:
        """Let it be so for whatever is logged meanwhile."""
        handlers = logging.getLogger().handlers[:]
        for handler in handlers:
            handler.addFilter(self)
        try:
            yield
        finally:
            for handler in handlers:
                handler.removeFilter(self)


def _failure(record: logging.LogRecord) -> DatabaseUnavailable | None:
    """The failure of the database that a record tells of, or that its error was raised from."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None and not isinstance(error, DatabaseUnavailable):
        error = error.__cause__ or error.__context__
    return error
