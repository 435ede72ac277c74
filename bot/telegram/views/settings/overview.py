"""All settings in one message, and those that are no hours: week, language, pause."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.services.pausing import NotPaused, WentOn
from bot.services.settings import ChatSettings
from bot.telegram import choices
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Inside, Onward, SettingsPart
from bot.telegram.markup import Rich, bold, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import settings as texts
from bot.telegram.views.onward import after
from bot.telegram.views.settings.parts import (
    back_row,
    chosen,
    clock,
    full_place,
    hours_of,
    in_rows,
    place_name,
    times_in_utc,
    zone_row,
)
from bot.telegram.views.settings.pauses import not_paused
from bot.telegram.wording import LANGUAGES, Words, spoken_for
from storage.model import Chat, ChatKind, ChatState

_MONDAY = date(2018, 1, 1)  # any
_WEEK = 7


def settings(words: Words, answer: ChatSettings) -> Screen:
    """All that a chat has chosen, each with its button."""
    body = paragraphs(
        bold(words(texts.SETTINGS_HEAD)),
        lines(*_values(words, answer)),
        lines(_pause(words, answer), times_in_utc(words, answer)),
    )
    return Screen(body, _menu(words, answer))


def _values(words: Words, answer: ChatSettings) -> list[Rich]:
    chat = answer.chat
    place = place_name(words, chat.timezone)
    none = words(texts.SETTING_NONE)
    daily = weekly_on = quiet = none
    if chat.digest_at is not None:
        daily = words.plain(texts.TIME_AT, time=words.time(chat.digest_at), place=place)
    if chat.weekly_on is not None:
        weekly_on = words.plain(texts.TIME_AT, time=_weekly_time(words, answer), place=place)
    if answer.quiet is not None:
        hours = hours_of(words, answer.quiet.start, answer.quiet.end)
        quiet = words.plain(texts.TIME_AT, time=hours, place=place)
    now = words.plain(
        texts.TIME_AT, time=clock(words, answer.now), place=full_place(words, chat.timezone)
    )
    values = {
        texts.SETTING_DIGEST: daily,
        texts.SETTING_WEEKLY: weekly_on,
        texts.SETTING_QUIET: quiet,
        texts.SETTING_ZONE: now,
        texts.SETTING_LANGUAGE: _language_value(words, chat),
    }
    return [words.fill(text, value=plain(value)) for text, value in values.items()]


def _menu(words: Words, answer: ChatSettings) -> Rows:
    parts = {
        SettingsPart.DIGEST: texts.BUTTON_DIGEST,
        SettingsPart.WEEKLY: texts.BUTTON_WEEKLY_DAY,
        SettingsPart.QUIET: texts.BUTTON_QUIET,
        SettingsPart.ZONE: texts.BUTTON_ZONE,
        SettingsPart.LANGUAGE: texts.BUTTON_LANGUAGE,
    }
    screens = [
        button(words(label), choices.screen(Inside.MENU, part)) for part, label in parts.items()
    ]
    counted = words.plain(texts.BUTTON_FOLLOWS, count=answer.follows)
    rows = [*in_rows([*screens, _pause_button(words, answer, Inside.MENU)], 2)]
    rows.append([button(counted, choices.go(Onward.FOLLOWING))])
    if answer.chat.kind is ChatKind.PRIVATE:
        export = button(words(texts.BUTTON_EXPORT), choices.export())
        rows.append([export, button(words(texts.BUTTON_FORGET_ALL), choices.forget())])
    return rows


# --- the weekly digest


def weekly(words: Words, answer: ChatSettings, inside: Inside = Inside.MENU) -> Screen:
    """When the weekly digest comes, with the days to choose."""
    chat = answer.chat
    if chat.weekly_on is None:
        state = plain(words(texts.WEEKLY_NONE))
    else:
        state = words.fill(
            texts.WEEKLY_AT,
            weekday=plain(_weekday(words, chat.weekly_on)),
            time=plain(words.time(answer.weekly_minute)),
            place=plain(place_name(words, chat.timezone)),
        )
    body = paragraphs(state, lines(times_in_utc(words, answer), plain(words(texts.WEEKLY_PICK))))
    days = [
        button(
            chosen(_weekday(words, day), is_so=day == chat.weekly_on), choices.weekly(inside, day)
        )
        for day in range(_WEEK)
    ]
    off = [button(words(texts.BUTTON_OFF), choices.weekly(inside, None))]
    none = [] if chat.weekly_on is None else off
    rows = [*in_rows([*days, *none], 2), *zone_row(words, answer, inside)]
    return Screen(body, [*rows, *back_row(words, inside)])


def weekly_toast(words: Words, answer: ChatSettings) -> str:
    """What is chosen, in a few words."""
    if answer.chat.weekly_on is None:
        return words(texts.WEEKLY_OFF_TOAST)
    return words.plain(texts.WEEKLY_SET_TOAST, time=_weekly_time(words, answer))


def _weekly_time(words: Words, answer: ChatSettings) -> str:
    """The day and the time at which the weekly digest comes: "Thursday, 08:00"."""
    day = _weekday(words, answer.chat.weekly_on or 0)
    return words.plain(texts.WEEKDAY_AT, weekday=day, time=words.time(answer.weekly_minute))


def _weekday(words: Words, day: int) -> str:
    return words.weekday(_MONDAY + timedelta(days=day))


# --- the language


def language(
    words: Words, answer: ChatSettings, inside: Inside = Inside.ALONE, typed: str = ""
) -> Screen:
    """In which language the bot writes, with those that it has; ``typed`` is none of them."""
    chat = answer.chat
    if typed:
        state = words.fill(texts.LANGUAGE_UNREAD, typed=words.quoted(typed))
    else:
        text = texts.LANGUAGE_AS_TELEGRAM if _is_as_telegram(chat) else texts.LANGUAGE_NOW
        state = words.fill(text, language=plain(own_name(spoken_for(chat.language))))
    body = lines(state, plain("" if typed else words(texts.LANGUAGE_EVENTS)))
    rows = [*in_rows((_language_button(chat, code, inside) for code in LANGUAGES), 2)]
    if chat.kind is ChatKind.PRIVATE:
        label = chosen(words(texts.BUTTON_AS_TELEGRAM), is_so=not chat.language_chosen)
        rows.append([button(label, choices.language(inside, None))])
    return Screen(body, [*rows, *back_row(words, inside)])


def language_toast(words: Words, answer: ChatSettings) -> str:
    """What is chosen, in a few words."""
    return words.plain(texts.LANGUAGE_TOAST, language=own_name(spoken_for(answer.chat.language)))


def own_name(code: str) -> str:
    """What a language calls itself, with a capital as a heading has it."""
    name = Words(code).language_name(code)
    return name[:1].upper() + name[1:]


def _language_button(chat: Chat, code: str, inside: Inside) -> Button:
    is_so = chat.language_chosen and spoken_for(chat.language) == code
    return button(chosen(own_name(code), is_so=is_so), choices.language(inside, code))


def _language_value(words: Words, chat: Chat) -> str:
    name = own_name(spoken_for(chat.language))
    return words.plain(texts.SETTING_AS_TELEGRAM, language=name) if _is_as_telegram(chat) else name


def _is_as_telegram(chat: Chat) -> bool:
    return chat.kind is ChatKind.PRIVATE and not chat.language_chosen


# --- the pause


def paused(words: Words, answer: ChatSettings | NotPaused, inside: Inside = Inside.ALONE) -> Screen:
    """That nothing comes until when, and how to go on; or why there is no pause."""
    if isinstance(answer, NotPaused):
        return with_pause(words, answer.chat, not_paused(words, answer))
    if answer.paused_until is not None:
        until = words.fill(texts.PAUSE_UNTIL, **_end(words, answer.paused_until))
        body = lines(until, times_in_utc(words, answer), plain(words(texts.PAUSE_THEN)))
    else:
        body = lines(plain(words(texts.PAUSE)), plain(words(texts.PAUSE_HOW)))
    return Screen(body, [[_pause_button(words, answer, inside)], *back_row(words, inside)])


def back(words: Words, answer: WentOn, inside: Inside = Inside.ALONE) -> Screen:
    """That a pause is over, and whether anything was missed."""
    missed = texts.BACK_MISSED if answer.missed else texts.BACK_NOTHING
    text = missed if answer.was else texts.NOT_PAUSED
    return Screen(plain(words(text)), [*after(words, text), *back_row(words, inside)])


def with_pause(words: Words, chat: Chat, screen: Screen, inside: Inside = Inside.ALONE) -> Screen:
    """A screen that says first that the chat pauses, if it does, and offers to go on."""
    told = ChatSettings(chat, chat.state_since) if chat.state_since else None
    if told is None or chat.state is not ChatState.PAUSED:
        return screen
    row = [_pause_button(words, told, inside)]
    return Screen(paragraphs(_pause(words, told), screen.body), [row, *screen.rows], screen.preview)


def _pause(words: Words, answer: ChatSettings) -> Rich:
    if answer.paused_until is not None:
        return words.fill(texts.PAUSED_UNTIL, **_end(words, answer.paused_until))
    day = answer.paused_on
    return words.fill(texts.PAUSED_SINCE, day=plain(words.day(day))) if day else Rich()


def _end(words: Words, until: datetime) -> dict[str, Rich]:
    """When a pause ends, as the values of a sentence."""
    day = until.date()
    values = {"weekday": words.weekday(day), "day": words.day(day), "time": clock(words, until)}
    return {name: plain(value) for name, value in values.items()}


def _pause_button(words: Words, answer: ChatSettings, inside: Inside) -> Button:
    if answer.is_paused:
        return button(words(texts.BUTTON_GO_ON), choices.go_on(inside))
    return button(words(texts.BUTTON_PAUSE), choices.pause(inside))
