"""How days look: events under their categories, by pages that are turned with buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.core.days import NeverWas
from bot.services.answering import DayAnswer, NoDay, TodayAnswer, TooEarly, TooLate
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button, Rows
from bot.telegram.choices import Way
from bot.telegram.markup import (
    MOST_ENTITIES,
    Rich,
    bold,
    clip,
    folded,
    join,
    lines,
    paragraphs,
    plain,
)
from bot.telegram.screens import Screen
from bot.telegram.views.calendar import day_and_month
from bot.telegram.views.fixed import sentence
from bot.telegram.views.onward import after, onward
from bot.telegram.views.pieces import day_link, line_title, number, sources, turning
from bot.telegram.wording import Words
from storage.model import Event

# Room for the foot (a link for each day shown and the page's number) is kept free.
PAGE_UNITS = 3500
PAGE_ENTITIES = MOST_ENTITIES - 10
SOURCES_IN_LINE = 4
LONGEST_CATEGORY = 100
OPEN_LINES = 4  # of each category; the rest is folded
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Entry:
    """An event's line, with the headings that it stands under."""

    day: date
    category: str
    event: Event
    line: Rich


@dataclass(frozen=True)
class _Page:
    """A part of the list that fits into one message: its number, and of how many."""

    entries: tuple[_Entry, ...]
    body: Rich
    number: int
    pages: int


def today(words: Words, answer: TodayAnswer, asked: str = "", page: int = 1) -> Screen:
    """A page of a day, or why there is none."""
    match answer:
        case DayAnswer() if answer.parts:
            return _day_page(words, answer, page)
        case DayAnswer():
            return _empty(words, answer)
        case TooEarly(_, first):
            days = {"first": plain(words.day(first)), "iso": plain(first.isoformat())}
            return Screen(words.fill(texts.TOO_EARLY, **days), [[_day_button(words, first)]])
        case TooLate(day):
            late = words.fill(texts.TOO_LATE, day=plain(words.day(day)))
            return Screen(late, onward(words, Way.TODAY))
        case NeverWas():
            return _never_was(words, answer)
        case NoDay():
            return _no_day(words, answer, asked)


# --- pages


def _day_page(words: Words, answer: DayAnswer, page: int) -> Screen:
    shown = _page(words, answer, page)
    mine = plain(words(texts.ONLY_MINE) if answer.mine else "")
    body = paragraphs(mine, shown.body, _foot(words, shown))
    return Screen(body, [_turning(words, answer, shown), *_ways(words, answer, shown.number)])


def _page(words: Words, answer: DayAnswer, page: int) -> _Page:
    """That page of a day; the last one where it has fewer."""
    parts = list(_parted(words, _entries(words, answer)))
    number = min(page, len(parts))
    shown = parts[number - 1]
    return _Page(shown, _body(words, shown), number, len(parts))


def _parted(words: Words, entries: Iterable[_Entry]) -> Iterator[tuple[_Entry, ...]]:
    """The entries in parts that fit into one message each."""
    part: tuple[_Entry, ...] = ()
    for entry in entries:
        if part and not _fits(_body(words, (*part, entry))):
            yield part
            part = ()
        part = (*part, entry)
    yield part


def _fits(body: Rich) -> bool:
    return body.units <= PAGE_UNITS and body.entities <= PAGE_ENTITIES


def _body(words: Words, entries: Iterable[_Entry]) -> Rich:
    """Days, under them their categories, under them the events: the first few open, the
    rest folded."""
    days = groupby(entries, lambda entry: entry.day)
    return paragraphs(
        *(paragraphs(bold(words.day(day)), *_categories(words, found)) for day, found in days)
    )


def _categories(words: Words, entries: Iterable[_Entry]) -> Iterator[Rich]:
    for category, found in groupby(entries, lambda entry: entry.category):
        known = clip(words.category(category), LONGEST_CATEGORY) or words(texts.OTHER_NEWS)
        listed = [entry.line for entry in found]
        yield lines(bold(known), *listed[:OPEN_LINES], folded(lines(*listed[OPEN_LINES:])))


def _entries(words: Words, answer: DayAnswer) -> Iterator[_Entry]:
    for part in answer.parts:
        for section in part.sections:
            for event in section.events:
                yield _Entry(part.day, section.category, event, _line(words, part.day, event))


def _line(words: Words, day: date, event: Event) -> Rich:
    """One event: its first sentence, its sources, its number; its day if not the heading's."""
    other_day = plain(f"({words.day(event.day)})" if event.day != day else "")
    title = join([line_title(words, event), words.kept(other_day)], " ")
    told = words.row([title, sources(words, event, SOURCES_IN_LINE)], " — ")
    return plain("• ") + words.row([told, number(event)], " · ")


