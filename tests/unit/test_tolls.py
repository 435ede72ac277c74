"""How many dead a title tells of."""

from __future__ import annotations

import pytest

from bot.core.tolls import may_count_people, toll_of


@pytest.mark.parametrize(
    ("title", "dead"),
    [
        ("At least 305 people are killed, and over 128 wounded, in an attack at Arish.", 305),
        ("A bomb kills at least 53 people and injures more than 130 in Basra.", 53),
        ("A train derails, causing 23 deaths and 156 injuries.", 23),
        ("A bomb injures 100 and kills 20.", 20),
        ("The death toll from the heat wave reaches 2,330.", 1000),
        ("Bei einem Anschlag werden 305 Menschen getötet und 128 verletzt.", 305),
        ("Zahl der Toten steigt auf 59", 59),
        ("Eine Bombe tötete 47 Menschen", 47),
        ("Un séisme tue au moins 40 personnes", 40),
        ("L'attentat a tué 41 personnes", 41),
        ("Un homme a été tué à 40 km de la capitale", 0),
        ("Le bilan est de 1 200 morts et 300 blessés", 1000),
        ("Al menos 71 muertos y 120 heridos en un atentado", 71),
        ("При взрыве погибли не менее 45 человек", 45),
        ("Число жертв выросло до 112", 112),
        ("مقتل 305 أشخاص في هجوم", 305),
        ("٤٥ قتيلا في انفجار", 45),
        ("埃及袭击造成至少305人死亡,128人受伤", 305),
    ],
)
def test_numbers_of_dead_are_read_in_each_language(title: str, dead: int) -> None:
    assert toll_of(title) == dead


@pytest.mark.parametrize(
    "title",
    [
        "The president visits 40 towns.",
        "An actor dies at the age of 77.",
        "A 21-year-old man has died in hospital.",
        "The man who killed an actor in 1985 is released.",
        "Eight people are killed and 100 injured.",
        "12% of all bees died.",
        "",
    ],
)
def test_other_numbers_are_none(title: str) -> None:
    assert toll_of(title) == 0


def test_numbers_may_be_of_people_where_a_word_for_them_stands() -> None:
    assert may_count_people("35 Verletzte nach Brand", "de")
    assert may_count_people("35 tote Fische", "de")
    assert not may_count_people("35 Drohnen abgeschossen", "de")
    assert may_count_people("35 droni abbattuti", "it")  # no words of which are known here
