"""Taking a text apart: its terms, which of them are names, and what it states."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.likeness.background import frequency, term_of
from bot.core.likeness.facts import NOTHING, Facts, facts_of
from bot.core.likeness.headlines import COMMON, NAME, NO_HEADLINE, PART, Headline
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
_LETTER = rf"[^\W\d_{_UNSPACED}]"
# A number, a run of what is written without spaces, or a word.
_TOKEN = re.compile(
    r"(\d+(?:[.,:]\d+)*)"
    rf"|([{_UNSPACED}]+)"
    rf"|({_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*(?:['’]{_LETTER}+)?)"
)
_POSSESSIVE = ("'s", "’s")
# A capital letter makes a name of a word that is rare in texts; at the beginning of a
# sentence, or in a headline with a capital for each word, of a rarer one.
_NAME_SHARE, _NAME_SHARE_AT_START = 1e-3, 3e-4
# In a headline that is compared word by word, a capital within the sentence makes a name of any
# word but a common one, unless all words have one (short ones have none in any style).
_NAME_SHARE_PROVEN, _LONG = 0.05, 4
_LONGEST = 24  # words of a headline, or pairs of characters
_HEADLINE = 0.6  # of its words have capitals
_CAPITAL_NOUNS = frozenset({"de", "lb"})  # a capital proves nothing there
# Numbers and names tell events apart that have all other words in common.
_NUMBER_WORTH, _NAME_WORTH = 2.0, 1.3


@dataclass(frozen=True, slots=True)
class Terms:
    """A text taken apart: how often it has each term, the share of texts that have it (both in
    one order), which terms are names, what the text states, its headline. ``stress`` is how much
    more each term weighs here than by its rarity alone."""

    language: str
    counts: Mapping[str, int]
    shares: Mapping[str, float]
    names: frozenset[str]
    facts: Facts = NOTHING
    stress: Sequence[float] = ()
    headline: Headline = NO_HEADLINE


def take_apart(text: str, language: str) -> Terms:
    """The terms of a text (of its first 1,000 characters) said to be in a language."""
    return _taken_apart(text[:MAX_CHARACTERS], language)


@lru_cache(maxsize=1024)  # each is looked for, joined and kept
def _taken_apart(text: str, language: str) -> Terms:
    language = language_of(text, language)
    found: list[tuple[str, float]] = []
    names: set[str] = set()
    for sentence in _sentences(text):
        tokens = _TOKEN.findall(sentence)
        found += _terms(tokens, language)
        if language not in _CAPITAL_NOUNS:
            names.update(_names(tokens, language))
    order = [term for term, _ in found]
    counts = Counter(order)
    shares: dict[str, float] = {}
    for term, share in found:
        if share > shares.get(term, -1.0):
            shares[term] = share
    facts = facts_of(text, order, language)
    stress = [_stress(term, times, term in names) for term, times in counts.items()]
    headline = _headline(text, language)
    return Terms(language, counts, shares, frozenset(names), facts, stress, headline)


def _sentences(text: str) -> Iterator[str]:
    while text:
        first, text = split_first(text)
        yield first


# What _TOKEN finds: a number, a run and a word, of which two are "".
_Token = tuple[str, str, str]


def _terms(tokens: Sequence[_Token], language: str) -> Iterator[tuple[str, float]]:
    """Each term of a sentence, and the share of texts that have it."""
    for number, run, word in tokens:
        if word:
            yield term_of(_levelled(word), language)
        elif number:
            yield term_of(number, language)
        else:
            yield from ((pair, frequency(pair, language)) for pair in _pairs(run))


def _names(tokens: Sequence[_Token], language: str) -> Iterator[str]:
    """The terms of a sentence's words that its capitals tell to be names."""
    words = [word for _, run, word in tokens if not run]  # a number is ""
    capitals = [place for place, word in enumerate(words) if word[:1].isupper()]
    is_headline = len(capitals) > _HEADLINE * (len(words) - words.count(""))
    for place in capitals:
        term, share = term_of(_levelled(words[place]), language)
        if share < (_NAME_SHARE_AT_START if is_headline or not place else _NAME_SHARE):
            yield term


def _headline(text: str, language: str) -> Headline:
    """The first sentence of a text, which may end with the line; a long one is none."""
    first, _ = split_first(text.partition("\n")[0])
    tokens = _TOKEN.findall(first)
    if sum(len(run) / 2 or 1 for _, run, _ in tokens) > _LONGEST:
        return NO_HEADLINE
    small = any(len(word) >= _LONG and word[0].islower() for _, _, word in tokens)
    prove = small and language not in _CAPITAL_NOUNS
    found: list[tuple[str, int]] = []
    for place, token in enumerate(tokens):
        _, run, word = token
        if run:
            found += _characters(run, language)
            continue
        for term, share in _terms([token], language):
            is_name = bool(word) and share < _most_of_name(word, is_proof=prove and place > 0)
            found.append((term, NAME if is_name else COMMON))
    return Headline(tuple(term for term, _ in found), bytes(kind for _, kind in found))


def _characters(run: str, language: str) -> Iterator[tuple[str, int]]:
    """The characters of a run, and which are with the next one a rare word."""
    for place, character in enumerate(run):
        pair = run[place : place + 2]
        is_part = len(pair) > 1 and frequency(pair, language) < _NAME_SHARE
        yield character, PART if is_part else COMMON


def _most_of_name(word: str, *, is_proof: bool) -> float:
    """The share of texts below which a headline's word is taken for a name."""
    if word[0].isupper():
        return _NAME_SHARE_PROVEN if is_proof else _NAME_SHARE_AT_START
    return 0.0 if word[0].islower() else _NAME_SHARE  # which have no capitals


def _stress(term: str, times: int, is_name: bool) -> float:
    """By how often a text has a term (sublinear), and by what it is."""
    often = 1 + math.log(times) if times > 1 else 1.0
    if is_name:
        return often * _NAME_WORTH
    return often * _NUMBER_WORTH if term[0].isdigit() else often


def _levelled(word: str) -> str:
    low = word.casefold()
    return low[:-2] if low.endswith(_POSSESSIVE) else low


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for index in range(len(run) - 1):
        yield run[index : index + 2]
