"""The list of sources, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.services.managing import Card, CardAnswer, FeedListing
from bot.telegram import buttons, texts
from bot.telegram.buttons import Button, button
from bot.telegram.markup import Rich, clip, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.pieces import page_of, turning
from bot.telegram.views.settings.parts import clock, place_name
from bot.telegram.views.sources.changes import which_source
from bot.telegram.views.sources.parts import LONGEST_ADDRESS, named, title_of, to_send, why
from bot.telegram.wording import Words
from storage.model import Feed, FeedState

ON_PAGE = 8


def listing(words: Words, found: FeedListing, page: int = 1) -> Screen:
    """A page of the sources: how each fares, and a button that pauses or resumes it. Those that
    fail or have ended come first: among many they would not be found."""
    feeds = sorted(found.feeds, key=_is_well)
    if not feeds:
        return Screen(words.fill(texts.sources.SOURCES_NONE, example=to_send("add")))
    pages = -(-len(feeds) // ON_PAGE)
    page = min(page, pages)
    shown = feeds[(page - 1) * ON_PAGE : page * ON_PAGE]
    body = paragraphs(
        _head(words, feeds),
        *(_entry(words, feed, found.zone) for feed in shown),
        page_of(words, page, pages),
        _ways(words, shown[0]),
    )
    turns = turning(words, page, pages, buttons.sources)
    return Screen(body, [*([_turn(words, f, page)] for f in shown), turns])


def how(words: Words) -> Screen:
    """What else can be done with sources."""
    return Screen(_ways(words))


def card(words: Words, answer: CardAnswer) -> Screen:
    """One source by itself: where it is, how it fares, when it is asked, what it has told."""
    if not isinstance(answer, Card):
        return which_source(words, answer)
    feed = answer.feed
    body = lines(
        _entry(words, feed, answer.zone),
        plain(clip(feed.url, LONGEST_ADDRESS)),
        words.fill(texts.sources.SOURCE_INTERVAL, span=plain(words.span(feed.interval))),
        _next(words, answer),
        words.count(texts.sources.SOURCE_REPORTS, answer.reports),
    )
    back = button(words(texts.follows.BUTTON_RETURN), buttons.sources(1))
    return Screen(paragraphs(body, _ways(words, feed)), [[_turn(words, feed, 1)], [back]])


# --- parts


def _next(words: Words, answer: Card) -> Rich:
    feed = answer.feed
    if feed.state is not FeedState.ACTIVE or feed.due_at is None:
        return Rich()
    return words.fill(texts.sources.SOURCE_NEXT, when=_when(words, feed.due_at, answer.zone))


def _is_well(feed: Feed) -> bool:
    # Of a paused one, too, so that it stays where its button was pressed.
    return feed.failing_since is None and feed.state is not FeedState.ENDED


def _head(words: Words, feeds: Sequence[Feed]) -> Rich:
    failing = sum(feed.state is not FeedState.PAUSED and not _is_well(feed) for feed in feeds)
    return lines(
        words.count(texts.sources.SOURCES_HEAD, len(feeds)),
        words.count(texts.sources.SOURCES_FAILING, failing) if failing else Rich(),
    )


def _entry(words: Words, feed: Feed, zone: ZoneInfo) -> Rich:
    number = plain(str(feed.id))
    language = plain(words.language_name(feed.language) if feed.language else "")
    head = words.fill(texts.sources.SOURCE_LINE, number=number, title=named(feed))
    return lines(words.row([head, language], " · "), _state(words, feed, zone))


def _state(words: Words, feed: Feed, zone: ZoneInfo) -> Rich:
    match feed.state:
        case FeedState.PAUSED:
            return plain(words(texts.sources.SOURCE_PAUSED))
        case FeedState.ENDED:
            return plain(words(texts.sources.SOURCE_ENDED))
    if feed.failing_since is not None:
        since = _when(words, feed.failing_since, zone)
        return words.fill(texts.sources.SOURCE_FAILS, when=since, why=why(feed.failure))
    if feed.last_success_at is None:
        return plain(words(texts.sources.SOURCE_UNREAD))
    return words.fill(texts.sources.SOURCE_READ, when=_when(words, feed.last_success_at, zone))


def _when(words: Words, at: datetime, zone: ZoneInfo) -> Rich:
    local = at.astimezone(zone)
    place = place_name(words, zone.key)
    time = words.plain(texts.settings.TIME_AT, time=clock(words, local), place=place)
    day = words.short_day(local.date())
    return words.fill(texts.sources.SOURCE_WHEN, day=plain(day), time=plain(time))


def _turn(words: Words, feed: Feed, page: int) -> Button:
    resume = feed.state is not FeedState.ACTIVE
    text = texts.sources.BUTTON_SOURCE_RESUME if resume else texts.sources.BUTTON_SOURCE_PAUSE
    data = buttons.source_turn(feed.id, page, resume=resume)
    return button(words.label(text, title=title_of(feed)), data)


def _ways(words: Words, feed: Feed | None = None) -> Rich:
    number = str(feed.id) if feed else "12"
    ways = (
        (texts.sources.SOURCES_HOW_ADD, to_send("add")),
        (texts.sources.SOURCES_HOW_CHECK, to_send("check")),
        (texts.sources.SOURCES_HOW_SHOW, to_send(number, "")),
        (texts.sources.SOURCES_HOW_CHANGE, to_send("remove", number)),
    )
    head = plain(words(texts.sources.SOURCES_HOW))
    return lines(head, *(words.fill(text, example=example) for text, example in ways))
