"""Where two texts cannot be about one happening."""

from __future__ import annotations

import pytest

from bot.core.conflicts import counts, places, texts_conflict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb kills 12 people.", {"dead": {12.0}}),
        ("Twelve people are killed, 30 wounded.", {"dead": {12.0}, "hurt": {30.0}}),
        ("At least 1,250 people died.", {"dead": {1250.0}}),
        ("The death of 3 miners; 4 are missing.", {"missing": {4.0}}),
        ("Police arrest 5 men.", {"arrested": {5.0}}),
        ("12 people on a bus killed.", {"dead": {12.0}}),
        ("12 people on a small bus killed.", {}),  # too far apart
        ("The dead are by now 12.", {"dead": {12.0}}),
        ("The dead are by now some 12.", {}),
        ("It happened on 3 May.", {}),
        ("A man wanted for the 2015 Paris attacks is arrested.", {}),
        ("Dozens were killed in 1999, 12 of them children.", {"dead": {12.0}}),
        ("Some 1,950 are missing and 2015.5 hurt.", {"missing": {1950.0}, "hurt": {2015.5}}),
        ("", {}),
    ],
)
def test_what_a_text_counts(text: str, expected: dict[str, set[float]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fire in Lagos, Nigeria.", {"lagos", "nigeria"}),
        ("Shots near the Golden Gate Bridge.", {"golden gate bridge"}),
        ("It starts in May, at Monday noon.", set()),
        ("in a small town", set()),
        ("A fire in St. Louis.", {"st. louis"}),
        ("Shots in Washington, D.C.", {"washington", "d.c."}),
        ("A fire in the U.S. kills three.", {"united states"}),
        ("A fire in the US, and in the U.K.", {"united states", "united kingdom"}),
    ],
)
def test_where_a_text_says_it_happened(text: str, expected: set[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 killed in Kabul.", "12 killed in Peshawar."),
        ("12 killed by a bomb.", "15 killed by a bomb."),
        ("The toll: three dead.", "The toll: 4 dead."),
        ("Floods in India: 2 dead in 2017.", "Floods in India: 5 dead in 2017."),
    ],
)
def test_other_places_or_numbers_conflict(first: str, second: str) -> None:
    assert texts_conflict(first, second)
    assert texts_conflict(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 killed in Kabul.", "Twelve die in Kabul, Afghanistan."),
        ("12 killed by a bomb.", "A bomb explodes, 30 hurt."),
        ("A bomb in Kabul.", "A bomb explodes."),
        ("", "12 killed in Kabul."),
        ("Five of 12 dead are named.", "12 dead."),
    ],
)
def test_what_is_said_of_one_only_is_no_conflict(first: str, second: str) -> None:
    assert not texts_conflict(first, second)
