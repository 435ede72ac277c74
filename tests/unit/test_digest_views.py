"""How digests look, and that each part and page fits one message, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest import MOST_IN_PART, MOST_OTHERS
from bot.services.summaries import Bundle, Summary
from bot.telegram import views
from bot.telegram.markup import MOST_UNITS
from bot.telegram.screens import Screen
from bot.telegram.wording import Words
from storage.model import Call, DigestKind, Event, Heading
from tests.support.wording import masked, masked_arabic
from tests.unit.test_views import DAY, ENGLISH, EVENT, PORTAL, labels, links, parsed, shown
from tests.unit.test_views_limits import EVENTS, FULL, FULLEST, LANGUAGES

HEADING = Heading(DigestKind.DAILY, DAY)
_NUMBER = re.compile(r"/event_\d+")


def digest_screens(
    words: Words, some: Sequence[Event], many: Sequence[Event]
) -> Iterator[Screen | Call]:
    """All that is shown of digests, of these events."""
    told = tuple(range(100, 199))
    for part in ((), told[:1], told):
        for parts in (1, 2):
            heading = Heading(DigestKind.DAILY, DAY, 1, parts)
            yield views.digest(words, Summary(heading, tuple(some), part, tuple(some[:1])))
    for kind in (DigestKind.QUIET, DigestKind.CATCH_UP):
        for page in (1, 2, 99):
            yield views.bundle(words, Bundle(1, kind, (*some, *many)), page)


def numbered(count: int, **changes: object) -> tuple[Event, ...]:
    """As many events."""
    return tuple(
        replace(EVENT, id=number, title=f"News {number}.", **changes)  # type: ignore[arg-type]
        for number in range(1, count + 1)
    )


def text_of(summary: Summary) -> str:
    """A part as readers see it."""
    return parsed(views.digest(ENGLISH, summary).params).text


def named(text: str) -> list[str]:
    """The events of a text, in order."""
    return [found.removeprefix("/event_") for found in _NUMBER.findall(text)]


# --- a digest


def test_a_digest_has_a_heading_categories_what_was_told_and_others() -> None:
    match = replace(EVENT, id=4, title="A team wins.", category="Sports", topics=(), citations=())
    old = replace(match, id=5, title="A race ends.", day=DAY - timedelta(days=2), page="P/2017 21")
    day_before = DAY - timedelta(days=1)
    other = replace(EVENT, id=9, title="A river rises.", day=day_before, page="P/2017 22")
    content = parsed(
        views.digest(ENGLISH, Summary(HEADING, (EVENT, match, old), (1, 2), (other,))).params
    )
    assert content.text == (
        "Your digest · Thursday 23 November\n\n"
        "International relations\n"
        "• Omar al-Bashir visits Russia. — Al Jazeera, Reuters · /event_17\n\n"
        "Sports\n"
        "• A team wins. · /event_4\n"
        "• A race ends. (21 Nov 2017) · /event_5\n\n"
        "You have had 2 alerts: /event_1 /event_2\n\n"
        "Also in the news\n"
        "• Foreign relations of Russia: A river rises. — Al Jazeera, Reuters · /event_9\n\n"
        "Wikipedia’s Current events: 23 Nov 2017, 22 Nov 2017, 21 Nov 2017, CC BY-SA"
    )
    bold = [content.part(each) for each in content.entities if each.kind == "bold"]
    assert bold == [
        "Your digest · Thursday 23 November",
        "International relations",
        "Sports",
        "Also in the news",
    ]
    assert links(content)["23 Nov 2017"] == PORTAL


def test_one_category_written_otherwise_stands_under_one_heading() -> None:
    names = ("Law and crime", "Law & Crime", "law and crime")
    events = tuple(replace(EVENT, id=n, category=name) for n, name in enumerate(names, 1))
    bundle = Bundle(1, DigestKind.QUIET, events)
    for text in (text_of(Summary(HEADING, events)), shown(views.bundle(ENGLISH, bundle))):
        assert text.casefold().count("law and crime") == 1
        assert "&" not in text
        assert named(text) == ["1", "2", "3"]


def test_a_part_says_which_it_is() -> None:
    heading = Heading(DigestKind.DAILY, DAY, 2, 3)
    text = text_of(Summary(heading, (EVENT,)))
    assert text.startswith("Your digest · Thursday 23 November · 2 of 3\n")


@pytest.mark.parametrize(("count", "folded"), [(5, 0), (6, 0), (7, 2), (12, 7)])
def test_the_tail_of_a_long_category_is_folded(count: int, folded: int) -> None:
    content = parsed(views.digest(ENGLISH, Summary(HEADING, numbered(count))).params)
    quotes = [content.part(each) for each in content.entities if "blockquote" in each.kind]
    assert [len(quote.splitlines()) for quote in quotes] == ([folded] if folded else [])
    assert named(content.text) == [str(number) for number in range(1, count + 1)]


def test_many_alerts_are_one_line_that_counts_the_rest() -> None:
    told = tuple(range(1, 31))
    (line,) = re.findall(r"You have .*", text_of(Summary(HEADING, (EVENT,), told)))
    assert line.startswith("You have had 30 alerts: /event_1 /event_2 ")
    assert line.endswith(" /event_20 and 10 more")
    assert "You have had 1 alert: /event_1\n" in text_of(Summary(HEADING, (EVENT,), (1,)))


# --- alerts as one message


def test_a_bundle_shows_all_its_events_by_pages() -> None:
    found = Bundle(77, DigestKind.CATCH_UP, numbered(30))
    seen: list[str] = []
    for page, turns in ((1, ["Next page ›"]), (2, ["‹ Earlier page", "Next page ›"]),
                        (3, ["‹ Earlier page"])):  # fmt: skip
        params = views.bundle(ENGLISH, found, page).sent().params
        text = parsed(params).text
        assert text.startswith("What you missed\n\n")
        assert text.endswith(f"\nPage {page} of 3")
        assert labels(params) == turns
        seen += named(text)
    assert seen == [str(number) for number in range(1, 31)]
    data = views.bundle(ENGLISH, found, 2).rows[0]
    assert [button["callback_data"] for button in data] == ["c:77:1", "c:77:3"]


def test_a_short_bundle_has_no_pages_and_a_page_too_far_is_the_last() -> None:
    found = Bundle(77, DigestKind.QUIET, numbered(4))
    screen = views.bundle(ENGLISH, found)
    assert shown(screen).startswith("While it was quiet\n\n")
    assert "Page" not in shown(screen)
    assert not screen.rows
    assert shown(views.bundle(ENGLISH, found, 99)) == shown(screen)


# --- limits


LISTS = st.lists(EVENTS, min_size=1, max_size=MOST_IN_PART)


@settings(max_examples=60, deadline=None)
@given(LANGUAGES, LISTS, st.lists(EVENTS, max_size=MOST_OTHERS), st.integers(0, 300))
def test_events_of_any_content_fit_and_none_is_left_out(
    words: Words, mine: list[Event], others: list[Event], told: int
) -> None:
    numbers = tuple(range(2**62, 2**62 + told))
    heading = Heading(DigestKind.DAILY, DAY, 3, 12)
    params = views.digest(words, Summary(heading, tuple(mine), numbers, tuple(others))).params
    text = parsed(params).text
    everything = {str(event.id) for event in (*mine, *others)}
    assert everything <= set(named(text))
    bundle = views.bundle(words, Bundle(2**63 - 1, DigestKind.QUIET, (*mine, *others)), 1)
    assert named(shown(bundle))


@pytest.mark.parametrize(
    "words", [ENGLISH, masked(), masked_arabic()], ids=lambda words: words.language
)
def test_the_fullest_part_fits_with_room_for_a_mark(words: Words) -> None:
    fullest = tuple(
        replace(
            FULLEST,
            id=2**63 - number,
            day=DAY - timedelta(days=number + 3),
            title="😀" * 400,
            category=f"{number} {FULL * 3}",
            page=f"{number} {FULL}",
            withdrawn=False,
        )
        for number in range(1, 16)
    )
    told = tuple(range(2**62, 2**62 + 500))
    heading = Heading(DigestKind.DAILY, DAY, 11, 12)
    summary = Summary(heading, fullest[:MOST_IN_PART], told, fullest[MOST_IN_PART:])
    params = views.digest(words, summary).params
    content = parsed(params)
    assert {str(event.id) for event in fullest} <= set(named(content.text))
    assert len(content.text.encode("utf-16-le")) // 2 <= MOST_UNITS
    found = Bundle(2**63 - 1, DigestKind.CATCH_UP, fullest[:MOST_IN_PART] * 5)
    for page in range(1, 6):
        assert len(named(shown(views.bundle(words, found, page)))) == MOST_IN_PART
