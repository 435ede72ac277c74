"""Recorded article pages of publishers in eight languages, as far as they are at hand."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sources.pages import HEAD_BYTES, read_head
from storage.model import PageHead
from tests.support.data import find_data

_URL = "https://www.example.org/news/story-1234"
_LANGUAGES = {"jp": "ja", "lb": "ar", "uk": "en", "us": "en"}
_WORDS = re.compile(r"\w+")


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the pages are."""
    data = find_data()
    if data is None or not (data / "articles").is_dir():
        pytest.skip("the recorded articles are not at hand")
    return data / "articles"


def test_heads_say_what_the_pages_are_known_to_say(folder: Path) -> None:
    agree: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for path in sorted(folder.glob("*/*.html.gz")):
        head = read_head(gzip.decompress(path.read_bytes()), _URL, content_type="text/html")
        for field, does in _agreements(path, head):
            known[field] += 1
            agree[field] += does
    assert dict(known) == {"language": 14, "site": 14, "picture": 14, "title": 14, "description": 9}
    assert {field: known[field] - agree[field] for field in known} == {
        "language": 0,
        "site": 0,
        "picture": 0,
        "title": 1,  # a page with another headline than in its head
        "description": 2,  # articles begin with place, day and agency; their heads don't
    }


def test_the_beginning_of_a_page_is_enough(folder: Path) -> None:
    for path in sorted(folder.glob("*/*.html.gz")):
        body = gzip.decompress(path.read_bytes())
        read = [read_head(part, _URL, content_type=None) for part in (body, body[:HEAD_BYTES])]
        assert read[0] == read[1]


def _agreements(path: Path, head: PageHead) -> Iterator[tuple[str, bool]]:
    """The fields that something is known of, and whether they agree with that."""
    yield "language", head.language == _LANGUAGES.get(path.parent.name, path.parent.name)
    yield "site", bool(head.site)
    yield "picture", bool(head.picture)
    expected = _expected(path, head)
    yield "title", _words(expected["title"]) == _words(head.title)
    for summary in expected["body"]["summary"][:1]:
        yield "description", _words(summary) == _words(head.description)


def _expected(path: Path, head: PageHead) -> dict[str, Any]:
    """What is known of the page: of its publisher's articles, which are all unlike, the one
    whose title shares the most words with it."""
    publisher = path.name.partition("_")[0]
    articles = json.loads((path.parent / f"{publisher}.json").read_text("utf-8")).values()
    title = set(_words(head.title))
    return dict(max(articles, key=lambda one: len(title & set(_words(one["title"])))))


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)
