"""How long a busy server asks to be left alone. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DEFAULT_RETRY = 60.0  # seconds, where a busy server names no time
_MAX_RETRY = 7 * 86_400.0  # who names a year means never, or nothing: that is asked again


def retry_seconds(value: str | None, now: datetime) -> float:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3), 1 s to a week."""
    text = (value or "").strip()
    try:
        wait = float(text) if text.isdecimal() else _until(text, now)
    except (ValueError, OverflowError):  # dates may be of any year
        wait = DEFAULT_RETRY
    return min(max(wait, 1.0), _MAX_RETRY)


def _until(text: str, now: datetime) -> float:
    date = parsedate_to_datetime(text)
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now.timestamp()
