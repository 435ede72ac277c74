"""What the operator's chats are told of sources by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.services.warning import News
from bot.telegram import texts
from bot.telegram.markup import Rich, lines, paragraphs, plain
from bot.telegram.screens import Screen
from bot.telegram.views.sources.parts import named, why
from bot.telegram.wording import Words
from storage.model import Feed

MOST_LISTED = 7


def source_news(words: Words, news: News) -> Screen:
    """Which sources fail, have ended, or are back."""
    return Screen(
        paragraphs(
            _part(words, texts.sources.NEWS_FAILING, news.failing),
            _part(words, texts.sources.NEWS_ENDED, news.ended),
            _part(words, texts.sources.NEWS_BACK, news.back, is_well=True),
        )
    )


def _part(words: Words, head: str, feeds: Sequence[Feed], *, is_well: bool = False) -> Rich:
    if not feeds:
        return Rich()
    shown = (
        named(feed)
        if is_well or not feed.failure
        else words.fill(texts.sources.NEWS_LINE, title=named(feed), why=why(feed.failure))
        for feed in feeds[:MOST_LISTED]
    )
    rest = len(feeds) - MOST_LISTED
    more = words.count(texts.events.MORE, rest) if rest > 0 else Rich()
    return lines(plain(words(head)), *shown, more)
