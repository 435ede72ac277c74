"""Taking a text apart: its terms, which of them are names, and what it states."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.core.likeness.background import frequency, term_of
from bot.core.likeness.facts import NOTHING, Facts, facts_of
from bot.core.likeness.heading import Sentence, headline_of
from bot.core.likeness.headlines import NO_HEADLINE, Headline
from bot.core.likeness.scripts import language_by_script
from bot.core.likeness.tokens import (
    CAPITAL_NOUNS,
    HEADLINE,
    NAME_SHARE,
    NAME_SHARE_AT_START,
    TOKEN,
    Token,
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
    language = language_by_script(text, language)
    sentences = [Sentence(each, TOKEN.findall(each)) for each in _split(text)]
    found: list[_Said] = []
    capitals = _Capitals()
    for sentence in sentences:
        words, said = _said(sentence.tokens, language)
        found += said
        if language not in CAPITAL_NOUNS:
            capitals.look_at(words, said)
    counts, shares = _counted(found)
    names = frozenset(capitals.names)
    facts = facts_of(text, [term for term, _ in found], language)
    first = _first_of(text, sentences)
    headline = headline_of(first, text[len(first.text) :], language)
    everywhere = names.union(capitals.everywhere(counts))
    return Terms(
        language, counts, shares, names, facts, _stress(counts, names), headline, everywhere
    )


def _split(text: str) -> Iterator[str]:
    while text:
        first, text = split_first(text)
        yield first


def _first_of(text: str, sentences: Sequence[Sentence]) -> Sentence:
    """The first sentence of a text, which may end with the line; feeds' texts have one."""
    line, end, _ = text.partition("\n")
    if sentences and not end:
        return sentences[0]
    first, _ = split_first(line)
    return Sentence(first, TOKEN.findall(first))


def _counted(found: Iterable[_Said]) -> tuple[dict[str, int], dict[str, float]]:
    """How often each term is said, and the greatest share that it has: its words' may differ."""
    counts: dict[str, int] = {}
    shares: dict[str, float] = {}
    for term, share in found:
        if term not in counts:
            counts[term], shares[term] = 1, share
            continue
        counts[term] += 1
        shares[term] = max(shares[term], share)
    return counts, shares


# A term, and the share of texts that have it.
_Said = tuple[str, float]


def _said(tokens: Sequence[Token], language: str) -> tuple[list[str], list[_Said]]:
    """The words of a sentence as written ("" for what is none), and what each says."""
    words: list[str] = []
    said: list[_Said] = []
    for number, run, word in tokens:
        if run:
            pairs = list(_pairs(run))
            words += [""] * len(pairs)
            said += [(pair, frequency(pair, language)) for pair in pairs]
        else:
            words.append(word)
            said.append(term_of(word or number, language))
    return words, said


class _Capitals:
    """What capitals tell of the terms of a text."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._high: list[str] = []  # as often as they stand with a capital, or small in a name
        self._untold: list[str] = []  # as often as that tells nothing

    def look_at(self, words: Sequence[str], said: Sequence[_Said]) -> None:
        """Learn from a sentence. Where all words have capitals these tell little, and so does
        that of the first one unless its name goes on."""
        high = [place for place, word in enumerate(words) if word and word[0].isupper()]
        if not high:
            return
        is_headline = len(high) > HEADLINE * (len(words) - words.count(""))
        for place in high:
            term, share = said[place]
            if share < (NAME_SHARE_AT_START if is_headline or not place else NAME_SHARE):
                self.names.add(term)
        if is_headline and len(words) > _SHORT:
            self._untold += [term for term, _ in said]
            return
        self._high += [said[place][0] for place in _small_in_names(words, high)]
        if 0 in high and 1 not in high:
            self._untold.append(said[0][0])
            high.remove(0)
        self._high += [said[place][0] for place in high]

    def everywhere(self, counts: Mapping[str, int]) -> Iterator[str]:
        """The terms that have a capital, or stand small in a name, wherever that tells."""
        times = Counter(self._high + self._untold)
        return (term for term in self._high if times[term] == counts[term])


def _small_in_names(words: Sequence[str], high: Sequence[int]) -> Iterator[int]:
    """Where a word without a capital is part of a name ("da Silva")."""
    for before, behind in pairwise(high):
        if behind - before == 2 and 0 < len(words[before + 1]) <= _SHORT:
            yield before + 1


def _stress(counts: Mapping[str, int], names: Collection[str]) -> list[float]:
    """By how often a text has each term (sublinear), and by what that is."""
    return [
        (1 + math.log(times) if times > 1 else 1.0)
        * (_NAME_WORTH if term in names else _NUMBER_WORTH if term[0].isdigit() else 1.0)
        for term, times in counts.items()
    ]


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for index in range(len(run) - 1):
        yield run[index : index + 2]
