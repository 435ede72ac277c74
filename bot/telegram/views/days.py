"""How days look: events under their categories, by pages that are turned with buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.core.days import NeverWas, parse_day, written
from bot.services.answering import DayAnswer, NoDay, TodayAnswer, TooEarly, TooLate
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button
from bot.telegram.markup import (
    MOST_ENTITIES,
    Rich,
    bold,
    clip,
    fill,
    join,
    lines,
    paragraphs,
    plain,
    quoted,
)
from bot.telegram.screens import Screen
from bot.telegram.views.pieces import day_link, number, short_title, sources
from storage.model import Event

# Room for the foot (a link for each day shown and the page's number) is kept free.
PAGE_UNITS = 3600
PAGE_ENTITIES = MOST_ENTITIES - 10
SOURCES_IN_LINE = 4
LONGEST_CATEGORY = 100
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Entry:
    """An event with the headings that it stands under."""

    day: date
    category: str
    event: Event


@dataclass(frozen=True)
class _Page:
    """A part of the list that fits into one message."""

    body: Rich = field(default_factory=Rich)
    entries: tuple[_Entry, ...] = ()

    def with_entry(self, entry: _Entry) -> _Page:
        return _Page(self.body + self._piece(entry), (*self.entries, entry))

    def _piece(self, entry: _Entry) -> Rich:
        """The entry's line, under the headings that the page has not shown just before."""
        last = self.entries[-1] if self.entries else None
        piece = Rich()
        if last is None or last.day != entry.day:
            piece = plain("\n\n" if last else "") + bold(written(entry.day))
            last = None
        if last is None or last.category != entry.category:
            title = clip(entry.category, LONGEST_CATEGORY) or texts.OTHER_NEWS
            piece = piece + plain("\n\n") + bold(title)
        return piece + plain("\n") + _line(entry)

    @property
    def fits(self) -> bool:
        return self.body.units <= PAGE_UNITS and self.body.entities <= PAGE_ENTITIES


def today(answer: TodayAnswer, asked: str = "", page: int = 1) -> Screen:
    """A page of a day, or why there is none."""
    match answer:
        case DayAnswer() if answer.parts:
            return _day_page(answer, page)
        case DayAnswer():
            return _empty(answer)
        case TooEarly(_, first):
            days = {"first": plain(written(first)), "iso": plain(first.isoformat())}
            return Screen(fill(texts.TOO_EARLY, **days), [[_day_button(first)]])
        case TooLate(day):
            return Screen(fill(texts.TOO_LATE, day=plain(written(day))))
        case NeverWas(text):
            return Screen(fill(texts.NEVER_WAS, day=plain(clip(text, 40))))
        case NoDay():
            return _no_day(answer, asked)


def _day_page(answer: DayAnswer, page: int) -> Screen:
    pages = _pages(answer)
    page = min(page, len(pages))
    shown = pages[page - 1]
    body = paragraphs(shown.body, _foot(shown, page, len(pages)))
    return Screen(body, [_turning(answer, page, len(pages))])


def _pages(answer: DayAnswer) -> Sequence[_Page]:
    done: list[_Page] = []
    page = _Page()
    for entry in _entries(answer):
        longer = page.with_entry(entry)
        if page.entries and not longer.fits:
            done.append(page)
            longer = _Page().with_entry(entry)
        page = longer
    return [*done, page]


def _entries(answer: DayAnswer) -> list[_Entry]:
    return [
        _Entry(part.day, section.category, event)
        for part in answer.parts
        for section in part.sections
        for event in section.events
    ]


def _line(entry: _Entry) -> Rich:
    """One event: its first sentence, its sources, its number; its day if not the heading's."""
    event = entry.event
    other_day = f" ({written(event.day)})" if event.day != entry.day else ""
    title = plain(f"• {short_title(event)}{other_day}")
    told = join([title, sources(event, SOURCES_IN_LINE)], " — ")
    return join([told, number(event)], " ")


def _foot(shown: _Page, page: int, pages: int) -> Rich:
    """Links to the days' pages (of the newest three days), and the page's number."""
    days = {entry.event.day: entry.event for entry in shown.entries if entry.event.page}
    newest = sorted(days.items(), reverse=True)[:3]
    found = [day_link(event, texts.DAY_PAGE_OF.format(day=written(day))) for day, event in newest]
    counted = {"page": plain(str(page)), "pages": plain(str(pages))}
    place = fill(texts.PAGE, **counted) if pages > 1 else Rich()
    return join([*found, place], "\n")


def _turning(answer: DayAnswer, page: int, pages: int) -> list[Button]:
    row = []
    if page > 1:
        data = buttons.day_page(answer.day, page - 1, now=answer.now)
        row.append(buttons.button(texts.BUTTON_BACK, data))
    if page < pages:
        data = buttons.day_page(answer.day, page + 1, now=answer.now)
        row.append(buttons.button(texts.BUTTON_ON, data))
    return row


def _empty(answer: DayAnswer) -> Screen:
    """A day without events, and which days have some."""
    if answer.days is None:
        return Screen(plain(texts.NOTHING_KNOWN))
    first, last = answer.days
    none = fill(texts.EMPTY_DAY, day=plain(written(answer.day)))
    head = plain(texts.EMPTY_TODAY) if answer.now else none
    ends = {"first": plain(written(first)), "last": plain(written(last))}
    return Screen(join([head, fill(texts.KNOWN_DAYS, **ends)], " "), [[_day_button(last)]])


def _no_day(answer: NoDay, asked: str) -> Screen:
    """How to write a day, and days that may help."""
    unclear = fill(texts.UNCLEAR_DAY, typed=quoted(asked))
    offered = buttons.column(_day_button(day) for day in _offered(answer, asked))
    press = plain(texts.PRESS_A_DAY if offered else "")
    return Screen(lines(unclear, press), offered)


def _offered(answer: NoDay, asked: str) -> list[date]:
    """Known days: the first of a month that was asked for, else the newest and a week before."""
    if answer.days is None:
        return []
    first, last = answer.days
    month = parse_day(f"1 {asked}", answer.today)
    if isinstance(month, date) and month.day == 1:
        return [max(first, min(month, last))]
    wanted = (answer.today, answer.today - WEEK)
    return list(dict.fromkeys(max(first, min(day, last)) for day in wanted))


def _day_button(day: date) -> Button:
    return buttons.button(written(day), buttons.day_page(day, 1, now=False))
