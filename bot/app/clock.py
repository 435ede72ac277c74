"""The time that everything goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """The time in UTC, or, during the sample week, that of the week: real time moved by
    ``offset``."""

    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        """The time now."""
        return utc_now() + self.offset

    @property
    def is_moved(self) -> bool:
        """Whether it is not the real time."""
        return bool(self.offset)


def utc_now() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)
