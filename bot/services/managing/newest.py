"""Which entries of a feed are shown to whoever looks at it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.sources.feeds import Entry

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def newest(entries: Sequence[Entry], most: int) -> list[Entry]:
    """The newest entries, those without a time last, in the feed's order among equals."""
    return sorted(entries, key=lambda entry: entry.at or _LONG_AGO, reverse=True)[:most]
