"""Names of countries in the languages of the world, as far as CLDR has them (by Babel)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bot.core.likeness.background import stem
from bot.core.likeness.gazetteer import Names, Place
from bot.core.likeness.tokens import TOKEN, without_possessive

# What is meant more often than the names of CLDR.
_SHORT: Mapping[str, str] = {
    "США": "US", "USA": "US", "EE UU": "US", "EUA": "US", "ABD": "US", "米国": "US",
    "アメリカ": "US", "अमेरिका": "US", "أمريكا": "US", "أميركا": "US", "Großbritannien": "GB",
    "Grande-Bretagne": "GB", "Gran Bretaña": "GB", "Grã-Bretanha": "GB", "Gran Bretagna": "GB",
    "Wielka Brytania": "GB", "Groot-Brittannië": "GB", "英国": "GB", "ब्रिटेन": "GB",
    "بريطانيا": "GB", "الإمارات": "AE", "فلسطين": "PS", "巴勒斯坦": "PS", "Palästina": "PS",
    "Hongkong": "HK", "Hong Kong": "HK", "Гонконг": "HK", "香港": "HK", "Южная Корея": "KR",
    "Северная Корея": "KP", "Бирма": "MM",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"\s*[(（].*[)）]")
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=64)
def countries_in(language: str) -> Names:
    """The countries by the terms of their names in a language."""
    return Names.of(
        (" ".join(_terms(name, language)), (code,)) for name, code in _territories(language)
    )


@lru_cache(maxsize=64)
def _runs(language: str) -> tuple[re.Pattern[str], Mapping[str, Place]] | None:
    """What finds the names that are written without spaces, the longest first."""
    codes = {name: (code,) for name, code in _territories(language) if TOKEN.fullmatch(name)}
    runs = {name: place for name, place in codes.items() if TOKEN.findall(name)[0][1]}
    if not runs:
        return None
    return re.compile("|".join(sorted(runs, key=len, reverse=True))), runs


def countries_in_run(run: str, language: str) -> Iterator[tuple[int, str, Place]]:
    """The countries that a run of what is written without spaces names, and where."""
    known = _runs(language)
    if known is not None:
        pattern, places = known
        for match in pattern.finditer(run):
            yield match.start(), match[0], places[match[0]]


def _territories(language: str) -> Iterator[tuple[str, str]]:
    yield from _SHORT.items()
    try:
        named = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return
    for code, name in named.items():
        if len(code) == 2 and code not in _NO_COUNTRIES:
            yield _IN_BRACKETS.sub("", name), code


def _terms(name: str, language: str) -> list[str]:
    return [stem(without_possessive(word), language) for _, _, word in TOKEN.findall(name) if word]
