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
        "Error 404 (Not Found)!!1",
        "503 Service Temporarily Unavailable",
        "502 Bad Gateway",
        "Making sure you&#39;re not a bot!",
        "Проверка браузера",
        "Ошибка 404",
        "Такой страницы нет | Пример",
        "الصفحة غير موجودة",
        "お探しのページは見つかりませんでした。",
        "ページが見つかりません｜例",
        "找不到页面",
        "Not available in your region",
        "This video is unavailable in your country",
        "Redirecting...",
        "Weiterleitung…",
    ],
)
def test_a_page_that_is_not_there_is_not_the_article(title: str) -> None:
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
        "503 people leave the island",
        "Доступ к порту открыт",
        "Error 404 is thirty years old",
        "行方不明の船は見つかりません",
        "Redirecting aid to the islands takes months",
        "Redirected to Samplia: how a ferry lost its way",
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
        "Please disable your ad blocker to continue reading this article on our site.",
        "It looks like you're using an ad blocker. Please allow ads on our site.",
        "This service is not available in your country or region at this time.",
        "We recognize you are attempting to access this website from a country of the EEA.",
        "undefined undefined undefined",
        "{{ article.description }} and what more there is",
    ],
)
def test_what_says_nothing_of_the_article_is_no_description(description: str) -> None:
    assert _read("Ferry returns to port", description).description == ""


@pytest.mark.parametrize(
    "title", ["undefined", "null", "{{title}}", "${page.title} | Paper", "The Paper"]
)
def test_what_a_template_left_blank_is_no_title(title: str) -> None:
    named = (meta("og:title", title), meta("og:site_name", "The Paper"))
    head = head_of(*named, "<title>Ferry returns - The Paper</title>")
    assert read_head(head, URL, content_type=None).title == "Ferry returns"


def test_a_headline_that_is_given_for_the_site_is_the_title() -> None:
    named = (meta("og:title", "Ferry returns"), meta("og:site_name", "Ferry returns"))
    head = head_of(*named, "<title>Ferry returns | The Paper</title>")
    assert read_head(head, URL, content_type=None).title == "Ferry returns"


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


def test_a_picture_in_a_local_network_is_none() -> None:
    pictures = ["http://192.168.0.1/a.jpg", "http://intranet/a.jpg", "https://example.org/b.jpg"]
    elements = ["<title>Ferry returns to port</title>", *(meta("og:image", p) for p in pictures)]
    assert read_head(head_of(*elements), URL, content_type=None).picture == pictures[-1]
    inside = "http://192.168.0.1/story-1234"  # whoever can open this page can open its picture
    assert read_head(head_of(*elements), inside, content_type=None).picture == pictures[0]


def test_linked_data_may_have_commas_too_many() -> None:
    said = '{"@type": "Article", "headline": "Ferry, }returns", "image": ["/a.jpg", ] , }'
    head = head_of(f'<script type="application/ld+json">{said}</script>')
    found = read_head(head, URL, content_type=None)
    assert (found.title, found.picture) == ("Ferry, }returns", "https://www.example.org/a.jpg")


def test_a_description_ends_where_its_quotation_mark_is_missing() -> None:
    elements = (f'<meta property="og:description" content="{_TOLD}', '<script type="module">')
    head = read_head(head_of("<title>Ferry returns</title>", *elements), URL, content_type=None)
    assert head.description == _TOLD
