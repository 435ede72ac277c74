"""The names that the plain text of an account may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.mentions.countries import country_names
from bot.core.mentions.runs import FullName, full_names
from bot.core.names import words_of
from storage.model import Account, Link

_TOKEN = re.compile(r"\S+")


def possible_names(account: Account) -> list[FullName]:
    """The full names and countries' names that an account's text may hold outside its links:
    these say themselves whom their words mean.

    Where a link leads to an article with all words of a full name in its title ("Transport in
    North Korea"), its editor has linked whom he meant as narrowly as he wished.
    """
    text = account.full_text
    countries = country_names(text, account.language)
    if not account.links:
        return [*full_names(text), *countries]
    linked = _linked(text, account.links)
    titles = [frozenset(words_of(link.target)) for link in account.links]
    full = (name for name in full_names(text, linked) if not _is_titled(name, titles))
    return [*full, *(name for name in countries if name.start not in linked)]


def _is_titled(name: FullName, titles: Sequence[frozenset[str]]) -> bool:
    words = name.folded.split()
    return any(title.issuperset(words) for title in titles)


def _linked(text: str, links: Sequence[Link]) -> frozenset[int]:
    """The places of the words that stand in a text's links, which are in its order."""
    spans: list[tuple[int, int]] = []
    end = 0
    for link in links:
        start = text.find(link.words, end)
        if start < 0:
            start = text.find(link.words)
        if link.words and start >= 0:
            end = start + len(link.words)
            spans.append((start, end))
    tokens = [token.span() for token in _TOKEN.finditer(text)]
    return frozenset(
        place
        for place, (first, last) in enumerate(tokens)
        if any(start < last and first < end for start, end in spans)
    )
