"""Choice, order and grouping of events for ``/today`` and digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from bot.core.categories import heading
from bot.core.importance import by_importance
from bot.core.publishers import independent
from storage.model import DigestItem, Event, Section

FEW = 5
LONG = 60  # more than any day of the portal by itself has ever had
MOST_IN_PART = 12
MOST_OTHERS = 3


@dataclass(frozen=True)
class CategorySection:
    """The events of one category, most important first."""

    category: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class DayPart:
    """What stands under one day's heading."""

    day: date
    sections: tuple[CategorySection, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """All events of the part, in order."""
        return tuple(event for section in self.sections for event in section.events)


@dataclass(frozen=True)
class Excerpt:
    """A page of a long day: the parts on it, and its number of how many."""

    parts: tuple[DayPart, ...]
    number: int
    pages: int


def sections(events: Iterable[Event]) -> tuple[CategorySection, ...]:
    """Events by category, the category with the most important event first, those without
    any last.

    Withdrawn events are left out and each event stands once.
    """
    standing = {event.id: event for event in events if not event.withdrawn}
    return _by_category(by_importance(standing.values()))


def _by_category(ranked: Iterable[Event]) -> tuple[CategorySection, ...]:
    """Events by their categories as these are named today, whenever they were stored."""
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in ranked:
        grouped[heading(event.category)].append(event)
    in_order = sorted(grouped.items(), key=lambda found: not found[0])
    return tuple(CategorySection(category, tuple(group)) for category, group in in_order)


def one_day(day: date, events: Iterable[Event]) -> tuple[DayPart, ...]:
    """A past day by itself: no part where nothing is known of it."""
    return _parts((day, sections(events)))


def is_few(of_day: Iterable[Event], fresh: Iterable[Event]) -> bool:
    """Whether the current day has so few events that the day before follows."""
    return len({event.id for event in [*of_day, *fresh] if not event.withdrawn}) < FEW


def today(
    day: date, of_day: Sequence[Event], fresh: Sequence[Event], day_before: Sequence[Event]
) -> tuple[DayPart, ...]:
    """The current ``day`` with what became ``fresh`` (first shown) since its midnight; the
    day before follows where those are fewer than five."""
    now = sections([*of_day, *fresh])
    if not is_few(of_day, fresh):
        return _parts((day, now))
    told = {event.id for section in now for event in section.events}
    rest = sections(event for event in day_before if event.id not in told)
    return _parts((day, now), (day - timedelta(days=1), rest))


def _parts(*parts: tuple[date, tuple[CategorySection, ...]]) -> tuple[DayPart, ...]:
    return tuple(DayPart(day, found) for day, found in parts if found)


def is_long(parts: Iterable[DayPart]) -> bool:
    """Whether days have too much to be listed category by category from the first to the
    last page."""
    return _count(parts) > LONG


def categories(parts: Iterable[DayPart]) -> tuple[CategorySection, ...]:
    """All events of the parts by category, in the order in which these come."""
    return _by_category(event for part in parts for event in part.events)


def excerpt(parts: Sequence[DayPart], number: int, category: str | None = None) -> Excerpt:
    """A page of a long day (the last one where it has fewer): twelve events, the most
    important first, of all categories or of one."""
    ranked = ((part.day, event) for part in parts for event in _ranked(part, category))
    pages = max(1, -(-_count(parts, category) // MOST_IN_PART))
    number = max(1, min(number, pages))
    chosen = islice(ranked, (number - 1) * MOST_IN_PART, number * MOST_IN_PART)
    days = groupby(chosen, key=lambda pair: pair[0])
    shown = ((day, _by_category(event for _, event in found)) for day, found in days)
    return Excerpt(_parts(*shown), number, pages)


def _ranked(part: DayPart, category: str | None) -> Iterator[Event]:
    """The events of all sections as one list, or those of one, as they rank among all."""
    wanted = {event.id for each in _of(part, category) for event in each.events}
    return (event for event in by_importance(part.events) if event.id in wanted)


def _count(parts: Iterable[DayPart], category: str | None = None) -> int:
    return sum(len(each.events) for part in parts for each in _of(part, category))


def _of(part: DayPart, category: str | None) -> Iterator[CategorySection]:
    return (each for each in part.sections if category in (None, each.category))


def grouped(events: Iterable[Event]) -> list[Event]:
    """Events in the order in which ``sections`` lists them."""
    return [event for section in sections(events) for event in section.events]


def most_reported(events: Iterable[Event]) -> list[Event]:
    """Events that stand: those first that most publishers tell, then the more important."""
    standing = by_importance(event for event in events if not event.withdrawn)
    return sorted(standing, key=lambda event: -independent(event.citations))


def digest_parts(
    mine: Sequence[Event], told: Sequence[int], others: Sequence[Event]
) -> list[tuple[DigestItem, ...]]:
    """A digest's parts, of at most twelve events each: what concerns the chat, by category,
    then what it has been ``told`` already (numbers that make one line, and do not count), then
    the others, which stay together. None where only what was told is left."""
    chunks = [mine[start : start + MOST_IN_PART] for start in range(0, len(mine), MOST_IN_PART)]
    parts = [[_item(event.id, Section.MINE) for event in chunk] for chunk in chunks]
    if others and (not parts or len(parts[-1]) + len(others) > MOST_IN_PART):
        parts.append([])
    if parts:
        parts[-1] += [_item(number, Section.TOLD) for number in told]
        parts[-1] += [_item(event.id, Section.OTHERS) for event in others]
    return [tuple(part) for part in parts]


def _item(number: int, under: Section) -> DigestItem:
    return DigestItem(number, under)
