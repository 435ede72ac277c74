"""Headlines of one pattern that name others: "Biden wins in Ohio", "Biden wins in Iowa".

Nearly all their words are the same, and in one order; the few others stand in the same places.
That shows in any language, without knowing what is a place or what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

COMMON, NAME, PART = 0, 1, 2

# Of the words that are no names, so many have to be the pattern's.
_PATTERN = 0.5
_NUMBER = "#"  # in a pattern one stands for all
_SPELLED_ALIKE = 4  # letters at the beginning, by which two spellings are of one name


@dataclass(frozen=True, slots=True)
class Headline:
    """A text's first sentence: its terms in their order (characters where a script has no
    spaces), and of each its kind: a NAME, or a rare word where capitals prove none; a PART, which
    is a rare word with the character that follows; or COMMON, as numbers are, too."""

    terms: tuple[str, ...] = ()
    kinds: bytes = b""


NO_HEADLINE = Headline()


def name_others(one: Headline, other: Headline) -> bool:
    """Whether two headlines are of one pattern, and other names fill one of its places; or other
    numbers, while they have no name in common: with one it may be a toll that rises."""
    here, there = _pattern(one), _pattern(other)
    shared = set(here) & set(there)
    mine = [place for place, term in enumerate(here) if term in shared]
    theirs = [place for place, term in enumerate(there) if term in shared]
    if [here[place] for place in mine] != [there[place] for place in theirs]:
        return False
    if not _are_most(mine, one, theirs, other):
        return False
    gaps = list(zip(_gaps(mine, len(here)), _gaps(theirs, len(there)), strict=True))
    if any(bool(left) != bool(right) for left, right in gaps):
        return False  # one says more
    if any(_are_unlike(_names(one, left), _names(other, right)) for left, right in gaps):
        return True
    return not any(one.kinds[place] for place in mine) and any(
        one.terms[place] != other.terms[match] for place, match in zip(mine, theirs, strict=True)
    )


def _pattern(headline: Headline) -> list[str]:
    return [_NUMBER if term[0].isdigit() else term for term in headline.terms]


def _are_most(mine: Sequence[int], one: Headline, theirs: Sequence[int], other: Headline) -> bool:
    """Whether these places have most of what both say besides names."""
    common = _commons(one, mine) + _commons(other, theirs)
    total = one.kinds.count(COMMON) + other.kinds.count(COMMON)
    return bool(mine) and common >= _PATTERN * total


def _commons(headline: Headline, places: Sequence[int]) -> int:
    return sum(headline.kinds[place] == COMMON for place in places)


def _gaps(places: Sequence[int], end: int) -> Iterator[range]:
    """What lies before, between and behind some places."""
    return (range(before + 1, behind) for before, behind in pairwise((-1, *places, end)))


def _names(headline: Headline, places: range) -> list[str]:
    return [
        headline.terms[place]
        for place in places
        if headline.kinds[place] == NAME or (headline.kinds[place] == PART and place + 1 in places)
    ]


def _are_unlike(one: Sequence[str], other: Sequence[str]) -> bool:
    beginnings = {name[:_SPELLED_ALIKE] for name in one}
    return bool(one and other) and all(name[:_SPELLED_ALIKE] not in beginnings for name in other)
