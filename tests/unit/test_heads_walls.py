"""Pages of consent that stand before European articles, and heads that say nothing."""

from __future__ import annotations

import pytest

from bot.errors import SourceUnreadable
from bot.sources.pages import read_head
from storage.model import PageHead
from tests.support.heads import URL, head_of, meta

_TOLD = "The harbour office says that the engine failed at noon."


def _read(title: str, description: str = "", url: str = URL, language: str = "") -> PageHead:
    elements = (f"<title>{title}</title>", meta("og:description", description))
    return read_head(head_of(*elements, language=language), url, content_type="text/html")


@pytest.mark.parametrize(
    "title",
    [
        "Beispiel | Zustimmung",
        "derBeispiel.example › Zustimmung",
        "BEISPIEL ONLINE | Lesen Sie beispiel.example mit Werbung oder im Abo. Sie haben die Wahl.",
        "Besuchen Sie uns wie gewohnt mit Werbung und Tracking",
        "Example Media Privacy Gate",
        "Cookiewall",
        "Votre consentement",
        "Avant de continuer",
        "Antes de continuar",
        "Yahoo is part of the Yahoo family of brands",
        "Yahoo ist Teil der Yahoo Markenfamilie",
        "Example News | Page not found",
    ],
)
def test_a_page_that_asks_for_consent_is_not_the_article(title: str) -> None:
    with pytest.raises(SourceUnreadable):
        _read(title)


@pytest.mark.parametrize(
    "title",
    [
        "Zustimmung zur Reform wächst in Beispielstadt",
        "Avant de continuer le combat, Ann Exemple consulte ses proches et ses nombreux alliés",
        "Yahoo is sold to a family of publishers",
        "Ferry returns to port | Example News",
        "Ferry › Port › Returns with everybody aboard",
        "Court says that privacy gate was no crime",
    ],
)
def test_a_headline_about_consent_is_a_headline(title: str) -> None:
    assert _read(title, _TOLD).description == _TOLD


def test_an_address_of_consent_is_not_that_of_the_article() -> None:
    for url in ("https://www.example.org/zustimmung?url=x", "https://myprivacy.example.org/a"):
        with pytest.raises(SourceUnreadable):
            _read("Ferry returns to port", _TOLD, url)


@pytest.mark.parametrize(
    "description",
    [
        "By Ann Sample, Example News Staff Writer, 22 November 2026",
        "Besuchen Sie uns wie gewohnt mit Werbung und Tracking.",
    ],
)
def test_what_says_nothing_of_the_article_is_no_description(description: str) -> None:
    assert _read("Ferry returns to port", description).description == ""


def test_a_description_begins_behind_its_dateline() -> None:
    assert _read("Ferry returns to port", f"LEEDS (Reuters) - {_TOLD}").description == _TOLD


@pytest.mark.parametrize(
    ("title", "said", "language"),
    [
        ("Паром вернулся в порт", "en", "ru"),
        ("渡轮返回港口", "", "zh"),
        ("Пором повернувся до порту", "uk-UA", "uk"),
        ("Die Fähre ist zurück", "de-AT", "de"),
        ("Ferry returns to port", "", ""),
    ],
)
def test_the_script_tells_a_language_that_was_left_in_a_template(
    title: str, said: str, language: str
) -> None:
    assert _read(title, language=said).language == language
