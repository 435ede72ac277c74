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
        ("“Go!”", "He left."),
        ("At least 5 people die in St. Louis.", "23 are hurt."),
        ("It ends without a stop", ""),
        ("They leave Tusco.", "It rains."),
        ("They leave Llanfairpwllgwyngyllinc.", "It rains."),
    ],
)
def test_splits_after_the_first_sentence(first: str, rest: str) -> None:
    assert split_first(f"{first} {rest}") == (first, rest)


@given(st.text(max_size=200))
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(split_first(text)).split() == text.split()
