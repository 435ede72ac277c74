"""When digests are due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hours import digest_day, next_digest, next_weekly

BERLIN = ZoneInfo("Europe/Berlin")
EIGHT = 8 * 60
ZONES = [
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/New_York",
    "America/Nuuk",
    "UTC",
]
MINUTES = st.integers(0, 24 * 60 - 1)
START = datetime(2009, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 20 * 366 * 86_400).map(lambda step: START + timedelta(seconds=step))


def test_the_digest_is_due_at_its_time_today_or_tomorrow() -> None:
    before = datetime(2026, 11, 22, 6, 59, tzinfo=UTC)
    due = datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert next_digest(EIGHT, BERLIN, before, None) == due
    assert next_digest(EIGHT, BERLIN, due, None) == due + timedelta(days=1)


def test_a_changed_time_brings_no_second_digest_that_day() -> None:
    sent = datetime(2026, 11, 22, 7, tzinfo=UTC)
    last = digest_day(sent, BERLIN)
    assert last == date(2026, 11, 22)
    later = next_digest(20 * 60, BERLIN, sent, last)
    assert later == datetime(2026, 11, 23, 19, tzinfo=UTC)


def test_a_changed_zone_brings_no_second_digest_that_date() -> None:
    sent = datetime(2026, 11, 22, 7, tzinfo=UTC)
    honolulu = ZoneInfo("Pacific/Honolulu")
    assert digest_day(sent, honolulu) == date(2026, 11, 21)  # there it is the day before
    assert next_digest(EIGHT, honolulu, sent, date(2026, 11, 22)) == datetime(
        2026, 11, 23, 18, tzinfo=UTC
    )


def test_a_skipped_date_shares_the_digest_of_the_next() -> None:
    apia = ZoneInfo("Pacific/Apia")
    due = next_digest(EIGHT, apia, datetime(2011, 12, 29, 20, tzinfo=UTC), date(2011, 12, 29))
    assert due == datetime(2011, 12, 30, 18, tzinfo=UTC)
    assert digest_day(due, apia) == date(2011, 12, 31)
    assert next_digest(EIGHT, apia, due, digest_day(due, apia)) == due + timedelta(days=1)


def test_a_time_skipped_over_midnight_is_the_next_dates() -> None:
    nuuk, minute = ZoneInfo("America/Nuuk"), 23 * 60 + 30
    due = next_digest(minute, nuuk, datetime(2026, 3, 28, 12, tzinfo=UTC), date(2026, 3, 27))
    assert due.astimezone(nuuk).isoformat() == "2026-03-29T00:30:00-01:00"
    minutes_before = due - timedelta(minutes=20)
    assert next_digest(minute, nuuk, minutes_before, date(2026, 3, 27)) == due
    after = next_digest(minute, nuuk, due, digest_day(due, nuuk))
    assert digest_day(after, nuuk) == date(2026, 3, 30)


@settings(max_examples=150, deadline=None)
@given(MINUTES, st.sampled_from(ZONES), INSTANTS)
def test_each_date_has_one_digest(minute: int, key: str, start: datetime) -> None:
    zone, now, last = ZoneInfo(key), start, None
    dates: list[date] = []
    for _ in range(40):
        now = next_digest(minute, zone, now, last)
        last = digest_day(now, zone)
        dates.append(last)
    steps = [(after - day).days for day, after in pairwise(dates)]
    assert set(steps) <= {1, 2}
    assert steps.count(2) <= 1


CHANGED = st.tuples(MINUTES, st.sampled_from(ZONES), st.integers(0, 60 * 60))


@settings(max_examples=150, deadline=None)
@given(INSTANTS, st.lists(CHANGED, min_size=2, max_size=30))
def test_no_date_has_two_digests_whatever_changes(
    now: datetime, changes: list[tuple[int, str, int]]
) -> None:
    last: date | None = None
    for minute, key, seconds in changes:
        zone = ZoneInfo(key)
        due = next_digest(minute, zone, now, last)
        assert due > now
        if due - now <= timedelta(days=1):  # it goes; else the reader changes it before
            assert last is None or digest_day(due, zone) > last
            last, now = digest_day(due, zone), due
        now += timedelta(seconds=seconds)


@settings(deadline=None)
@given(st.integers(0, 6), MINUTES, st.sampled_from(ZONES), INSTANTS)
def test_a_weekly_digest_is_due_on_its_day(
    weekday: int, minute: int, key: str, now: datetime
) -> None:
    zone = ZoneInfo(key)
    due = next_weekly(weekday, minute, zone, now, None)
    assert now < due <= now + timedelta(days=8)
    local = due.astimezone(zone)
    shown = (local.weekday(), local.hour * 60 + local.minute)
    assert shown == (weekday, minute) or _skips(due, zone)
    assert next_weekly(weekday, minute, zone, due, digest_day(due, zone)) > due + timedelta(days=5)


def _skips(due: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks are put forward in the day before."""
    before, after = (due - timedelta(days=1)).astimezone(zone), due.astimezone(zone)
    return (before.utcoffset() or timedelta()) < (after.utcoffset() or timedelta())


def test_a_weekly_digest_comes_once_that_day() -> None:
    sunday = datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert next_weekly(6, EIGHT, BERLIN, sunday - timedelta(hours=1), None) == sunday
    assert next_weekly(6, 20 * 60, BERLIN, sunday, date(2026, 11, 22)) == datetime(
        2026, 11, 29, 19, tzinfo=UTC
    )


@pytest.mark.parametrize("weekday", [-1, 7])
def test_no_other_days_of_the_week(weekday: int) -> None:
    with pytest.raises(ValueError, match="day of the week"):
        next_weekly(weekday, EIGHT, BERLIN, datetime(2026, 11, 22, tzinfo=UTC), None)
