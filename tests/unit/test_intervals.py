"""How often a feed is polled."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.intervals import FIRST, LONGEST, SHORTEST, longest, next_interval

_SPANS = st.timedeltas(timedelta(seconds=1), timedelta(days=30))


@given(_SPANS, st.booleans(), st.none() | _SPANS)
def test_it_stays_between_two_minutes_and_two_hours(
    interval: timedelta, changed: bool, asked: timedelta | None
) -> None:
    chosen = next_interval(interval, changed=changed, asked=asked)
    assert SHORTEST <= chosen <= LONGEST
    assert asked is None or chosen >= min(asked, LONGEST)


def test_a_feed_that_always_changes_is_polled_as_often_as_allowed() -> None:
    interval = FIRST
    for _ in range(10):
        interval = next_interval(interval, changed=True)
    assert interval == SHORTEST
    assert next_interval(interval, changed=True, asked=timedelta(minutes=10)) == 5 * SHORTEST


def test_a_feed_that_never_changes_is_polled_as_seldom_as_allowed() -> None:
    interval = FIRST
    for _ in range(10):
        interval = next_interval(interval, changed=False)
    assert interval == LONGEST


def test_one_that_changes_every_third_time_keeps_its_pace() -> None:
    interval = start = timedelta(minutes=30)
    for changed in (True, False, False) * 20:
        interval = next_interval(interval, changed=changed)
    assert start / 2 < interval < start * 2


def test_the_longest_that_is_asked_for_counts() -> None:
    one, two = timedelta(minutes=1), timedelta(minutes=2)
    assert longest(one, None, two) == longest(two, one) == two
    assert longest(None, one) == one
    assert longest(None, None) is longest() is None
