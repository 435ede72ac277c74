"""Whom to suggest to a reader who begins: who is in the news more than usual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage.model import Entity

# So many of those suggested may be countries: they are in the news every week.
MOST_COUNTRIES = 2
# Two come together where the events of one nearly all name the other, if these are not too few.
TOGETHER = 0.75
FEWEST_SHARED = 3
# What Wikidata's descriptions of countries say.
_COUNTRY = re.compile(r"\b(country|sovereign state|island nation|constitutional monarchy) in\b")


@dataclass(frozen=True)
class Newsworthy:
    """How many events named an entity in the last days (which ones: their numbers), and how
    many did in as many days before, on average."""

    entity: Entity
    lately: int
    usually: float
    events: frozenset[int] = frozenset()

    @property
    def rise(self) -> float:
        """How much more than usual it is in the news; one event more weighs less the more
        there usually are."""
        return self.lately / (1 + self.usually)


def suggested(candidates: Iterable[Newsworthy], limit: int) -> tuple[Entity, ...]:
    """At most so many, those whose mentions have risen most first. Countries, and who nearly
    always comes together with one before, make way for others where there are enough."""
    ranked = [
        each
        for each in sorted(candidates, key=lambda c: (-c.rise, -c.lately, c.entity.id))
        if each.lately > 0
    ]
    late = _countries(ranked)[MOST_COUNTRIES:] + _companions(ranked)
    in_order = sorted(ranked, key=lambda each: each in late)
    return tuple(each.entity for each in in_order[:limit])


def _countries(ranked: Iterable[Newsworthy]) -> list[Newsworthy]:
    return [each for each in ranked if _COUNTRY.search(each.entity.description or "")]


def _companions(ranked: Iterable[Newsworthy]) -> list[Newsworthy]:
    """Those most of whose events name one ranked before as well, or the other way round."""
    alone: list[Newsworthy] = []
    found: list[Newsworthy] = []
    for each in ranked:
        (found if any(_come_together(each, other) for other in alone) else alone).append(each)
    return found


def _come_together(one: Newsworthy, other: Newsworthy) -> bool:
    fewer = min(len(one.events), len(other.events))
    return fewer >= FEWEST_SHARED and len(one.events & other.events) >= TOGETHER * fewer
