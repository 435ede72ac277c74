"""Taking a headline apart: its terms in their order, and which of them name something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.conflicts import counts, number_of
from bot.core.likeness.background import frequency, term_of
from bot.core.likeness.calendar import dates_in, is_calendar
from bot.core.likeness.gazetteer import Places, place_or_people
from bot.core.likeness.headlines import COMMON, NAME, NO_HEADLINE, PART, Headline
from bot.core.likeness.territories import countries_in, countries_in_run
from bot.core.likeness.tokens import (
    CAPITAL_NOUNS,
    NAME_SHARE,
    NAME_SHARE_AT_START,
    Token,
    is_loud,
    without_possessive,
)
from bot.core.tolls import may_count_people

# In a headline that is compared word by word, a capital within the sentence makes a name of any
# word but a common one, unless all words have one (short ones have none in any style).
_NAME_SHARE_PROVEN, _LONG = 0.05, 4
_LONGEST = 24  # words of a headline, or pairs of characters
_LONGEST_NAME = 8  # words
_ENDS = ".!?:;…\"“”„»«’'\n"  # behind them a capital proves nothing
# Where they stand, a number may be a toll.
_TOLLS = frozenset(
    "toll death deaths casualties victims bodies survivors rescued evacuated displaced homeless"
    " trapped stranded cases infected votes".split()
)
# Japanese spells foreign names, and other foreign words, in katakana. Days of the week are names.
_FOREIGN = re.compile(
    r"[\u30a1-\u30fa\u30fc]{2,}|((?:[周週]|星期|[礼禮]拜)[一二三四五六日天]|[月火水木金土日]曜日?)"
)
_COUNTERS = frozenset("人名")  # what a number goes before in Chinese and Japanese
_NOWHERE: Places = frozenset()
# A term, its kind, the word that it stands for (or ""), and the places that it surely names.
_Piece = tuple[str, int, str, Places]


class Sentence(NamedTuple):
    """A sentence, and the tokens that it consists of."""

    text: str
    tokens: Sequence[Token]


def headline_of(first: Sentence, rest: str, language: str) -> Headline:
    """The first sentence of a text before the ``rest`` of it; a long one is none."""
    tokens = first.tokens
    if sum([len(run) / 2 or 1 for _, run, _ in tokens]) > _LONGEST:
        return NO_HEADLINE
    small = any(len(word) >= _LONG and word[0].islower() for _, _, word in tokens)
    capitals_tell = language not in CAPITAL_NOUNS
    if not capitals_tell:
        rest = ""
    found: list[_Piece] = []
    for place, (number, run, word) in enumerate(tokens):
        if run:
            found += _pieces(run, language)
            continue
        if word:
            number = number_of(word.casefold(), language)
        if number:
            found.append((number, COMMON, "", _NOWHERE))
            continue
        term, share = term_of(word, language)
        proof = (small and capitals_tell and place > 0) or _is_proven(word, share, rest)
        is_name = share < _most_of_name(word, is_proof=proof) or _is_day(term, word, language)
        found.append((term, NAME if is_name else COMMON, word, _NOWHERE))
    terms = tuple([term for term, _, _, _ in found])
    kinds = bytearray([kind for _, kind, _, _ in found])
    places = tuple(_places(found, terms, language))
    for at, _ in places:
        kinds[at] = NAME
    may_rise = _may_rise(first.text, terms, language)
    subject = _subject(first.text, rest, is_run=small)
    return Headline(terms, bytes(kinds), places, may_rise, subject)


def _subject(first: str, rest: str, *, is_run: bool) -> str:
    """The words with capitals that a headline begins with, of which its ``rest`` has none small;
    only the first word where capitals are no run of names."""
    size = 0
    words = first.split(maxsplit=_LONGEST_NAME)
    for place, word in enumerate(words[: _LONGEST_NAME if is_run else 1], 1):
        if word[0].isupper():
            size = place
        elif not size or len(word) >= _LONG:
            break
    found = words[:size]
    if not all(word[-1].isalnum() for word in found) or first.isupper():
        return ""  # "LIVE: …"
    if size == 1 and not is_loud(found[0]) and f" {found[0].lower()}" in rest:
        return ""
    return " ".join(found)


def _is_day(term: str, word: str, language: str) -> bool:
    """Whether a word is a day of the week or a month. In English capitals tell."""
    return language != "en" and len(word) >= _LONG and is_calendar(term, language)


def _is_proven(word: str, share: float, rest: str) -> bool:
    """Whether what follows a headline has its word with a capital within a sentence, and never
    without."""
    if not rest or not word[:1].isupper() or not NAME_SHARE_AT_START <= share < _NAME_SHARE_PROVEN:
        return False
    behind = rest.find(f" {word}", 1)
    return (
        behind > 0
        and rest[behind - 1] not in _ENDS
        and not rest[behind + 1 + len(word) :][:1].isalpha()
        and f" {word.lower()}" not in rest
    )


def _places(
    pieces: Sequence[_Piece], terms: Sequence[str], language: str
) -> Iterator[tuple[int, Places]]:
    """Where a headline names places, and which."""
    words = [without_possessive(word) if word else "" for _, _, word, _ in pieces]
    countries = countries_in(language)
    named, beyond = _NOWHERE, 0  # of a name of several words
    for at, (_, _, word, places) in enumerate(pieces):
        if at < beyond:
            places = named
        elif word and not word[0].islower():
            count, named = countries.longest(terms, at)
            if not named:
                count, named = place_or_people(words, at)
            beyond, places = at + count, named
        if places:
            yield at, places


def _may_rise(first: str, terms: Sequence[str], language: str) -> bool:
    """Whether a headline's numbers may be a toll: in English they are said to count people, and
    elsewhere there is no date among them and, as far as that is known, a word for people."""
    if not any(term[0].isdigit() for term in terms):
        return True
    if language == "en":
        return bool(counts(first)) or not _TOLLS.isdisjoint(first.lower().split())
    return not dates_in(terms, language) and may_count_people(first, language)


def _pieces(run: str, language: str) -> Iterator[_Piece]:
    """The countries, the other names in katakana, the days and the other characters of a run."""
    done = 0
    for at, name, place in countries_in_run(run, language):
        yield from _foreign_names(run[done:at], language)
        yield name, NAME, "", frozenset({place})
        done = at + len(name)
    yield from _foreign_names(run[done:], language)


def _foreign_names(run: str, language: str) -> Iterator[_Piece]:
    """A run's rare words in katakana, its days of the week, and its other characters."""
    done = 0
    for match in _FOREIGN.finditer(run):
        if match[1] or frequency(match[0], language) < NAME_SHARE:
            yield from _characters(run[done : match.start()], language)
            yield match[0], NAME, "", _NOWHERE
            done = match.end()
    yield from _characters(run[done:], language)


def _characters(run: str, language: str) -> Iterator[_Piece]:
    """The characters of a run, and which are with the next one a rare word."""
    for place, character in enumerate(run):
        pair = run[place : place + 2]
        number = number_of(character, "zh") if pair[1:] in _COUNTERS else ""
        if number:
            yield number, COMMON, "", _NOWHERE
            continue
        is_part = len(pair) > 1 and frequency(pair, language) < NAME_SHARE
        yield character, PART if is_part else COMMON, "", _NOWHERE


def _most_of_name(word: str, *, is_proof: bool) -> float:
    """The share of texts below which a headline's word is taken for a name."""
    if word[0].isupper():
        return _NAME_SHARE_PROVEN if is_proof else NAME_SHARE_AT_START
    return 0.0 if word[0].islower() else NAME_SHARE  # which have no capitals
