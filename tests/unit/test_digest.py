"""Choice, order and grouping for /today."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.digest import FEW, DayPart, importance, one_day, today
from storage.model import Citation, Event

DAY = date(2017, 11, 23)
BEFORE = DAY - timedelta(days=1)


def event(
    number: int,
    *publishers: str,
    category: str = "Sport",
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


def test_publishers_count_before_links_before_numbers() -> None:
    events = [
        event(1, "BBC"),
        event(2, "BBC", "bbc", "BBC"),
        event(3, "BBC", "Reuters"),
        event(4, "BBC", "BBC", "bbc"),
    ]
    assert [e.id for e in sorted(events, key=importance)] == [3, 2, 4, 1]


def test_the_category_with_the_most_important_event_comes_first() -> None:
    events = [
        event(1, category="Arts"),
        event(2, "BBC", category="Sport"),
        event(3, "BBC", "AFP", category="Law"),
        event(4, category="Law"),
    ]
    (part,) = one_day(DAY, events)
    assert [(s.category, [e.id for e in s.events]) for s in part.sections] == [
        ("Law", [3, 4]),
        ("Sport", [2]),
        ("Arts", [1]),
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
