"""Which countries' names of one word a text has by themselves, and what links leave to name."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.mentions import possible_names
from bot.core.mentions.countries import country_names
from storage.model import Account, Link


def countries(text: str, language: str = "en") -> list[str]:
    return [name.words for name in country_names(text, language)]


def possible(text: str, *links: tuple[str, str]) -> list[str]:
    account = Account(date(2017, 11, 24), text, links=tuple(Link(*link) for link in links))
    return [name.words for name in possible_names(account)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("At least 85 people are killed near Arish, Egypt.", ["Egypt"]),
        ("Egypt’s president condemns Syria's Assad.", ["Egypt", "Syria"]),
        ("In Zimbabwe, soldiers block the roads to Harare.", ["Zimbabwe"]),
        ("Former Zimbabwe finance minister is charged.", ["Zimbabwe"]),
        ("He is told by Zimbabwe President Robert Mugabe.", ["Zimbabwe"]),
        ("President of Zimbabwe Robert Mugabe resigns.", ["Zimbabwe"]),
        ("The Supreme Court of Kenya annuls the vote.", ["Kenya"]),
        ("The president of the Philippines visits (China).", ["Philippines", "China"]),
        ("SYRIA: ceasefire holds", ["SYRIA"]),
        (
            "Of Syria, 24 cities; France 24–10 Wales; Chile 2010; Kenya's 47 counties",
            ["Syria", "France", "Chile", "Kenya"],
        ),
        ("Envoys of three, France, Germany and Italy, meet.", ["France", "Germany", "Italy"]),
    ],
)
def test_a_country_is_named_by_its_name_alone(text: str, named: list[str]) -> None:
    assert countries(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "Riders of the Tour de France rest.",
        "Air France cancels flights, and so does Kenya Airways.",
        "New Mexico votes on the budget.",
        "A ship sinks in the Gulf of Oman.",
        "Syria-based men and the Russia–Ukraine border",
        "Egypt Mosque Attack Leaves Hundreds Dead",
        "President of Kenya Airways resigns.",
        "A day with much turkey and china",
        "Soldiers seize the state broadcaster, France 24 reports.",
        "The channel Italia 1, and France 2.",
    ],
)
def test_a_name_within_another_is_none(text: str) -> None:
    assert countries(text) == []


@pytest.mark.parametrize(
    "name", ["Georgia", "Jordan", "Chad", "Turkey", "Guinea", "Niger", "Congo", "Ireland", "Jersey"]
)
def test_names_that_others_bear_name_no_country(name: str) -> None:
    assert countries(f"Floods reach {name} on Monday.") == []


@pytest.mark.parametrize(
    ("language", "text", "named", "folded"),
    [
        ("de", "Syriens Präsident reist nach Ägypten.", ["Syriens", "Ägypten"], ["syria", "egypt"]),
        ("fr", "L'Iran et l’Égypte négocient.", ["Iran", "Égypte"], ["iran", "egypt"]),
        ("fr", "Le Tour d'Italie part en Syrie.", ["Syrie"], ["syria"]),
        ("fr", "Maurice et Dominique parlent.", [], []),
        ("es", "El presidente de México va a Granada.", ["México"], ["mexico"]),
        ("ru", "Сирия и Египет", ["Сирия", "Египет"], ["syria", "egypt"]),
        ("ru", "Того ждали.", [], []),
        ("vi", "Anh nói", [], []),
        ("xx", "Syria", [], []),
    ],
)
def test_names_in_the_language_of_the_text(
    language: str, text: str, named: list[str], folded: list[str]
) -> None:
    found = list(country_names(text, language))
    assert [name.words for name in found] == named
    assert [name.folded for name in found] == folded


def test_what_a_link_covers_is_left_to_it() -> None:
    text = "President of Zimbabwe Robert Mugabe thanks Grace Mugabe; Egypt too"
    links = [("President of Zimbabwe", "President of Zimbabwe"), ("Robert Mugabe", "Robert Mugabe")]
    assert possible(text, *links) == ["Grace Mugabe", "Egypt"]


def test_an_article_titled_with_the_name_is_whom_the_editor_meant() -> None:
    text = "North Korean ships of North Korea reach Japan"
    link = ("Transportation in North Korea", "ships")
    assert possible(text) == ["North Korean", "North Korea", "Japan"]
    assert possible(text, link) == ["North Korean", "Japan"]


def test_a_link_hides_its_own_place_only() -> None:
    text = "Aleppo, Syria: talks on Syria fail"
    assert possible(text, ("Aleppo", "Aleppo, Syria")) == ["Syria"]
    assert possible(text, ("Syria", "Syria"), ("Absent", "absent")) == ["Syria"]
