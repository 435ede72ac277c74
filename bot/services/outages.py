"""What the log says while something can't be read."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.counting import counted
from bot.errors import SourceError

log = logging.getLogger(__name__)

TELL_AGAIN = timedelta(hours=1)


@dataclass
class Outage:
    """Tells that ``what`` can't be read: when that begins, once an hour, and when it ends."""

    what: str
    since: datetime | None = None
    told_at: datetime | None = None

    def note(self, error: SourceError, now: datetime) -> None:
        """It could not be read."""
        if self.since is None:
            log.warning("%s could not be read, and is tried again: %s", self.what, error)
            self.since = self.told_at = now
        elif self.told_at and now - self.told_at >= TELL_AGAIN:
            since = f"{self.since:%Y-%m-%d %H:%M} UTC"
            log.warning("%s can't be read since %s: %s", self.what, since, error)
            self.told_at = now

    def end(self, now: datetime) -> None:
        """It was read."""
        if self.since is not None:
            minutes = counted(int((now - self.since).total_seconds() // 60), "minute")
            log.info("%s can be read again, after %s", self.what, minutes)
        self.since = self.told_at = None
