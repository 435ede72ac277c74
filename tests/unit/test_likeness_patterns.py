"""What fills the places of headlines of one pattern: countries, numbers, towns of countries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel import Locale

from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.headlines import name_others
from bot.core.likeness.terms import take_apart

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def are_one(language: str, known: str, new: str, hours: int = 3) -> bool:
    recent = RecentReports()
    recent.keep(ComparedReport(1, 1, 1, NOON, known, language))
    told = ComparedReport(2, 0, 2, NOON + timedelta(hours=hours), new, language)
    return recent.join(told) == 1


def are_others(language: str, one: str, other: str) -> bool:
    found = [take_apart(text, language).headline for text in (one, other)]
    assert name_others(*found) == name_others(*reversed(found))
    return name_others(*found)


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        ("en", "Parliamentary election in {}: government party in the lead"),
        ("en", "Trump Threatens {} With New Tariffs"),
        ("en", "{} Government Resigns After Protests"),
        ("de", "Trump droht {} mit neuen Zöllen"),
        ("de", "Anschlag in {}: Mehrere Tote"),
        ("es", "Graves inundaciones en {} dejan decenas de muertos"),
        ("pl", "{}: zamach bombowy, wielu zabitych"),
        ("tr", "{}: sel felaketinde onlarca ölü"),
        ("ru", "{}: из-за наводнений погибли десятки человек"),
        ("ar", "هجوم بقنبلة في {} يسفر عن قتلى"),
        ("hi", "{} में भीषण बाढ़ से दर्जनों की मौत"),
        ("zh", "特朗普威胁对{}加征新关税"),
        ("ja", "トランプ氏、{}に新たな関税で警告"),
        ("ko", "{} 정부 시위 후 총사퇴"),
    ],
)
def test_a_country_is_a_name_in_every_language(language: str, pattern: str) -> None:
    named = Locale.parse(language).territories
    texts = [pattern.format(named[code]) for code in ("JP", "CA", "FR", "IR", "IN", "MX")]
    for place, text in enumerate(texts):
        assert are_one(language, text, text)
        for other in texts[:place]:
            assert are_others(language, text, other)
            assert not are_one(language, text, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "Землетрясение произошло в Японии", "Землетрясение произошло в Индонезии"),
        ("de", "USA verhängen neue Sanktionen", "Russland verhängt neue Sanktionen"),
        ("en", "French prime minister resigns", "Bulgarian prime minister resigns"),
    ],
)
def test_a_country_is_known_by_its_endings_short_names_and_people(
    language: str, one: str, other: str
) -> None:
    assert are_others(language, one, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Pope arrives in Ankara on first foreign trip",
         "Pope arrives in Turkey on first foreign trip"),
        ("en", "UK bans single-use vapes", "Britain bans single-use vapes"),
        ("en", "Russia rejects European peace plan", "Kremlin rejects European peace plan"),
        ("de", "Papst reist nach Ankara zu Gesprächen", "Papst reist nach Türkei zu Gesprächen"),
    ],
)  # fmt: skip
def test_a_town_is_no_other_name_than_its_country(language: str, one: str, other: str) -> None:
    assert not are_others(language, one, other)
    assert are_one(language, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Putin meets Assad in Sochi", "Putin meets Erdogan in Sochi on Monday"),
        ("Actor Robert Redford dies aged 89", "Actor Gene Hackman dies aged 95 at home"),
        ("Trump hosts Zelensky at White House",
         "Trump hosts Orban at White House for sanctions talks"),
    ],
)  # fmt: skip
def test_a_word_more_does_not_make_others_one(one: str, other: str) -> None:
    assert are_others("en", one, other)
    assert not are_one("en", one, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Gold price today, November 20: rates in Delhi",
         "Gold price today, November 21: rates in Delhi"),
        ("en", "Ukraine war briefing: what we know on day 1,366",
         "Ukraine war briefing: what we know on day 1,367"),
        ("en", "Tour de France: Pogacar wins stage 12", "Tour de France: Pogacar wins stage 13"),
        ("ru", "Что известно о войне в Украине к 20 ноября",
         "Что известно о войне в Украине к 21 ноября"),
    ],
)  # fmt: skip
def test_another_number_that_is_no_toll_tells_of_another_day(
    language: str, one: str, other: str
) -> None:
    assert are_others(language, one, other)
    assert not are_one(language, one, other, hours=24)
    assert are_one(language, one, one)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "12 killed in Kabul on November 20", "15 killed in Kabul on November 20"),
        ("en", "Death toll in Kabul blast rises to 19", "Death toll in Kabul blast rises to 24"),
        ("fr", "12 morts dans un attentat à Kaboul", "15 morts dans un attentat à Kaboul"),
    ],
)
def test_a_toll_may_rise(language: str, one: str, other: str) -> None:
    assert not are_others(language, one, other)
    assert are_one(language, one, other)


def test_what_follows_a_headline_proves_its_first_word_to_be_a_name() -> None:
    one = "Apple reports record quarterly profit. Strong sales of phones helped Apple to it."
    other = "Boeing reports record quarterly profit. Strong sales of planes helped Boeing to it."
    assert are_others("en", one, other)
    assert not are_one("en", one, other)
    ferry = "Ferry reports record quarterly profit. Strong sales helped the ferry to it."
    assert not are_others("en", one, ferry)
    assert not are_others("en", one, f"{ferry} The Ferry was glad.")
    assert not are_others("en", one, "Ferry reports record profit. It is old. Ferry was glad.")
