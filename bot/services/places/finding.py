"""Places by what readers type: a time zone's name, an offset, a country, a city."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from bot.core.literal import level, occurs
from bot.services.places.cities import Cities, City, states
from bot.services.places.naming import (
    cities_of_zones,
    city_name,
    countries_named,
    country_name,
    locale_of,
    name_typed,
    zone_city,
    zone_country,
)
from bot.services.places.zones import (
    SEVERAL,
    fixed_zone,
    parse_offset,
    written_offset,
    zones_by_name,
    zones_by_place,
)

MOST = 6
_LONGEST = 100
_OUTWEIGHS = 10  # times the people of any other city of its name …
_TINY = 100_000  # … of which none has as many as this
_COMMA = re.compile("[,،、，]")


@dataclass(frozen=True)
class Place:
    """A place with its time zone (an IANA name).

    ``name`` and ``country`` are in the reader's language as far as they are known in it, and
    ``country`` is empty where there is none. ``guessed`` is a place that is only spelled like
    what was typed: ask before it counts; ``timed`` is one that has the time that was typed,
    ``within`` one in the country that was.
    ``region`` tells it apart from another of the same name and country: "MO, IL" where several
    states with this time have a city of this name, else the city that the zone is named for.
    """

    name: str
    country: str
    zone: str
    guessed: bool = False
    timed: bool = False
    within: bool = False
    region: str = ""


class Places:
    """Finds places. The table of cities is read when it is first needed, in a thread."""

    def __init__(self, load: Callable[[], Cities] = Cities.load) -> None:
        self._load = load
        self._atlas: _Atlas | None = None
        self._loading = asyncio.Lock()

    async def find_places(self, text: str, language: str, at: datetime) -> tuple[Place, ...]:
        """The places that a reader with this language code may mean, likeliest first and each
        time zone once: six at most, none for a text that names no place. An offset from UTC
        means the places that have it ``at`` that time."""
        if len(text) > _LONGEST:
            return ()
        async with self._loading:
            if self._atlas is None:
                self._atlas = await asyncio.to_thread(lambda: _Atlas(self._load()))
        return await asyncio.to_thread(self._atlas.find, text, language, at)


class _Atlas:
    """What places are looked up in."""

    def __init__(self, cities: Cities) -> None:
        self._cities = cities
        self._states = states()
        self._zones = zones_by_name()
        zones = set(self._zones.values())
        self._zones_by_place = {**cities_of_zones(zones), **zones_by_place(zones)}

    def find(self, text: str, language: str, at: datetime) -> tuple[Place, ...]:
        locale, key, offset = locale_of(language), level(text), parse_offset(text)
        if offset is not None:
            return self._by_offset(offset, at, locale)
        if not key:
            return ()
        if key in SEVERAL:
            return _timed(SEVERAL[key], locale)
        return self._exactly(text, key, locale) or self._nearly(text, key, locale)

    def _by_offset(self, offset: timedelta, at: datetime, locale: Locale) -> tuple[Place, ...]:
        if zone := fixed_zone(offset):
            return (zone_place(zone, locale),)
        zones = self._cities.zones()
        having = [zone for zone in zones if at.astimezone(ZoneInfo(zone)).utcoffset() == offset]
        return _timed(having[:MOST], locale)

    def _exactly(self, text: str, key: str, locale: Locale) -> tuple[Place, ...]:
        zone = self._zones.get(text.strip().casefold()) or self._zones.get(key)
        places = [zone_place(zone, locale)] if zone else []
        within = _places(self._countries(key, locale), locale)
        places += [replace(place, within=len(within) > 1) for place in within]
        cities = _worth_offering(key, self._cities.named(key), beside=bool(places))
        return _once([*places, *_places(cities, locale, text)])

    def _countries(self, key: str, locale: Locale) -> list[City]:
        """The cities of the countries with this name, most populous first, in time zones that
        are these countries' own."""
        countries = countries_named(key, locale)
        cities = [city for country in countries for city in self._cities.of_country(country)]
        return [city for city in _of_each_zone(cities) if zone_country(city.zone) in countries]

    def _nearly(self, text: str, key: str, locale: Locale) -> tuple[Place, ...]:
        if zone := self._zones_by_place.get(key):
            return (zone_place(zone, locale),)
        if cities := self._in_country(text, locale):
            return _once(_places(cities, locale, _COMMA.split(text)[0]))
        near = _once(_places(self._cities.like(key), locale))
        return tuple(replace(place, guessed=True) for place in near)

    def _in_country(self, text: str, locale: Locale) -> list[City]:
        """The cities before a comma, in the country or the state of the USA after it where that
        is one."""
        name, *rest = map(level, _COMMA.split(text))
        cities = self._cities.named(name) if rest else []
        for around in rest:
            countries, state = countries_named(around, locale), self._states.get(around)
            inside = [c for c in cities if c.country in countries or _is_in(c, state)]
            cities = inside or cities
        return cities


