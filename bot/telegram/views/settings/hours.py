"""Hours: of the daily digest, and quiet ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.core.hours import DAY
from bot.services.settings import ChatSettings, Misread
from bot.telegram import choices
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Inside, SettingsPart
from bot.telegram.markup import Rich, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import settings as texts
from bot.telegram.texts.follows import BUTTON_RETURN
from bot.telegram.views.settings.overview import with_pause
from bot.telegram.views.settings.parts import (
    back_row,
    chosen,
    clock,
    hours_of,
    in_rows,
    place_name,
    times_in_utc,
    to,
    zone_row,
)
from bot.telegram.wording import Words

_HOUR = 60
_QUARTERS = range(0, _HOUR, 15)
_DIGEST_HOURS = tuple(hour * _HOUR for hour in (7, 8, 12, 18, 20, 21))
_QUIET_HOURS = tuple((start * _HOUR, end * _HOUR) for start, end in ((22, 7), (23, 7), (23, 8)))
_ALL_HOURS = range(0, DAY, _HOUR)

# --- the daily digest


def digest(words: Words, answer: ChatSettings | Misread, inside: Inside = Inside.ALONE) -> Screen:
    """When the daily digest comes, with hours to choose; first that what was typed can't be
    read, if it can't."""
    settings = answer.settings if isinstance(answer, Misread) else answer
    head = digest_state(words, settings)
    if isinstance(answer, Misread):
        unread = words.fill(texts.DIGEST_UNREAD, typed=words.quoted(answer.typed))
        head = unread if settings.chat.digest_at is None else paragraphs(unread, head)
    pick = plain("" if isinstance(answer, Misread) else words(texts.DIGEST_PICK))
    body = paragraphs(head, lines(times_in_utc(words, settings), pick))
    screen = Screen(body, [*_digest_rows(words, settings, inside), *back_row(words, inside)])
    return with_pause(words, settings.chat, screen, inside)


def digest_hours(words: Words, settings: ChatSettings, inside: Inside) -> Screen:
    """All hours of the day for the daily digest."""
    rows = _grid(words, _ALL_HOURS, lambda minute: choices.digest(inside, minute))
    body = lines(times_in_utc(words, settings), plain(words(texts.DIGEST_PICK)))
    return Screen(body, [*rows, *_return(words, inside, SettingsPart.DIGEST)])


def digest_toast(words: Words, settings: ChatSettings) -> str:
    """What is chosen, in a few words."""
    minute = settings.chat.digest_at
    if minute is None:
        return words(texts.DIGEST_OFF_TOAST)
    return words.plain(texts.DIGEST_TOAST, time=words.time(minute))


def digest_state(words: Words, settings: ChatSettings) -> Rich:
    """Whether and when the daily digest comes."""
    chat = settings.chat
    if chat.digest_at is None:
        return plain(words(texts.DIGEST_NONE))
    time, place = words.time(chat.digest_at), place_name(words, chat.timezone)
    daily = words.fill(texts.DIGEST_DAILY, time=plain(time), place=plain(place))
    return lines(daily, _held(words, settings), _next(words, settings))


def _held(words: Words, settings: ChatSettings) -> Rich:
    """That the digest falls into quiet hours, if it does."""
    quiet_hours, minute = settings.quiet, settings.chat.digest_at
    if quiet_hours is None or minute is None or not quiet_hours.contains(minute):
        return Rich()
    hours = hours_of(words, quiet_hours.start, quiet_hours.end)
    end = words.time(quiet_hours.end)
    return words.fill(texts.DIGEST_HELD, hours=plain(hours), time=plain(end))


def _next(words: Words, settings: ChatSettings) -> Rich:
    """When the next digest comes, unless all waits."""
    at = settings.next_digest
    if at is None or settings.is_paused:
        return Rich()
    today, day = settings.now.date(), at.date()
    parts = {"time": plain(clock(words, at))}
    if day == today:
        return words.fill(texts.DIGEST_NEXT_TODAY, **parts)
    parts |= {"weekday": plain(words.weekday(day)), "day": plain(words.day(day))}
    tomorrow = day - today == timedelta(days=1)
    text = texts.DIGEST_NEXT_TOMORROW if tomorrow else texts.DIGEST_NEXT
    return words.fill(text, **parts)


