"""The times that feeds write, and how long they ask to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.feeds import read_feed
from bot.sources.feeds.drafts import Drafts
from bot.sources.feeds.intervals import asked_interval
from bot.sources.feeds.times import from_tuple, parse_time, plausible
from tests.support.feeds import URL, rss

_NOON = datetime(2017, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 23 Nov 2017 12:00:00 GMT",
        "Thu, 23 Nov 2017 12:00:00 +0000",
        "Thu, 23 Nov 2017 12:00:00",
        "Thu, 23 Nov 2017 15:00 +0300",
        "Thu,23 Nov 2017 13:00:00 GMT+01:00",
        "23 Nov 17 07:00:00 EST",
        "Thu, 23-Nov-2017 12:00:00 GMT",
        "Nov 23, 2017 12:00 PM",
        "Thursday, November 23rd, 2017 at 04:00:00 AM PST",
        "Qui, 23 Nov 2017 10:00:00 -0200",
        "jeu., 23 novembre 2017 13:00:00 CET",
        "2017-11-23T12:00:00Z",
        "2017-11-23T15:00:00.123+03:00",
        "2017-11-23T14:00+02",
        "2017-11-23 15:00:00 +0300",
        "2017-11-23T12:00:00",
        "2017/11/23 12:00",
        "20171123T120000Z",
        "20171123120000",
        "Thu Nov 23 12:00:00 2017",
        "Thu Nov 23 12:00:00 UTC 2017",
        "  2017-11-23T12:00:00Z\n",
        "Fri, 24 Nov 2017 01:00:00 NZDT",
        "Thu, 23 Nov 2017 17:30:00 IST",
        "2017年11月23日 12:00",
        "2017年11月23日(木) 12:00:00",
        "2017年11月23日 下午12:00",
        "2017년 11월 23일 12:00",
        "чт, 23 ноября 2017 15:00:00 +0300",
        "23 ноя 2017, 12:00",
        "Per, 23 Kasım 2017 15:00 TRT",
        "الخميس، ٢٣ نوفمبر ٢٠١٧ ١٢:٠٠",
        "23.11.2017 12:00",
        "23.11.2017 - 12:00:00",
        "Thu Nov 23 12:00:00 +0000 2017",
        "Thu, 23 Nov 2017 07:00:00 GMT -0500",
        "Thu, 23 Nov 2017 07:00:00 \N{MINUS SIGN}0500",
        "Thu, 23 Nov 2017 15:00:00 EAT",
        "Thu, 23 Nov 2017 17:45:00 NPT",
        "1511438400",
        "1511438400000",
        "2017년 11월 23일 오후 9:00 KST",
    ],
)
def test_one_time_in_many_spellings(text: str) -> None:
    assert parse_time(text) == _NOON


def test_days_alone_and_their_ends() -> None:
    midnight = datetime(2017, 11, 24, tzinfo=UTC)
    assert parse_time("2017-11-24") == midnight
    assert parse_time("24 Nov 2017") == midnight
    assert parse_time("2017年11月24日") == parse_time("2017년 11월 24일") == midnight
    assert parse_time("2017-11-23T24:00:00Z") == midnight
    assert parse_time("2017-11-23T23:59:60Z") == midnight - timedelta(seconds=1)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "31 Feb 2017", "2017-13-01", "2017-11-23T25:00Z", "12:00", "9" * 200,
     "15114384001", "11.23.2017 12:00",
     "9999-12-31T23:59:59-10:00", "0000-00-00T00:00:00Z", "Thu, 23 Nov 2017 12:00:00 +9999"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


@given(st.text())
def test_any_text_is_a_time_or_none(text: str) -> None:
    time = parse_time(text)
    assert time is None or time.tzinfo is UTC


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - the zone is drawn beside it
def test_iso_times_come_back(time: datetime) -> None:
    whole = time.replace(second=0, microsecond=0)
    offset = whole.utcoffset() or timedelta()
    if not offset.seconds % 60:
        assert parse_time(whole.isoformat()) == whole.astimezone(UTC)


def test_the_first_plausible_time_counts() -> None:
    early = datetime(1970, 1, 1, tzinfo=UTC)
    late = datetime(2099, 1, 1, tzinfo=UTC)
    ahead = _NOON + timedelta(hours=20)
    assert plausible([early, None, late, _NOON], _NOON) == _NOON
    assert plausible([ahead, _NOON], _NOON) == ahead
    assert plausible([early, late, _NOON + timedelta(hours=25)], _NOON) is None


def test_times_that_only_the_library_knows() -> None:
    text = "목 23 11 2017"
    assert from_tuple(text, (2017, 11, 23, 12, 0, 5, 3, 327, 0)) == _NOON
    assert from_tuple("--11", (2026, 11, 23, 12, 0, 0, 0, 0, 0)) is None
    assert from_tuple(text, None) is None
    assert from_tuple(text, (2017, 13, 1, 0, 0, 0, 0, 0, 0)) is None


@pytest.mark.parametrize(
    "text",
    ["2017", "2017-11", "2017-01", "2017-W47-7", "2017-22-11 10:00", "2017-W47-7 01:00",
     "2017. november 22. 10:00"],
)  # fmt: skip
def test_a_day_that_is_not_said_is_not_the_first_of_its_month(text: str) -> None:
    for month in (1, 11):
        assert from_tuple(text, (2017, month, 1, 0, 0, 0, 0, 1, 0)) is None
    item = f"<item><title>Thing</title><pubDate>{text}</pubDate></item>"
    at = datetime(2017, 12, 24, tzinfo=UTC)
    assert read_feed(rss(item), URL, content_type=None, at=at).entries[0].at is None


def test_the_library_may_have_moved_a_day_into_another_zone() -> None:
    text = "Πέμ, 23 Νοέ 2017 23:00:00 -0200"
    assert from_tuple(text, (2017, 11, 24, 1, 0, 0, 4, 328, 0)) == datetime(
        2017, 11, 24, 1, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("drafts", "interval"),
    [
        (Drafts(), None),
        (Drafts(minutes="15"), timedelta(minutes=15)),
        (Drafts(minutes="99999"), timedelta(days=7)),
        (Drafts(minutes="0"), None),
        (Drafts(minutes="-5"), None),
        (Drafts(minutes="٣"), None),
        (Drafts(period="hourly"), timedelta(hours=1)),
        (Drafts(period="Daily", frequency="4"), timedelta(hours=6)),
        (Drafts(period="daily", frequency="0"), timedelta(days=1)),
        (Drafts(period="fortnightly"), None),
        (Drafts(minutes="5", period="hourly", frequency="2"), timedelta(minutes=30)),
    ],
)
def test_interval_that_a_feed_asks_for(drafts: Drafts, interval: timedelta | None) -> None:
    assert asked_interval(drafts, "<rss>", _NOON) == interval


def test_skipped_hours_and_days_end_some_time() -> None:
    at = datetime(2017, 11, 23, 22, 40, tzinfo=UTC)  # a Thursday
    night = "<skipHours><hour>22</hour><hour>23</hour><hour> 24 </hour><hour>1</hour></skipHours>"
    friday = "<skipDays><day>Friday</day></skipDays>"
    assert asked_interval(Drafts(), night, at) == timedelta(hours=3, minutes=20)
    assert asked_interval(Drafts(), night, _NOON) is None
    assert asked_interval(Drafts(), night + friday, at) == timedelta(hours=25 + 2, minutes=20)
    always = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    longest = asked_interval(Drafts(), f"<skipHours>{always}</skipHours>", at)
    assert longest == timedelta(days=7, minutes=-40)
