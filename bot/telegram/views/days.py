"""How days look: events under their categories, by pages that are turned with buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from bot.core.days import NeverWas
from bot.core.digest import is_long
from bot.services.answering import DayAnswer, NoDay, TodayAnswer, TooEarly, TooLate
from bot.telegram import buttons
from bot.telegram.buttons import Button
from bot.telegram.choices import Onward
from bot.telegram.markup import (
    bold,
    join,
    lines,
    paragraphs,
    plain,
)
from bot.telegram.screens import Screen
from bot.telegram.texts import days as texts
from bot.telegram.views.day_parts import (
    DayLine,
    DayPage,
    body_of,
    data_of,
    entries_of,
    fits,
    foot,
    head,
    turns,
    ways,
)
from bot.telegram.views.fixed import sentence
from bot.telegram.views.long_days import long_day
from bot.telegram.views.onward import after, onward
from bot.telegram.wording import Words

WEEK = timedelta(days=7)


def today(
    words: Words,
    answer: TodayAnswer,
    asked: str = "",
    page: int = 1,
    category: str | None = None,
) -> Screen:
    """A page of a day (of a long one, perhaps of a category by its key), or why there is none."""
    match answer:
        case DayAnswer() if answer.parts and is_long(answer.parts):
            return long_day(words, answer, page, category)
        case DayAnswer() if answer.parts:
            return _day_page(words, answer, page)
        case DayAnswer():
            return _empty(words, answer)
        case TooEarly(day, first):
            days = {"day": plain(words.day(day)), "first": plain(words.day(first))}
            days["iso"] = plain(first.isoformat())
            return Screen(words.fill(texts.TOO_EARLY, **days), [[_day_button(words, first)]])
        case TooLate(day):
            late = words.fill(texts.TOO_LATE, day=plain(words.day(day)))
            return Screen(late, onward(words, Onward.TODAY))
        case NeverWas():
            return _never_was(words, answer)
        case NoDay():
            return _no_day(words, answer, asked)


# --- pages


def _day_page(words: Words, answer: DayAnswer, page: int) -> Screen:
    shown = _page(words, answer, page)
    body = paragraphs(head(words, answer), shown.body, foot(words, answer, shown))
    return Screen(body, [turns(words, answer, shown), *ways(words, answer, shown)])


def _page(words: Words, answer: DayAnswer, page: int) -> DayPage:
    """That page of a day; the last one where it has fewer."""
    parts = list(_parted(words, entries_of(words, answer, answer.parts)))
    number = min(page, len(parts))
    shown = parts[number - 1]
    return DayPage(shown, body_of(words, shown), number, len(parts))


def _parted(words: Words, entries: Iterable[DayLine]) -> Iterator[tuple[DayLine, ...]]:
    """The entries in parts that fit into one message each."""
    part: tuple[DayLine, ...] = ()
    for entry in entries:
        if part and not fits(body_of(words, (*part, entry))):
            yield part
            part = ()
        part = (*part, entry)
    yield part


def _day_button(words: Words, day: date) -> Button:
    return buttons.button(words.day(day), buttons.day_page(day, 1, now=False))


# --- where there is nothing to show


def _empty(words: Words, answer: DayAnswer) -> Screen:
    """A day without events, and which days have some."""
    if answer.days is None:
        return sentence(words, texts.NOTHING_KNOWN)
    if answer.mine:
        body = lines(bold(words.day(answer.day)), plain(words(texts.EMPTY_MINE)))
        return Screen(body, ways(words, answer))
    first, last = answer.days
    none = words.fill(texts.EMPTY_DAY, day=plain(words.day(answer.day)))
    empty = plain(words(texts.EMPTY_TODAY)) if answer.now else none
    ends = {"first": plain(words.day(first)), "last": plain(words.day(last))}
    known = words.fill(texts.KNOWN_DAYS, **ends)
    pick = buttons.button(words(texts.BUTTON_PICK_DAY), buttons.month(last, data_of(answer, 1)))
    return Screen(join([empty, known], " "), [[_day_button(words, last)], [pick]])


def _never_was(words: Words, answer: NeverWas) -> Screen:
    """That there is no such day, and the last one of its month."""
    last = answer.last_of_month
    if last is None:
        typed = plain(f"{answer.year:04}-{answer.month:02}-{answer.day:02}")
        return Screen(words.fill(texts.NEVER_WAS, day=typed), onward(words, Onward.TODAY))
    parts = {"month": plain(words.month(last)), "day": plain(words.number(answer.day))}
    rows = [[_day_button(words, last)]] if last.year in buttons.YEARS else []
    body = words.fill(texts.NOT_IN_MONTH, **parts)
    return Screen(body, [*rows, *onward(words, Onward.TODAY)])


def _no_day(words: Words, answer: NoDay, asked: str) -> Screen:
    """How to write a day, and days that may help."""
    unclear = words.fill(texts.UNCLEAR_DAY, typed=words.quoted(asked))
    offered: Sequence[date] = _offered(answer)
    rows = buttons.column(_day_button(words, day) for day in offered)
    press = plain(words(texts.PRESS_A_DAY) if offered else "")
    return Screen(lines(unclear, press), rows or after(words, texts.UNCLEAR_DAY))


def _offered(answer: NoDay) -> list[date]:
    """The days that may be meant; else known ones: the first of a month that was asked for, or
    the newest and a week before."""
    if answer.readings:
        return [day for day in answer.readings if day.year in buttons.YEARS]
    if answer.days is None:
        return []
    first, last = answer.days
    if answer.month is not None:
        return [max(first, min(answer.month, last))]
    wanted = (answer.today, answer.today - WEEK)
    return list(dict.fromkeys(max(first, min(day, last)) for day in wanted))
