"""How weeks and years look: a chart, its legend, and the events as far as a caption holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.services.finding import Several, Unknown
from bot.services.following import Gone
from bot.services.reviewing import NobodyFollowed, Week, WeekAnswer, Whose, Year, YearAnswer
from bot.telegram import buttons, texts
from bot.telegram.attachments import week_picture, year_picture
from bot.telegram.buttons import Rows, button, column, keyboard
from bot.telegram.charts import SQUARES
from bot.telegram.markup import Rich, bold, clip, lines, link, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.fixed import sentence
from bot.telegram.views.onward import after
from bot.telegram.views.people import which
from bot.telegram.views.pieces import (
    described,
    description,
    line_title,
    name_of,
    number,
    page_link,
)
from bot.telegram.wording import Words
from storage.model import Attachment, Call, Entity, Event

MOST_CAPTION = 928  # of Telegram's 1024: the rest is kept for a mark below sample messages
LONGEST_EVENT = 140
LONGEST_IN_LEGEND = 40
MOST_CHOICES = 20


def week(words: Words, answer: WeekAnswer) -> Call:
    """A week as a picture with its legend and events, or why there is none."""
    if isinstance(answer, NobodyFollowed):
        choices = _choices(words, answer.suggestions, buttons.follow)
        rows = choices or after(words, texts.FOLLOWING_NONE)
        return Screen(plain(words(texts.FOLLOWING_NONE)), rows).sent()
    first, last = (plain(words.short_day(day)) for day in (answer.days[0], answer.days[-1]))
    if not answer.total:
        none = words.fill(texts.WEEK_NONE, first=first, last=last)
        return Screen(none, week_rows(words, answer)).sent()
    head = words.count(texts.WEEK, answer.total, first=first, last=last)
    caption = _with_events(
        words, paragraphs(head, _legend(words, answer)), answer.events, answer.total
    )
    return _photo(caption, week_rows(words, answer), week_picture(answer))


def week_rows(words: Words, answer: Week) -> Rows:
    """The buttons under a week: who was in the news, and whether it comes by itself."""
    wanted = answer.weekly_on is None
    label = texts.BUTTON_WEEKLY if wanted else texts.BUTTON_NOT_WEEKLY
    weekly = button(words(label), buttons.weekly(answer.days[-1], wanted=wanted))
    today = button(words(texts.BUTTON_TODAY), buttons.week_today())
    who = (tally.entity for tally in answer.top)
    cards = [button(name_of(words, entity), buttons.week_card(entity.id)) for entity in who]
    pairs = [cards[start : start + 2] for start in range(0, len(cards), 2)]
    return [*(pairs or [[today]]), [weekly]]


def weekly_toast(words: Words, answer: Week) -> str:
    """Whether the week comes by itself from now on."""
    if answer.weekly_on is None:
        return words(texts.NOT_WEEKLY_TOAST)
    day = next(day for day in answer.days if day.weekday() == answer.weekly_on)
    return words.plain(texts.WEEKLY_TOAST, weekday=words.weekday(day))


def timeline(words: Words, answer: YearAnswer) -> Call:
    """A year as a picture with the latest events, or whose it may be."""
    match answer:
        case Year() if answer.total:
            caption = _latest(words, answer)
            rows = year_rows(words, answer.entity, followed=answer.followed)
            return _photo(caption, rows, year_picture(answer))
        case Year():
            rows = year_rows(words, answer.entity, followed=answer.followed)
            return Screen(_latest(words, answer), rows).sent()
        case Whose(entities):
            text = texts.TIMELINE_WHOM if entities else texts.TIMELINE_NOBODY
            return Screen(plain(words(text)), _choices(words, entities, buttons.timeline)).sent()
        case Several() | Unknown():
            return which(words, answer, buttons.timeline).sent()
        case Gone():
            return sentence(words, texts.GONE_ENTITY).sent()


def year_rows(words: Words, entity: Entity, *, followed: bool) -> Rows:
    """The button under a year: to follow, or no longer."""
    if followed:
        return [[button(words(texts.BUTTON_UNFOLLOW), buttons.year_unfollow(entity.id))]]
    label = words.plain(texts.BUTTON_FOLLOW, who=name_of(words, entity))
    return [[button(label, buttons.year_follow(entity.id))]]


# --- parts


def _photo(caption: Rich, rows: Rows, picture: Attachment) -> Call:
    params = {"caption": caption.html, "parse_mode": "HTML", "reply_markup": keyboard(rows)}
    return Call("sendPhoto", params, picture)


def _legend(words: Words, answer: Week) -> Rich:
    """Whose colour is which, with the number of events; the last square is for all others."""
    whose = [
        (clip(name_of(words, tally.entity), LONGEST_IN_LEGEND), tally.total) for tally in answer.top
    ]
    if answer.others:
        whose.append((words(texts.WEEK_OTHERS), sum(answer.others)))
    return lines(
        *(
            words.row([plain(square), plain(name), plain(words.number(count))], " ")
            for square, (name, count) in zip(SQUARES, whose, strict=False)
        )
    )


def _year_head(words: Words, answer: Year) -> Rich:
    first = plain(words.day(answer.weeks[0][0]))
    counted = words.count(texts.YEAR, answer.total, first=first)
    none = words.fill(texts.YEAR_NONE, first=first)
    name = bold(name_of(words, answer.entity))
    head = lines(name, description(words, answer.entity))
    return paragraphs(head, counted if answer.total else none)


def _latest(words: Words, answer: Year) -> Rich:
    head = _year_head(words, answer)
    return _with_events(words, head, answer.latest, len(answer.latest), answer.entity)


def _with_events(
    words: Words, head: Rich, events: Sequence[Event], total: int, under: Entity | None = None
) -> Rich:
    """The head, as many of ``total`` events as the caption holds, newest first, how many more
    there are, and whose words they are. ``events`` come in the order in which they are worth
    their place."""
    if not events:
        return head
    portal = link(words(texts.DAY_PAGE), texts.PORTAL_URL)
    foot = words.joined([portal, plain(texts.SHARED_LICENCE)])
    shown: list[tuple[Event, Rich]] = []
    for event in events:
        longer = [*shown, (event, _event_line(words, event, under))]
        rest = words.count(texts.MORE, total)
        if not paragraphs(head, lines(_newest_first(longer), rest), foot).fits(MOST_CAPTION):
            break
        shown = longer
    rest = words.count(texts.MORE, total - len(shown)) if len(shown) < total else Rich()
    return paragraphs(head, lines(_newest_first(shown), rest), foot) if shown else head


def _newest_first(shown: Iterable[tuple[Event, Rich]]) -> Rich:
    ordered = sorted(shown, key=lambda pair: pair[0].day, reverse=True)
    return lines(*(line for _, line in ordered))


def _event_line(words: Words, event: Event, under: Entity | None) -> Rich:
    day = words.short_day(event.day)
    linked = page_link(event, day) if event.page else plain(day)
    told = [linked, line_title(words, event, LONGEST_EVENT, under), number(event)]
    return words.row(told, " ")


def _choices(words: Words, entities: Iterable[Entity], data: Callable[[int], str]) -> Rows:
    shown = list(entities)[:MOST_CHOICES]
    return column(button(described(words, entity), data(entity.id)) for entity in shown)
