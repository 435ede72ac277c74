"""The reports of the window, found again by their terms."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.likeness.facts import Facts
from bot.core.likeness.headlines import Headline


@dataclass(slots=True)
class Kept:
    """A kept report, small: terms as numbers, their weights as a unit vector.

    ``slot`` numbers the reports in the order in which they were kept, ``at`` is in
    seconds since 1970 (UTC). ``parts`` maps those of its terms that are words of an article's
    title which it names to that article.
    """

    slot: int
    report_id: int
    event_id: int
    source_id: int
    at: float
    language: str
    listed: bool
    terms: array[int]
    weights: array[float]
    names: array[int]
    capitals: array[int]
    entities: array[int]
    parts: Mapping[int, int]
    facts: Facts
    headline: Headline


class Postings:
    """Which reports have a term, by slot, the newest last; the gone are left out lazily."""

    def __init__(self) -> None:
        self._slots: dict[int, array[int]] = {}

    def add(self, terms: Iterable[int], slot: int) -> None:
        """A report has these terms; its slot is the newest."""
        for term in terms:
            slots = self._slots.get(term)
            if slots is None:
                self._slots[term] = array("L", (slot,))
            else:
                slots.append(slot)

    def newest(self, term: int, most: int) -> Sequence[int]:
        """The last ``most`` slots of a term, gone ones among them."""
        slots = self._slots.get(term)
        return slots[-most:] if slots is not None else ()

    def leave_out(self, terms: Iterable[int], slot: int) -> None:
        """Forget that a report has these terms. One that is replaced again and again would else
        be all that is newest."""
        for term in terms:
            slots = self._slots.get(term, ())
            place = bisect_left(slots, slot)
            if place < len(slots) and slots[place] == slot:
                del self._slots[term][place]

    def trim(self, terms: Iterable[int], oldest: int) -> None:
        """Leave out the slots below ``oldest``; a term without any goes."""
        for term in terms:
            slots = self._slots[term]
            del slots[: bisect_left(slots, oldest)]
            if not slots:
                del self._slots[term]


class Reports:
    """Kept reports by slot and id, the oldest first to go."""

    def __init__(self) -> None:
        self.by_slot: dict[int, Kept] = {}
        self._by_id: dict[int, Kept] = {}
        self._ages: list[tuple[float, int]] = []
        self._next = 0

    def next_slot(self) -> int:
        """The number of the report that is kept next."""
        self._next += 1
        return self._next

    def add(self, kept: Kept) -> None:
        """Keep a report in the slot that is the newest. What was kept by its id before has to be
        dropped first: it would stay in its slot."""
        self.by_slot[kept.slot] = self._by_id[kept.report_id] = kept
        heapq.heappush(self._ages, (kept.at, kept.slot))

    def get(self, report_id: int) -> Kept | None:
        """The report of an id, as it was last kept."""
        return self._by_id.get(report_id)

    def drop(self, kept: Kept) -> None:
        """Forget a report; `before` passes over it when its time comes."""
        del self.by_slot[kept.slot], self._by_id[kept.report_id]

    def before(self, at: float) -> Iterator[Kept]:
        """The reports from before ``at``; each has to be dropped by who takes it."""
        while self._ages and self._ages[0][0] < at:
            _, slot = heapq.heappop(self._ages)
            kept = self.by_slot.get(slot)
            if kept is not None:
                yield kept

    @property
    def oldest_slot(self) -> int:
        """No report stands below it."""
        return next(iter(self.by_slot), self._next + 1)
