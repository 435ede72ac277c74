"""How weeks and years look: a chart, its legend, and the events as far as a caption holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.services.finding import Several, Unknown
from bot.services.following import Gone
from bot.services.reviewing import NobodyFollowed, Week, WeekAnswer, Whose, Year, YearAnswer
from bot.telegram import buttons, texts
from bot.telegram.attachments import week_picture, year_picture
from bot.telegram.buttons import Rows, button, column, keyboard
from bot.telegram.charts import SQUARES
from bot.telegram.markup import MOST_UNITS, Rich, bold, clip, lines, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import proper
from bot.telegram.views.fixed import sentence
from bot.telegram.views.onward import after
from bot.telegram.views.people import which
from bot.telegram.views.pieces import (
    LONGEST_DATED,
    common_language,
    dated_line,
    described,
    description,
    name_of,
    names,
    texts_in,
)
from bot.telegram.wording import Words
from storage.model import Attachment, Call, Entity, Event

MOST_CAPTION = 928  # of Telegram's 1024: the rest is kept for a mark below sample messages
LONGEST_IN_CAPTION = 100  # of an event; a message has room for more
LONGEST_IN_LEGEND = 40
MOST_CHOICES = 20
MOST_FILTERED = 3


@dataclass(frozen=True)
class _Room:
    """How many UTF-16 units there are for a text, and for an event's line in it."""

    units: int
    line: int


_CAPTION = _Room(MOST_CAPTION, LONGEST_IN_CAPTION)
_MESSAGE = _Room(MOST_UNITS, LONGEST_DATED)


def week(words: Words, answer: WeekAnswer) -> Call:
    """A week as a picture with its legend and events, or why there is none."""
    if isinstance(answer, NobodyFollowed):
        choices = _choices(words, answer.suggestions, buttons.follow)
        rows = choices or after(words, texts.follows.FOLLOWING_NONE)
        return Screen(plain(words(texts.follows.FOLLOWING_NONE)), rows).sent()
    first, last = (plain(words.short_day(day)) for day in (answer.days[0], answer.days[-1]))
    if not answer.total:
        none = words.fill(texts.charts.WEEK_NONE, first=first, last=last)
        return Screen(lines(none, _filtered(words, answer)), week_rows(words, answer)).sent()
    head = words.count(texts.charts.WEEK, answer.total, first=first, last=last)
    legend = paragraphs(head, _legend(words, answer))
    caption = _with_events(words, legend, answer.events, answer.total, _CAPTION)
    return _photo(caption, week_rows(words, answer), week_picture(answer))


def week_rows(words: Words, answer: Week) -> Rows:
    """The buttons under a week: who was in the news, and whether it comes by itself."""
    wanted = answer.weekly_on is None
    label = words(texts.charts.BUTTON_WEEKLY)
    if not wanted:
        label = words.plain(texts.charts.BUTTON_NOT_WEEKLY, time=_weekly_time(words, answer))
    weekly = button(label, buttons.weekly(answer.days[-1], wanted=wanted))
    today = button(words(texts.charts.BUTTON_TODAY), buttons.week_today())
    who = (tally.entity for tally in answer.top)
    cards = [button(name_of(words, entity), buttons.week_card(entity.id)) for entity in who]
    pairs = [cards[start : start + 2] for start in range(0, len(cards), 2)]
    return [*(pairs or [[today]]), [weekly]]


def weekly_toast(words: Words, answer: Week) -> str:
    """Whether the week comes by itself from now on."""
    if answer.weekly_on is None:
        return words(texts.charts.NOT_WEEKLY_TOAST)
    weekday, time = words.weekday(_weekly_day(answer)), words.time(answer.weekly_minute)
    return words.plain(texts.charts.WEEKLY_TOAST, weekday=weekday, time=time)


def timeline(words: Words, answer: YearAnswer) -> Call:
    """A year as a picture with the latest events, or whose it may be."""
    match answer:
        case Year() if answer.total:
            caption = _of_year(words, answer)
            rows = year_rows(words, answer.entity, followed=answer.followed)
            return _photo(caption, rows, year_picture(answer))
        case Year():
            rows = year_rows(words, answer.entity, followed=answer.followed)
            return Screen(_before(words, answer), rows).sent()
        case Whose(entities):
            text = texts.charts.TIMELINE_WHOM if entities else texts.charts.TIMELINE_NOBODY
            rows = _choices(words, entities, buttons.timeline) or after(words, text)
            return Screen(plain(words(text)), rows).sent()
        case Several() | Unknown():
            return which(words, answer, buttons.timeline).sent()
        case Gone():
            return sentence(words, texts.reading.GONE_ENTITY).sent()