def _foot(words: Words, shown: _Page) -> Rich:
    """Links to the days' pages (of the newest three days), and the page's number."""
    days = {entry.event.day: entry.event for entry in shown.entries if entry.event.page}
    found = [
        day_link(words, event, words.plain(texts.DAY_PAGE_OF, day=words.day(day)))
        for day, event in sorted(days.items(), reverse=True)[:3]
    ]
    counted = {
        "page": plain(words.number(shown.number)),
        "pages": plain(words.number(shown.pages)),
    }
    place = words.fill(texts.PAGE, **counted) if shown.pages > 1 else Rich()
    return lines(*found, place)


# --- buttons


def _turning(words: Words, answer: DayAnswer, shown: _Page) -> list[Button]:
    back = _data(answer, shown.number - 1) if shown.number > 1 else None
    on = _data(answer, shown.number + 1) if shown.number < shown.pages else None
    return turning(words, back, on)


def _data(answer: DayAnswer, page: int) -> str:
    return buttons.day_page(answer.day, page, now=answer.now, mine=answer.mine)


def _ways(words: Words, answer: DayAnswer, page: int = 1) -> Rows:
    """To the days around, to any other, and between all events and those of one's own."""
    first, last = answer.days or (answer.day, answer.day)
    pick = buttons.button(
        words(texts.BUTTON_PICK_DAY), buttons.month(answer.day, _data(answer, page))
    )
    days = [pick]
    if answer.day > first:
        before = min(answer.day - DAY, last)
        label = f"‹ {day_and_month(words, before)}"
        days.insert(0, buttons.button(label, _day_data(before, mine=answer.mine)))
    if answer.day < last:
        after = answer.day + DAY
        label = f"{day_and_month(words, after)} ›"
        days.append(buttons.button(label, _day_data(after, mine=answer.mine)))
    other = buttons.day_page(answer.day, 1, now=answer.now, mine=not answer.mine)
    mine = words(texts.BUTTON_MINE)
    return [days, [buttons.button(f"✓ {mine}" if answer.mine else mine, other)]]


def _day_data(day: date, *, mine: bool) -> str:
    return buttons.day_page(day, 1, now=False, mine=mine)


def _day_button(words: Words, day: date) -> Button:
    return buttons.button(words.day(day), buttons.day_page(day, 1, now=False))


# --- where there is nothing to show


def _empty(words: Words, answer: DayAnswer) -> Screen:
    """A day without events, and which days have some."""
    if answer.days is None:
        return sentence(words, texts.NOTHING_KNOWN)
    if answer.mine:
        head = join([bold(words.day(answer.day)), plain(words(texts.EMPTY_MINE))], "\n")
        return Screen(head, _ways(words, answer))
    first, last = answer.days
    none = words.fill(texts.EMPTY_DAY, day=plain(words.day(answer.day)))
    head = plain(words(texts.EMPTY_TODAY)) if answer.now else none
    ends = {"first": plain(words.day(first)), "last": plain(words.day(last))}
    known = words.fill(texts.KNOWN_DAYS, **ends)
    pick = buttons.button(words(texts.BUTTON_PICK_DAY), buttons.month(last, _data(answer, 1)))
    return Screen(join([head, known], " "), [[_day_button(words, last)], [pick]])


def _never_was(words: Words, answer: NeverWas) -> Screen:
    """That there is no such day, and the last one of its month."""
    last = answer.last_of_month
    if last is None:
        typed = plain(f"{answer.year:04}-{answer.month:02}-{answer.day:02}")
        return Screen(words.fill(texts.NEVER_WAS, day=typed), onward(words, Way.TODAY))
    parts = {"month": plain(words.month(last)), "day": plain(words.number(answer.day))}
    rows = [[_day_button(words, last)]] if last.year in buttons.YEARS else []
    body = words.fill(texts.NOT_IN_MONTH, **parts)
    return Screen(body, [*rows, *onward(words, Way.TODAY)])


def _no_day(words: Words, answer: NoDay, asked: str) -> Screen:
    """How to write a day, and days that may help."""
    unclear = words.fill(texts.UNCLEAR_DAY, typed=words.quoted(asked))
    offered: Sequence[date] = _offered(answer)
    rows = buttons.column(_day_button(words, day) for day in offered)
    press = plain(words(texts.PRESS_A_DAY) if offered else "")
    return Screen(lines(unclear, press), rows or after(words, texts.UNCLEAR_DAY))


def _offered(answer: NoDay) -> list[date]:
    """Known days: the first of a month that was asked for, else the newest and a week before."""
    if answer.days is None:
        return []
    first, last = answer.days
    if answer.month is not None:
        return [max(first, min(answer.month, last))]
    wanted = (answer.today, answer.today - WEEK)
    return list(dict.fromkeys(max(first, min(day, last)) for day in wanted))
