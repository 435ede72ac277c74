"""Days that a text names: days of the week, and days of a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError

from bot.core.likeness.background import stem

_WIDTHS = ("wide", "abbreviated")
_CONTEXTS = ("format", "stand-alone")


def weekdays_in(terms: Sequence[str], language: str) -> frozenset[int]:
    """The days of the week among a text's terms; Monday is 0."""
    names, _ = _calendar(language)
    if names.keys().isdisjoint(terms):  # most texts
        return frozenset()
    return frozenset(names[term] for term in terms if term in names)


def is_calendar(term: str, language: str) -> bool:
    """Whether a term names a day of the week or a month."""
    weekdays, months = _calendar(language)
    return term in weekdays or term in months


def dates_in(terms: Sequence[str], language: str) -> frozenset[tuple[int, int]]:
    """The days of months among terms in their order: a month with a number of 1 to 31 beside."""
    _, names = _calendar(language)
    if names.keys().isdisjoint(terms):
        return frozenset()
    found = set()
    for index, term in enumerate(terms):
        month = names.get(term)
        if month is None:
            continue
        for beside in (*terms[index + 1 : index + 2], *terms[max(0, index - 1) : index]):
            if beside.isdecimal() and 1 <= int(beside) <= 31:
                found.add((month, int(beside)))
                break
    return frozenset(found)


@lru_cache(maxsize=64)
def _calendar(language: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """The stems of the names of days and of months in a language; empty if it is unknown."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError, TypeError):
        return {}, {}
    return _stems(locale.days, language), _stems(locale.months, language)


def _stems(names: Mapping[str, Mapping[str, Mapping[int, str]]], language: str) -> dict[str, int]:
    return {
        stem(name.casefold().rstrip("."), language): number
        for context in _CONTEXTS
        for width in _WIDTHS
        for number, name in names.get(context, {}).get(width, {}).items()
    }
