"""Which of several articles in a page's linked data is its own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sources.pages import read_head
from storage.model import PageHead
from tests.support.heads import URL, head_of, linked

_OTHER = {
    "@type": "NewsArticle",
    "@id": "https://www.example.org/news/2017/11/23/other-999#article",
    "headline": "Court fines shipping firm",
    "description": "A court fined a firm for dumping oil in March.",
    "image": "https://www.example.org/other.jpg",
}
_OWN = {
    "@type": "NewsArticle",
    "headline": "Ferry returns &amp; docks",
    "description": "The harbour office says that the engine failed at noon.",
    "image": "https://www.example.org/own.jpg",
}


def _read(*articles: dict[str, Any], title: str = "Paper", graph: bool = False) -> PageHead:
    said = {"@graph": articles} if graph else articles
    head = head_of(f"<title>{title}</title>", linked(said))
    return read_head(head, URL, content_type=None)


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize(
    "named",
    [
        {"url": URL.replace("https://www.", "http://m.")},
        {"mainEntityOfPage": URL},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": f"{URL}?utm_source=a"}},
        {"@id": f"{URL}#article"},
    ],
)
def test_the_article_at_the_pages_address_is_its_own(named: dict[str, Any], graph: bool) -> None:
    head = _read(_OTHER, _OWN | named, graph=graph)
    assert head.title == "Ferry returns & docks"
    assert head.description == _OWN["description"]
    assert head.picture == _OWN["image"]


def test_the_article_of_the_pages_title_is_its_own() -> None:
    head = _read(_OTHER, _OWN, title="Ferry returns &amp; docks - Paper")
    assert (head.title, head.picture) == ("Ferry returns & docks", _OWN["image"])


def test_of_articles_that_may_all_be_others_none_is_taken() -> None:
    head = _read(_OTHER, _OWN, title="A ferry is back")
    assert (head.title, head.description, head.picture) == ("A ferry is back", "", None)


def test_a_lone_article_is_the_pages_own_and_may_be_listed_twice() -> None:
    for articles in ([_OWN], [_OWN, _OWN | {"@type": "Article", "inLanguage": "en"}]):
        assert _read(*articles, title="A ferry is back").description == _OWN["description"]
    assert _read({"@type": "Article"}, _OWN).title == "Ferry returns & docks"


def test_what_is_escaped_twice_is_read_twice() -> None:
    assert _read(_OWN | {"headline": "Q&amp;amp;A on the ferry"}).title == "Q&A on the ferry"
