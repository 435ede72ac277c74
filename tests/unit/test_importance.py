"""Which events come first: what is told of much, great stories, many dead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.digest import Excerpt, excerpt, one_day
from bot.core.importance import by_importance
from storage.model import Event
from tests.unit.test_digest import DAY, event


def listed(number: int, *publishers: str, topic: str = "", title: str = "") -> Event:
    """An event that the portal lists, under a topic if one is given."""
    found = event(number, *publishers)
    topics = ("A country", topic) if topic else ()
    return replace(found, page="Page", topics=topics, title=title or found.title)


def ranked(*events: Event) -> list[int]:
    """Their numbers, the most important first."""
    return [each.id for each in by_importance(events)]


def test_events_of_a_story_come_before_a_curiosity_with_more_links() -> None:
    story = [listed(number, "A", topic="A coup") for number in (3, 4, 5)]
    assert ranked(listed(1, "A", "B", "C", "D"), listed(2, "A"), *story) == [3, 4, 5, 1, 2]


def test_a_topic_of_another_day_or_of_less_is_another_story() -> None:
    coup = listed(1, "A", topic="A coup")
    flood = [listed(number, "A", topic="A flood") for number in (5, 6)]
    before = replace(listed(2, "A", topic="A coup"), day=DAY - timedelta(days=1))
    assert ranked(coup, before, *flood) == [5, 6, 1, 2]


def test_a_story_grows_by_doublings_so_that_it_does_not_hide_the_rest() -> None:
    war = [listed(number, "A", topic="A war") for number in range(10, 17)]
    assert ranked(*war, listed(1, *"ABCDEFGH")) == [1, *range(10, 17)]


def test_each_tenfold_of_the_dead_is_worth_two_publishers() -> None:
    attack = listed(9, "A", title="At least 305 people are killed.")
    crash = listed(8, "A", title="Twelve people are killed, says the town, and 10 are dead.")
    some = (listed(1, "A", "B", "C", "D"), listed(2, "A", "B", "C"), listed(3, "A", "B"))
    assert ranked(*some, crash, attack) == [9, 1, 2, 8, 3]


def test_an_event_of_a_feed_needs_as_many_publishers_more() -> None:
    feeds = [event(7, *"ABCDEF"), event(8, *"ABCD")]
    assert ranked(listed(1, "A", topic="A coup"), *feeds) == [7, 1, 8]


def test_pages_of_a_long_day_and_of_its_categories_keep_one_order() -> None:
    some = [
        replace(
            listed(number, *"ABCDEFG"[: number % 7], topic=("", "A war", "A vote")[number % 3]),
            category=("Law and crime", "Arts")[number % 2],
        )
        for number in range(100)
    ]
    parts = one_day(DAY, some)
    whole = [n for page in range(1, 10) for n in _numbers(excerpt(parts, page))]
    law = [n for page in range(1, 6) for n in _numbers(excerpt(parts, page, "Law and crime"))]
    assert sorted(whole) == list(range(100))
    assert [number for number in ranked(*some) if number % 2 == 0] == law
    assert [set(whole[at : at + 12]) for at in range(0, 96, 12)] == [
        set(ranked(*some)[at : at + 12]) for at in range(0, 96, 12)
    ]


def _numbers(page: Excerpt) -> list[int]:
    return [each.id for part in page.parts for each in part.events]
