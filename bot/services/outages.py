"""What the log says while something can't be read or sent."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.counting import counted

log = logging.getLogger(__name__)

TELL_AGAIN = timedelta(hours=1)


@dataclass
class Outage:
    """Tells that ``what`` can't be ``done``: when that begins, once an hour, and when it ends.

    What fails again within an hour is told of as one outage, so that what comes and goes fills
    no log.
    """

    what: str
    done: str = "read"
    since: datetime | None = None
    told_at: datetime | None = None
    ended_at: datetime | None = None
    failures: int = 0
    # Whether its end is still to be told.
    is_told: bool = False

    def note(self, reason: object, now: datetime) -> None:
        """It failed."""
        if self.since is None or (self.ended_at and now - self.ended_at >= TELL_AGAIN):
            self.since, self.told_at, self.failures = now, None, 0
        self.ended_at = None
        self.failures += 1
        if self.told_at is None:
            log.warning("%s could not be %s, trying again: %s", self.what, self.done, reason)
        elif now - self.told_at >= TELL_AGAIN:
            times, since = counted(self.failures, "time"), f"{self.since:%Y-%m-%d %H:%M} UTC"
            log.warning(
                "%s could not be %s %s since %s: %s", self.what, self.done, times, since, reason
            )
        else:
            return
        self.told_at, self.is_told = now, True

    def end(self, now: datetime) -> None:
        """It worked."""
        if self.since is None or self.ended_at is not None:
            return
        self.ended_at = now
        if self.is_told:
            minutes = counted(int((now - self.since).total_seconds() // 60), "minute")
            log.info("%s can be %s again, after %s", self.what, self.done, minutes)
        self.is_told = False
