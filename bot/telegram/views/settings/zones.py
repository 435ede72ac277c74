"""Time zones: by places, and by a shared location."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.services.places import Place, common_zones, offset_name
from bot.services.settings import ChatSettings, Somewhere, Zoned
from bot.telegram import choices, texts
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Inside, Onward
from bot.telegram.markup import LONGEST_LABEL, Rich, clip, paragraphs, plain, utf16
from bot.telegram.screens import Screen
from bot.telegram.views.onward import onward
from bot.telegram.views.pieces import turning
from bot.telegram.views.settings.parts import (
    back_row,
    chosen,
    clock,
    full_place,
    in_rows,
    place_name,
    placed,
)
from bot.telegram.wording import LANGUAGES, Words
from storage.model import Call, ChatKind

_PLACES_ON_PAGE = 16  # besides the buttons that turn it


def zone(
    words: Words, answer: ChatSettings | Zoned | Somewhere, inside: Inside = Inside.ALONE
) -> Screen:
    """Which time the chat lives by, or which place is meant, with places to choose."""
    match answer:
        case ChatSettings():
            body = paragraphs(_state(words, answer), plain(words(texts.settings.ZONE_PICK)))
            return Screen(body, _choice(words, answer, inside))
        case Zoned(settings, place, before):
            rows = _undo(words, before, settings.now, inside)
            return Screen(_state(words, settings, place), rows)
        case Somewhere(typed, found, settings):
            return _somewhere(words, typed, found, settings, inside)


def places(words: Words, settings: ChatSettings, page: int, inside: Inside) -> Screen:
    """A page of places all over the world, from west to east."""
    zones = _world(settings.now)
    pages = -(-len(zones) // _PLACES_ON_PAGE)
    page = min(page, pages)
    shown = zones[(page - 1) * _PLACES_ON_PAGE : page * _PLACES_ON_PAGE]
    turns = turning(words, page, pages, partial(choices.places, inside))
    rows = [*zone_rows(words, shown, settings, inside), turns]
    return Screen(plain(words(texts.settings.ZONE_PICK)), [*rows, *back_row(words, inside)])


def zone_toast(words: Words, zoned: Zoned) -> str:
    """What is chosen, in a few words."""
    return words.plain(
        texts.settings.ZONE_TOAST, place=place_name(words, zoned.settings.chat.timezone)
    )


# --- a shared location


def ask_location(words: Words) -> Call:
    """How to share one's location: by a key that Telegram's apps show for it."""
    keys = [
        [{"text": words(texts.settings.BUTTON_LOCATION), "request_location": True}],
        [{"text": words(texts.settings.BUTTON_NO_LOCATION)}],
    ]
    markup = {"keyboard": keys, "resize_keyboard": True, "one_time_keyboard": True}
    return _with_keys(words, texts.settings.LOCATION_ASK, markup)


def keep_location(words: Words) -> Call:
    """Who would rather not share it: the keys go away."""
    return _with_keys(words, texts.settings.LOCATION_NOT, {"remove_keyboard": True})


def located(words: Words, answer: Zoned | Somewhere) -> list[Call]:
    """What came of a shared location: the keys go away, and there is the time zone."""
    if isinstance(answer, Somewhere):
        return [_with_keys(words, texts.settings.LOCATION_NOWHERE, {"remove_keyboard": True})]
    thanks = _with_keys(words, texts.settings.LOCATION_THANKS, {"remove_keyboard": True})
    return [thanks, zone(words, answer).sent()]


def _with_keys(words: Words, text: str, markup: dict[str, object]) -> Call:
    call = Screen(plain(words(text))).sent()
    return Call(call.method, {**call.params, "reply_markup": markup})


# --- parts


def _state(words: Words, settings: ChatSettings, place: Place | None = None) -> Rich:
    time, chat = plain(clock(words, settings.now)), settings.chat
    if not chat.timezone_chosen:
        return words.fill(texts.settings.ZONE_NOT_CHOSEN, time=time)
    name = placed(words, place) if place else full_place(words, chat.timezone)
    return words.fill(texts.settings.ZONE_NOW, place=plain(name), time=time)


def _somewhere(
    words: Words, typed: str, found: tuple[Place, ...], settings: ChatSettings, inside: Inside
) -> Screen:
    name = words.quoted(typed)
    if not found:
        body = words.fill(texts.settings.ZONE_UNKNOWN, name=name)
        return Screen(body, _choice(words, settings, inside))
    rows = [[_place_button(p, words, settings.now, inside)] for p in found]
    body = words.fill(_which(found), name=name, country=plain(found[0].country))
    return Screen(body, [*rows, *back_row(words, inside)])


def _which(found: tuple[Place, ...]) -> str:
    """The question which of several places is meant, or whether the only one is."""
    if found[0].guessed:
        return texts.settings.ZONE_NEAR if found[1:] else texts.settings.ZONE_NEAR_ONE
    if found[0].timed:
        return texts.settings.ZONE_OF_SEVERAL
    is_country = all(p.within for p in found) and len({p.country for p in found}) == 1
    return texts.settings.ZONE_OF_COUNTRY if is_country else texts.settings.ZONE_WHICH


def _choice(words: Words, settings: ChatSettings, inside: Inside) -> Rows:
    """Common places of the chat's language, and other ways to choose one."""
    rows = zone_rows(words, common_zones(settings.chat.language), settings, inside)
    more = button(words(texts.settings.BUTTON_MORE_PLACES), choices.places(inside, 1))
    sharing = onward(words, Onward.LOCATION) if settings.chat.kind is ChatKind.PRIVATE else []
    return [*rows, [more], *sharing, *back_row(words, inside)]


