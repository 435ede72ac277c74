"""How a day with more events than anybody reads looks: the most important first, or those of
one category; whichever page is asked for, no other is made."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from bot.core.digest import CategorySection, Excerpt, categories, excerpt
from bot.services.answering import DayAnswer
from bot.services.filtering import category_key
from bot.telegram import buttons
from bot.telegram.buttons import Rows
from bot.telegram.markup import Rich, lines, paragraphs
from bot.telegram.screens import Screen
from bot.telegram.texts import days as texts
from bot.telegram.views.day_parts import (
    DayPage,
    Size,
    body_of,
    data_of,
    entries_of,
    fits,
    foot,
    head,
    turns,
    ways,
)
from bot.telegram.views.pieces import category_heading
from bot.telegram.wording import Words

# A page has a fixed number of events: where these do not fit, their lines get shorter.
_SIZES = (Size(140, 2), Size(100, 1), Size(60, 1), Size(60, 0))
MOST_CATEGORIES = 24  # the portal has ten; a page in disorder may have any number


def long_day(words: Words, answer: DayAnswer, page: int, category: str | None) -> Screen:
    """Twelve events of a long day, the most important first, of all or of one category; from
    the first page any category is a press away."""
    known = {category_key(section.category): section for section in categories(answer.parts)}
    chosen = known.get(category or "")
    found = excerpt(answer.parts, page, chosen.category if chosen else None)
    shown = _excerpted(words, answer, found, category if chosen else None)
    is_first = not chosen and shown.number == 1
    counted = _counted(words, known) if is_first else Rich()
    all_of_them = buttons.button(words(texts.BUTTON_ALL_CATEGORIES), data_of(answer, 1))
    rows = [
        turns(words, answer, shown),
        *(_by_category(words, answer, known) if is_first and len(known) > 1 else ()),
        *([[all_of_them]] if chosen else ()),
        *ways(words, answer, shown),
    ]
    top = lines(head(words, answer), counted)
    return Screen(paragraphs(top, shown.body, foot(words, answer, shown)), rows)


def _counted(words: Words, known: Mapping[str, CategorySection]) -> Rich:
    count = sum(len(section.events) for section in known.values())
    return words.count(texts.LONG_DAY if len(known) > 1 else texts.LONG_DAY_BARE, count)


def _excerpted(words: Words, answer: DayAnswer, found: Excerpt, category: str | None) -> DayPage:
    """A page of a long day: its lines as long as fits."""
    for size in _SIZES:
        entries = tuple(entries_of(words, answer, found.parts, size))
        body = body_of(words, entries)
        if fits(body):
            break
    return DayPage(entries, body, found.number, found.pages, category)


def _by_category(words: Words, answer: DayAnswer, known: Mapping[str, CategorySection]) -> Rows:
    """A button for each category, with the number of its events."""
    found = [
        buttons.button(
            f"{words.number(len(section.events))} · "
            + category_heading(words, section.category, section.events),
            data_of(answer, 1, key),
        )
        for key, section in islice(known.items(), MOST_CATEGORIES)
    ]
    return [found[start : start + 2] for start in range(0, len(found), 2)]