def _digest_rows(words: Words, settings: ChatSettings, inside: Inside) -> Rows:
    at = settings.chat.digest_at
    other = to(words, inside, SettingsPart.HOURS, texts.BUTTON_OTHER_HOURS)
    rows = [*in_rows((_digest_button(words, inside, m, at) for m in _DIGEST_HOURS), 3)]
    if at is not None:
        hour = at - at % _HOUR
        quarters = [hour + quarter for quarter in _QUARTERS]
        others = [minute for minute in quarters if minute not in _DIGEST_HOURS]
        rows.append([_digest_button(words, inside, minute, at) for minute in others])
        off = button(words(texts.BUTTON_OFF), choices.digest(inside, None))
        rows.append([off, other])
    else:
        rows.append([other])
    return [*rows, *zone_row(words, settings, inside)]


def _digest_button(words: Words, inside: Inside, minute: int, at: int | None) -> Button:
    label = chosen(words.time(minute), is_so=minute == at)
    return button(label, choices.digest(inside, minute))


def _return(words: Words, inside: Inside, part: SettingsPart) -> Rows:
    """The way back to the screen from which one comes to all hours."""
    return [[to(words, inside, part, BUTTON_RETURN)], *back_row(words, inside)]


def _grid(words: Words, minutes: Iterable[int], data: Callable[[int], str]) -> Rows:
    """Times of the day, four in a row."""
    return in_rows((button(words.time(minute), data(minute)) for minute in minutes), 4)


# --- quiet hours


def quiet(words: Words, answer: ChatSettings | Misread, inside: Inside = Inside.ALONE) -> Screen:
    """When it is quiet, with hours to choose; first that what was typed can't be read, if it
    can't."""
    settings = answer.settings if isinstance(answer, Misread) else answer
    head = _quiet_state(words, settings)
    if isinstance(answer, Misread):
        unread = words.fill(texts.QUIET_UNREAD, typed=words.quoted(answer.typed))
        head = unread if settings.quiet is None else paragraphs(unread, head)
    pick = plain("" if isinstance(answer, Misread) else words(texts.QUIET_PICK))
    body = paragraphs(head, lines(times_in_utc(words, settings), pick))
    screen = Screen(body, [*_quiet_rows(words, settings, inside), *back_row(words, inside)])
    return with_pause(words, settings.chat, screen, inside)


def quiet_from(words: Words, inside: Inside) -> Screen:
    """All hours at which quiet hours may start."""
    rows = _grid(words, _ALL_HOURS, lambda start: choices.until(inside, start))
    back = _return(words, inside, SettingsPart.QUIET)
    return Screen(plain(words(texts.QUIET_FROM)), [*rows, *back])


def quiet_until(words: Words, start: int, inside: Inside) -> Screen:
    """All hours at which quiet hours may end that start at this minute, soonest first."""
    ends = [(start + step) % DAY for step in range(_HOUR, DAY, _HOUR)]
    rows = _grid(words, ends, lambda end: choices.quiet(inside, (start, end)))
    body = words.fill(texts.QUIET_UNTIL, start=plain(words.time(start)))
    return Screen(body, [*rows, *_return(words, inside, SettingsPart.FROM)])


def quiet_toast(words: Words, settings: ChatSettings) -> str:
    """What is chosen, in a few words."""
    if settings.quiet is None:
        return words(texts.QUIET_OFF_TOAST)
    hours = hours_of(words, settings.quiet.start, settings.quiet.end)
    return words.plain(texts.QUIET_TOAST, hours=hours)


def _quiet_state(words: Words, settings: ChatSettings) -> Rich:
    hours, chat = settings.quiet, settings.chat
    if hours is None:
        return plain(words(texts.QUIET_NONE))
    start, end = plain(words.time(hours.start)), plain(words.time(hours.end))
    place = plain(place_name(words, chat.timezone))
    state = words.fill(texts.QUIET_HOURS, start=start, end=end, place=place)
    now = settings.quiet_until
    waiting = words.fill(texts.QUIET_NOW, time=plain(clock(words, now))) if now else Rich()
    held = Rich()
    if chat.digest_at is not None and hours.contains(chat.digest_at):
        time = plain(words.time(chat.digest_at))
        held = words.fill(texts.QUIET_DIGEST, time=time, end=end)
    return lines(state, waiting, held)


def _quiet_rows(words: Words, settings: ChatSettings, inside: Inside) -> Rows:
    now = settings.quiet
    rows = [
        [
            button(
                chosen(hours_of(words, *hours), is_so=bool(now and (now.start, now.end) == hours)),
                choices.quiet(inside, hours),
            )
        ]
        for hours in _QUIET_HOURS
    ]
    other = to(words, inside, SettingsPart.FROM, texts.BUTTON_OTHER_HOURS)
    off = button(words(texts.BUTTON_OFF), choices.quiet(inside, None))
    return [*rows, [off, other] if now else [other], *zone_row(words, settings, inside)]