def _undo(words: Words, before: str | None, now: datetime, inside: Inside) -> Rows:
    """The way back to the zone before, by its offset: the reader may have chosen another city
    of it than it is named for."""
    other = button(
        words(texts.settings.BUTTON_OTHER_PLACE), choices.screen(inside, choices.SettingsPart.ZONE)
    )
    if before is None:
        return [[other], *back_row(words, inside)]
    offset, city = offset_name(before, now), place_name(words, before)
    named = words.plain(texts.settings.TIME_AT, time=offset, place=city) if city != offset else city
    label = words.label(texts.settings.BUTTON_BACK_TO, place=named)
    undo = button(label, choices.zone(inside, before))
    return [[undo], [other], *back_row(words, inside)]


def zone_rows(words: Words, zones: tuple[str, ...], settings: ChatSettings, inside: Inside) -> Rows:
    """Places with the time that it is there, two in a row."""
    return in_rows((_zone_button(words, zone, settings, inside) for zone in zones), 2)


def _zone_button(words: Words, zone: str, settings: ChatSettings, inside: Inside) -> Button:
    is_so = settings.chat.timezone_chosen and settings.chat.timezone == zone
    label = _timed(place_name(words, zone), words, settings.now, zone)
    return button(chosen(label, is_so=is_so), choices.zone(inside, zone))


def _place_button(place: Place, words: Words, now: datetime, inside: Inside) -> Button:
    label = _timed(placed(words, place), words, now, place.zone)
    return button(label, choices.zone(inside, place.zone))


def _timed(name: str, words: Words, now: datetime, zone: str) -> str:
    time = f" · {clock(words, now.astimezone(ZoneInfo(zone)))}"
    return clip(name, LONGEST_LABEL - utf16(time) - utf16(chosen("", is_so=True))) + time


def _world(now: datetime) -> tuple[str, ...]:
    """Places that many people live by, from west to east."""
    zones = dict.fromkeys(zone for language in LANGUAGES for zone in common_zones(language))
    offsets = {zone: now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for zone in zones}
    return tuple(sorted(zones, key=lambda zone: (offsets[zone], zone)))
