"""The wait after failures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.backoff import LONGEST, backoff, retry_delay

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

_intervals = st.timedeltas(timedelta(), timedelta(days=30))
_shares = st.floats(0, 1, exclude_max=True)


@pytest.mark.parametrize(
    ("failures", "interval", "share", "wait"),
    [
        (0, 5 * MINUTE, 0.9, 5 * MINUTE),
        (1, 5 * MINUTE, 0.0, 5 * MINUTE),
        (1, 5 * MINUTE, 0.5, 7.5 * MINUTE),
        (2, 5 * MINUTE, 0.0, 10 * MINUTE),
        (2, 5 * MINUTE, 0.5, 15 * MINUTE),
        (4, 5 * MINUTE, 0.5, 60 * MINUTE),
        (5, 5 * MINUTE, 0.5, 90 * MINUTE),
        (10**9, 5 * MINUTE, 0.0, HOUR),
        (3, 2 * HOUR, 0.9, 2 * HOUR),
        (3, 24 * HOUR, 0.9, 24 * HOUR),
    ],
)
def test_it_doubles_up_to_two_hours(
    failures: int, interval: timedelta, share: float, wait: timedelta
) -> None:
    assert backoff(failures, interval, share) == wait


@given(st.integers(0, 10**12), _intervals, _shares)
def test_it_is_never_shorter_than_the_interval_nor_much_longer_than_wanted(
    failures: int, interval: timedelta, share: float
) -> None:
    wait = backoff(failures, interval, share)
    assert interval <= wait <= max(interval, LONGEST)


@given(st.integers(0, 40), _intervals, _shares)
def test_one_more_failure_never_shortens_it(
    failures: int, interval: timedelta, share: float
) -> None:
    assert backoff(failures, interval, share) <= backoff(failures + 1, interval, share)


def test_sources_that_failed_together_come_back_apart() -> None:
    waits = [backoff(6, 5 * MINUTE, share / 10) for share in range(10)]
    assert waits == sorted(set(waits))
    assert waits[-1] - waits[0] > 50 * MINUTE


def test_retries_wait_longer_each_time_up_to_five_minutes() -> None:
    delays = [retry_delay(attempts).total_seconds() for attempts in (0, 1, 2, 3, 8, 9, 1000)]
    assert delays == [1, 2, 4, 8, 256, 300, 300]
