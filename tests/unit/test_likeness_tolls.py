"""A toll that rises stays one event where a name says that it is one, and else it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.likeness import ComparedReport, RecentReports

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def are_one(known: str, new: str, hours: float) -> bool:
    recent = RecentReports()
    recent.keep(ComparedReport(1, 1, 1, NOON, known))
    return recent.join(ComparedReport(2, 0, 2, NOON + timedelta(hours=hours), new)) == 1


@pytest.mark.parametrize("hours", [0.5, 5, 20])
@pytest.mark.parametrize(
    ("first", "later"),
    [
        # A name of common words, or one that is no town.
        ("Two killed in shooting at Brown Hall, police hunt gunman",
         "Three killed in shooting at Brown Hall, police hunt gunman"),
        ("A strike on Al-Sample hospital kills 12, health officials say",
         "A strike on Al-Sample hospital kills 20, health officials say"),
        ("Camp Robin flood: 24 dead in Texas Hill Country",
         "Camp Robin flood: 51 dead in Texas Hill Country"),
        # Numbers in words.
        ("Fire at Dhaka garment factory kills nine", "Fire at Dhaka garment factory kills 16"),
        ("Three dead in avalanche on Sample Ri peak", "Seven dead in avalanche on Sample Ri peak"),
        # Nothing in common besides names, and that people died.
        ("Typhoon Quokka kills 26 in Philippines",
         "Typhoon Quokka death toll climbs to 66 in Philippines"),
        ("Quokka cyclone leaves 56 dead in Sri Lanka",
         "Cyclone Quokka: Sri Lanka death toll passes 150"),
    ],
)  # fmt: skip
def test_a_toll_that_rises_in_one_place_is_one_event(first: str, later: str, hours: float) -> None:
    assert are_one(first, later, hours)
    assert are_one(later, first, hours)


@pytest.mark.parametrize("hours", [0.5, 20])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 killed in Kabul", "15 killed in Peshawar"),
        ("3 dead in Mosul", "5 dead in Basra"),
        # No name, or only a people's.
        ("Two killed in school shooting, police hunt gunman",
         "Three killed in school shooting, police hunt gunman"),
        ("Israeli strike kills 5, medics say", "Israeli strike kills 9, medics say"),
        # Another name, in one place or in two.
        ("Two killed in shooting at Brown Hall, police hunt gunman",
         "Three killed in shooting at Rice Hall, police hunt gunman"),
        ("Typhoon Quokka kills 26 in Philippines",
         "Typhoon Wombat death toll climbs to 66 in Philippines"),
        ("Typhoon Quokka kills 26 in Philippines",
         "Typhoon Quokka death toll climbs to 66 in Vietnam"),
        # More numbers are others than are counted.
        ("Crash on Brown Road 4 kills 3, police say", "Crash on Brown Road 6 kills 5, police say"),
        # A number in words that is no toll.
        ("Two things we learned at Brown Hall debate",
         "Five things we learned at Brown Hall debate"),
        # Of another toll, without a word for what happened in common.
        ("12 killed in strikes on Gaza", "Gaza death toll passes 69,000, ministry says"),
    ],
)  # fmt: skip
def test_other_tolls_stay_apart(one: str, other: str, hours: float) -> None:
    assert not are_one(one, other, hours)
    assert not are_one(other, one, hours)


def test_the_same_words_with_another_toll_days_later_are_another_event() -> None:
    two = "Two killed in shooting at Brown Hall, police hunt gunman"
    three = "Three killed in shooting at Brown Hall, police hunt gunman"
    assert [are_one(two, three, hours) for hours in (23, 25)] == [True, False]
