"""Which events matter most. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from math import log2, log10

from bot.core.publishers import independent
from bot.core.tolls import toll_of
from storage.model import Event

# In publishers: the portal's readers chose the event among all of its day. The same for what
# makes a story or a disaster twice or ten times as great puts both among a day's first.
LISTING_WORTH = 2


def by_importance(events: Iterable[Event]) -> list[Event]:
    """The most important of these first: by publishers that do not depend on each other, of
    which a listing on the portal is worth two, and so is each doubling of the story (the events
    of that day under its topic: one is the first doubling, three the second) and each tenfold of
    the dead that the title tells of.

    Of equals those that the portal lists come first, in the order of their numbers, then the
    newest others.
    """
    events = list(events)
    sizes = Counter(map(_story, events))

    def key(event: Event) -> tuple[float, ...]:
        story = _story(event)
        return -_worth(event, sizes[story] if story else 0), *_among_equals(event)

    return sorted(events, key=key)


def _worth(event: Event, size: int) -> float:
    """In publishers; ``size``: the events of its story."""
    doublings, tenfolds = log2(1 + size), log10(toll_of(event.title) or 1)
    listed = event.page is not None
    return independent(event.citations) + LISTING_WORTH * (listed + doublings + tenfolds)


def _story(event: Event) -> tuple[date, str] | None:
    """What the events of one story have in common; None for an event of none."""
    return (event.day, event.topics[-1].casefold()) if event.topics else None


def _among_equals(event: Event) -> tuple[float, ...]:
    is_listed = event.page is not None
    shown_at = 0.0 if is_listed else _seconds(event.first_shown_at)
    return not is_listed, -shown_at, event.id


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
