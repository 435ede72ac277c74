"""In which order events come to a reader, reckoned from bare facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2, log10

from tests.support.year import Fact


def by_weight(facts: Iterable[Fact]) -> list[Fact]:
    """The greatest of them first."""
    found = list(facts)
    return sorted(found, key=lambda fact: (-_weight(fact, found), fact.event))


def by_publishers(facts: Iterable[Fact]) -> list[Fact]:
    """Those first that most publishers tell, of equals the greatest."""
    return sorted(by_weight(facts), key=lambda fact: -_publishers(fact))


def _weight(fact: Fact, others: Sequence[Fact]) -> float:
    told = [each for each in others if (each.day, each.topic) == (fact.day, fact.topic)]
    story = log2(1 + len(told)) if fact.topic else 0
    return _publishers(fact) + 2 * (story + log10(max(1, fact.dead)))


def _publishers(fact: Fact) -> int:
    return len({name.casefold() for name in fact.publishers})
