"""How alike two accounts can be at most: most that share a word are soon seen to be unlike."""

from __future__ import annotations

import math
from itertools import repeat
from operator import mul

from bot.core.likeness.evidence import (
    CLOSEST,
    DELAY,
    ENTITIES,
    GROWN,
    MEAN,
    ROWS,
    SAME_COUNT,
    SAME_PLACE,
    days_between,
    grown,
    mean_cosine,
)
from bot.core.likeness.facts import Facts
from bot.core.likeness.kept import Kept
from bot.core.likeness.profile import Profile

_UNBOUNDED = math.inf
_ROUNDING = 1e-6


def at_most(one: Profile, other: Profile) -> float:
    """What the ``verdict`` on two accounts does not exceed, for a part of what that costs.

    Of the evidence that speaks for one event the cosines are reckoned, and all else is taken
    for given where both have any of it; of what speaks against it only what costs little.
    """
    common = one.voices.keys() & other.voices.keys()
    if len(common) != 1:
        return _UNBOUNDED  # by articles, or in the language that tells most
    (language,) = common
    here, there = one.voices[language], other.voices[language]
    rows = min(here.size, there.size, ROWS)
    most = _by_cosines(mean_cosine(here, there), here.size * there.size / rows)
    against = DELAY * days_between(one, other.oldest, other.newest)
    against += GROWN * grown(len(one.reports), len(other.reports))
    return most + _besides(one, other.facts, bool(other.entities)) - against


def at_most_with(one: Profile, kept: Kept) -> float:
    """The same where the other account is a single report."""
    voice = one.voices.get(kept.language)
    if voice is None:
        return _UNBOUNDED
    shared = map(voice.sums.get, kept.terms, repeat(0.0))
    product: float = sum(map(mul, kept.weights, shared))
    most = _by_cosines(product / voice.size, voice.size)
    against = DELAY * days_between(one, kept.at, kept.at) + GROWN * grown(len(one.reports), 1)
    return most + _besides(one, kept.facts, bool(kept.entities)) - against


def _by_cosines(mean: float, pairs: float) -> float:
    """``pairs``: for each report of the smaller account that is compared one by one. The closest
    have no greater cosines than all pairs together."""
    return MEAN * mean + CLOSEST * min(1.0, mean * pairs) + _ROUNDING


def _besides(one: Profile, facts: Facts, names_articles: bool) -> float:
    most = 0.0
    if facts.places and one.facts.places:
        most += SAME_PLACE
    if facts.counted and one.facts.counted:
        most += SAME_COUNT
    if names_articles and one.entities:
        most += ENTITIES
    return most
