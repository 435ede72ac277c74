"""Which entity a typed name means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.choosing import (
    Nearest,
    among,
    carrying,
    choose,
    clear_title,
    is_common,
    nearest,
    worth_offering,
)
from bot.core.names import fold, fold_title
from storage.model import Candidate, Entity, Name

# What links of the portal's archive say: title, words, how often (counted once, by hand).
USES = (
    ("Georgia (country)", "Georgia", 155),
    ("Georgia (U.S. state)", "Georgia", 64),
    ("Washington (state)", "Washington", 59),
    ("Washington, D.C.", "Washington", 10),
    ("Federal government of the United States", "Washington", 5),
    ("International Criminal Court", "ICC", 3),
    ("International Cricket Council", "ICC", 2),
    ("Omar al-Bashir", "Omar al-Bashir", 57),
    ("Vladimir Putin", "Putin", 5),
    ("North Korea", "North Korea", 908),
    ("2009 North Korean nuclear test", "North Korea", 1),
    ("Korea DPR national football team", "North Korea", 1),
    ("Apple", "Apple", 8),
    ("Apple Inc.", "Apple", 28),
    ("George W. Bush", "Bush", 39),
    ("Bush (band)", "Bush", 1),
    ("Democratic Republic of the Congo", "Congo", 3),
    ("Republic of the Congo", "Congo", 1),
)


def candidates(typed: str) -> list[Candidate]:
    """Whom these words may mean by the links above, as the database gives them."""
    titles = list(dict.fromkeys(title for title, _, _ in USES))
    uses = {(title, fold(words)): count for title, words, count in USES}
    found = [
        Candidate(
            Entity(number, title), title, uses.get((title, typed), 0), fold_title(title) == typed
        )
        for number, title in enumerate(titles, 1)
        if (title, typed) in uses or fold_title(title) == typed
    ]
    return sorted(found, key=lambda c: (not c.exact, -c.uses, c.entity.id))


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Omar al-Bashir", "Omar al-Bashir"),
        ("omar AL bashir", "Omar al-Bashir"),
        ("Putin", "Vladimir Putin"),
        ("Путин", "Vladimir Putin"),
        ("North Korea", "North Korea"),
        ("Bush", "George W. Bush"),
        ("Apple Inc", "Apple Inc."),
    ],
)
def test_clear_names(name: str, title: str) -> None:
    chosen = choose(fold(name), candidates(fold(name)))
    assert chosen is not None
    assert chosen.entity.label == title


@pytest.mark.parametrize("name", ["Georgia", "Washington", "ICC", "Apple", "Congo"])
def test_names_of_several(name: str) -> None:
    found = candidates(fold(name))
    assert len(found) > 1
    assert choose(fold(name), found) is None


def test_a_single_word_for_one_alone_must_be_common_or_a_title_in_use() -> None:
    village = Candidate(Entity(1, "Bashir, Iraq"), "Bashir", 1)
    assert choose("bashir", [village]) is None
    assert choose("bashir", [replace(village, uses=5)]) is not None
    song = Candidate(Entity(2, "Hello (song)"), "Hello (song)", 3, exact=True)
    assert choose("hello", [song]) is None
    country = Candidate(Entity(3, "Zimbabwe"), "Zimbabwe", 1, exact=True)
    assert choose("zimbabwe", [country]) == country
    assert choose("zimbabwe", [replace(country, uses=0)]) is None
    president = Candidate(Entity(4, "Omar al-Bashir"), "President Bashir", 1)
    assert choose("president bashir", [president]) == president


def test_what_hardly_any_use_means_is_not_offered() -> None:
    found = worth_offering([*candidates("georgia"), Candidate(Entity(99, "Rugby"), "Georgia", 1)])
    assert [c.entity.label for c in found] == ["Georgia (country)", "Georgia (U.S. state)"]
    assert worth_offering(candidates("washington")) == candidates("washington")
    assert is_common(found)
    assert not is_common(found[:0])


def test_nobody_is_nobody() -> None:
    assert choose("nobody", []) is None


def test_an_article_of_that_title_is_clear_among_rare_other_uses() -> None:
    paris = Candidate(Entity(1, "Paris"), "Paris", 20, exact=True)
    attacks = Candidate(Entity(2, "November 2015 Paris attacks"), "Paris", 2)
    assert choose("paris", [paris, attacks]) == paris
    texas = Candidate(Entity(3, "Paris (Texas)"), "Paris (Texas)", 0, exact=True)
    assert choose("paris", [paris, attacks, texas]) is None


def test_search_results_are_clear_by_a_title_of_two_words() -> None:
    assert clear_title("zinedine zidane", ["Zidane (film)", "Zinedine Zidane"]) == 1
    assert clear_title("zidane", ["Zidane"]) is None
    assert clear_title("john smith", ["John Smith (poet)"]) is None
    assert clear_title("john smith", ["John Smith", "John Smith (poet)"]) is None


NAMES = (
    ("omar al bashir", 1),
    ("omar hassan al bashir", 1),
    ("abu bakar bashir", 2),
    ("martin bashir", 3),
    ("vladimir putin", 4),
    ("robert mugabe", 5),
)


def test_all_names_that_contain_the_words_the_shortest_first() -> None:
    assert nearest("bashir", NAMES, 8).containing == (3, 1, 2)
    assert nearest("omar bashir", NAMES, 8).containing == (1,)
    assert nearest("bashi", NAMES, 8).containing == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("omar al basheer", 1),
        ("vladimir puttin", 4),
        ("putin vladimr", 4),
        ("robert mugabbe", 5),
        ("mugabe rober", 5),
    ],
)
def test_misspelt_names_are_near(typed: str, meant: int) -> None:
    assert nearest(typed, NAMES, 8).alike[:1] == (meant,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mugabee", (5,)),
        ("puttin", (4,)),
        ("basheer", (1, 2, 3)),
        ("omar basheer", (1,)),  # each word must be like one of the name's
        ("omar mugabee", ()),
        ("al mugabee", ()),  # short words must be right
        ("bsh", ()),
    ],
)
def test_names_with_words_spelled_nearly_so_are_near(typed: str, meant: tuple[int, ...]) -> None:
    assert sorted(nearest(typed, NAMES, 8).alike) == list(meant)


def test_what_is_alike_in_whole_comes_before_what_is_in_words() -> None:
    names = [("ann merkell", 1), ("merkel", 2), ("merkley", 3)]
    assert nearest("merkle", names, 8).alike[0] == 3
    assert set(nearest("merkle", names, 8).alike) == {1, 2, 3}
    assert len(nearest("merkle", names, 2).alike) == 2


def test_those_of_a_name_among_a_few() -> None:
    vladimir = Entity(1, "Vladimir Putin", names={"ru": Name("Владимир Путин")})
    film, omar = Entity(2, "Putin (film)"), Entity(3, "Omar al-Bashir")
    few = [vladimir, film, omar]
    assert among("putin", few, ()) == [film]  # so labelled, but for what stands in brackets
    assert among("Putin", [vladimir, omar], ()) == [vladimir]
    assert among("Владимир Путин", few, ()) == [vladimir]
    assert among("bashir omar", few, ()) == [omar]
    assert among("the butcher", few, {3}) == [omar]
    assert among("bash", few, ()) == among("", few, ()) == []
    assert carrying("putin", few, ()) == [vladimir, film]
    assert carrying("the butcher", few, {3}) == [omar]


def test_unlike_names_are_not_near() -> None:
    assert nearest("angela merkel", NAMES, 8) == Nearest()
    assert nearest("", NAMES, 8) == Nearest()


def test_no_more_than_asked_for_and_each_once() -> None:
    names = [(f"john smith {n}", n % 90) for n in range(100)]
    found = nearest("john smith", names, 8)
    assert len(set(found.containing)) == len(found.containing) == 80
    assert found.alike == ()
    alike = nearest("jhon smith 1", names, 8).alike
    assert len(set(alike)) == len(alike) == 8
