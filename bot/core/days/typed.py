"""The days that people type: "2017-11-23", "23 November 2017", "23 ноября", "2017年11月23日",
"22.11.", "yesterday", "Wednesday", "3 days ago"; in any language whose names are handed in."""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap, monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from types import MappingProxyType

from bot.core.days.names import MONTHS, CalendarNames, level_typed

_LONGEST = 60
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_AHEAD = timedelta(days=30)  # a day without a year that is as near is still to come
_WEEK = timedelta(weeks=1)
_YEAR_ON = timedelta(days=364) - _AHEAD  # seen from then, it is one of the coming 364 days
_YEAR_DIGITS = 4
_LONGEST_WITHOUT_LEAP = 8  # years, such as 1896 to 1904

# The signs that Chinese writes after a year, a month and a day.
_CHINESE = re.compile(r"(?:(\d{4})\s?年\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号號]?")
# A day of the week beside a date, as in 2017年11月23日星期四.
_CHINESE_WEEKDAY = re.compile(
    r"(?<=[日号號])\s?(?:星期|礼拜|周|週)[一二三四五六日天]\s*\Z"
    r"|\A\s*(?:星期|礼拜|周|週)[一二三四五六日天][\s,，]*(?=\d)"
)
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
        **dict.fromkeys(("day after tomorrow", "ubermorgen", "apres demain", "pasado manana"), 2),
        **dict.fromkeys(("послезавтра", "بعد غد", "بعد الغد", "后天", "後天"), 2),
        **dict.fromkeys(("day before yesterday", "اول امس", "اول من امس", "前天"), -2),
    }
)
# With a day of the week: the one before today.
_LAST = frozenset(
    "last letzten letzter letzte letztes dernier derniere pasado pasada прошлыи прошлую прошлое "
    "الماضي الماضيه".split()
)
# The same for days to come.
_NEXT = frozenset(
    "next coming nachsten nachster nachste nachstes kommenden prochain prochaine proximo proxima "
    "следующии следующего следующую следующеи следующее القادم القادمه المقبل المقبله".split()
)
_DAYS = r"days?|tage?n?|jours?|dias?|день|дня|днеи|ايام|يوما?|天|日"
_WEEKS = r"weeks?|wochen?|semaines?|semanas?|недел[июь]|اسابيع|اسبوعا?|周|个?(?:星期|礼拜)"
_AGO = re.compile(
    r"(?P<before>(?:vor|il y a|hace|قبل|منذ) )?(?P<count>\d{1,4}) ?"
    rf"(?:{_DAYS}|(?P<weeks>{_WEEKS}))"
    r"(?P<after> (?:ago|назад)| ?以?前)?"
)
_TWO_NUMBERS = re.compile(r"\d\s?[./-]\s?\d")


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
    """Words that name no day, or could name two ("5/6/2017"): the ``readings``."""

    readings: tuple[date, ...] = ()


@dataclass(frozen=True)
class _Parts:
    year: int
    month: int
    day: int


def parse_day(
    text: str, today: date, names: CalendarNames, *, day_first: bool = False
) -> date | NeverWas | Unclear:
    """The day that a reader means; ``today`` is the current date where the reader is, and
    ``day_first`` says that they write 5/6 for the fifth of June without any doubt.

    Without a year: the one within the next thirty days, else the last such day.
    """
    if len(text) > _LONGEST:
        return Unclear()
    plain = level_typed(text)
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    words = _words(plain)
    passed = _ago(plain, today) or _weekday(words, plain, today, names)
    return passed or _dated(text, words, today, names, day_first=day_first)


def parse_coming(
    text: str, today: date, names: CalendarNames, *, day_first: bool = False
) -> date | NeverWas | Unclear:
    """The day to come that a reader means: like ``parse_day``, but a day of the week is the next
    one after today (none that matters beside a date), and a day without a year the one within
    the next 364 days."""
    if len(text) > _LONGEST:
        return Unclear()
    plain = level_typed(text)
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    words = [word for word in _words(plain) if word not in _NEXT]
    coming = _weekday(words, plain, today + _WEEK, names)
    if coming is not None:
        return coming
    text = _CHINESE_WEEKDAY.sub("", text)
    words = [word for word in words if names.weekday(word) is None or names.month(word)]
    found = _dated(text, words, today + _YEAR_ON, names, day_first=day_first)
    is_of_a_year = any(len(word) >= _YEAR_DIGITS for word in words if word.isdecimal())
    return found if is_of_a_year else _not_before(today, found)


def parse_month(text: str, today: date, names: CalendarNames) -> date | None:
    """The first day of the month that a reader means, where a text names one without a day."""
    first = parse_day(f"1 {text}", today, names)
    return first if isinstance(first, date) and first.day == 1 else None


