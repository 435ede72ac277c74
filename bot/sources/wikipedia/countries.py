"""Names of countries by their codes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

from bot.sources.wikipedia.portal import Portal

_LONGEST_CODE = 4


def country_of(code: str, portal: Portal) -> str | None:
    """The country of a code of ISO 3166 (three letters), the IOC or the portal's own."""
    code = code.upper()
    if len(code) > _LONGEST_CODE:
        return None
    if own := portal.country_codes.get(code):
        return own
    name = _territories(portal.language).get(code)
    return portal.country_names.get(name, name) if name else None


def country_named(words: str, portal: Portal) -> str:
    """The country that a template's parameter names, by a code or its name."""
    return (country_of(words, portal) if words.isupper() else None) or words


@lru_cache(maxsize=8)
def _territories(language: str) -> Mapping[str, str]:
    """The names that CLDR has in a language for the codes of three letters."""
    names = Locale.parse(language).territories
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return MappingProxyType(
        {
            code: names[meant[0]]
            for code, meant in aliases.items()
            if len(code) == 3 and code.isalpha() and len(meant) == 1 and meant[0] in names
        }
    )
