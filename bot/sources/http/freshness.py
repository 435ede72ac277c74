"""For how long an answer says that it will not change. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# What claims more is meant for files that never change, by a server that treats all alike.
MOST = timedelta(days=1)

# A directive with or without a value, which may be quoted (RFC 9110, 5.6.6).
_DIRECTIVE = re.compile(r'([\w!#$%&\'*+.^`|~-]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,;"]*))?')
_SECONDS = re.compile(r"[0-9]{1,10}", re.ASCII)
_NEVER = frozenset({"no-cache", "no-store"})


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How much longer an answer is fresh (RFC 9111, 4.2), by its headers, each under its name
    in lower case; None where it says nothing of use: not at all, no more, or absurdly long.

    ``max-age`` goes before ``Expires``; of several the first counts. What a shared cache may
    do (``s-maxage``) is none of ours.
    """
    directives = _directives(headers.get("cache-control", ""))
    if not directives.keys().isdisjoint(_NEVER):
        return None
    if "max-age" in directives:
        lifetime = _seconds(directives["max-age"])
    else:
        lifetime = _until_expiry(headers, now)
    if lifetime is None:
        return None
    left = lifetime - (_seconds(headers.get("age", "")) or timedelta())
    return left if timedelta() < left <= MOST else None


def _directives(header: str) -> dict[str, str]:
    """The directives of a Cache-Control header by name, the first of each."""
    found: dict[str, str] = {}
    for name, value in _DIRECTIVE.findall(header):
        found.setdefault(name.lower(), value.strip('"'))
    return found


def _seconds(text: str) -> timedelta | None:
    """Whole seconds, as RFC 9111 (1.2.2) has them; None for what is no such number."""
    return timedelta(seconds=int(text)) if _SECONDS.fullmatch(text.strip()) else None


def _until_expiry(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """From when the answer was made until it expires: both by the server's own clock."""
    expires = _date(headers.get("expires", ""))
    return expires - (_date(headers.get("date", "")) or now) if expires else None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # "0" is usual; dates may be of any year
        return None
