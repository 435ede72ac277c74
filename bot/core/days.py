"""The days that people type: "2017-11-23", "23 November 2017", "Nov 23", "yesterday"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_LONGEST = 40
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_FILLERS = frozenset({"of", "the"})
_SHORTEST_MONTH = 3
_RELATIVE = MappingProxyType({"yesterday": -1, "today": 0, "tomorrow": 1})


@dataclass(frozen=True)
class NeverWas:
    """A day that no calendar has, as it would be written ("30 February 2017")."""

    text: str


@dataclass(frozen=True)
class Unclear:
    """Words that name no day, or could name two ("5/6/2017")."""


@dataclass(frozen=True)
class _Parts:
    year: int
    month: int
    day: int


def parse_day(text: str, today: date) -> date | NeverWas | Unclear:
    """The day that a reader means; ``today`` is the current date where the reader is.

    Without a year: the last such day that is not after ``today``.
    """
    plain = _ORDINAL.sub(r"\1", unicodedata.normalize("NFKC", text).casefold())
    words = [word for word in _TOKEN.findall(plain) if word not in _FILLERS]
    if len(plain) > _LONGEST:
        return Unclear()
    if len(words) == 1 and words[0] in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words[0]])
    parts = _named(words, today) or _numeric(words, dotted="." in plain)
    return _checked(parts) if parts else Unclear()


def written(day: date) -> str:
    """A day as readers see it: "23 November 2017"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _named(words: list[str], today: date) -> _Parts | None:
    """Day, month by name and perhaps year, in any order."""
    months = [month for word in words if (month := _month(word))]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(numbers) != len(words) - 1:
        return None
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) < 3]
    if len(days) != 1 or len(years) != len(numbers) - 1:
        return None
    day = int(days[0])
    year = int(years[0]) if years else _last_year_of(months[0], day, today)
    return _Parts(year, months[0], day)


def _month(word: str) -> int | None:
    """The number of a month by its English name, shortened to three letters or more."""
    if len(word) < _SHORTEST_MONTH:
        return None
    found = (n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(word))
    return 9 if word == "sept" else next(found, None)


def _last_year_of(month: int, day: int, today: date) -> int:
    return today.year - ((month, day) > (today.month, today.day))


def _numeric(words: list[str], *, dotted: bool) -> _Parts | None:
    if not all(word.isdecimal() for word in words):
        return None
    match [len(word) for word in words]:
        case [8]:
            word = words[0]
            return _Parts(int(word[:4]), int(word[4:6]), int(word[6:]))
        case [4, 1 | 2, 1 | 2]:
            return _Parts(int(words[0]), int(words[1]), int(words[2]))
        case [1 | 2, 1 | 2, 4]:
            return _year_last(*map(int, words), dotted=dotted)
    return None


def _year_last(one: int, other: int, year: int, *, dotted: bool) -> _Parts | None:
    """Day first with dots; else only where the numbers themselves say which is the day."""
    if dotted or one > 12 or one == other:
        return _Parts(year, other, one)
    return _Parts(year, one, other) if other > 12 else None


def _checked(parts: _Parts) -> date | NeverWas | Unclear:
    try:
        return date(parts.year, parts.month, parts.day)
    except ValueError:
        if not 1 <= parts.month <= 12:
            return NeverWas(f"{parts.year:04}-{parts.month:02}-{parts.day:02}")
        return NeverWas(f"{parts.day} {MONTHS[parts.month - 1]} {parts.year}")
