"""Headlines of one pattern that name others: other events, in any language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.headlines import NO_HEADLINE, Headline, name_others, tell_otherwise
from bot.core.likeness.terms import take_apart

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OTHERS = [
    ("en", "Bombing at mosque in Kabul kills worshippers",
     "Bombing at mosque in Herat kills worshippers"),
    ("en", "Minister Ann Sample resigns over expenses scandal",
     "Minister Bob Example resigns over expenses scandal"),
    ("en", "Severe thunderstorm warning for Dade County",
     "Severe thunderstorm warning for Palm Polk County"),
    ("en", "Volcano near Grindavik: lava closes road",
     "Volcano near Keflavik: lava closes road to Blue Lagoon"),
    ("de", "Tote bei Anschlag in Kabul", "Tote bei Anschlag in Peschawar"),
    ("de", "12 Tote bei Anschlag in Kabul", "15 Tote bei Anschlag in Peschawar"),
    ("fr", "12 morts dans un attentat à Kaboul", "15 morts dans un attentat à Peshawar"),
    ("ru", "12 человек погибли при взрыве в Кабуле", "15 человек погибли при взрыве в Пешаваре"),
    ("ru", "Байден победил в Огайо", "Байден победил в Айове"),
    ("zh", "喀布尔爆炸造成12人死亡", "白沙瓦爆炸造成15人死亡"),
    ("ko", "카불 폭발로 12명 사망", "페샤와르 폭발로 15명 사망"),
    ("ar", "مقتل 12 في انفجار في كابول", "مقتل 15 في انفجار في بيشاور"),
]  # fmt: skip
# Some are alike enough to be joined only by what stands under them.
SUMMARIES = {
    "en": "Follow the news as it comes in, with reports by our writers and what readers say.",
    "fr": "Un homme a attaqué une mosquée pendant la prière, selon les autorités locales.",
    "zh": "当局称一名男子在周五祷告期间袭击了一座清真寺。",
    "ar": "هاجم رجل مسجدا خلال صلاة الجمعة بحسب السلطات المحلية في المدينة.",
}


def event_of(language: str, known: str, new: str) -> int | None:
    """The event (1) that a report joins where only another one is known."""
    recent = RecentReports()
    recent.keep(ComparedReport(1, 1, 1, NOON, known, language))
    return recent.join(ComparedReport(2, 0, 2, NOON, new, language))


def are_others(language: str, one: str, other: str) -> bool:
    found = [take_apart(text, language).headline for text in (one, other)]
    assert name_others(*found) == name_others(*reversed(found))
    return name_others(*found)


@pytest.mark.parametrize(("language", "one", "other"), OTHERS)
def test_a_pattern_that_names_others_tells_of_other_events(
    language: str, one: str, other: str
) -> None:
    assert are_others(language, one, other)
    summary = SUMMARIES.get(language, "")
    for first, second in ((one, other), (other, one)):
        assert event_of(language, first, second) is None
        assert event_of(language, f"{first}. {summary}", f"{second}. {summary}") is None
        assert event_of(language, first, first) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arsenal 2-1 Chelsea", "Everton 0-0 Fulham"),
        ("Arsenal beat Chelsea", "Everton beat Fulham"),
        ("12 dead as bus falls into ravine", "31 dead as bus falls into ravine"),
        ("What you need to know on Monday", "What you need to know on Tuesday"),
    ],
)
def test_what_stands_under_them_does_not_make_one_of_them(one: str, other: str) -> None:
    summary = SUMMARIES["en"]
    assert event_of("en", f"{one}. {summary}", f"{other}. {summary}") is None
    assert event_of("en", f"{one}. {summary}", f"{one}. {summary}") == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        # Tolls that rise.
        ("en", "12 dead in Kabul market bombing", "15 dead in Kabul market bombing"),
        ("ru", "12 человек погибли при взрыве в Кабуле", "15 человек погибли при взрыве в Кабуле"),
        ("zh", "喀布尔爆炸造成12人死亡", "喀布尔爆炸造成15人死亡"),
        ("ar", "مقتل 12 في انفجار في كابول", "مقتل 15 في انفجار في كابول"),
        # Another word for the same, in the place of a pattern.
        ("en", "Ferry sinks off the coast of Lombok", "Boat sinks off the coast of Lombok"),
        ("de", "Tote bei Anschlag in Kabul", "Tote bei Attentat in Kabul"),
        ("zh", "喀布尔爆炸造成12人死亡", "喀布尔爆炸导致12人丧生"),
        ("zh", "冰岛首都火山喷灰", "冰岛首都火山吐灰"),
        # Another spelling of one name.
        ("en", "Pope receives Zelensky in Rome", "Pope receives Zelenskyy in Rome"),
        ("ru", "Взрыв мечети Кабула: есть жертвы", "Взрыв мечети Кабульской: есть жертвы"),
        # One says more than the other.
        ("en", "Mosque bombing in Kabul kills 12", "Mosque bombing in Kabul, Herat kills 12"),
        # Another order of words.
        ("en", "In Lombok a ferry of Sinar sinks", "A ferry of Bangun sinks in Lombok"),
    ],
)  # fmt: skip
def test_what_is_said_otherwise_is_no_other_event(language: str, one: str, other: str) -> None:
    assert not are_others(language, one, other)
    assert event_of(language, one, other) == 1


def test_few_words_in_one_order_are_no_pattern() -> None:
    assert not are_others("en", "Ann Sample opens the bridge", "A court in Herat opens a trial")
    assert are_others("en", "Ann Sample opens the bridge", "Bob Example opens the bridge")


def test_a_text_without_a_headline_names_nobody() -> None:
    assert take_apart("", "en").headline == NO_HEADLINE
    assert take_apart("…\n", "en").headline == NO_HEADLINE
    known = take_apart("Everton 0-0 Fulham", "en").headline
    assert not name_others(known, NO_HEADLINE)
    assert not name_others(NO_HEADLINE, NO_HEADLINE)
    assert not name_others(known, known)


def headline(text: str) -> Headline:
    return take_apart(text, "en").headline


def test_a_town_misspelled_is_no_other_one() -> None:
    one, other = headline("Blast at mosque in Peshawar"), headline("Blast at mosque in Peshawer")
    assert not name_others(one, other)


def test_headlines_that_name_nobody_tell_nothing_otherwise() -> None:
    one, other = headline("Rates raised again in spring"), headline("Rates lowered again in spring")
    assert not tell_otherwise(one, other)


@pytest.mark.parametrize(
    "text", ["Unwetter in Afrika", "Gipfel in Südamerika", "Sturm in Nordeuropa"]
)
def test_continents_are_no_places(text: str) -> None:
    assert take_apart(text, "de").headline.places == ()


@pytest.mark.parametrize("end", [". ", "\n"])
def test_a_headline_is_the_first_sentence_or_line(end: str) -> None:
    headline = take_apart(f"Ann opens Example Bridge{end}Bob stays away", "en").headline
    assert headline.terms == ("ann", "open", "exampl", "bridg")
    assert len(take_apart("word " * 24, "en").headline.terms) == 24
    assert take_apart("word " * 25, "en").headline == NO_HEADLINE
    assert len(take_apart("火山" * 24, "zh").headline.terms) == 48
    assert take_apart("火山" * 25, "zh").headline == NO_HEADLINE


def test_only_the_likest_report_of_an_event_speaks_against_it() -> None:
    """One of its reports names another place; a new one says what another of them does."""
    one, other = (replace(told, event_id=1) for told in _storms("Miami", "Tampa"))
    recent = RecentReports()
    recent.keep(one)
    recent.keep(other)
    (miami,) = _storms("Miami")
    (naples,) = _storms("Sarasota")
    assert recent.join(replace(miami, report_id=9)) == 1
    assert recent.join(replace(naples, report_id=9)) is None


def test_two_events_of_one_pattern_are_no_twins() -> None:
    recent = RecentReports()
    for number, told in enumerate(_storms("Sarasota", "Fort Myers"), 1):
        recent.keep(replace(told, event_id=number))
    assert recent.twin(2) is None
    recent.keep(replace(_storms("Sarasota")[0], report_id=9, event_id=9))
    assert recent.twin(9) == 1


def _storms(*places: str) -> list[ComparedReport]:
    texts = [f"Storm tears roofs off houses near the harbour of {place}" for place in places]
    return [ComparedReport(number, 0, number, NOON, text) for number, text in enumerate(texts, 1)]
