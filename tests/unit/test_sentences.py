"""Where the first sentence of a text ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.sentences import split_first


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("The president resigns.", "His deputy takes over."),
        ("A ship of the U.S. Navy sinks.", "Nobody is hurt."),
        ("He meets Dr. Smith.", "They talk."),
        ("A quake of magnitude 7.3 hits.", "“It was bad,” says the mayor."),
        ("George W. Bush wins.", ""),
        ("A jury convicts O.J. Simpson.", "He was a player."),
        ("The Rev. Ian Paisley and Brig.-Gen. Noer Moeis meet Cpl. Gilad Shalit.", "They talk."),
        ("Mahmoud Abbas (a.k.a. Abu Mazen) is sworn in.", "He is 69."),
        ("The ex-U.S. Marine wins.", "He sings."),
        ("В.В. Путин выступил.", "Он уехал."),
        ("Barcelona defeats Liverpool F.C.", "The score is 2–1."),
        ("She flies to the U.S.A.", "He stays."),
        ("“Go!”", "He left."),
        ("At least 5 people die in St. Louis.", "23 are hurt."),
        ("It ends without a stop", ""),
        ("They leave Tusco.", "It rains."),
        ("They leave Llanfairpwllgwyngyllinc.", "It rains."),
    ],
)
def test_splits_after_the_first_sentence(first: str, rest: str) -> None:
    assert split_first(f"{first} {rest}") == (first, rest)


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("北京发生地震。", "多人受伤。第三句。"),
        ("首相は「辞任する！」", "と述べた。"),
        ("北京发生地震？", " 没有。"),
        ("هل فاز؟", " نعم."),
        ("दिल्ली में भूकंप आया।", " कई घायल।"),
        ("Am 23. November wird gewählt.", " Es regnet."),
    ],
)
def test_splits_in_other_scripts_and_behind_german_days(first: str, rest: str) -> None:
    assert split_first(first + rest) == (first, rest.strip())


@pytest.mark.parametrize(
    "text",
    [
        "Погибли более 5 тыс. человек в Сирии.",
        "Ущерб оценили в 3 млн. евро.",
        "В 1990-х гг. были построены дороги.",
        "Ils vont à Rome, Lyon etc. à pied.",
        "Sie sprechen usw. über Geld.",
        "Ο πρόεδρος κ.λπ. έφυγαν.",
    ],
)
def test_no_sentence_begins_with_a_small_letter_of_any_alphabet(text: str) -> None:
    assert split_first(text) == (text, "")


def test_letters_that_are_small_but_have_no_other_form_begin_sentences() -> None:
    assert split_first("თბილისში წყალდიდობაა. დაიღუპა ორი ადამიანი.")[0] == "თბილისში წყალდიდობაა."


@given(st.text(max_size=200))
def test_nothing_is_lost_but_white_space(text: str) -> None:
    assert "".join("".join(split_first(text)).split()) == "".join(text.split())
