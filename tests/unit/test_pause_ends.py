"""Until when a pause lasts, as people type it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import NoEnd, parse_end
from bot.services.calendar import calendar_names
from bot.telegram.texts import settings as texts
from bot.telegram.wording import LANGUAGES, Wording

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2017, 11, 24, 11, 10, 30, tzinfo=UTC)  # a Friday, 12:10 there
ALL = calendar_names()


def ends(text: str, now: datetime = NOW, *, day_first: bool = False) -> str | None:
    """When a pause ends, in Berlin."""
    end = parse_end(text, now, BERLIN, ALL, day_first=day_first)
    if isinstance(end, NoEnd):
        return None
    assert end.tzinfo is UTC
    return f"{end.astimezone(BERLIN):%m-%d %H:%M}"


def why_not(text: str) -> NoEnd | datetime:
    """Why words tell no end."""
    return parse_end(text, NOW, BERLIN, ALL)


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("3 days|3d|for 3 days|three days|3 Tage|3 Tage lang|für drei Tage|3 T", "11-27 12:10"),
        ("3 jours|pendant trois jours|3 j|3 días|por 3 dias|tres días", "11-27 12:10"),
        ("3 дня|на 3 дня|три дня|3 суток|3天|三天|٣ أيام|ثلاثة أيام|لمدة 3 أيام", "11-27 12:10"),
        ("2w|2 weeks|two weeks|zwei Wochen|2 semaines|dos semanas|2 недели", "12-08 12:10"),
        ("две недели|أسبوعين|2 أسابيع|两周|两个星期|2周", "12-08 12:10"),
        ("a week|week|eine Woche|une semaine|semana|неделю|أسبوع|一周", "12-01 12:10"),
        ("a month|1 Monat|un mois|un mes|месяц|شهر|一个月", "12-24 12:10"),
        ("5h|5 hours|5 Stunden|5 heures|5 horas|5 часов|5 ساعات|5小时", "11-24 17:10"),
        ("90 min|90 minutes|90 Minuten|90 минут|90分钟", "11-24 13:40"),
        ("two days|zwei Tage|deux jours|dos días|два дня|يومين|两天", "11-26 12:10"),
        ("1 year|a year|1y|10 years|ein Jahr|un an|dos años|1 год|на год", "11-24 12:10"),
        ("5 лет|سنة|سنتين|3 سنوات|عامين|一年|2年", "11-24 12:10"),
    ],
)
def test_a_pause_lasts_as_long_as_is_said(typed: str, end: str) -> None:
    for text in typed.split("|"):
        assert ends(text) == end, text


def test_tonight_is_over_as_the_day_ends() -> None:
    said = "tonight|for tonight|this evening|heute Abend|ce soir|esta noche|сегодня вечером|الليلة"
    for text in (*said.split("|"), "今晚"):
        assert ends(text) == "11-25 00:00", text


@pytest.mark.parametrize(
    ("named", "end"),
    [
        ("until Monday|Monday|till next Monday|to Mon|bis Montag|bis nächsten Montag", "11-27"),
        ("jusqu’à lundi|jusqu'à lundi prochain|hasta el lunes|до понедельника", "11-27"),
        ("حتى الاثنين|حتى يوم الاثنين|إلى الاثنين القادم|到星期一|到周一为止", "11-27"),
        ("until Friday|bis Freitag|jusqu’à vendredi|hasta el viernes|до пятницы", "12-01"),
        ("until tomorrow|tomorrow|today|bis morgen|jusqu’à demain|hasta mañana", "11-25"),
        ("до завтра|حتى الغد|直到明天|heute|на сегодня", "11-25"),
        ("until the day after tomorrow|bis übermorgen|до послезавтра|到后天", "11-26"),
        ("jusqu’à après-demain|hasta pasado mañana|حتى بعد غد", "11-26"),
        ("until 1 December|December 1|2017-12-01|bis zum 1. Dezember|bis 1.12.", "12-01"),
        ("jusqu’au 1er décembre|hasta el 1 de diciembre|до 1 декабря|到12月1日", "12-01"),
        ("until December|bis Dezember|jusqu’en décembre|до декабря", "12-01"),
        ("until 20 October|до 20 октября", "10-20"),  # of the next year
    ],
)
def test_a_pause_lasts_until_the_day_begins_that_is_named(named: str, end: str) -> None:
    for text in named.split("|"):
        assert ends(text) == f"{end} 00:00", text


def test_a_day_may_have_a_time_behind_it_and_a_time_stand_alone() -> None:
    assert ends("until Monday 18:00") == ends("bis Montag 18 Uhr") == "11-27 18:00"
    assert ends("until tomorrow at 8 am") == "11-25 08:00"
    for text in ("until 18:00", "till 6 pm", "bis 18 Uhr", "до 18:00", "到18点"):
        assert ends(text) == "11-24 18:00", text
    assert ends("until 8") == "11-25 08:00"  # today's has passed


@pytest.mark.parametrize(
    ("named", "end"),
    [
        ("until Friday 18:00|Friday 6 pm|bis Freitag 18 Uhr|до пятницы 18:00", "11-24 18:00"),
        ("jusqu’à vendredi 18h|hasta el viernes 18:00|到星期五18点|到周五 18:00", "11-24 18:00"),
        ("until Friday 9:00|bis Freitag 9 Uhr", "12-01 09:00"),  # today's has passed
        ("until 24 November|until today|bis 24.11.|hasta el 24 de noviembre", "11-25 00:00"),
        ("jusqu’au 24 novembre|до 24 ноября|حتى 24 نوفمبر|到11月24日|到今天", "11-25 00:00"),
        ("until 24 November 18:00|到今天18点", "11-24 18:00"),
        ("until 2018|bis 2018|到2018年", "01-01 00:00"),
        ("until 1830", "11-24 18:30"),
        ("until 2100", "11-24 21:00"),
        ("until 2028|until 2030|bis 2059|到2028年", None),  # not 20:28, and too far
        ("到2017年11月27日星期一 00:00|到11月27日星期一|到11月27日周一", "11-27 00:00"),
        ("until Mar|till mar.|bis Mar", "03-01 00:00"),
        ("until Mar 5", "03-05 00:00"),
        ("hasta mar|jusqu’à mar|mar", None),  # March, or Tuesday
        ("until -1|until November 2016", None),
        ("Friday 1 December|bis Freitag, 1.12.|до пятницы 1 декабря", "12-01 00:00"),
        ("到明天8点|到明天上午8点|到11月25日8点", "11-25 08:00"),
        ("到12月|到12月份|到2017年12月", "12-01 00:00"),
        ("到礼拜日|到礼拜天|到周日", "11-26 00:00"),
    ],
)
def test_what_could_be_taken_for_another_end_is_understood_as_meant(
    named: str, end: str | None
) -> None:
    for text in named.split("|"):
        assert ends(text) == end, text


def test_the_tenth_year_is_a_year_and_no_time_of_the_day() -> None:
    assert parse_end("until 2027", NOW, BERLIN, ALL) == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_29_february_is_the_next_one() -> None:
    for text in ("until 29 February", "bis 29.2.", "до 29 февраля", "到2月29日"):
        end = parse_end(text, NOW, BERLIN, ALL)
        assert end == datetime(2020, 2, 28, 23, tzinfo=UTC), text
    assert ends("until 29 February 2016") is None


def test_numbers_are_days_and_months_as_who_writes_is_used_to() -> None:
    assert ends("until 5/12") is None
    assert ends("until 5/12", day_first=True) == "12-05 00:00"


def test_days_have_23_hours_where_clocks_are_put_forward() -> None:
    evening = datetime(2017, 3, 25, 20, tzinfo=UTC)  # 21:00 there
    end = parse_end("1 day", evening, BERLIN, ALL)
    assert end == evening + timedelta(hours=23)
    assert parse_end("24 hours", evening, BERLIN, ALL) == evening + timedelta(hours=24)


def test_the_zone_decides_when_a_day_begins() -> None:
    assert parse_end("until Saturday", NOW, ZoneInfo("Asia/Tokyo"), ALL) == datetime(
        2017, 11, 24, 15, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text",
    ["", "3", "d", "at", "0 days", "hello", "for ever", "until further notice", "until yesterday",
     "until 24 November 2016", "until 30 February", "999 weeks", "until 31 December 9999",
     "until 1 January 0001", "three weeks ago", "3 days " * 20],
)  # fmt: skip
def test_what_tells_no_end_to_come_is_none(text: str) -> None:
    assert ends(text) is None


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("0 days|0 Tage|for 0 hours|0 дней|0天|0 minutes", NoEnd.NO_TIME),
        ("10000 days|99999 weeks|11 years|131 months|until 2040|bis 2028", NoEnd.TOO_FAR),
        ("999999999999999999 years|for 9999999999 minutes", NoEnd.TOO_FAR),
        ("until 1 January 2028|2099-01-01|until 31 December 9999", NoEnd.TOO_FAR),
        ("until 2015-01-01 10:00|2016-01-01|until 1 January 2016", NoEnd.PAST),
        ("until yesterday|bis gestern|до вчера|until 24 November 2016", NoEnd.PAST),
        ("until November 2016|until 1999|到2016年11月|bis 1.1.2016", NoEnd.PAST),
        ("Syria|until Syria|for ever|3|until the cows come home", NoEnd.UNREAD),
        ("2018年|until 30 February|2016 Summer Olympics", NoEnd.UNREAD),
    ],
)
def test_why_words_tell_no_end(named: str, why: NoEnd) -> None:
    for text in named.split("|"):
        assert why_not(text) is why, text


@given(st.text(max_size=30), st.sampled_from(["", "until ", "for ", "bis ", "到"]))
def test_whatever_is_typed_is_an_end_to_come_or_none(text: str, lead: str) -> None:
    end = parse_end(lead + text, NOW, BERLIN, ALL, day_first=True)
    assert isinstance(end, NoEnd) or end > NOW


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_each_language_are_understood_as_meant(language: str) -> None:
    text = Wording().of(language)(texts.PAUSE_TRY)
    examples = re.findall(r"/stop (.+?)(?:,|，| or| oder| ou| o| или| أو|\Z)", text)
    assert [ends(each) for each in examples] == ["11-27 12:10", "12-01 00:00"], examples


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_that_is_told_is_understood_if_typed(language: str) -> None:
    words, day = Wording().of(language), NOW.date() + timedelta(days=3)
    end = f"{words.weekday(day)}, {words.day(day)}"
    assert ends(f"until {end}") == ends(f"{end}, {words.time(0)}") == "11-27 00:00"
