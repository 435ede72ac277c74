"""The days that people type: "2017-11-23", "23 November 2017", "23 ноября", "2017年11月23日",
"yesterday"; in any language whose names for them are handed in."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from types import MappingProxyType

from bot.core.literal import level

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

_LONGEST = 60
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SHORTEST_MONTH = 3
_LONGEST_WITHOUT_LEAP = 8  # years, such as 1896 to 1904

# The signs that Chinese writes after a year, a month and a day.
_CHINESE = re.compile(r"(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]?")
_CHINESE_SIGNS = re.compile("[年日号號]")
# What people put around a day: on the 23rd of, am, le 1er, el 23 de, 23-го … г., في يوم.
_FILLERS = frozenset(
    "on the of st nd rd th am an den der dem vom le du er el de del la в на го г года числа "
    "في من يوم عام سنه".split()
)
_RELATIVE = MappingProxyType(
    {
        **dict.fromkeys(("today", "heute", "aujourd hui", "aujourdhui", "hoy", "сегодня"), 0),
        **dict.fromkeys(("اليوم", "今天", "今日"), 0),
        **dict.fromkeys(("yesterday", "gestern", "hier", "ayer", "вчера"), -1),
        **dict.fromkeys(("امس", "البارحه", "昨天", "昨日"), -1),
        **dict.fromkeys(("tomorrow", "morgen", "demain", "manana", "завтра"), 1),
        **dict.fromkeys(("غدا", "الغد", "明天", "明日"), 1),
        **dict.fromkeys(("vorgestern", "avant hier", "anteayer", "позавчера"), -2),
        **dict.fromkeys(("day before yesterday", "اول امس", "اول من امس", "前天"), -2),
    }
)


@dataclass(frozen=True)
class NeverWas:
    """A day that no calendar has: 30 February, the first of a 13th month, a year 0."""

    year: int
    month: int
    day: int

    @property
    def last_of_month(self) -> date | None:
        """The last day of its month, if there is such a month."""
        if not (self.year >= MINYEAR and 1 <= self.month <= len(MONTHS)):
            return None
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


@dataclass(frozen=True)
class Unclear:
    """Words that name no day, or could name two ("5/6/2017")."""


@dataclass(frozen=True)
class MonthNames:
    """The months by their names, levelled, in the languages that readers may write."""

    numbers: Mapping[str, int]

    @classmethod
    def of(cls, languages: Iterable[Sequence[str]]) -> MonthNames:
        """From the twelve names, each several times if need be, of each language or style."""
        return cls(
            {
                _level(name): number
                for names in languages
                for number, name in enumerate(names, 1)
                if _level(name)
            }
        )

    def number(self, typed: str) -> int | None:
        """The month that a levelled name means, shortened to three letters or more."""
        if typed in self.numbers:
            return self.numbers[typed]
        if len(typed) < _SHORTEST_MONTH:
            return None
        meant = {n for name, n in self.numbers.items() if name.startswith(typed)}
        return meant.pop() if len(meant) == 1 else None


@dataclass(frozen=True)
class _Parts:
    year: int
    month: int
    day: int


def parse_day(text: str, today: date, months: MonthNames) -> date | NeverWas | Unclear:
    """The day that a reader means; ``today`` is the current date where the reader is.

    Without a year: the last such day that is not after ``today``.
    """
    if len(text) > _LONGEST:
        return Unclear()
    dotted = "." in unicodedata.normalize("NFKC", text)
    plain = _level(text)
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    tokens = _TOKEN.findall(_CHINESE_SIGNS.sub(" ", plain))
    words = [token for token in tokens if token not in _FILLERS]
    parts = _chinese(plain, today) or _named(words, today, months) or _numeric(words, dotted=dotted)
    return _checked(parts) if parts else Unclear()


def parse_month(text: str, today: date, months: MonthNames) -> date | None:
    """The first day of the month that a reader means, where a text names one without a day."""
    first = parse_day(f"1 {text}", today, months)
    return first if isinstance(first, date) and first.day == 1 else None


def _level(text: str) -> str:
    """A text levelled, its Arabic letters also where they are written in two ways."""
    return level(text).replace("ة", "ه").replace("ـ", "")


def _chinese(plain: str, today: date) -> _Parts | None:
    found = _CHINESE.fullmatch(plain)
    if found is None:
        return None
    month, day = int(found[2]), int(found[3])
    return _Parts(int(found[1] or _last_year_of(month, day, today)), month, day)


def _named(words: list[str], today: date, months: MonthNames) -> _Parts | None:
    """Day, month by name (perhaps of several words) and perhaps year, in any order."""
    numbers = [word for word in words if word.isdecimal()]
    month = months.number(" ".join(word for word in words if not word.isdecimal()))
    if month is None:
        return None
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) < 3]
    if len(days) != 1 or len(years) > 1 or len(years) != len(numbers) - 1:
        return None
    day = int(days[0])
    year = int(years[0]) if years else _last_year_of(month, day, today)
    return _Parts(year, month, day)


def _last_year_of(month: int, day: int, today: date) -> int:
    """The last year up to today that has such a day: a leap year may be eight years away."""
    last = today.year - ((month, day) > (today.month, today.day))
    years = range(last, last - _LONGEST_WITHOUT_LEAP, -1)
    return next((y for y in years if isinstance(_checked(_Parts(y, month, day)), date)), last)


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
        return NeverWas(parts.year, parts.month, parts.day)
