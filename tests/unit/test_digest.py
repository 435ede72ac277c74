"""Choice, order and grouping for /today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.core.digest import (
    FEW,
    LONG,
    DayPart,
    Excerpt,
    categories,
    excerpt,
    is_few,
    is_long,
    one_day,
    today,
)
from bot.core.importance import by_importance
from storage.model import Citation, Event

DAY = date(2017, 11, 23)
BEFORE = DAY - timedelta(days=1)


def event(
    number: int,
    *publishers: str,
    category: str = "Sports",
    day: date = DAY,
    withdrawn: bool = False,
) -> Event:
    """An event with a link of each publisher."""
    citations = (Citation(name, f"https://{n}.example") for n, name in enumerate(publishers))
    return Event(
        id=number,
        day=day,
        title=f"Event {number}.",
        category=category,
        topics=(),
        citations=tuple(citations),
        mentions=(),
        page=None,
        language="en",
        revision=1,
        first_shown_at=None,
        withdrawn=withdrawn,
    )


def numbers(parts: tuple[DayPart, ...]) -> list[tuple[date, list[int]]]:
    """The parts as days and event numbers."""
    return [(part.day, [event.id for event in part.events]) for part in parts]


def test_publishers_count_and_not_their_links() -> None:
    events = [
        event(1, "BBC"),
        event(2, "BBC", "bbc", "BBC"),
        event(3, "BBC", "Reuters"),
        event(4, "BBC", "BBC", "bbc"),
    ]
    assert [e.id for e in by_importance(events)] == [3, 1, 2, 4]


def test_mirrors_of_one_owner_count_once() -> None:
    mirrors = ("https://www.bbc.com/1", "https://www.bbc.co.uk/2", "https://news.bbc.co.uk/3")
    owned = replace(event(1), citations=tuple(Citation("", url) for url in mirrors))
    assert [e.id for e in by_importance([owned, event(2, "A", "B")])] == [2, 1]


def test_a_listing_on_the_portal_is_worth_two_publishers() -> None:
    listed = replace(event(9, "A"), page="Portal:Current events/2017 November 23")
    some = [event(1, "A", "B"), event(2, "A", "B", "C"), event(3, "A", "B", "C", "D"), listed]
    assert [e.id for e in by_importance(some)] == [3, 9, 2, 1]


def test_of_equals_the_portals_come_in_its_order_then_the_newest_others() -> None:
    page, noon = "Portal:Current events/2017 November 23", datetime(2017, 11, 23, 12, tzinfo=UTC)
    feeds = [replace(event(n, "A", "B", "C"), first_shown_at=noon.replace(hour=n)) for n in (3, 5)]
    portal = [
        replace(event(n, "A"), page=page, first_shown_at=noon.replace(hour=n)) for n in (4, 6)
    ]
    ranked = by_importance([*feeds, *portal, event(1, "A", "B", "C")])
    assert [e.id for e in ranked] == [4, 6, 5, 3, 1]


def test_events_without_a_category_come_last() -> None:
    (part,) = one_day(DAY, [event(1, "A", "B", category=""), event(2, category="Arts and culture")])
    assert [section.category for section in part.sections] == ["Arts and culture", ""]


def test_the_day_before_is_wanted_only_where_few_events_stand() -> None:
    own = [event(n) for n in range(1, FEW)]
    assert is_few(own, own)
    assert is_few(own, [event(9, withdrawn=True)])
    assert not is_few(own, [event(9)])


# --- long days


def ids(found: Excerpt) -> list[int]:
    """The events of a page."""
    return [each.id for part in found.parts for each in part.events]


def long_day(count: int) -> tuple[DayPart, ...]:
    """A day with so many events, a few of which several publishers tell."""
    names = [f"Paper {n}" for n in range(20)]
    return one_day(
        DAY,
        [
            event(n, *names[: n % 17], category=("", "Law and crime", "Arts and culture")[n % 3])
            for n in range(count)
        ],
    )


@pytest.mark.parametrize(("count", "long"), [(0, False), (LONG, False), (LONG + 1, True)])
def test_a_day_is_long_past_what_the_portal_ever_had(count: int, long: bool) -> None:
    assert is_long(long_day(count)) is long


def test_pages_of_a_long_day_go_down_in_importance_and_have_every_event_once() -> None:
    parts = long_day(100)
    first = excerpt(parts, 1)
    assert (first.number, first.pages) == (1, 9)
    pages = [excerpt(parts, n) for n in range(1, 10)]
    assert [len(ids(page)) for page in pages] == [12] * 8 + [4]
    assert sorted(n for page in pages for n in ids(page)) == list(range(100))
    counts = [[n % 17 for n in ids(page)] for page in pages]
    assert all(min(one) >= max(next_) for one, next_ in pairwise(counts))
    assert first.parts[0].sections[-1].category == ""


def test_pages_of_a_category_have_its_events_only() -> None:
    parts = long_day(100)
    pages = [excerpt(parts, n, "Law and crime") for n in (1, 2, 3)]
    assert [(page.number, page.pages) for page in pages] == [(1, 3), (2, 3), (3, 3)]
    assert sorted(n for page in pages for n in ids(page)) == list(range(1, 100, 3))
    assert excerpt(parts, 99, "Law and crime") == pages[2]
    assert excerpt(parts, 1, "Sports") == Excerpt((), 1, 1)


def test_today_goes_before_the_day_before_on_a_long_day() -> None:
    before = [event(n, "A", "B", day=BEFORE) for n in range(10, 200)]
    parts = today(DAY, [event(1), event(2)], [], before)
    assert is_long(parts)
    found = excerpt(parts, 1)
    assert [part.day for part in found.parts] == [DAY, BEFORE]
    assert ids(found) == [1, 2, *range(10, 20)]
    everything = categories(parts)
    assert [(s.category, len(s.events)) for s in everything] == [("Sports", 192)]


def test_the_category_with_the_most_important_event_comes_first() -> None:
    events = [
        event(1, category="Arts and culture"),
        event(2, "BBC", category="Sport"),
        event(3, "BBC", "AFP", category="Law and crime"),
        event(4, category="Law and crime"),
    ]
    (part,) = one_day(DAY, events)
    assert [(s.category, [e.id for e in s.events]) for s in part.sections] == [
        ("Law and crime", [3, 4]),
        ("Sports", [2]),
        ("Arts and culture", [1]),
    ]


def test_withdrawn_events_never_show() -> None:
    assert one_day(DAY, [event(1, withdrawn=True)]) == ()
    assert today(DAY, [event(1, withdrawn=True)], [], []) == ()


def test_what_was_first_shown_today_counts_to_today_once() -> None:
    late = event(9, day=BEFORE)
    own = [event(n) for n in range(1, FEW)]
    assert numbers(today(DAY, own, [late, own[0]], [late])) == [(DAY, [1, 2, 3, 4, 9])]


def test_few_events_are_followed_by_the_day_before() -> None:
    before = [event(7, day=BEFORE), event(8, day=BEFORE)]
    assert numbers(today(DAY, [event(1)], [before[0]], before)) == [(DAY, [1, 7]), (BEFORE, [8])]


def test_a_day_without_events_has_no_heading() -> None:
    before = [event(7, day=BEFORE)]
    assert numbers(today(DAY, [], [], before)) == [(BEFORE, [7])]
