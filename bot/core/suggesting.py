"""Whom to suggest to a reader who begins: who is in the news more than usual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.model import Entity

# So many of those suggested may be countries: they are in the news every week.
MOST_COUNTRIES = 2
# What Wikidata's descriptions of countries say.
_COUNTRY = re.compile(r"\b(country|sovereign state|island nation|constitutional monarchy) in\b")


@dataclass(frozen=True)
class Newsworthy:
    """How many events named an entity in the last days, and how many did in as many days
    before, on average."""

    entity: Entity
    lately: int
    usually: float

    @property
    def rise(self) -> float:
        """How much more than usual it is in the news; one event more weighs less the more
        there usually are."""
        return self.lately / (1 + self.usually)


def suggested(candidates: Iterable[Newsworthy], limit: int) -> tuple[Entity, ...]:
    """At most so many, those whose mentions have risen most first. Countries make way for
    others where there are enough."""
    ranked = [
        each.entity
        for each in sorted(candidates, key=lambda c: (-c.rise, -c.lately, c.entity.id))
        if each.lately > 0
    ]
    late = _countries(ranked)[MOST_COUNTRIES:]
    return tuple([*(entity for entity in ranked if entity not in late), *late][:limit])


def _countries(entities: Sequence[Entity]) -> list[Entity]:
    return [entity for entity in entities if _COUNTRY.search(entity.description or "")]
