"""Quiet hours in every zone, whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.hours import Quiet, Turn, quiet_turns, utc_of

# A zone with an instant near which its clocks change, or something else is odd.
CHANGES = [
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC)),  # at midnight
    ("America/Sao_Paulo", datetime(2018, 2, 18, 2, tzinfo=UTC)),
    ("America/Nuuk", datetime(2026, 3, 29, 1, tzinfo=UTC)),  # over midnight
    ("America/Nuuk", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(1985, 12, 31, 18, 30, tzinfo=UTC)),  # by 15 minutes
    ("Australia/Sydney", datetime(2026, 10, 3, 16, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),  # by half an hour
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Antarctica/Troll", datetime(2026, 3, 29, 1, tzinfo=UTC)),  # by two hours
    ("Antarctica/Troll", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),  # a date skipped
    ("Pacific/Apia", datetime(1892, 7, 5, 11, tzinfo=UTC)),  # a date twice
    ("Pacific/Kwajalein", datetime(1993, 8, 21, 12, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 2, 15, 2, tzinfo=UTC)),
    ("Africa/Casablanca", datetime(2026, 3, 22, 2, tzinfo=UTC)),
    ("Pacific/Honolulu", datetime(2026, 7, 1, tzinfo=UTC)),
    ("Etc/GMT-14", datetime(2026, 7, 1, tzinfo=UTC)),
    ("UTC", datetime(2026, 7, 1, tzinfo=UTC)),
]
MINUTES = st.integers(0, 24 * 60 - 1)
QUIET = st.builds(
    lambda start, length: Quiet(start, (start + length) % 1440), MINUTES, st.integers(1, 1439)
)
START = datetime(1900, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 200 * 365 * 86_400).map(lambda step: START + timedelta(seconds=step))
NEARBY = st.builds(timedelta, seconds=st.integers(-60 * 3600, 60 * 3600))


def intervals(quiet: Quiet, zone: ZoneInfo, now: datetime) -> list[tuple[datetime, datetime]]:
    """All quiet hours of the weeks around, read from the rule word by word."""
    found = []
    for step in range(-9, 10):
        day = now.date() + timedelta(days=step)
        last = day if quiet.end > quiet.start else day + timedelta(days=1)
        start = datetime(day.year, day.month, day.day, *divmod(quiet.start, 60), tzinfo=zone)
        end = datetime(last.year, last.month, last.day, *divmod(quiet.end, 60), tzinfo=zone)
        found.append((start.astimezone(UTC), end.astimezone(UTC)))
    return found


def by_brute_force(quiet: Quiet, zone: ZoneInfo, now: datetime) -> Turn:
    spans = intervals(quiet, zone, now)

    def is_quiet(at: datetime) -> bool:
        return any(start <= at < end for start, end in spans)

    edges = sorted(edge for span in spans for edge in span if edge > now)
    return Turn(is_quiet(now), next(edge for edge in edges if is_quiet(edge) != is_quiet(now)))


@settings(max_examples=1500, deadline=None)
@given(QUIET, st.sampled_from(CHANGES), NEARBY)
@example(Quiet(150, 190), CHANGES[0], timedelta(hours=-3))  # in reverse order on that day
@example(Quiet(120, 180), CHANGES[0], timedelta(hours=-1))  # both at one instant
@example(Quiet(180, 150), CHANGES[0], timedelta(hours=-9))  # two days' hours meet
@example(Quiet(0, 1439), CHANGES[14], timedelta(hours=-1))
def test_agrees_with_the_rule_near_a_change(
    quiet: Quiet, change: tuple[str, datetime], nearby: timedelta
) -> None:
    zone, now = ZoneInfo(change[0]), change[1] + nearby
    assert quiet_turns(quiet, zone, now) == by_brute_force(quiet, zone, now)


@settings(max_examples=500, deadline=None)
@given(
    QUIET,
    st.timezones().filter(lambda zone: zone.key not in ("localtime", "Factory")),
    INSTANTS,
)
def test_agrees_with_the_rule_everywhere(quiet: Quiet, zone: ZoneInfo, now: datetime) -> None:
    assert quiet_turns(quiet, zone, now) == by_brute_force(quiet, zone, now)


@settings(deadline=None)
@given(QUIET, INSTANTS)
def test_where_clocks_never_change_the_clock_tells(quiet: Quiet, now: datetime) -> None:
    zone = ZoneInfo("Etc/GMT-9")
    local = now.astimezone(zone)
    turn = quiet_turns(quiet, zone, now)
    assert turn.is_quiet == quiet.contains(local.hour * 60 + local.minute)
    turned = turn.turns_at.astimezone(zone)
    assert turned.hour * 60 + turned.minute == (quiet.end if turn.is_quiet else quiet.start)
    assert timedelta(0) < turn.turns_at - now <= timedelta(days=1)


def test_the_start_is_quiet_and_the_end_is_not() -> None:
    night, berlin = Quiet(22 * 60, 7 * 60), ZoneInfo("Europe/Berlin")
    start = datetime(2026, 11, 21, 21, tzinfo=UTC)
    end = datetime(2026, 11, 22, 6, tzinfo=UTC)
    instant = timedelta(microseconds=1)
    assert quiet_turns(night, berlin, start - instant) == Turn(is_quiet=False, turns_at=start)
    assert quiet_turns(night, berlin, start) == Turn(is_quiet=True, turns_at=end)
    assert quiet_turns(night, berlin, end - instant) == Turn(is_quiet=True, turns_at=end)
    assert quiet_turns(night, berlin, end) == Turn(
        is_quiet=False, turns_at=start + timedelta(days=1)
    )


def test_an_hour_that_comes_twice_ends_the_first_time() -> None:
    turn = quiet_turns(
        Quiet(22 * 60, 2 * 60 + 30),
        ZoneInfo("Europe/Berlin"),
        datetime(2026, 10, 25, 0, tzinfo=UTC),
    )
    assert turn == Turn(is_quiet=True, turns_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


def test_quiet_hours_within_a_skipped_hour_last_as_long_after_it() -> None:
    skipped = Quiet(2 * 60 + 10, 2 * 60 + 50)
    turn = quiet_turns(skipped, ZoneInfo("Europe/Berlin"), datetime(2026, 3, 29, 1, 10, tzinfo=UTC))
    assert turn == Turn(is_quiet=True, turns_at=datetime(2026, 3, 29, 1, 50, tzinfo=UTC))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (480, 480), (-1, 5), (5, 1440)])
def test_what_is_no_span_of_a_day_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"no minutes|another time"):
        Quiet(start, end)


def test_spans_contain_their_minutes() -> None:
    assert [minute for minute in range(1440) if Quiet(3, 6).contains(minute)] == [3, 4, 5]
    night = Quiet(1439, 2)
    assert [minute for minute in range(1440) if night.contains(minute)] == [0, 1, 1439]


def test_local_times_that_do_not_exist_or_come_twice() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert utc_of(date(2026, 3, 29), 150, berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert utc_of(date(2026, 10, 25), 150, berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert utc_of(date(2026, 11, 22), 480, berlin) == datetime(2026, 11, 22, 7, tzinfo=UTC)
    with pytest.raises(ValueError, match="hour"):
        utc_of(date(2026, 11, 22), 1440, berlin)
