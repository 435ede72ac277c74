"""How often a feed is polled: as often as it really changes, as seldom as it asks."""

from __future__ import annotations

from datetime import timedelta

from storage.model import FIRST_INTERVAL

SHORTEST = timedelta(minutes=2)
LONGEST = timedelta(hours=2)
FIRST = FIRST_INTERVAL

# A poll that finds something new comes too late as likely as not: the next comes in half the
# time. One that finds nothing puts it off by less, so that between two polls a feed has
# something new about every third time.
_SOONER = 0.5
_LATER = 1.4


def next_interval(
    interval: timedelta, *, changed: bool, asked: timedelta | None = None
) -> timedelta:
    """The time until the next poll, after one that came ``interval`` after the last.

    ``changed``: whether it found something new. ``asked`` is the longest that the feed or its
    server asks to be left alone, if they do; more than two hours are not granted: readers wait.
    """
    chosen = interval * (_SOONER if changed else _LATER)
    least = max(SHORTEST, min(asked or SHORTEST, LONGEST))
    return min(max(chosen, least), LONGEST)


def longest(*asked: timedelta | None) -> timedelta | None:
    """The longest of what a feed itself and its server ask for; None where neither does."""
    return max((each for each in asked if each is not None), default=None)
