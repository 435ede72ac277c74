"""Choice, order and grouping of events for ``/today`` and digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.model import DigestItem, Event
from storage.model import Section as Under

FEW = 5
MOST_IN_PART = 12
MOST_OTHERS = 3


@dataclass(frozen=True)
class Section:
    """The events of one category, most important first."""

    category: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class DayPart:
    """What stands under one day's heading."""

    day: date
    sections: tuple[Section, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """All events of the part, in order."""
        return tuple(event for section in self.sections for event in section.events)


def importance(event: Event) -> tuple[int, int, int]:
    """A key that sorts the most important first: by publishers, then links, then number."""
    publishers = {citation.publisher.casefold() for citation in event.citations}
    return -len(publishers), -len(event.citations), event.id


def sections(events: Iterable[Event]) -> tuple[Section, ...]:
    """Events by category, the category with the most important event first.

    Withdrawn events are left out and each event stands once.
    """
    standing = {event.id: event for event in events if not event.withdrawn}
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(standing.values(), key=importance):
        grouped[event.category].append(event)
    return tuple(Section(category, tuple(group)) for category, group in grouped.items())


def one_day(day: date, events: Iterable[Event]) -> tuple[DayPart, ...]:
    """A past day by itself: no part where nothing is known of it."""
    return _parts((day, sections(events)))


def today(
    day: date, of_day: Sequence[Event], fresh: Sequence[Event], day_before: Sequence[Event]
) -> tuple[DayPart, ...]:
    """The current ``day`` with what became ``fresh`` (first shown) since its midnight; the
    day before follows where those are fewer than five."""
    now = sections([*of_day, *fresh])
    count = sum(len(section.events) for section in now)
    if count >= FEW:
        return _parts((day, now))
    told = {event.id for section in now for event in section.events}
    rest = sections(event for event in day_before if event.id not in told)
    return _parts((day, now), (day - timedelta(days=1), rest))


def _parts(*parts: tuple[date, tuple[Section, ...]]) -> tuple[DayPart, ...]:
    return tuple(DayPart(day, found) for day, found in parts if found)


def grouped(events: Iterable[Event]) -> list[Event]:
    """Events in the order in which ``sections`` lists them."""
    return [event for section in sections(events) for event in section.events]


def most_reported(events: Iterable[Event], unwanted: Collection[int]) -> list[Event]:
    """Events that stand and name none of the ``unwanted`` entities, most important first."""
    others = (
        event
        for event in events
        if not event.withdrawn and not any(entity.id in unwanted for entity in event.entities)
    )
    return sorted(others, key=importance)


def digest_parts(
    mine: Sequence[Event], told: Sequence[int], others: Sequence[Event]
) -> list[tuple[DigestItem, ...]]:
    """A digest's parts, of at most twelve events each: what concerns the chat, by category,
    then what it has been ``told`` already (numbers that make one line, and do not count), then
    the others, which stay together. None where only what was told is left."""
    chunks = [mine[start : start + MOST_IN_PART] for start in range(0, len(mine), MOST_IN_PART)]
    parts = [[_item(event.id, Under.MINE) for event in chunk] for chunk in chunks]
    if others and (not parts or len(parts[-1]) + len(others) > MOST_IN_PART):
        parts.append([])
    if parts:
        parts[-1] += [_item(number, Under.TOLD) for number in told]
        parts[-1] += [_item(event.id, Under.OTHERS) for event in others]
    return [tuple(part) for part in parts]


def _item(number: int, under: Under) -> DigestItem:
    return DigestItem(number, under)
