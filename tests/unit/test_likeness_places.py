"""Places that a text names, and which of them are apart."""

from __future__ import annotations

import pytest

from bot.core.likeness.gazetteer import (
    Place,
    are_apart,
    are_other_towns,
    known_places,
    share_a_town,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast in Kabul.", {("AF", "13", "kabul")}),
        ("Trump wins Ohio", {("US", "OH")}),
        ("Sudanese President Omar al-Bashir visits Russia", {("RU",)}),
        ("South Korean ships leave", set()),
        ("Aid for South Sudanese refugees", set()),
        ("protection from the U.S. Congress met", {("US",)}),
        ("Germany's parliament", {("DE",)}),
        ("Aid for the Congo", {("CD",), ("CG",)}),
        ("the Netherlands wins", {("NL",)}),
        ("Paris Hilton sings", set()),
        ("a man of some age", set()),
        ("", set()),
    ],
)
def test_places_that_a_text_names(text: str, expected: set[Place]) -> None:
    assert known_places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump Threatens Canada With New Tariffs", {("CA",)}),
        ("Bomb Attack in Pakistan Leaves Several Dead", {("PK",)}),
        ("TORNADO HITS OHIO, KILLING THREE", {("US", "OH")}),
        ("Ohio's Court Upholds Law", {("US", "OH")}),
        ("Gunman Kills Four at New Jersey Mall", {("US", "NJ")}),
        ("Storm Batters the U.S. Gulf Coast", {("US",)}),
        ("South Korean Leader Resigns", set()),
        # Words that mostly are no places, however written.
        ("Tell Us More After Surprise Jackson Split", set()),
        # The headline alone is read so, and only one with capitals.
        ("Storm Kills Two. Ann Kenya Sample stays", set()),
        ("A man whom Ann Kenya Sample met has gone", set()),
    ],
)
def test_a_headline_with_a_capital_for_each_word_names_places(
    text: str, expected: set[Place]
) -> None:
    assert known_places(text) == expected


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("Zurich", "Zürich"),
        ("Bogota", "Bogotá"),
        ("Cologne", "Köln"),
        ("Mecca", "Makkah"),
        ("Kiev", "Kyiv"),
        ("Khan Younis", "Khān Yūnis"),
        ("Türkiye", "Turkey"),
    ],
)
def test_a_place_has_several_spellings(spelling: str, other: str) -> None:
    found = known_places(f"in {spelling}")
    assert found
    assert found <= known_places(f"in {other}")


def test_a_name_without_its_accents_is_not_taken_for_a_common_word() -> None:
    assert known_places("in Salé")
    assert not known_places("on Sale")


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("in Kabul", "in Peshawar", True),
        ("in Ohio", "in Iowa", True),
        ("in Kabul", "in Afghanistan", False),
        ("near Columbus, Ohio", "in the United States", False),
        ("in Kabul and Peshawar", "in Pakistan", False),
        ("in Kabul", "in a village", False),
        ("in Birmingham", "in Alabama", False),
        ("in Birmingham", "in England", False),
        ("in Munich", "in Bavaria", False),
        ("in Hamburg", "in Bavaria", True),
        ("in Lahore", "in Punjab", False),
        ("in Amritsar", "in Punjab", False),
        ("in Khan Younis", "in Gaza", False),
        ("in Rafah", "in the Gaza Strip", False),
        ("in Khan Younis", "in Gaza City", True),
        ("in Rafah", "in the West Bank", True),
    ],
)
def test_places_are_apart_where_none_holds_another(first: str, second: str, apart: bool) -> None:
    one, other = known_places(first), known_places(second)
    assert are_apart(one, other) == apart
    assert are_apart(other, one) == apart


def test_a_country_in_common_is_no_town_in_common() -> None:
    kabul, country = known_places("in Kabul"), known_places("in Afghanistan")
    assert share_a_town(kabul, kabul)
    assert not share_a_town(country, country)
    assert not share_a_town(kabul, country)


def test_towns_of_one_country_are_others() -> None:
    kabul, herat = known_places("in Kabul, Afghanistan"), known_places("in Herat, Afghanistan")
    assert are_other_towns(kabul, herat)
    assert not are_other_towns(kabul, kabul)
    assert not are_other_towns(kabul, known_places("in Afghanistan"))
    assert not are_other_towns(known_places("in Ohio"), known_places("in Columbus"))
