"""When a digest is due: at its local time, once per local date.

The digest of a local date is due at ``utc_of`` that date. What is kept of a digest is the
local date of the instant at which it was due (``digest_day``); no digest is due for that date
or one before it again, whatever becomes of time and zone. Where clocks are put forward over
midnight or a whole date, a time that they skip falls on the date after: it is then that date's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.hours.zones import utc_of

_BACK = timedelta(days=2)  # a skipped time of the day before may be still to come
_DAY = timedelta(days=1)


def digest_day(at: datetime, zone: ZoneInfo) -> date:
    """The local date of an instant: that of the digest that is due then."""
    return at.astimezone(zone).date()


def next_digest(minute: int, zone: ZoneInfo, now: datetime, last_day: date | None) -> datetime:
    """When the next digest is due: at ``minute`` of the first local date after ``last_day``,
    that of the last digest, for which that is after ``now``."""
    return next(at for _, at in _later(minute, zone, now, last_day))


def next_weekly(
    weekday: int, minute: int, zone: ZoneInfo, now: datetime, last_day: date | None
) -> datetime:
    """Like ``next_digest``, for one day of the week: 0 is Monday, 6 Sunday (ISO 8601).

    Raises ``ValueError`` for any other.
    """
    if weekday not in range(7):
        raise ValueError(f"no day of the week: {weekday}")
    return next(at for day, at in _later(minute, zone, now, last_day) if day.weekday() == weekday)


def _later(
    minute: int, zone: ZoneInfo, now: datetime, last_day: date | None
) -> Iterator[tuple[date, datetime]]:
    """Each local date after ``last_day`` with its instant, those after ``now``, in order."""
    day = digest_day(now, zone) - _BACK
    if last_day is not None:
        day = max(day, last_day + _DAY)
    while True:
        at = utc_of(day, minute, zone)
        if at > now:
            yield day, at
        day += _DAY
