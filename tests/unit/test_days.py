"""The days that people type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import MONTHS, NeverWas, Unclear, parse_day, parse_month
from bot.services.calendar import calendar_names
from bot.telegram.wording import LANGUAGES, Words

TODAY = date(2017, 11, 24)
THE_DAY = date(2017, 11, 23)
ALL = calendar_names()


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
    assert parse_day(text, TODAY, ALL) == THE_DAY


def test_a_day_without_a_year_is_the_next_where_that_is_near_else_the_last() -> None:
    assert parse_day("24 November", TODAY, ALL) == TODAY
    assert parse_day("25 November", TODAY, ALL) == date(2017, 11, 25)
    assert parse_day("24 December", TODAY, ALL) == date(2017, 12, 24)
    assert parse_day("25 December", TODAY, ALL) == date(2016, 12, 25)
    assert parse_day("5 January", date(2017, 12, 20), ALL) == date(2018, 1, 5)


@pytest.mark.parametrize(
    ("today", "year"),
    [(TODAY, 2016), (date(2016, 2, 28), 2016), (date(2016, 1, 29), 2012), (date(1904, 1, 2), 1896)],
)
@pytest.mark.parametrize("text", ["29 February", "2月29日"])
def test_a_leap_day_without_a_year_is_that_of_the_last_leap_year(
    text: str, today: date, year: int
) -> None:
    assert parse_day(text, today, ALL) == date(year, 2, 29)


def test_a_day_of_no_year_is_one_that_never_was() -> None:
    assert parse_day("30 February", TODAY, ALL) == NeverWas(2017, 2, 30)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2017-02-30", (2017, 2, 30)),
        ("31.06.2017", (2017, 6, 31)),
        ("29 February 2017", (2017, 2, 29)),
        ("2017-13-01", (2017, 13, 1)),
        ("2017-11-00", (2017, 11, 0)),
        ("0000-11-23", (0, 11, 23)),
        ("2017年2月30日", (2017, 2, 30)),
    ],
)
def test_a_day_that_never_was_is_named(text: str, parts: tuple[int, int, int]) -> None:
    assert parse_day(text, TODAY, ALL) == NeverWas(*parts)


def test_the_month_of_a_day_that_never_was_has_a_last_day() -> None:
    assert NeverWas(2016, 2, 30).last_of_month == date(2016, 2, 29)
    assert NeverWas(2017, 13, 1).last_of_month is None
    assert NeverWas(0, 11, 23).last_of_month is None
    assert NeverWas(9999, 12, 32).last_of_month == date(9999, 12, 31)


@pytest.mark.parametrize(
    "text", ["5", "5 6", "November 2017", "Zimbabwe", "😀", "", "2017-11-23-24", "9" * 5000]
)
def test_what_could_be_no_day_or_two_is_unclear(text: str) -> None:
    assert parse_day(text, TODAY, ALL) == Unclear()


def test_two_numbers_that_may_be_two_days_have_both_readings() -> None:
    both = (date(2017, 6, 5), date(2017, 5, 6))
    for text in ("5/6/2017", "05/06/2017", "5-6-2017", "5/6"):
        assert parse_day(text, TODAY, ALL) == Unclear(both)
        assert parse_day(text, TODAY, ALL, day_first=True) == both[0]


@pytest.mark.parametrize(
    "text", ["22.11.", "22.11", "22. 11.", "22/11", "22-11", "11/22", "22．11"]
)
def test_two_numbers_are_a_day_without_a_year(text: str) -> None:
    assert parse_day(text, TODAY, ALL) == date(2017, 11, 22)
    assert parse_day(text, TODAY, ALL, day_first=True) == date(2017, 11, 22)


def test_with_dots_the_day_comes_first() -> None:
    assert parse_day("5.11.", TODAY, ALL) == date(2017, 11, 5)
    assert parse_day("05.11.2017", TODAY, ALL) == date(2017, 11, 5)


@given(st.dates())
def test_what_is_written_can_be_read(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY, ALL) == day
    if day.year > 999:
        assert parse_day(f"{day.day} {MONTHS[day.month - 1]} {day.year}", TODAY, ALL) == day
        assert parse_day(f"{MONTHS[day.month - 1][:3]} {day.day} {day.year}", TODAY, ALL) == day


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(parse_day(text, TODAY, ALL), date | NeverWas | Unclear)


# --- in other languages


@pytest.mark.parametrize(
    "text",
    [
        *("23. November 2017", "am 23. Nov.", "der 23. November", "23 novembre 2017"),
        *("le 23 novembre", "23 nov. 2017", "el 23 de noviembre de 2017", "noviembre 23"),
        *("23 ноября 2017 г.", "23-го ноября", "ноябрь 23", "23 нояб. 2017"),
        *("٢٣ نوفمبر ٢٠١٧", "23 نوفمبر", "٢٣ تشرين الثاني ٢٠١٧", "23 نونبر 2017"),
        *(
            "2017年11月23日",
            "11月23日",
            "2017 年 11 月 23 日",
            "２０１７年１１月２３日",
            "十一月23日",
        ),
        *("gestern", "Hier", "ayer", "вчера", "أمس", "昨天", "23.11.2017"),
    ],
)
def test_reads_a_day_in_each_language(text: str) -> None:
    assert parse_day(text, TODAY, ALL) == THE_DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("heute", 24), ("aujourd’hui", 24), ("hoy", 24), ("сегодня", 24), ("اليوم", 24)),
        *(("今天", 24), ("morgen", 25), ("demain", 25), ("mañana", 25), ("завтра", 25)),
        *(("غدًا", 25), ("明天", 25), ("vorgestern", 22), ("avant-hier", 22), ("前天", 22)),
        *(("anteayer", 22), ("позавчера", 22), ("أول أمس", 22)),
    ],
)
def test_reads_words_for_days_near_by(text: str, day: int) -> None:
    assert parse_day(text, TODAY, ALL) == date(2017, 11, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("Friday", 24), ("Monday", 20), ("mon", 20), ("last Friday", 17), ("on Sunday", 19)),
        *(("Mittwoch", 22), ("letzten Montag", 20), ("am Di.", 21), ("Sa", 18)),
        *(("mercredi", 22), ("lundi dernier", 20), ("vendredi dernier", 17), ("dim.", 19)),
        *(("miércoles", 22), ("el lunes pasado", 20), ("среда", 22), ("в среду", 22)),
        *(("в прошлую пятницу", 17), ("пн", 20), ("الأربعاء", 22), ("يوم الاثنين", 20)),
        *(("الجمعة الماضية", 17), ("星期三", 22), ("周三", 22), ("週三", 22), ("星期天", 19)),
        *(("星期日", 19), ("周日", 19)),
    ],
)
def test_a_day_of_the_week_is_the_last_such_day(text: str, day: int) -> None:
    assert parse_day(text, TODAY, ALL) == date(2017, 11, day)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        *(("3 days ago", 3), ("1 day ago", 1), ("2 weeks ago", 14), ("vor 3 Tagen", 3)),
        *(("vor 1 Woche", 7), ("il y a 3 jours", 3), ("hace 3 días", 3), ("3 дня назад", 3)),
        *(("5 дней назад", 5), ("2 недели назад", 14), ("قبل 3 أيام", 3), ("منذ ٥ أيام", 5)),
        *(("3天前", 3), ("3 天以前", 3), ("2周前", 14), ("1个星期前", 7)),
    ],
)
def test_reads_so_many_days_ago(text: str, days: int) -> None:
    assert parse_day(text, TODAY, ALL) == TODAY - timedelta(days=days)


@pytest.mark.parametrize("text", ["3 days", "in 3 days", "next Monday", "Monday Tuesday", "m"])
def test_what_only_looks_like_days_ago_is_unclear(text: str) -> None:
    assert parse_day(text, TODAY, ALL) == Unclear()


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(("1 Jänner 2017", 1), ("5 févr. 2017", 2), ("5 März 2017", 3), ("5 mar 2017", 3)),
        *(("5 мая 2017", 5), ("5 juin 2017", 6), ("5 juil 2017", 7), ("5 août 2017", 8)),
        *(("5 agosto 2017", 8), ("5 sept. 2017", 9), ("5 okt 2017", 10), ("5 décembre 2017", 12)),
        *(("5 آب 2017", 8), ("5 كانون الأول 2017", 12), ("5 جويلية 2017", 7)),
    ],
)
def test_reads_the_months_of_each_language(text: str, month: int) -> None:
    day = parse_day(text, TODAY, ALL)
    assert isinstance(day, date)
    assert day.month == month


@pytest.mark.parametrize("text", ["5 jui 2017", "5 ju 2017", "5 mayhem", "23 كانون", "5 2017"])
def test_what_may_be_two_months_or_none_is_unclear(text: str) -> None:
    assert parse_day(text, TODAY, ALL) == Unclear()


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_what_is_shown_in_a_language_can_be_read(language: str, day: date) -> None:
    words = Words(language)
    assert parse_day(words.day(day), TODAY, ALL) == day
    assert parse_day(words.short_day(day), TODAY, ALL) == day


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("November 2017", date(2017, 11, 1)),
        ("of march", date(2017, 3, 1)),
        ("11.2016", date(2016, 11, 1)),
        ("ноябрь 2016", date(2016, 11, 1)),
        ("last week", None),
        ("5/6/2017", None),
    ],
)
def test_a_month_alone_is_read_as_such(text: str, first: date | None) -> None:
    assert parse_month(text, TODAY, ALL) == first
