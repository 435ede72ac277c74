"""What a digest lists, in which order and parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.digest import MOST_IN_PART, digest_parts, grouped, most_reported
from storage.model import Citation, DigestItem, Section
from tests.unit.test_digest import event


def short(parts: list[tuple[DigestItem, ...]]) -> list[list[tuple[str, int]]]:
    """Each part's sections and events."""
    return [[(item.section.value[0], item.event_id) for item in part] for part in parts]


def test_what_concerns_the_chat_stands_before_what_it_was_told_and_the_others() -> None:
    parts = digest_parts([event(4), event(2)], [9, 8], [event(7), event(6)])
    assert short(parts) == [[("m", 4), ("m", 2), ("t", 9), ("t", 8), ("o", 7), ("o", 6)]]


@pytest.mark.parametrize(
    ("mine", "others", "sizes"),
    [
        (0, 0, []),
        (0, 3, [3]),
        (12, 0, [12]),
        (9, 3, [12]),
        (10, 3, [10, 3]),
        (13, 0, [12, 1]),
        (24, 1, [12, 12, 1]),
    ],
)
def test_parts_have_twelve_events_at_most_and_the_others_stay_together(
    mine: int, others: int, sizes: list[int]
) -> None:
    first = [event(number) for number in range(1, mine + 1)]
    last = [event(number) for number in range(101, 101 + others)]
    told = list(range(201, 260))
    parts = digest_parts(first, told, last)
    counted = [[i for i in part if i.section is not Section.TOLD] for part in parts]
    assert list(map(len, counted)) == sizes
    assert [len(part) - len(count) for part, count in zip(parts, counted, strict=True)] == (
        [0] * (len(sizes) - 1) + [len(told)] if sizes else []
    )


def test_alerts_that_were_told_are_no_reason_for_a_digest() -> None:
    assert digest_parts([], [1, 2, 3], []) == []


@given(st.lists(st.integers(1, 99), unique=True, max_size=40), st.integers(0, 3))
def test_every_event_stands_once_in_order(numbers: list[int], others: int) -> None:
    last = list(range(100, 100 + others))
    parts = digest_parts([event(n) for n in numbers], [], [event(n) for n in last])
    assert [item.event_id for part in parts for item in part] == [*numbers, *last]
    assert all(0 < len(part) <= MOST_IN_PART for part in parts)


def test_events_are_grouped_by_category_the_most_important_first() -> None:
    events = [
        event(1, "A", category="Sport"),
        event(2, "A", "B", category="Law"),
        event(3, "A", "B", "C", category="Sport"),
        event(4, "A", category="Law", withdrawn=True),
    ]
    assert [each.id for each in grouped(events)] == [3, 1, 2]


def test_the_most_reported_are_those_that_stand() -> None:
    events = [
        event(1, "A", "B"),
        event(2, "A"),
        event(3, "A", "B", "C", withdrawn=True),
        event(4, "A", "B"),
    ]
    assert [each.id for each in most_reported(events)] == [1, 4, 2]


def test_the_most_reported_are_those_of_most_publishers_wherever_they_are_listed() -> None:
    listed = replace(event(1, "A", "B"), page="Portal:Current events/2017 November 23")
    mirrored = replace(
        event(2),
        citations=tuple(Citation(f"B {n}", f"https://site{n}.bbc.co.uk/") for n in range(5)),
    )
    events = [mirrored, listed, event(3, "A", "B", "C"), event(4, "A", "B")]
    assert [each.id for each in most_reported(events)] == [3, 1, 4, 2]