def zone_place(zone: str, locale: Locale) -> Place:
    """The place that a time zone is named for; a fixed one by its offset."""
    offset = written_offset(zone)
    if offset:
        return Place(offset, "", zone)
    country = zone_country(zone)
    name = country_name(country, locale) if country else ""
    return Place(zone_city(zone, locale), name, zone)


def _timed(zones: Iterable[str], locale: Locale) -> tuple[Place, ...]:
    return tuple(replace(zone_place(zone, locale), timed=True) for zone in zones)


def _worth_offering(key: str, cities: Sequence[City], *, beside: bool) -> Sequence[City]:
    """The cities of a name that may be meant by it; ``beside`` others, tiny ones are not.

    Where some are called so, those that only happen to have such a name too count if they are
    greater: Mexico City is "Mexico" rather than a town of that name, Lomé is no "Rome". Only
    the first remains where the others are nothing beside it.
    """
    titled = [city for city in cities if occurs(key, level(city.name))]
    greatest = titled[0].people if titled else 0
    meant = [city for city in cities if city in titled or city.people > greatest]
    large = [city for city in meant if city.people >= _TINY]
    if beside or (len(large) == 1 and all(_is_outweighed(city, large[0]) for city in meant[1:])):
        return large
    return meant


def _is_outweighed(city: City, by: City) -> bool:
    return by.people >= _OUTWEIGHS * city.people


def _of_each_zone(cities: Iterable[City]) -> Iterable[City]:
    """The first city of each time zone."""
    first: dict[str, City] = {}
    for city in cities:
        first.setdefault(city.zone, city)
    return first.values()


def _is_in(city: City, state: str | None) -> bool:
    return (city.country, city.region) == ("US", state)


def _places(cities: Iterable[City], locale: Locale, typed: str = "") -> list[Place]:
    """Each time zone's first city. Where there is but one, by the name that its reader
    ``typed``, if no other is known in their language."""
    listed = list(cities)
    first = list(_of_each_zone(listed))[:MOST]
    own = name_typed(typed, locale) if len(first) == 1 else None
    return [
        Place(
            city_name(city.name, city.zone, locale, own),
            country_name(city.country, locale),
            city.zone,
            region=_region(city, listed, locale),
        )
        for city in first
    ]


def _region(city: City, cities: Iterable[City], locale: Locale) -> str:
    """Where the cities of this name are that share a time zone, most populous first: by their
    regions' codes if these are letters, else by the city that the time zone is named for."""
    alike = (each for each in cities if each[:3] == city[:3])
    regions = dict.fromkeys(each.region for each in alike)
    if all(region.isalpha() for region in regions):
        return ", ".join(regions)
    return zone_city(city.zone, locale)


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each time zone's first place, as many as are offered; with regions where needed."""
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.zone, place)
    found = list(first.values())[:MOST]
    named = Counter((place.name, place.country) for place in found)
    return tuple(
        place if named[place.name, place.country] > 1 else replace(place, region="")
        for place in found
    )