def year_rows(words: Words, entity: Entity, *, followed: bool) -> Rows:
    """The button under a year: to follow, or no longer."""
    if followed:
        return [[button(words(texts.labels.BUTTON_UNFOLLOW), buttons.year_unfollow(entity.id))]]
    label = words.label(texts.labels.BUTTON_FOLLOW, who=name_of(words, entity))
    return [[button(label, buttons.year_follow(entity.id))]]


# --- parts


def _weekly_day(answer: Week) -> date:
    return next(day for day in answer.days if day.weekday() == answer.weekly_on)


def _weekly_time(words: Words, answer: Week) -> str:
    """The day and the time at which the week comes by itself: "Thursday, 08:00"."""
    weekday, time = words.weekday(_weekly_day(answer)), words.time(answer.weekly_minute)
    return words.plain(texts.settings.WEEKDAY_AT, weekday=weekday, time=time)


def _filtered(words: Words, answer: Week) -> Rich:
    """Whose events are left out by filters, as far as all are."""
    named = names(words, answer.filtered, MOST_FILTERED)
    return words.fill(texts.charts.WEEK_FILTERED, names=named) if answer.filtered else Rich()


def _photo(caption: Rich, rows: Rows, picture: Attachment) -> Call:
    params = {"caption": caption.html, "parse_mode": "HTML", "reply_markup": keyboard(rows)}
    return Call("sendPhoto", params, picture)


def _legend(words: Words, answer: Week) -> Rich:
    """Whose colour is which, with the number of events; the last square is for all others. An
    event counts for each whom it names, which is said where one names several."""
    whose = [
        (clip(name_of(words, tally.entity), LONGEST_IN_LEGEND), tally.total) for tally in answer.top
    ]
    if answer.others:
        whose.append((words(texts.charts.WEEK_OTHERS), sum(answer.others)))
    counted = sum(count for _, count in whose)
    return lines(
        *(
            words.row([plain(square), plain(name), plain(words.number(count))], " ")
            for square, (name, count) in zip(SQUARES, whose, strict=False)
        ),
        plain(words(texts.charts.WEEK_SEVERAL) if counted > answer.total else ""),
        _filtered(words, answer),
    )


def _year_head(words: Words, answer: Year) -> Rich:
    first = plain(words.day(answer.since))
    counted = words.count(texts.charts.YEAR, answer.total, first=first)
    none = words.fill(texts.charts.YEAR_NONE, first=first)
    name = bold(name_of(words, answer.entity))
    head = lines(name, description(words, answer.entity))
    return paragraphs(head, counted if answer.total else none)


def _of_year(words: Words, answer: Year) -> Rich:
    """What the caption of a year's chart says, with the events of that year."""
    latest = [event for event in answer.latest if event.day >= answer.weeks[0][0]]
    head = _year_head(words, answer)
    return _with_events(words, head, latest, answer.total, _CAPTION, answer.entity)


def _before(words: Words, answer: Year) -> Rich:
    """That a year has no events, with the newest of before."""
    head, latest = _year_head(words, answer), answer.latest
    return _with_events(words, head, latest, len(latest), _MESSAGE, answer.entity)


def _with_events(
    words: Words,
    head: Rich,
    events: Sequence[Event],
    total: int,
    room: _Room,
    under: Entity | None = None,
) -> Rich:
    """The head, as many of ``total`` events as there is room for, newest first, how many more
    there are, and whose words they are. ``events`` come in the order in which they are worth
    their place."""
    if not events:
        return head
    known = common_language(words, events)
    portal = link(words(texts.events.DAY_PAGE), proper.PORTAL_URL)
    licensed = words.joined([portal, plain(proper.SHARED_LICENCE)])
    foot = lines(texts_in(words, known), licensed)
    shown: list[tuple[Event, Rich]] = []
    for event in events:
        line = dated_line(words, event, known, under, room.line)
        longer = [*shown, (event, line)]
        rest = words.count(texts.events.MORE, total)
        if not paragraphs(head, lines(_newest_first(longer), rest), foot).fits(room.units):
            break
        shown = longer
    rest = words.count(texts.events.MORE, total - len(shown)) if len(shown) < total else Rich()
    return paragraphs(head, lines(_newest_first(shown), rest), foot) if shown else head


def _newest_first(shown: Iterable[tuple[Event, Rich]]) -> Rich:
    ordered = sorted(shown, key=lambda pair: pair[0].day, reverse=True)
    return lines(*(line for _, line in ordered))


def _choices(words: Words, entities: Iterable[Entity], data: Callable[[int], str]) -> Rows:
    shown = list(entities)[:MOST_CHOICES]
    return column(button(described(words, entity), data(entity.id)) for entity in shown)
