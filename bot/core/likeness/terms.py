"""Taking a text apart: its terms, which of them are names, and what it states."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.likeness.background import frequency, term_of
from bot.core.likeness.facts import NOTHING, Facts, facts_of
from bot.core.likeness.heading import headline_of
from bot.core.likeness.headlines import NO_HEADLINE, Headline
from bot.core.likeness.scripts import language_of
from bot.core.likeness.tokens import (
    CAPITAL_NOUNS,
    HEADLINE,
    NAME_SHARE,
    NAME_SHARE_AT_START,
    TOKEN,
    Token,
    levelled,
)
from bot.core.sentences import split_first

# What stands further down is background, which unlike events share; feeds seldom say more.
MAX_CHARACTERS = 1_000
_SHORT = 3  # letters, of what stands small in a name; words, of what is hardly a headline
# Numbers and names tell events apart that have all other words in common.
_NUMBER_WORTH, _NAME_WORTH = 2.0, 1.3


@dataclass(frozen=True, slots=True)
class Terms:
    """A text taken apart: how often it has each term, the share of texts that have it (both in
    one order), which terms are names, what the text states, its headline. ``stress`` is how much
    more each term weighs here than by its rarity alone. ``capitals`` are the names and whatever
    else has a capital wherever it stands: these say who and where ("US President Donald")."""

    language: str
    counts: Mapping[str, int]
    shares: Mapping[str, float]
    names: frozenset[str]
    facts: Facts = NOTHING
    stress: Sequence[float] = ()
    headline: Headline = NO_HEADLINE
    capitals: frozenset[str] = frozenset()


def take_apart(text: str, language: str) -> Terms:
    """The terms of a text (of its first 1,000 characters) said to be in a language."""
    return _taken_apart(text[:MAX_CHARACTERS], language)


@lru_cache(maxsize=1024)  # each is looked for, joined and kept
def _taken_apart(text: str, language: str) -> Terms:
    language = language_of(text, language)
    found: list[_Said] = []
    names: set[str] = set()
    cases: set[tuple[str, bool]] = set()
    for sentence in _sentences(text):
        said = list(_said(TOKEN.findall(sentence), language))
        found += said
        if language not in CAPITAL_NOUNS:
            names.update(_names(said))
            cases.update(_cases(said))
    order = [term for _, term, _ in found]
    counts = Counter(order)
    shares: dict[str, float] = {}
    for _, term, share in found:
        if share > shares.get(term, -1.0):
            shares[term] = share
    facts = facts_of(text, order, language)
    stress = [_stress(term, times, term in names) for term, times in counts.items()]
    headline = headline_of(text, language)
    capitals = names.union(term for term, high in cases if high and (term, False) not in cases)
    return Terms(
        language, counts, shares, frozenset(names), facts, stress, headline, frozenset(capitals)
    )


def _sentences(text: str) -> Iterator[str]:
    while text:
        first, text = split_first(text)
        yield first


# A word as written ("" for what is none), its term, and the share of texts that have that.
_Said = tuple[str, str, float]


def _said(tokens: Sequence[Token], language: str) -> Iterator[_Said]:
    """What a sentence says, in its order."""
    for number, run, word in tokens:
        if run:
            yield from (("", pair, frequency(pair, language)) for pair in _pairs(run))
        else:
            yield word, *term_of(levelled(word or number), language)


def _names(said: Sequence[_Said]) -> Iterator[str]:
    """The terms of a sentence's words that its capitals tell to be names."""
    is_headline = _is_headline(said)
    for place, (word, term, share) in enumerate(said):
        least = NAME_SHARE_AT_START if is_headline or not place else NAME_SHARE
        if share < least and word[:1].isupper():
            yield term


def _is_headline(said: Sequence[_Said]) -> bool:
    """Whether most of its words have capitals."""
    words = [word for word, _, _ in said if word]
    return sum(word[0].isupper() for word in words) > HEADLINE * len(words)


def _cases(said: Sequence[_Said]) -> Iterator[tuple[str, bool]]:
    """Each term of a sentence's words, and whether it has a capital there, or stands small in a
    name ("da Silva"); none where all have one, and not the first's unless its name goes on."""
    if len(said) > _SHORT and _is_headline(said):
        return
    capitals = [word[:1].isupper() for word, _, _ in said]
    befores, behinds = [False, *capitals], [*capitals[1:], False]
    for place, (word, term, _) in enumerate(said):
        in_name = befores[place] and behinds[place] and 0 < len(word) <= _SHORT
        if place or behinds[place] or not capitals[place]:
            yield term, capitals[place] or in_name


def _stress(term: str, times: int, is_name: bool) -> float:
    """By how often a text has a term (sublinear), and by what it is."""
    often = 1 + math.log(times) if times > 1 else 1.0
    if is_name:
        return often * _NAME_WORTH
    return often * _NUMBER_WORTH if term[0].isdigit() else often


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for index in range(len(run) - 1):
        yield run[index : index + 2]
