"""Cities and countries in a reader's language, from Unicode's CLDR."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location

from bot.core.literal import level

_LONGEST_CODE = 35  # characters of a language code (RFC 5646, section 4.4.1)
_ENGLISH = "en"
_SHORTEST_NAME = 4  # letters of a city's name that is not cut short: "SPb", "LA"
# Those in which cities are looked up whatever language the reader has; it is quick.
_LOOKED_UP = ("en", "de", "fr", "es", "ru", "ar", "zh")
_COMMON_CODES = {"uk": "GB", "usa": "US", "uae": "AE"}  # what people type for them


def locale_of(language: str) -> Locale:
    """The locale of a language code such as Telegram gives ("de", "pt-br"); English for one
    that CLDR does not have."""
    code = language[:_LONGEST_CODE].replace("-", "_")
    for name in (code, code.partition("_")[0]):
        try:
            return Locale.parse(name)
        except (ValueError, TypeError, UnknownLocaleError):
            continue
    return Locale.parse(_ENGLISH)


def country_name(country: str, locale: Locale) -> str:
    """The name of a country (ISO 3166, two letters) in a language."""
    return str(locale.territories.get(country, country))


def zone_country(zone: str) -> str:
    """The country that a time zone belongs to, by its code; empty where there is none."""
    canonical = get_global("zone_aliases").get(zone, zone)
    country = str(get_global("zone_territories").get(canonical, ""))
    return "" if country == "001" else country


def zone_city(zone: str, locale: Locale) -> str:
    """The city that a time zone is named for, in a language if CLDR has it there."""
    for known in (zone, *_earlier_names(zone)):
        if city := locale.time_zones.get(known, {}).get("city"):
            return str(city)
    name = get_timezone_location(zone, locale=locale, return_city=True)
    return name.rpartition("/")[2]  # without a name it gives the zone's but for the continent


def cities_of_zones(zones: Collection[str]) -> dict[str, str]:
    """The time zones by the cities that CLDR gives as examples of them ("exemplar cities"),
    levelled, in several languages: the table of cities lacks many a name in other scripts."""
    aliases = get_global("zone_aliases")
    found: dict[str, str] = {}
    for language in _LOOKED_UP:
        for zone, named in Locale.parse(language).time_zones.items():
            now = aliases.get(zone, zone)
            if now in zones and (city := level(named.get("city", ""))):
                found.setdefault(city, now)
    return found


def _earlier_names(zone: str) -> list[str]:
    """What a time zone was called before; CLDR keeps what it first was (Asia/Calcutta)."""
    return [old for old, new in get_global("zone_aliases").items() if new == zone]


def city_name(name: str, zone: str, locale: Locale, typed: str | None = None) -> str:
    """A city's name in a language where its zone is named for it, else as ``typed`` by who reads
    that language, else as it is."""
    named_for = level(zone_city(zone, Locale.parse(_ENGLISH)))
    same = level(name) in (named_for, f"{named_for} city")
    return zone_city(zone, locale) if same else typed or name


def name_typed(text: str, locale: Locale) -> str | None:
    """A city's name as who reads a language typed it in its script, with a capital; None where
    it may be cut short, where it is not told which letters are capitals, and in English, in
    which all names are known."""
    name = " ".join(text.split())
    own = locale.display_name or ""
    if locale.language == _ENGLISH or _script(name) != _script(own):
        return None
    if name.lower() == name.upper():  # a script without capitals
        return name
    if len(name) < _SHORTEST_NAME:
        return None
    if name in (name.lower(), name.upper()):
        return name.capitalize() if name.isalpha() else None
    return name


def _script(text: str) -> str:
    """The script of a text's first letter, as Unicode names it: "LATIN"."""
    letter = next(filter(str.isalpha, text), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def countries_named(typed: str, locale: Locale) -> list[str]:
    """The countries, by their codes, with this name in the language or in English."""
    if typed in _COMMON_CODES:
        return [_COMMON_CODES[typed]]
    names = [*Locale.parse(_ENGLISH).territories.items(), *locale.territories.items()]
    return list(dict.fromkeys(code for code, name in names if level(name) == typed))
