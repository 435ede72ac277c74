"""How sources look to the operator: every answer, and what fits into a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.managing import (
    AddAnswer,
    Added,
    Card,
    Changed,
    FeedAdded,
    FeedListed,
    FeedListing,
    Looked,
    NotForYou,
    NotRead,
    NotUsable,
    Removed,
    SeveralFeeds,
    UnknownFeed,
)
from bot.services.previewing import Joined, Preview
from bot.services.warning import News
from bot.sources.feeds import Entry, FeedReading
from bot.standin.html import parse_html
from bot.telegram.screens import Screen
from bot.telegram.views import sources as views
from bot.telegram.wording import LANGUAGES, Wording, Words
from storage.model import Dropped, Entity, Feed, FeedState

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
FEED = Feed(7, "https://α.γρ", "https://α.γρ", title="Άλφα", language="en")
FAILING = replace(FEED, failing_since=NOW, failure="σφάλμα")
ENDED = replace(FEED, state=FeedState.ENDED, failure="τέλος")
PAUSED = replace(FEED, state=FeedState.PAUSED)
GONE = replace(FEED, state=FeedState.REMOVED)
READ = replace(FEED, last_success_at=NOW, language="")
ENTRY = Entry("κ", "", None, "Τίτλος")
SEEN = FeedReading("Άλφα", None, "en", None, (ENTRY,), (Dropped("λ", "μ"),))
NAMED = Preview(ENTRY, "", (Entity(1, "Ωμέγα"),), Joined(3, None))
PLAIN = Preview(ENTRY, "", (), None)
_COMMAND = re.compile(r"(?:/|dateline )sources (?:[a-z]+ [^\s<⟧\u2069]+|\d+)")


def source_screens(words: Words) -> Iterator[Screen | str]:
    """All that is shown of sources, but for commands to send, which have Latin letters."""
    for feeds in ((FEED, FAILING, ENDED, PAUSED, READ), (FEED,) * 20):
        for page in (1, 2, 9):
            yield _without_examples(views.listing(words, FeedListing(feeds, UTC_ZONE), page))
    yield _without_examples(views.listing(words, FeedListing((), UTC_ZONE)))
    yield _without_examples(views.how(words))
    for feed in (FEED, FAILING, PAUSED):
        polled = replace(feed, due_at=NOW, url="α.γρ")
        yield _without_examples(views.card(words, Card(polled, 3, UTC_ZONE)))
    yield views.not_here(words, NotForYou(7))
    yield from _changes(words)
    yield from _additions(words)
    yield _without_examples(views.checked(words, Looked("α", SEEN, (NAMED, PLAIN))))
    yield _without_examples(views.checked(words, Looked("α", FeedReading(), ())))
    there = Looked("α", SEEN, (), replace(FEED, url="β"), led_from="α")
    yield _without_examples(views.checked(words, there))
    for news in (News((FAILING,)), News((), (ENDED, FEED)), News((), (), (FEED,) * 30)):
        yield views.source_news(words, news)


def _changes(words: Words) -> Iterator[Screen | str]:
    for feed in (FEED, PAUSED, ENDED, GONE):
        for was in (FeedState.ACTIVE, FeedState.PAUSED):
            yield _without_examples(views.changed(words, Changed(feed, was)))
            yield views.turned_toast(words, Changed(feed, was))
    for unclear in (SeveralFeeds("ξ", (FEED,) * 30), UnknownFeed("ξ", ()),
                    UnknownFeed("ξ", (FEED,)), Removed(GONE), NotForYou(7)):  # fmt: skip
        yield _without_examples(views.which_source(words, unclear))
        yield _without_examples(views.removal(words, unclear))
        yield _without_examples(views.changed(words, unclear))
    yield views.turned_toast(words, UnknownFeed("ξ", ()))
    yield from (views.removal(words, FEED), views.stays(words, FEED))


def _additions(words: Words) -> Iterator[Screen]:
    unread = NotRead("α", "σφάλμα")
    answers: tuple[AddAnswer, ...] = (
        *(FeedListed(FeedAdded(FEED, how), late) for how in Added for late in (None, unread)),
        FeedListed(FeedAdded(replace(FEED, url="β"), Added.KNOWN, led_from="α")),
        unread, NotRead("α"), NotRead("α", "σφάλμα", is_private=True),
        NotRead("α", "", ("β", "γ")), NotUsable("ξ"), NotUsable(""), NotForYou(7),
    )  # fmt: skip
    for answer in answers:
        yield _without_examples(views.adding(words, answer))
        if not isinstance(answer, FeedListed):
            yield _without_examples(views.checked(words, answer))


def _without_examples(screen: Screen) -> Screen:
    """The screen without the commands to send, which nobody translates."""
    html = _COMMAND.sub("/sources", screen.body.html)
    return replace(screen, body=replace(screen.body, html=html))


# --- what fits


def test_nothing_is_too_long_in_any_language() -> None:
    """The longest of each, in every language."""
    wide = replace(FAILING, title="Ω" * 500, failure="ξ" * 900, url=f"https://α.γρ/{'x' * 1900}")
    wide = replace(wide, key=wide.url)
    for language in LANGUAGES:
        words = Wording().of(language)
        for screen in (
            views.listing(words, FeedListing((wide,) * 40, UTC_ZONE)),
            views.card(words, Card(wide, 10**6, UTC_ZONE)),
            views.source_news(words, News((wide,) * 30, (wide,) * 30, (wide,) * 30)),
            views.which_source(words, SeveralFeeds("ξ" * 900, (wide,) * 90)),
            views.changed(words, Changed(replace(wide, state=FeedState.REMOVED), wide.state)),
            views.adding(words, NotRead(wide.url, "", (wide.url,) * 30)),
            views.adding(words, FeedListed(FeedAdded(wide, Added.KNOWN, led_from=wide.url))),
            views.checked(words, Looked(wide.url, SEEN, (replace(NAMED, entry=ENTRY),) * 3)),
        ):
            assert screen.body.fits(), (language, screen.body.units)


def test_times_are_those_of_the_chat() -> None:
    tokyo = FeedListing((READ,), ZoneInfo("Asia/Tokyo"))
    text = parse_html(views.listing(Words("en"), tokyo).body.html).text
    assert "read on 23 Nov 2026, 08:30 (Tokyo)" in text


def test_one_by_itself_says_where_it_is_how_it_fares_and_when_it_is_asked() -> None:
    feed = replace(FAILING, due_at=NOW + timedelta(minutes=9), interval=timedelta(minutes=15))
    told = parse_html(views.card(Words("en"), Card(feed, 1234, UTC_ZONE)).body.html).text
    assert told.startswith(
        "7. Άλφα · English\n"
        "has failed since 22 Nov 2026, 23:30 (UTC): σφάλμα\n"
        "https://α.γρ\n"
        "Interval: 15 minutes\n"
        "Next time: 22 Nov 2026, 23:39 (UTC)\n"
        "1,234 reports so far\n\n"
    )
    paused = replace(feed, state=FeedState.PAUSED, interval=timedelta(hours=5))
    still = views.card(Words("de"), Card(paused, 0, UTC_ZONE)).body.html
    assert "5 Stunden" in still
    assert "23:39" not in still


def test_markup_in_titles_is_text() -> None:
    bold = replace(FAILING, title="<b>x</b>", failure="<i>y</i>")
    html = views.listing(Words("en"), FeedListing((bold,), UTC_ZONE)).body.html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "&lt;i&gt;y&lt;/i&gt;" in html
