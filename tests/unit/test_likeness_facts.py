"""What a text states besides its words, and how it is taken apart."""

from __future__ import annotations

import pytest

from bot.core.likeness.facts import NOTHING, facts_of, together
from bot.core.likeness.terms import MAX_CHARACTERS, take_apart


@pytest.mark.parametrize(
    ("language", "text", "weekdays", "dates"),
    [
        ("en", "On Tuesday, May 3, and on Friday", {1, 4}, {(5, 3)}),
        ("en", "It may take 3 days", set(), set()),
        ("de", "Am Montag, dem 24. Dezember", {0}, {(12, 24)}),
        ("ru", "в субботу, 9 мая", {5}, {(5, 9)}),
        ("xx", "On Tuesday, May 3", set(), set()),
    ],
)
def test_days_that_a_text_names(
    language: str, text: str, weekdays: set[int], dates: set[tuple[int, int]]
) -> None:
    facts = take_apart(text, language).facts
    assert facts.weekdays == weekdays
    assert facts.dates >= dates
    assert len(facts.dates) <= 1


def test_scores_but_neither_spans_of_years_nor_ages() -> None:
    assert take_apart("The Colts win 31-24.", "en").facts.scores == {"31-24"}
    assert take_apart("Lost 20 – 13 to the Colts", "en").facts.scores == {"20-13"}
    assert take_apart("an 8-10 year old; 1999-2003; +1-202-555", "en").facts.scores == frozenset()


def test_what_reports_state_together() -> None:
    one = facts_of("12 killed in Kabul", ["monday"], "en")
    other = facts_of("15 killed, 30 hurt in Kabul", [], "en")
    both = together([one, NOTHING, other])
    assert both.counted == {"dead": {12.0, 15.0}, "hurt": {30.0}}
    assert {place[0] for place in both.places} == {"AF"}
    assert together([NOTHING, one]) is one
    assert together([]) is NOTHING
    assert facts_of("Nothing much", [], "en") is NOTHING


def test_what_is_counted_is_stated_by_itself() -> None:
    assert facts_of("30 arrested", [], "en").counted == {"arrested": {30.0}}


def test_words_meet_by_their_stems_and_names_are_known_by_capitals() -> None:
    terms = take_apart("The rescuers searched. The searching of Grindavik's rescuer goes on.", "en")
    assert terms.counts["search"] == 2
    assert terms.counts["rescuer"] == 2
    assert terms.names == {"grindavik"}
    assert terms.shares["the"] > 0.5 > 0.01 > terms.shares["grindavik"]


def test_a_capital_is_no_name_where_all_nouns_have_one() -> None:
    assert not take_apart("Der Bundesrechnungshof prüft Grindavik.", "de").names


def test_scripts_without_spaces_are_taken_by_pairs() -> None:
    assert set(take_apart("火山喷发", "zh").counts) == {"火山", "山喷", "喷发"}
    assert set(take_apart("AI 火", "zh").counts) == {"ai", "火"}


def test_what_stands_far_down_is_left_out() -> None:
    terms = take_apart("word " * MAX_CHARACTERS + "Grindavik", "en")
    assert "grindavik" not in terms.counts


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("Вулкан у Гриндавика", "en", "ru"),
        ("Вулкан біля Гріндавіка", "uk", "uk"),
        ("火山喷发", "en", "zh"),
        ("火山が噴火した", "en", "ja"),
        ("Le volcan", "fr-CA", "fr"),
        ("Größe", "de_AT", "de"),
        ("NASA и ESA: полёт", "en", "ru"),
    ],
)
def test_the_language_is_the_scripts(text: str, said: str, expected: str) -> None:
    assert take_apart(text, said).language == expected
