"""How digests look: categories as headings, an event in a line, long lists folded.

Whatever the events are called and however many report them, a part of a digest is one
message: where it would not fit, its lines get shorter, and none is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bot.core.categories import heading
from bot.core.digest import MOST_IN_PART
from bot.services.summaries import Bundle, Summary
from bot.telegram import buttons, texts
from bot.telegram.markup import Rich, bold, command, folded, join, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import proper
from bot.telegram.views.pieces import (
    LONGEST_LINE,
    category_heading,
    common_language,
    line_title,
    number,
    page_link,
    page_of,
    sources,
    texts_in,
    turning,
)
from bot.telegram.wording import Words
from storage.model import Call, DigestKind, Event

OPEN_LINES = 5  # of each category; the rest is folded
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Size:
    """How much of each event is shown: UTF-16 units of its title and category, sources; and
    how many of the alerts that were told are named."""

    title: int = LONGEST_LINE
    sources: int = 4
    category: int = 100
    told: int = 20


@dataclass(frozen=True)
class _Listed:
    """What all events of a digest share: the day that it is of, if it is, and the language of
    their texts, if it is one and not the reader's ("": it is not)."""

    day: date | None
    language: str


_SIZES = (
    _Size(),
    _Size(sources=2),
    _Size(200, 2, 60),
    _Size(160, 1, 60),
    _Size(100, 1, 40, 10),
    _Size(60, 0, 40, 5),
)


def digest(words: Words, summary: Summary) -> Call:
    """A part of a digest."""
    events = (*summary.mine, *summary.others)
    listed = _Listed(summary.heading.day or date.min, common_language(words, events))

    def made(size: _Size) -> Rich:
        return paragraphs(
            _heading(words, summary),
            *_by_category(words, summary.mine, size, listed),
            _told(words, summary.told, size),
            _others(words, summary.others, size, listed),
            lines(texts_in(words, listed.language), _pages(words, events)),
        )

    return Screen(_fitted(made)).sent()


def bundle(words: Words, found: Bundle, page: int = 1) -> Screen:
    """A page of alerts that go as one message."""
    starts = range(0, len(found.events), MOST_IN_PART)
    page = max(1, min(page, len(starts)))
    events = found.events[starts[page - 1] : starts[page - 1] + MOST_IN_PART]
    is_quiet = found.kind is DigestKind.QUIET
    head = bold(words(texts.digests.QUIET_HEAD if is_quiet else texts.digests.CATCH_UP_HEAD))
    place = page_of(words, page, len(starts))
    listed = _Listed(None, common_language(words, found.events))

    def made(size: _Size) -> Rich:
        parts = _by_category(words, events, size, listed)
        language = texts_in(words, listed.language)
        return paragraphs(head, *parts, lines(language, _pages(words, events), place))

    turns = turning(words, page, len(starts), partial(buttons.bundle_page, found.number))
    return Screen(_fitted(made), [turns] if turns else ())


# --- parts


def _fitted(made: Callable[[_Size], Rich]) -> Rich:
    """What is made in the largest size that one message holds."""
    bodies = (made(size) for size in _SIZES)
    body = next(bodies)
    while not body.fits():
        body = next(bodies)
    return body


def _heading(words: Words, summary: Summary) -> Rich:
    of_part = summary.heading
    day = words.day_of_week(of_part.day) if of_part.day else ""
    if of_part.parts == 1:
        return bold(words.plain(texts.digests.DIGEST_HEAD, day=day))
    of = {"part": of_part.part, "parts": of_part.parts}
    return bold(words.plain(texts.digests.DIGEST_PART, day=day, **of))


def _by_category(words: Words, events: Iterable[Event], size: _Size, listed: _Listed) -> list[Rich]:
    """Each category with its events; past the first few they are folded."""
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[heading(event.category)].append(event)
    is_headed = any(grouped)  # "More" by itself would say nothing
    return [
        _category(
            bold(category_heading(words, name, those, size.category)) if is_headed else Rich(),
            [_line(words, event, size, listed) for event in those],
        )
        for name, those in grouped.items()
    ]


def _category(head: Rich, found: Sequence[Rich]) -> Rich:
    rest = found[OPEN_LINES:] if len(found) > OPEN_LINES + 1 else ()
    shown = found[: len(found) - len(rest)]
    return lines(head, *shown, folded(lines(*rest)))


def _line(words: Words, event: Event, size: _Size, listed: _Listed) -> Rich:
    """An event with its sources and its number; with its day, if that is not the digest's or
    the one before."""
    day = listed.day
    is_recent = day is not None and event.day in (day, day - _DAY)
    when = plain("" if is_recent else f"({words.short_day(event.day)})")
    title = line_title(words, event, size.title, listed.language)
    title = join([title, words.kept(when)], " ")
    links = sources(words, event, size.sources) if size.sources else Rich()
    told = words.row([title, links], " — ")
    return plain("• ") + words.row([told, number(event)], " · ")


def _told(words: Words, numbers: Sequence[int], size: _Size) -> Rich:
    """One line for all alerts that the chat has had."""
    if not numbers:
        return Rich()
    events = join([command(f"/event_{each}") for each in numbers[: size.told]], " ")
    rest = len(numbers) - size.told
    if rest > 0:
        events = join([events, words.count(texts.events.MORE, rest)], " ")
    return words.count(texts.digests.DIGEST_TOLD, len(numbers), events=events)


def _others(words: Words, events: Sequence[Event], size: _Size, listed: _Listed) -> Rich:
    found = [_line(words, event, size, listed) for event in events]
    return lines(bold(words(texts.digests.DIGEST_OTHERS)), *found) if found else Rich()


def _pages(words: Words, events: Iterable[Event]) -> Rich:
    """The days' pages of the portal, each linked once, and their licence."""
    days = {event.page: event for event in events if event.page}
    found = [
        page_link(event, words.short_day(event.day))
        for event in sorted(days.values(), key=lambda event: event.day, reverse=True)
    ]
    if not found:
        return Rich()
    pages = words.fill(texts.digests.DIGEST_PAGES, days=words.joined(found))
    return words.fill(texts.events.LICENSED, work=pages, licence=plain(proper.SHARED_LICENCE))
