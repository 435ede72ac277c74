"""Taking a text apart: its terms, which of them are names, and what it states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.likeness.background import frequency, term_of
from bot.core.likeness.facts import NOTHING, Facts, facts_of
from bot.core.likeness.scripts import language_of
from bot.core.sentences import split_first

# What stands further down is background, which unlike events share; feeds seldom say more.
MAX_CHARACTERS = 1_000
# Scripts written without spaces, and Korean, whose endings vary: pairs of characters.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff"
)
# A word's vowel signs and the like, which Python does not count as its letters.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0dff"
_LETTER = rf"(?![{_UNSPACED}])[^\W\d_]"
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:]\d+)*)"
    rf"|(?P<run>[{_UNSPACED}]+)"
    rf"|(?P<word>(?:{_LETTER}[{_MARKS}]*)+(?:['’](?:{_LETTER})+)?)"
)
_POSSESSIVE = ("'s", "’s")
# A capital letter makes a name of a word that is rare in texts; at the beginning of a
# sentence, or in a headline with a capital for each word, of a rarer one.
_NAME_SHARE, _NAME_SHARE_AT_START = 1e-3, 3e-4
_HEADLINE = 0.6  # of its words have capitals
_CAPITAL_NOUNS = frozenset({"de", "lb"})  # a capital proves nothing there


@dataclass(frozen=True, slots=True)
class Terms:
    """A text taken apart: how often it has each term, the share of texts that have it,
    which terms are names, and what the text states."""

    language: str
    counts: Mapping[str, int]
    shares: Mapping[str, float]
    names: frozenset[str]
    facts: Facts = NOTHING


def take_apart(text: str, language: str) -> Terms:
    """The terms of a text (of its first 1,000 characters) said to be in a language."""
    return _taken_apart(text[:MAX_CHARACTERS], language)


@lru_cache(maxsize=1024)  # each is looked for, joined and kept
def _taken_apart(text: str, language: str) -> Terms:
    language = language_of(text, language)
    shares: dict[str, float] = {}
    names: set[str] = set()
    order: list[str] = []
    for sentence in _sentences(text):
        for term, share, is_name in _terms(sentence, language):
            order.append(term)
            shares[term] = max(share, shares.get(term, 0.0))
            if is_name:
                names.add(term)
    facts = facts_of(text, order, language)
    return Terms(language, Counter(order), shares, frozenset(names), facts)


def _sentences(text: str) -> Iterator[str]:
    while text:
        first, text = split_first(text)
        yield first


def _terms(sentence: str, language: str) -> Iterator[tuple[str, float, bool]]:
    """Each term of a sentence, the share of texts that have it, and whether it is a name."""
    tokens = _TOKEN.findall(sentence)
    capitals = [word[0].isupper() for _, _, word in tokens if word]
    is_headline = sum(capitals) > _HEADLINE * len(capitals)
    most = _NAME_SHARE_AT_START
    for number, run, word in tokens:
        if run:
            yield from ((pair, frequency(pair, language), False) for pair in _pairs(run))
            continue
        low = word.casefold()
        if low.endswith(_POSSESSIVE):
            low = low[:-2]
        term, share = term_of(number or low, language)
        yield term, share, share < most and word[:1].isupper() and language not in _CAPITAL_NOUNS
        if not is_headline:  # from the second word on
            most = _NAME_SHARE


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for index in range(len(run) - 1):
        yield run[index : index + 2]
