"""Terms as numbers, and what each is worth."""

from __future__ import annotations

import math

import pytest

from bot.core.likeness.terms import take_apart
from bot.core.likeness.vocabulary import UNSEEN, Vocabulary


def test_a_term_that_no_report_has_any_more_is_forgotten() -> None:
    vocabulary = Vocabulary()
    first, second = take_apart("lava flows", "en"), take_apart("lava cools", "en")
    one, other = vocabulary.add(first), vocabulary.add(second)
    assert (len({*one, *other}), vocabulary.reports) == (3, 2)
    vocabulary.drop(one)
    assert vocabulary.numbers(first) == [other[0], UNSEEN]
    vocabulary.drop(other)
    assert vocabulary.numbers(second) == [UNSEEN, UNSEEN]
    assert vocabulary.reports == 0
    again = vocabulary.add(take_apart("a third text", "en"))
    assert max(again) <= 3  # numbers are used again


def test_the_same_spelling_in_two_languages_is_two_terms() -> None:
    vocabulary = Vocabulary()
    (english,) = vocabulary.add(take_apart("gift", "en"))
    (german,) = vocabulary.add(take_apart("gift", "de"))
    assert english != german


def test_vectors_are_of_length_one_and_as_if_the_text_were_kept() -> None:
    vocabulary = Vocabulary()
    vocabulary.add(take_apart("lava flows", "en"))
    terms = take_apart("The lava of Grindavik flows and flows", "en")
    before = vocabulary.weigh(terms, vocabulary.numbers(terms), is_kept=False)
    after = vocabulary.weigh(terms, vocabulary.add(terms), is_kept=True)
    assert after == pytest.approx(before)
    assert math.hypot(*after) == pytest.approx(1)


def test_a_text_of_words_that_say_nothing_weighs_nothing_much() -> None:
    vocabulary = Vocabulary()
    empty = take_apart("", "en")
    assert vocabulary.weigh(empty, vocabulary.add(empty), is_kept=True) == []


def test_rarity_falls_with_each_report_and_is_known_of_common_words_from_the_first() -> None:
    vocabulary = Vocabulary()
    terms = take_apart("the grindavik", "en")
    the, town = vocabulary.add(terms)
    assert vocabulary.rarity(UNSEEN) >= vocabulary.rarity(town) > 4 > 1 > vocabulary.rarity(the)
    before = vocabulary.rarity(town)
    for _ in range(50):
        vocabulary.add(terms)
    assert vocabulary.rarity(town) < before