def _not_before(today: date, found: date | NeverWas | Unclear) -> date | NeverWas | Unclear:
    """29 February, which most years lack, as the next one."""
    if not isinstance(found, date) or (found.month, found.day) != (2, 29):
        return found
    years = range(today.year, today.year + _LONGEST_WITHOUT_LEAP + 1)
    leap_days = (date(year, 2, 29) for year in years if isleap(year))
    return next((day for day in leap_days if day >= today), found)


def _words(plain: str) -> list[str]:
    tokens = _TOKEN.findall(_CHINESE_SIGNS.sub(" ", plain))
    return [token for token in tokens if token not in _FILLERS]


def _ago(plain: str, today: date) -> date | None:
    """So many days or weeks before today."""
    found = _AGO.fullmatch(plain)
    if found is None or not (found["before"] or found["after"]):
        return None
    return today - timedelta(days=int(found["count"]) * (7 if found["weeks"] else 1))


def _weekday(words: list[str], plain: str, today: date, names: CalendarNames) -> date | None:
    """The last such day of the week, today's among them unless the words say "last"."""
    named = " ".join(word for word in words if word not in _LAST)
    number = names.weekday(named) if named else None
    number = names.weekday(plain) if number is None else number
    if number is None:
        return None
    days = (today.weekday() - number) % 7
    return today - timedelta(days=days or (0 if _LAST.isdisjoint(words) else 7))


def _dated(
    text: str, words: list[str], today: date, names: CalendarNames, *, day_first: bool
) -> date | NeverWas | Unclear:
    """The day that a date means, by name or in numbers."""
    parts = _chinese(level_typed(text), today) or _named(words, today, names)
    if parts is not None:
        return _checked(parts)
    written = unicodedata.normalize("NFKC", text)
    return _read(_numeric(words, written, today, day_first=day_first))


def _chinese(plain: str, today: date) -> _Parts | None:
    found = _CHINESE.fullmatch(plain)
    if found is None:
        return None
    month, day = int(found[2]), int(found[3])
    return _Parts(int(found[1] or _year_of(month, day, today)), month, day)


def _named(words: list[str], today: date, names: CalendarNames) -> _Parts | None:
    """Day, month by name (perhaps of several words) and perhaps year, in any order."""
    numbers = [word for word in words if word.isdecimal()]
    month = names.month(" ".join(word for word in words if not word.isdecimal()))
    if month is None:
        return None
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) < 3]
    if len(days) != 1 or len(years) > 1 or len(years) != len(numbers) - 1:
        return None
    day = int(days[0])
    year = int(years[0]) if years else _year_of(month, day, today)
    return _Parts(year, month, day)


def _year_of(month: int, day: int, today: date) -> int:
    """The year of a day without one: where it lies a few days ahead that year's, else the last
    that has such a day: a leap year may be eight years away."""

    def of(year: int) -> date | None:
        found = _checked(_Parts(year, month, day))
        return found if isinstance(found, date) else None

    for year in (today.year, today.year + 1):
        if (found := of(year)) and today < found <= today + _AHEAD:
            return year
    last = today.year - ((month, day) > (today.month, today.day))
    return next((y for y in range(last, last - _LONGEST_WITHOUT_LEAP, -1) if of(y)), last)


def _numeric(words: list[str], written: str, today: date, *, day_first: bool) -> tuple[_Parts, ...]:
    """What numbers alone may mean."""
    if not all(word.isdecimal() for word in words):
        return ()
    match [len(word) for word in words]:
        case [8]:
            word = words[0]
            return (_Parts(int(word[:4]), int(word[4:6]), int(word[6:])),)
        case [4, 1 | 2, 1 | 2]:
            return (_Parts(int(words[0]), int(words[1]), int(words[2])),)
        case [1 | 2, 1 | 2, 4] | [1 | 2, 1 | 2] if _TWO_NUMBERS.search(written) or words[2:]:
            one, other, *years = map(int, words)
            pairs = _in_order(one, other, dotted="." in written, day_first=day_first)
            return tuple(
                _Parts(years[0] if years else _year_of(month, day, today), month, day)
                for day, month in pairs
            )
    return ()


def _in_order(one: int, other: int, *, dotted: bool, day_first: bool) -> list[tuple[int, int]]:
    """Day and month: the day first with dots, and where that is the custom; else only where the
    numbers themselves say which is the day."""
    if dotted or one > 12 or one == other or (day_first and other <= 12):
        return [(one, other)]
    return [(other, one)] if other > 12 else [(one, other), (other, one)]


def _read(meant: Sequence[_Parts]) -> date | NeverWas | Unclear:
    """The one day that is meant; where it may be several, none but these to choose from."""
    days = [_checked(parts) for parts in meant]
    if len(days) == 1:
        return days[0]
    return Unclear(tuple(day for day in days if isinstance(day, date)))


def _checked(parts: _Parts) -> date | NeverWas | Unclear:
    try:
        return date(parts.year, parts.month, parts.day)
    except ValueError:
        return NeverWas(parts.year, parts.month, parts.day)
