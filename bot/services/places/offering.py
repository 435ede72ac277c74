"""Time zones to offer to readers of a language before they have named a place."""

from __future__ import annotations

from types import MappingProxyType

from babel.core import get_global

from bot.services.places.naming import locale_of

_FEWEST = 6
_MOST = 8

# Where most of those live who read a language, by the number of people.
_COMMON = MappingProxyType(
    {
        "ar": "Africa/Cairo Asia/Riyadh Asia/Baghdad Africa/Algiers Africa/Casablanca Asia/Dubai "
        "Africa/Khartoum Asia/Beirut",
        "de": "Europe/Berlin Europe/Vienna Europe/Zurich Europe/Luxembourg Europe/Brussels "
        "Europe/Rome",
        "en": "Europe/London America/New_York America/Chicago America/Los_Angeles Asia/Kolkata "
        "Australia/Sydney Africa/Lagos Africa/Johannesburg",
        "es": "America/Mexico_City Europe/Madrid America/Bogota America/Argentina/Buenos_Aires "
        "America/Lima America/Caracas America/Santiago America/Guatemala",
        "fr": "Europe/Paris Europe/Brussels Europe/Zurich America/Toronto Africa/Abidjan "
        "Africa/Dakar Africa/Kinshasa Africa/Algiers",
        "id": "Asia/Jakarta Asia/Makassar Asia/Jayapura",
        "kk": "Asia/Almaty Asia/Tashkent Europe/Moscow",
        "ms": "Asia/Kuala_Lumpur Asia/Singapore Asia/Brunei",
        "pt": "America/Sao_Paulo America/Manaus America/Fortaleza Europe/Lisbon Africa/Luanda "
        "Africa/Maputo",
        "pt-pt": "Europe/Lisbon Atlantic/Azores Atlantic/Madeira America/Sao_Paulo Africa/Luanda "
        "Africa/Maputo",
        "ru": "Europe/Moscow Europe/Kaliningrad Europe/Samara Asia/Yekaterinburg "
        "Asia/Novosibirsk Asia/Krasnoyarsk Asia/Vladivostok Asia/Almaty",
        "uk": "Europe/Kyiv Europe/Warsaw Europe/Berlin",
        "uz": "Asia/Tashkent Asia/Samarkand Europe/Moscow",
        "zh": "Asia/Shanghai Asia/Taipei Asia/Hong_Kong Asia/Singapore Asia/Kuala_Lumpur "
        "Australia/Sydney America/Vancouver America/Los_Angeles",
        "zh-hant": "Asia/Taipei Asia/Hong_Kong Asia/Macau Asia/Shanghai Asia/Singapore "
        "America/Vancouver America/Los_Angeles",
    }
)


def common_zones(language: str) -> tuple[str, ...]:
    """Six to eight time zones to offer to a reader with this language code, likeliest first.

    Where a language has fewer of its own, those of English follow.
    """
    code = language.casefold().replace("_", "-")
    listed = _COMMON.get(code) or _COMMON.get(code.partition("-")[0])
    own = listed.split() if listed else _at_home(language)
    more = [] if len(own) >= _FEWEST else _COMMON["en"].split()
    return tuple(dict.fromkeys([*own, *more]))[:_MOST]


def _at_home(language: str) -> list[str]:
    """The zone of the country where a language is spoken most, if it has but one."""
    locale = locale_of(language)
    likely = str(get_global("likely_subtags").get(locale.language, ""))
    zones: list[str] = get_global("territory_zones").get(likely.rpartition("_")[2], [])
    return zones if len(zones) == 1 else []
