"""Which feed an operator means by words."""

from __future__ import annotations

import pytest

from bot.services.managing.finding import meant
from storage.model import Feed

BROKEN = Feed(7, "https://news.example/rss", "https://news.example/rss", "Broken Guest: Новости")
OTHER = Feed(8, "https://other.example/rss", "https://other.example/rss", "Other")


@pytest.mark.parametrize(
    "typed", ["brok", "BROKEN", "guest broken", "news.example", "news", "новости", "нов broken"]
)
def test_words_and_their_beginnings_name_a_feed(typed: str) -> None:
    assert meant([BROKEN, OTHER], typed) == [BROKEN]


@pytest.mark.parametrize("typed", ["b", "br", "roken", "broken letters", "example", "er"])
def test_letters_inside_a_word_name_none(typed: str) -> None:
    assert meant([BROKEN, OTHER], typed) == []
