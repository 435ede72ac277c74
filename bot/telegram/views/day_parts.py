"""What the pages of days are made of: lines under their headings, the foot, the buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from bot.core.digest import DayPart
from bot.services.answering import DayAnswer
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button, Rows
from bot.telegram.markup import MOST_ENTITIES, Rich, bold, folded, join, lines, paragraphs, plain
from bot.telegram.views.pieces import (
    LONGEST_LINE,
    category_heading,
    common_language,
    day_link,
    line_title,
    number,
    page_of,
    sources,
    texts_in,
    turning,
)
from bot.telegram.wording import Words
from storage.model import Event

# Room for the foot (a link for each day shown and the page's number) is kept free.
PAGE_UNITS = 3500
PAGE_ENTITIES = MOST_ENTITIES - 10
OPEN_LINES = 4  # of each category; the rest is folded
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Size:
    """How much of an event its line shows: UTF-16 units of its title, and sources."""

    title: int = LONGEST_LINE
    sources: int = 4


@dataclass(frozen=True)
class DayLine:
    """An event's line, with the headings that it stands under; no ``category``: there is none
    to tell from others on that day."""

    day: date
    category: str | None
    event: Event
    line: Rich


@dataclass(frozen=True)
class DayPage:
    """A part of the list that fits into one message: its number, and of how many; the key
    of the ``category`` of which it is a part, if of one only."""

    entries: tuple[DayLine, ...]
    body: Rich
    number: int
    pages: int
    category: str | None = None


def fits(body: Rich) -> bool:
    """Whether a page may have this body."""
    return body.units <= PAGE_UNITS and body.entities <= PAGE_ENTITIES


def head(words: Words, answer: DayAnswer) -> Rich:
    """What the list has: of whom, and of which day where today has nothing."""
    return lines(
        plain(words(texts.days.ONLY_MINE) if answer.mine else ""),
        plain(words(texts.days.NOTHING_YET) if _shown_day(answer) < answer.day else ""),
    )


def _shown_day(answer: DayAnswer) -> date:
    """The day itself, or the one before where that is all that is shown."""
    return answer.parts[0].day if answer.parts else answer.day


def body_of(words: Words, entries: Iterable[DayLine]) -> Rich:
    """Days, under them their categories, under them the events: the first few open, the
    rest folded."""
    days = groupby(entries, lambda entry: entry.day)
    return paragraphs(
        *(paragraphs(bold(words.day(day)), *_categories(words, found)) for day, found in days)
    )


def _categories(words: Words, entries: Iterable[DayLine]) -> Iterator[Rich]:
    for category, found in groupby(entries, lambda entry: entry.category):
        those = list(found)
        heading = Rich()
        if category is not None:
            events = (entry.event for entry in those)
            heading = bold(category_heading(words, category, events))
        listed = [entry.line for entry in those]
        yield lines(heading, *listed[:OPEN_LINES], folded(lines(*listed[OPEN_LINES:])))


def entries_of(
    words: Words, answer: DayAnswer, parts: Iterable[DayPart], size: Size | None = None
) -> Iterator[DayLine]:
    """All events of some parts of an answer as lines."""
    known = language_of(words, answer)
    headed = {part.day for part in answer.parts for each in part.sections if each.category}
    for part in parts:
        for section in part.sections:
            category = section.category if part.day in headed else None
            for event in section.events:
                line = _line(words, part.day, event, size or Size(), known)
                yield DayLine(part.day, category, event, line)


def language_of(words: Words, answer: DayAnswer) -> str:
    """The language of all texts of an answer, if it is one and not the reader's; else ""."""
    return common_language(words, (event for part in answer.parts for event in part.events))


def _line(words: Words, day: date, event: Event, size: Size, known: str) -> Rich:
    """One event: its first sentence, its sources, its number; its day if not the heading's."""
    other_day = plain(f"({words.day(event.day)})" if event.day != day else "")
    title = join([line_title(words, event, size.title, known), words.kept(other_day)], " ")
    links = sources(words, event, size.sources) if size.sources else Rich()
    told = words.row([title, links], " — ")
    return plain("• ") + words.row([told, number(event)], " · ")


def foot(words: Words, answer: DayAnswer, shown: DayPage) -> Rich:
    """The texts' language, links to the days' pages (of the newest three days), and the page's
    number."""
    days = {entry.event.day: entry.event for entry in shown.entries if entry.event.page}
    found = [
        day_link(words, event, words.plain(texts.events.DAY_PAGE_OF, day=words.day(day)))
        for day, event in sorted(days.items(), reverse=True)[:3]
    ]
    place = page_of(words, shown.number, shown.pages)
    return lines(texts_in(words, language_of(words, answer)), *found, place)


# --- buttons


def turns(words: Words, answer: DayAnswer, shown: DayPage) -> list[Button]:
    """To the page before and the next."""
    data = partial(data_of, answer, category=shown.category)
    return turning(words, shown.number, shown.pages, data)


def data_of(answer: DayAnswer, page: int, category: str | None = None) -> str:
    """The data of a page of this answer, perhaps of a category (its key) only."""
    return buttons.day_page(answer.day, page, now=answer.now, mine=answer.mine, category=category)


def ways(words: Words, answer: DayAnswer, shown: DayPage | None = None) -> Rows:
    """To the days around, to any other, and between all events and those of one's own."""
    first, last = answer.days or (answer.day, answer.day)
    here = data_of(answer, shown.number, shown.category) if shown else data_of(answer, 1)
    pick = buttons.button(words(texts.days.BUTTON_PICK_DAY), buttons.month(answer.day, here))
    days = [pick]
    if _shown_day(answer) > first:
        before = min(_shown_day(answer) - DAY, last)
        label = f"‹ {words.day_and_month(before)}"
        days.insert(0, buttons.button(label, _day_data(before, mine=answer.mine)))
    if answer.day < last:
        after = answer.day + DAY
        label = f"{words.day_and_month(after)} ›"
        days.append(buttons.button(label, _day_data(after, mine=answer.mine)))
    other = buttons.day_page(answer.day, 1, now=answer.now, mine=not answer.mine)
    mine = words(texts.days.BUTTON_MINE)
    return [days, [buttons.button(f"✓ {mine}" if answer.mine else mine, other)]]


def _day_data(day: date, *, mine: bool) -> str:
    return buttons.day_page(day, 1, now=False, mine=mine)
