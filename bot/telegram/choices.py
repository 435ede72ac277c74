"""Buttons by which a chat chooses, and those that lead on: the data that they send.

As with those of ``buttons``, data is at most 64 bytes and is checked again when it comes back.
"""

from __future__ import annotations

from enum import StrEnum


class Inside(StrEnum):
    """In which message a button stands: one about a setting alone, the /settings, from which
    one comes back to them, or the first minutes, which go on."""

    ALONE = "set"
    MENU = "menu"
    START = "start"


class SettingsPart(StrEnum):
    """A screen about settings."""

    MAIN = "main"
    DIGEST = "digest"
    HOURS = "hours"  # all hours for the digest
    WEEKLY = "weekly"
    QUIET = "quiet"
    FROM = "from"  # all hours at which quiet hours may start
    ZONE = "zone"
    LANGUAGE = "language"
    DONE = "done"  # the end of the first minutes


class Onward(StrEnum):
    """Where a button leads on to: what a command would answer."""

    TODAY = "today"
    BUSY = "busy"  # who is in the news
    FOLLOWING = "following"
    HELP = "help"
    SETTINGS = "settings"
    START = "start"
    LOCATION = "location"  # how to share one's own


_MINUTE = r"(?:0|[1-9]\d{0,3})"
_IN = rf"({'|'.join(Inside)})"

SCREEN = rf"{_IN}:({'|'.join(SettingsPart)})\Z"
UNTIL = rf"{_IN}:until:({_MINUTE})\Z"
PLACES = rf"{_IN}:places:([1-9])\Z"
DIGEST = rf"{_IN}:digest:(off|{_MINUTE})\Z"
WEEKLY = rf"{_IN}:weekly:(off|[0-6])\Z"
QUIET = rf"{_IN}:quiet:(off|{_MINUTE}-{_MINUTE})\Z"
ZONE = rf"{_IN}:zone:([A-Za-z0-9_+/-]{{1,40}})\Z"
LANGUAGE = rf"{_IN}:language:(auto|[a-z]{{2}})\Z"
PAUSE = rf"{_IN}:pause\Z"
GO_ON = rf"{_IN}:on\Z"
EXPORT = r"menu:export\Z"
FORGET = r"menu:forget\Z"
GO = rf"go:({'|'.join(Onward)})\Z"
OFF = "off"
AS_IN_TELEGRAM = "auto"


def screen(inside: Inside, part: SettingsPart) -> str:
    """Data: show this screen."""
    return f"{inside}:{part}"


def until(inside: Inside, start: int) -> str:
    """Data: show when quiet hours may end that start at this minute of the day."""
    return f"{inside}:until:{start}"


def places(inside: Inside, page: int) -> str:
    """Data: show this page of places with their times."""
    return f"{inside}:places:{page}"


def digest(inside: Inside, minute: int | None) -> str:
    """Data: a daily digest at this minute of the day, or none."""
    return f"{inside}:digest:{OFF if minute is None else minute}"


def weekly(inside: Inside, weekday: int | None) -> str:
    """Data: a weekly digest on this day (Monday 0), or none."""
    return f"{inside}:weekly:{OFF if weekday is None else weekday}"


def quiet(inside: Inside, hours: tuple[int, int] | None) -> str:
    """Data: quiet hours from one minute of the day to another, or none."""
    return f"{inside}:quiet:{OFF if hours is None else f'{hours[0]}-{hours[1]}'}"


def zone(inside: Inside, name: str) -> str:
    """Data: live by this time zone (IANA)."""
    return f"{inside}:zone:{name}"


def language(inside: Inside, code: str | None) -> str:
    """Data: be written to in this language, or in that of Telegram."""
    return f"{inside}:language:{code or AS_IN_TELEGRAM}"


def pause(inside: Inside) -> str:
    """Data: pause."""
    return f"{inside}:pause"


def go_on(inside: Inside) -> str:
    """Data: end the pause."""
    return f"{inside}:on"


def export() -> str:
    """Data: send all that is known of the reader."""
    return "menu:export"


def forget() -> str:
    """Data: ask whether to delete all."""
    return "menu:forget"


def go(way: Onward) -> str:
    """Data: show what a command would answer, in a message of its own."""
    return f"go:{way}"
