"""Filters of a follow: which of the events that it would bring are wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.categories import heading
from bot.core.hours import is_off
from bot.core.literal import begins, level, occurs
from storage.model import Filter

MOST_WORDS = 20
LONGEST_WORD = 60  # characters


@dataclass(frozen=True)
class ParsedWords:
    """The words that a reader asked for, each as typed, in their order and once."""

    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class TooManyWords:
    """More words than a filter may have."""

    count: int
    most: int = MOST_WORDS


@dataclass(frozen=True)
class TooLongWord:
    """A word or phrase of more characters than one may have."""

    word: str
    longest: int = LONGEST_WORD


@dataclass(frozen=True)
class Contradiction:
    """A word that shall occur and shall not: no event could pass."""

    word: str


def passes(wanted: Filter, *, category: str, text: str) -> bool:
    """Whether an event of a category whose whole text is ``text`` is wanted.

    Categories count by the names that they have today, whenever filter and event were stored.
    Words count without case and accents: a single one that must occur from its beginning
    ("protest" in "protesters"), phrases and what must not occur as whole words; in scripts
    without spaces between words, all anywhere. Those without letters and digits ask for nothing.
    """
    if wanted.categories and _named(category) not in map(_named, wanted.categories):
        return False
    if not wanted.must and not wanted.must_not:
        return True
    levelled = level(text)
    return all(_has(levelled, word) for word in wanted.must) and not any(
        occurs(level(word), levelled) for word in wanted.must_not
    )


def _named(category: str) -> str:
    return level(heading(category) or category)


def _has(text: str, word: str) -> bool:
    key = level(word)
    return not key or (occurs if " " in word else begins)(key, text)


_SIGNS = "+＋-－−–—"
_MINUSES = frozenset("-－−–—")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"'))
_COMMA = re.compile("[,;،、，；؛]")
_ASKED = re.compile(rf'\s*([{re.escape(_SIGNS)}]*)\s*(?:"([^"]*)"?|([^\s",;，、；،؛]+))')


def parse_words(text: str) -> ParsedWords | TooManyWords | TooLongWord | Contradiction:
    """The words that a reader typed: ``+word "a phrase" -other``, with commas or without.

    A minus of any length asks that a word does not occur. What has no letters and digits is
    left out, and so is what was asked before.
    """
    asked: dict[str, tuple[str, bool]] = {}
    for signs, phrase, word in _ASKED.findall(text.translate(_QUOTES)):
        typed, unwanted = " ".join((phrase or word).split()), not _MINUSES.isdisjoint(signs)
        key = level(typed)
        if len(typed) > LONGEST_WORD:
            return TooLongWord(typed)
        if key and asked.setdefault(key, (typed, unwanted))[1] != unwanted:
            return Contradiction(typed)
    if len(asked) > MOST_WORDS:
        return TooManyWords(len(asked))
    return ParsedWords(
        must=tuple(typed for typed, unwanted in asked.values() if not unwanted),
        must_not=tuple(typed for typed, unwanted in asked.values() if unwanted),
    )


def asks_for_none(text: str) -> bool:
    """Whether what a reader typed for a filter says that there shall be none: "off", "aus", a
    lone minus, nothing at all. In quotes, "off" is a word like any other."""
    return is_off(text) or not text.strip(f"{_SIGNS} ")


def parse_categories(text: str, called: Callable[[str], str | None]) -> tuple[str, ...]:
    """The categories that a text names, with commas between them; none where any part of it is
    no category's name, is in quotes or has a sign before it. ``called``: the category of that
    name, if there is one."""
    parts = [part.strip() for part in _COMMA.split(text.translate(_QUOTES))]
    found = [called(part) for part in parts if part and part[0] not in _SIGNS and '"' not in part]
    if len(found) < len(parts):
        return ()
    named = [category for category in found if category is not None]
    return tuple(dict.fromkeys(named)) if len(named) == len(parts) else ()
