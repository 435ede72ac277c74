"""The days that people type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import MONTHS, NeverWas, Unclear, parse_day, written

TODAY = date(2017, 11, 24)
THE_DAY = date(2017, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2017-11-23",
        "2017/11/23",
        "2017_November_23",
        "20171123",
        "23.11.2017",
        "23/11/2017",
        "11/23/2017",
        "23 November 2017",
        "23rd of November, 2017",
        "Nov 23 2017",
        "NOVEMBER 23, 2017",
        "the 23rd of Nov",
        "yesterday",
        " Yesterday ",
        "٢٠١٧-١١-٢٣",
    ],
)
def test_reads_a_day(text: str) -> None:
    assert parse_day(text, TODAY) == THE_DAY


def test_a_day_without_a_year_is_the_last_such_day() -> None:
    assert parse_day("24 November", TODAY) == TODAY
    assert parse_day("25 November", TODAY) == date(2016, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-02-30", "30 February 2017"),
        ("31.06.2017", "31 June 2017"),
        ("29 February 2017", "29 February 2017"),
        ("2017-13-01", "2017-13-01"),
        ("2017-11-00", "0 November 2017"),
    ],
)
def test_a_day_that_never_was_is_named(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == NeverWas(day)


@pytest.mark.parametrize(
    "text", ["5", "5/6/2017", "November 2017", "Zimbabwe", "😀", "", "2017-11-23-24", "9" * 5000]
)
def test_what_could_be_no_day_or_two_is_unclear(text: str) -> None:
    assert parse_day(text, TODAY) == Unclear()


@given(st.dates())
def test_what_is_written_can_be_read(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day
    if day.year > 999:
        assert parse_day(written(day), TODAY) == day
        assert parse_day(f"{MONTHS[day.month - 1][:3]} {day.day} {day.year}", TODAY) == day


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(parse_day(text, TODAY), date | NeverWas | Unclear)
