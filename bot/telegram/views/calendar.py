"""A month as a grid of buttons, from which a day is picked."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from datetime import date, timedelta

from bot.services.answering import MonthAnswer
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.markup import bold
from bot.telegram.screens import Screen
from bot.telegram.wording import Words

NOTHING = "·"  # stands for a day without events; a label must not be empty
CURRENT = "•{day}•"
DAY = timedelta(days=1)


def month(
    words: Words, answer: MonthAnswer, back: str, *, mine: bool, current: date | None = None
) -> Screen:
    """The days of a month, of which those with events can be pressed; weeks without any are
    left out. ``current`` is marked: the day of the page to go back to, whose data is ``back``.
    ``mine``: days are shown with what one follows only."""
    name = words.month(answer.first)
    return Screen(
        bold(words.plain(texts.days.PICK_DAY, month=name)),
        [
            *_grid(words, answer, current, mine=mine),
            _around(words, answer, back),
            [button(words(texts.follows.BUTTON_RETURN), back)],
        ],
    )


def _grid(words: Words, answer: MonthAnswer, current: date | None, *, mine: bool) -> Rows:
    """The days of the week, then the weeks."""
    weeks = Calendar(words.first_weekday).monthdatescalendar(answer.first.year, answer.first.month)
    heads = [button(words.short_weekday(day), buttons.no_day()) for day in weeks[0]]
    # The dots of a month that has just begun would hide its few days.
    busy = [week for week in weeks if not answer.with_events.isdisjoint(week)]
    return [
        heads,
        *([_day(words, day, answer, current, mine=mine) for day in week] for week in busy),
    ]


def _day(
    words: Words, day: date, answer: MonthAnswer, current: date | None, *, mine: bool
) -> Button:
    if day not in answer.with_events:
        return button(NOTHING, buttons.no_day())
    label = words.number(day.day)
    data = buttons.day_page(day, 1, now=False, mine=mine)
    return button(CURRENT.format(day=label) if day == current else label, data)


def _around(words: Words, answer: MonthAnswer, back: str) -> list[Button]:
    """To the months and years around, as far as anything is known of them."""
    if answer.days is None:
        return []
    first, last = (day.replace(day=1) for day in answer.days)
    return [
        button(label, buttons.month(target, back))
        for label, target in _steps(words, answer.first)
        if first <= target <= last
    ]


def _steps(words: Words, first: date) -> Iterator[tuple[str, date]]:
    """Labels and months: a year back, a month back, a month on, a year on."""
    before, after = (first - DAY).replace(day=1), (first + 31 * DAY).replace(day=1)
    yield f"« {first.year - 1}", first.replace(year=first.year - 1)
    yield f"‹ {words.short_month(before)}", before
    yield f"{words.short_month(after)} ›", after
    yield f"{first.year + 1} »", first.replace(year=first.year + 1)
