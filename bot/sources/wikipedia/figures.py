"""Numbers, dates and ages that templates work out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.sources.wikipedia.portal import Portal

_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_DIGITS = 30  # of a number that is grouped: longer ones are none


def measure(parts: Sequence[str], portal: Portal) -> str:
    """``5900|ft|m`` as "5900 ft", ``15|–|25|in`` as "15–25 in"."""
    number, rest = parts[0], parts[1:]
    while len(rest) > 1 and rest[0] in portal.joining_words:
        joint = rest[0].removesuffix("(-)")
        number += (joint if joint in "–-×" else f" {joint} ") + rest[1]
        rest = rest[2:]
    unit = rest[0] if rest else ""
    return f"{number} {portal.units.get(unit, unit)}".strip()


def value(parts: Sequence[str], named: Mapping[str, str]) -> str:
    """``5|u=km`` as "5 km", ``1.2|0.3|e=6|u=m|up=s`` as "1.2±0.3×10⁶ m/s".

    https://en.wikipedia.org/wiki/Template:Val
    """
    number = named.get("p", "") + "±".join(part for part in parts[:2] if part)
    if exponent := named.get("e"):
        number += "×10" + exponent.translate(_RAISED)
    unit = named.get("u") or named.get("ul") or ""
    per = named.get("up") or named.get("upl")
    unit += f"/{per}" if per else ""
    return f"{number}{named.get('s', '')}{'' if unit in ('%', '°') else ' '}{unit}".strip()


def grouped(number: str) -> str:
    """A number of digits alone with its thousands apart: ``1234567`` as "1,234,567"."""
    number = number.strip()
    plain = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return f"{int(number):,}" if plain else number


def as_of(parts: Sequence[str], named: Mapping[str, str], portal: Portal) -> str:
    """``2026|3|12`` as "As of 12 March 2026"; ``lc=y`` makes it lower case.

    https://en.wikipedia.org/wiki/Template:As_of
    """
    if named.get("alt"):
        return named["alt"]
    words = portal.since if named.get("since") else portal.as_of
    if not named.get("lc"):
        words = words[0].upper() + words[1:]
    said = _dated(parts, portal, month_first=named.get("df", "").lower() in ("us", "mdy"))
    return said if named.get("bare") else f"{words} {said}"


def _dated(parts: Sequence[str], portal: Portal, *, month_first: bool) -> str:
    year, month, day = (*parts, "", "", "")[:3]
    number = _whole(month)
    if number is not None and 1 <= number <= len(portal.months):
        month = portal.months[number - 1]
    day = day.lstrip("0")
    if month_first and day:
        return f"{month} {day}, {year}"
    return " ".join(filter(None, (day, month, year)))


def age(parts: Sequence[str]) -> str:
    """The whole years between two dates, ``1920|1|2|2026|3|12`` as "106"; "" without both:
    the years until today would be others in each version of a page."""
    dates = _two_dates(parts)
    return str(_years(*dates)) if dates else ""


def years_and_days(parts: Sequence[str], portal: Portal) -> str:
    """Years and days between two dates, ``1997|4|24|2015|9|13`` as "18 years, 142 days"."""
    dates = _two_dates(parts)
    if dates is None:
        return ""
    first, last = dates
    years = _years(first, last)
    days = (last - _birthday(first, first.year + years)).days
    return portal.years_and_days.format(years=years, days=days)


def _two_dates(parts: Sequence[str]) -> tuple[date, date] | None:
    numbers = [_whole(part) or 0 for part in parts[:6]]
    try:
        first, last = date(*numbers[:3]), date(*numbers[3:])
    except (TypeError, ValueError):
        return None
    return (first, last) if first <= last else None


def _years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _birthday(born: date, year: int) -> date:
    """The day in ``year``; for one born on 29 February the next day where it is none."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _whole(text: str) -> int | None:
    """A number of at most four digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
