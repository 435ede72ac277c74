"""Time zones by their names, their offsets and positions on the map."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from tzfpy import get_tz

from bot.core.literal import level

_UTC = frozenset({"utc", "gmt", "z"})
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+\-−–])\s?(\d{1,2})(?::?(\d{2}))?")

# Names without a slash that say more than the one that they stand for does; the others are
# old names of countries ("Japan") and are given as they are called now ("Asia/Tokyo").
_ABBREVIATIONS = frozenset("CET EET MET WET EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT".split())
# Short names that stand for the time of several places, for most people's first.
SEVERAL = MappingProxyType(
    {
        "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
        "pst": ("America/Los_Angeles", "Asia/Manila"),
        "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
        "bst": ("Europe/London", "Asia/Dhaka"),
    }
)
_NO_ZONES = frozenset({"localtime", "Factory"})


def zone_at(latitude: float, longitude: float) -> str | None:
    """The time zone (IANA) of a position in degrees, at sea one of Etc; None off the map."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return get_tz(longitude, latitude) or None


def parse_offset(text: str) -> timedelta | None:
    """A typed offset from UTC: "UTC", "gmt+2", "+02:00", "UTC+5:30"; None for other texts."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain in _UTC:
        return timedelta()
    found = _OFFSET.fullmatch(plain)
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return offset if found[1] == "+" else -offset


def fixed_zone(offset: timedelta) -> str | None:
    """The fixed zone of an offset from UTC; None where IANA has none, as for half hours. Its
    name has the sign reversed, as POSIX has it."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14:
        return None
    return f"Etc/GMT{-hours:+}" if hours else "UTC"


def offset_name(zone: str, at: datetime) -> str:
    """The offset from UTC that a zone has then: "UTC+2", "UTC−3:30", "UTC"."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    if not (hours or minutes):
        return "UTC"
    sign = "+" if offset > timedelta() else "−"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def written_offset(zone: str) -> str | None:
    """How a zone without a place is shown: "UTC+2" for "Etc/GMT-2"; None for any other."""
    head, _, rest = zone.partition("/")
    if head != "Etc":
        return zone if not rest else None
    hours = rest.removeprefix("GMT").lstrip("0")
    return "UTC" + hours.translate({ord("+"): "−", ord("-"): "+"}) if hours[:1] in "+-" else "UTC"


def zones_by_name() -> MappingProxyType[str, str]:
    """The time zones by what people may type for them, with slash or spaces."""
    known = sorted(available_timezones() - _NO_ZONES)
    return MappingProxyType({**_spaced(known), **{name.casefold(): _now(name) for name in known}})


def zones_by_place(zones: Iterable[str]) -> dict[str, str]:
    """The time zones by the last part of their names: "lord howe"."""
    return {level(zone.rpartition("/")[2]): zone for zone in zones if not _is_fixed(zone)}


def _spaced(zones: Iterable[str]) -> dict[str, str]:
    return {level(zone): zone for zone in zones if not _is_fixed(zone)}


def _is_fixed(zone: str) -> bool:
    return "/" not in zone or zone.startswith("Etc/")


def _now(zone: str) -> str:
    if "/" in zone or zone in _ABBREVIATIONS:
        return zone
    now = str(get_global("zone_aliases").get(zone, zone))
    return "UTC" if now in ("Etc/UTC", "Etc/GMT") else now
