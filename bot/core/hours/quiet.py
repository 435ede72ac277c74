"""Quiet hours: whether it is quiet, and when that changes.

A day's quiet hours belong to the local date on which they start. They are the instants from
``utc_of`` their start up to, without, ``utc_of`` their end: where clocks are put forward over
both, that may be none at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.hours.zones import DAY, utc_of

Span = tuple[datetime, datetime]

# Clocks have been put forward or back by up to a day, and a local date may differ from UTC's
# by one: what began earlier has ended, and something begins within the days after.
_DAYS_BACK = 3
_DAYS_ON = 4


@dataclass(frozen=True)
class Quiet:
    """Quiet from minute ``start`` of the day up to minute ``end``, which is the next day's
    where it is not after ``start``. Raises ``ValueError`` for a minute that no day has, and
    for two that are the same: that could mean never as well as always."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse what is no span of a day."""
        if not (0 <= self.start < DAY and 0 <= self.end < DAY):
            raise ValueError(f"no minutes of a day: {self.start}, {self.end}")
        if self.start == self.end:
            raise ValueError("quiet hours must end at another time than they start")

    def contains(self, minute: int) -> bool:
        """Whether a clock that shows this minute of the day shows a quiet one."""
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def on(self, day: date, zone: ZoneInfo) -> Span:
        """The instants between which it is quiet by the hours that start on a local day;
        nothing lies between them where the second is not after the first."""
        ends_on = day if self.start < self.end else day + timedelta(days=1)
        return utc_of(day, self.start, zone), utc_of(ends_on, self.end, zone)


@dataclass(frozen=True)
class Turn:
    """Whether it is quiet now, and the next instant at which that changes."""

    is_quiet: bool
    turns_at: datetime


def quiet_turns(quiet: Quiet, zone: ZoneInfo, now: datetime) -> Turn:
    """Whether it is quiet ``now``, and when after ``now`` that changes."""
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=step) for step in range(-_DAYS_BACK, _DAYS_ON + 1))
    spans = sorted(span for day in days if _lasts(span := quiet.on(day, zone)))
    end = _end_of_cover(spans, now)
    if end is not None:
        return Turn(is_quiet=True, turns_at=end)
    return Turn(is_quiet=False, turns_at=min(start for start, _ in spans if start > now))


def _lasts(span: Span) -> bool:
    start, end = span
    return start < end


def _end_of_cover(spans: Iterable[Span], now: datetime) -> datetime | None:
    """Up to when the spans, earliest first, cover all from ``now`` on; None if not ``now``."""
    covered = None
    for start, end in spans:
        if start <= (covered or now) < end:
            covered = end
    return covered
