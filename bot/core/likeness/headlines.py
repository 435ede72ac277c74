"""Headlines of one pattern that name others: "Biden wins in Ohio", "Biden wins in Iowa".

Nearly all their words are the same, and in one order; the few others stand in the same places.
That shows in any language, without knowing what is a place or what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import ne

from bot.core.likeness.gazetteer import Places, touch

COMMON, NAME, PART = 0, 1, 2

# Of the words that are no names, so many have to be the pattern's.
_PATTERN = 0.5
_NUMBER = "#"  # in a pattern one stands for all
SPELLED_ALIKE = 4  # letters at the beginning, by which two spellings are of one name


@dataclass(frozen=True, slots=True)
class Headline:
    """A text's first sentence: its terms in their order (countries and other characters where a
    script has no spaces), and of each its kind: a NAME, or a rare word where capitals prove none;
    a PART, which is a rare word with the character that follows; or COMMON, as numbers are, too.
    ``places`` are those that some of its terms name, by where the terms stand; ``may_rise`` says
    that its numbers may be a toll, of which another is a later count; ``subject`` are the words
    with capitals that it begins with, as written, if these may be a name ("Bank of England")."""

    terms: tuple[str, ...] = ()
    kinds: bytes = b""
    places: tuple[tuple[int, Places], ...] = ()
    may_rise: bool = True
    subject: str = ""


NO_HEADLINE = Headline()


def name_others(one: Headline, other: Headline) -> bool:
    """Whether two headlines are of one pattern, and other names fill one of its places; or other
    numbers, unless these may be a toll that rises, of what both name."""
    aligned = align(one, other)
    if aligned is None:
        return False
    mine, theirs, gaps = aligned
    if any(_are_unlike(one, left, other, right) for left, right in gaps):
        return True
    if any(bool(left) != bool(right) for left, right in gaps):
        return False  # one says more
    if all(
        one.terms[place] == other.terms[match] for place, match in zip(mine, theirs, strict=True)
    ):
        return False
    if not any(one.kinds[place] for place in mine):
        return True  # so their numbers are all that they could have in common
    return not any(left for left, _ in gaps) and not (one.may_rise and other.may_rise)


def count_otherwise(one: Headline, other: Headline, most: int) -> bool:
    """Whether two headlines are the same but for ``most`` numbers, and name something besides
    countries and towns: "12 dead in Example Hall fire", "15 dead in Example Hall fire"."""
    if _pattern(one) != _pattern(other):
        return False
    elsewhere = {place for place, _ in one.places}
    names = {place for place, kind in enumerate(one.kinds) if kind == NAME}
    return names > elsewhere and sum(map(ne, one.terms, other.terms)) <= most


def tell_otherwise(one: Headline, other: Headline) -> bool:
    """Whether two headlines are of one pattern, name the same, and have other words in one of
    its places: "Jones arrested in Lahore", "Jones freed in Lahore". Told at one time these are
    mostly two ways to say the same, and told later what followed."""
    aligned = align(one, other)
    if aligned is None:
        return False
    mine, _, gaps = aligned
    return (
        any(one.kinds[place] for place in mine)
        and any(left and right for left, right in gaps)
        and not any(_names(one, left) or _names(other, right) for left, right in gaps)
    )


# Of two headlines the places of the pattern's terms, and the places between them, pair by pair.
Aligned = tuple[list[int], list[int], list[tuple[range, range]]]


def align(one: Headline, other: Headline) -> Aligned | None:
    """Two headlines along their pattern; None where they have none in common."""
    here, there = _pattern(one), _pattern(other)
    shared = set(here) & set(there)
    mine = [place for place, term in enumerate(here) if term in shared]
    theirs = [place for place, term in enumerate(there) if term in shared]
    if [here[place] for place in mine] != [there[place] for place in theirs]:
        return None
    if not _are_most(mine, one, theirs, other):
        return None
    gaps = zip(_gaps(mine, len(here)), _gaps(theirs, len(there)), strict=True)
    return mine, theirs, list(gaps)


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


def _are_unlike(one: Headline, here: range, other: Headline, there: range) -> bool:
    """Whether other names stand in two headlines' gaps; a town's is its country's, too."""
    mine, theirs = _names(one, here), _names(other, there)
    if not (mine and theirs):
        return False
    places = places_in(one, here), places_in(other, there)
    if all(places):
        return not touch(*places)
    beginnings = {name[:SPELLED_ALIKE] for name in mine}
    return all(name[:SPELLED_ALIKE] not in beginnings for name in theirs)


def places_in(headline: Headline, gap: range) -> Places:
    """The places that stand in a gap."""
    return frozenset().union(*(places for at, places in headline.places if at in gap))
