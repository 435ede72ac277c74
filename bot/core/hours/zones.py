"""Local times as instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DAY = 24 * 60  # minutes


def utc_of(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant at which it is that ``minute`` of that local ``day`` in a zone.

    A local time that clocks skip is taken with the offset of before they do, one that comes
    twice is the first of both: what zoneinfo does with ``fold=0`` (PEP 495).
    Raises ``ValueError`` for a minute that no day has.
    """
    local = datetime.combine(day, time(*divmod(minute, 60)), tzinfo=zone)
    return local.astimezone(UTC)
