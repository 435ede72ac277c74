"""Pieces of the screens about settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.services.places import Place
from bot.services.places.finding import zone_place
from bot.services.places.naming import locale_of
from bot.services.settings import ChatSettings
from bot.telegram import choices
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Inside, SettingsPart
from bot.telegram.markup import Rich, plain
from bot.telegram.texts import settings as texts
from bot.telegram.wording import Words

_CHOSEN = "✓ "


def place_name(words: Words, zone: str) -> str:
    """The city that a time zone is named for."""
    return zone_place(zone, locale_of(words.language)).name


def full_place(words: Words, zone: str) -> str:
    """The same with its country, if it is in one."""
    return placed(words, zone_place(zone, locale_of(words.language)))


def placed(words: Words, place: Place) -> str:
    """A place with its country, if it is in one, and its region, if that tells it apart."""
    city = place.name
    if place.region:
        city = words.plain(texts.PLACE_REGION, city=city, region=place.region)
    return words.plain(texts.PLACE, city=city, country=place.country) if place.country else city


def clock(words: Words, at: datetime) -> str:
    """The time of the day that a local clock shows."""
    return words.time(at.hour * 60 + at.minute)


def hours_of(words: Words, start: int, end: int) -> str:
    """Hours from one minute of the day to another: "22:00–07:00"."""
    return words.plain(texts.HOURS, start=words.time(start), end=words.time(end))


def times_in_utc(words: Words, settings: ChatSettings) -> Rich:
    """That times are in UTC as long as nobody has said where the chat is; else nothing."""
    return plain("" if settings.chat.timezone_chosen else words(texts.ZONE_UTC))


def chosen(label: str, *, is_so: bool) -> str:
    """A label, marked where it is what is chosen."""
    return f"{_CHOSEN}{label}" if is_so else label


def in_rows(made: Iterable[Button], width: int) -> Rows:
    """Buttons side by side, so many in a row."""
    all_of_them = list(made)
    return [all_of_them[start : start + width] for start in range(0, len(all_of_them), width)]


def to(words: Words, inside: Inside, part: SettingsPart, label: str) -> Button:
    """A button to another screen about settings."""
    return button(words(label), choices.screen(inside, part))


def back_row(words: Words, inside: Inside) -> Rows:
    """The way back to the settings, from where one comes from them."""
    if inside is not Inside.MENU:
        return []
    return [[to(words, Inside.MENU, SettingsPart.MAIN, texts.BUTTON_TO_SETTINGS)]]


def zone_row(words: Words, settings: ChatSettings, inside: Inside) -> Rows:
    """The way to the time zone, as long as none is chosen."""
    if settings.chat.timezone_chosen:
        return []
    return [[to(words, inside, SettingsPart.ZONE, texts.BUTTON_SET_ZONE)]]
