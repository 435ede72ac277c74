"""What a poll reads and may push: gaps, windows and doubts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.schedule import is_doubtful, telling_after, window
from storage.model import Telling

NOW = datetime(2017, 11, 24, 0, 30, tzinfo=UTC)


def test_the_first_poll_is_silent() -> None:
    assert telling_after(None, NOW) is Telling.SILENT


def test_a_gap_of_more_than_six_hours_pushes_no_single_alerts() -> None:
    assert telling_after(NOW - timedelta(hours=6), NOW) is Telling.PUSH
    assert telling_after(NOW - timedelta(hours=6, seconds=1), NOW) is Telling.CATCH_UP


def test_a_poll_reads_today_and_the_two_days_before() -> None:
    days = window(NOW, NOW - timedelta(minutes=1), deep=False)
    assert days == [date(2017, 11, 24), date(2017, 11, 23), date(2017, 11, 22)]


def test_a_deep_poll_reads_a_week() -> None:
    assert len(window(NOW, NOW, deep=True)) == 7


def test_after_a_gap_all_days_since_are_read() -> None:
    days = window(NOW, NOW - timedelta(days=10), deep=False)
    assert days[-1] <= date(2017, 11, 14)
    assert len(days) == len(set(days))


def test_the_first_poll_reads_the_usual_days() -> None:
    assert len(window(NOW, None, deep=False)) == 3


@pytest.mark.parametrize(
    ("present", "lost", "doubtful"),
    [(2, 2, False), (3, 1, False), (3, 2, True), (4, 2, False), (10, 10, True), (0, 0, False)],
)
def test_a_version_that_loses_more_than_half_is_doubtful(
    present: int, lost: int, doubtful: bool
) -> None:
    assert is_doubtful(present, lost, None, NOW) is doubtful


def test_an_hour_ends_the_doubt() -> None:
    assert is_doubtful(10, 10, NOW - timedelta(minutes=59), NOW)
    assert not is_doubtful(10, 10, NOW - timedelta(hours=1), NOW)
