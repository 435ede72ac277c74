"""How long to wait after failures. Pure; chance comes as an argument."""

from __future__ import annotations

from datetime import timedelta

LONGEST = timedelta(hours=2)


def backoff(failures: int, interval: timedelta, share: float) -> timedelta:
    """The time until a source polled every ``interval`` is asked again, after ``failures`` in a
    row; ``share`` in [0, 1) is drawn anew for each.

    The interval doubles with each failure, up to two hours, or to itself where it is longer.
    Sources that failed together come back apart: the wait is drawn from the upper half of
    that, so that it is never shorter than the interval ("equal jitter": M. Brooker,
    Exponential Backoff And Jitter, AWS Architecture Blog, 2015).
    """
    wait, longest = interval, max(interval, LONGEST)
    for _ in range(failures):
        if not timedelta() < wait < longest:
            break
        wait = min(wait * 2, longest)
    return min(max(interval, wait / 2 * (1 + share)), longest)


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the failure that follows ``attempts`` others: 1 s, doubled
    each time, five minutes at most."""
    return timedelta(seconds=min(2.0 ** min(attempts, 10), 300.0))
