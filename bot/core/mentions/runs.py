"""Runs of words in a text that may be full names.

They have two words and more, a capital on each but for the small ones between them. Scripts
without capitals are taken as if every word had one; those without spaces between words have
no names that are found here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from bot.core.names import fold

LONGEST_NAME = 7  # words
MOST_NAMES = 1_000  # that one text can hold
_LONGEST_ABBREVIATION = 3  # letters before a full stop that ends no sentence ("Gen.")

# Words between the words of a name. They may begin small, and don't count as words of it.
SMALL = frozenset(
    """a al am an and as at au aux bin bint by d da das de del della den der des di die do dos du
    e ed el en et for from für i ibn im in l la las le les los of on op or the to ul und ur van
    vom von y zu zum zur à и та""".split()
)
# Where these follow a name, it is part of another: that of what was called after its bearer.
_NAMESAKES = frozenset(
    """academy airlines airport airways arena avenue award awards boulevard bridge building
    cathedral center centre chronicle clinic club college county cup fellow festival foundation
    fund gallery gazette hall herald highway hospital hotel ii iii institute iv jr journal
    junior library mall marathon medal memorial museum news observer orchestra park plaza post prize
    road scholar school sr square stadium station street studios theater theatre times tower
    tribune united university""".split()
)
# Of which kind it is, between the two ("Elementary School").
_KINDS = frozenset(
    """central children's children’s community elementary grammar high intercontinental
    international junior medical memorial middle national presidential primary public regional
    secondary senior state technical women's women’s""".split()
)
# Before a name likewise: parts of a place, and ships.
_AHEAD = frozenset("east north south west hms rms ss uss usns".split())
_PARTS = re.compile(r"[-‐‑–./]+")
ELIDED = re.compile(r"(?:d|l|dell)['’](?=\w)", re.I)
OWNER = re.compile(r"['’][sS]$")


class Word(NamedTuple):
    """A word without the marks around it (``head``: with those after it); names go on neither
    past those before it (``opens``) nor past those after it (``closes``). Its parts are counted
    that count as words of a name, and the letters of the longest of them."""

    text: str
    low: str
    head: str
    opens: bool
    closes: bool
    has_capital: bool
    counting: int
    longest: int


_OTHER = Word("", "", "", False, False, False, 0, 0)  # small, and no word of a name


@dataclass(frozen=True)
class FullName:
    """Words of a text that may be a name: the first, the one after the last, as written, and
    folded; and whether the words around make another name of them ("Rosa Parks School"), or
    they are a country's name of one word (``folded`` is the English one then)."""

    start: int
    end: int
    words: str
    folded: str
    is_part: bool = False
    is_country: bool = False


@lru_cache(maxsize=1)  # countries are looked for in what full names were
def words_in(text: str) -> tuple[Word, ...]:
    """The words of a text as names are made of them."""
    return tuple(_OTHER if _is_other(token) else _word(token) for token in text.split())


def full_names(text: str, linked: Container[int] = ()) -> Iterator[FullName]:
    """The runs of two to LONGEST_NAME words that may be a name, by their first word, the longest
    first; MOST_NAMES at most. None has a word whose place is ``linked``.

    They begin and end with a capital, or a letter of a script that has none, have two words
    that count, and hold no mark that parts sentences or clauses.
    """
    words = words_in(text)
    runs = (
        (start, end)
        for start, first in enumerate(words)
        if first.has_capital and start not in linked
        for end in range(_end_of_run(words, start, linked), start, -1)
        if _is_name(words, start, end)
    )
    for start, end in islice(runs, MOST_NAMES):
        others = words[start : end - 1]
        last = OWNER.sub("", words[end - 1].text)
        written = " ".join([*(word.head for word in others), last])
        folded = [*(_folded(word.text) for word in others), _folded(last)]
        is_part = _belongs_to_more(words, start, end)
        yield FullName(start, end, written, " ".join(filter(None, folded)), is_part)


@lru_cache(maxsize=1 << 11)  # a word stands in many runs
def _folded(word: str) -> str:
    return fold(word)


def _end_of_run(words: Sequence[Word], start: int, linked: Container[int]) -> int:
    end = start + 1
    last = min(start + LONGEST_NAME, len(words))
    while end < last and not (words[end - 1].closes or words[end].opens) and _fits(words[end]):
        if end in linked:
            break
        end += 1
    return end


def _fits(word: Word) -> bool:
    """Whether a name may go on with this word."""
    return word.has_capital or word.low in SMALL or word.text[:1].isdigit()


def _is_name(words: Sequence[Word], start: int, end: int) -> bool:
    last = words[end - 1]
    if last.low in SMALL and not last.has_capital:
        return False
    run = words[start:end]
    return (
        sum(word.counting for word in run) > 1
        and max(word.longest for word in run) > 1  # "U.S." is none
    )


def _belongs_to_more(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether the word before or after the run makes another name of it."""
    if not OWNER.search(words[end - 1].text) and is_namesake(words, end):
        return True
    if start == 0 or words[start - 1].closes or words[start].opens:
        return False
    before = words[start - 1]
    return before.has_capital and before.low in _AHEAD


def is_namesake(words: Sequence[Word], end: int) -> bool:
    """Whether what follows a run is what was called after its bearer."""
    for before, after in pairwise(words[end - 1 :]):
        if before.closes or after.opens or not after.has_capital:
            return False
        if after.low not in _KINDS or after.low in _NAMESAKES:
            return after.low in _NAMESAKES
    return False


def _is_other(token: str) -> bool:
    """Whether a token is sure to be no word of a name, as most are. (Of other letters than
    these the small ones may stand for others without regard to case.)"""
    return token.isascii() and token.isalpha() and token.islower() and token not in SMALL


@lru_cache(maxsize=1 << 13)  # words come again and again
def _word(token: str) -> Word:
    if token.isalnum():  # most are
        low, has_capital = token.casefold(), _has_capital(token)
        counts = has_capital and low != "the"
        longest = len(token) if counts else 0
        return Word(token, low, token, False, False, has_capital, int(counts), longest)
    start, end = 0, len(token)
    while start < end and _is_mark(token[start]):
        start += 1
    while end > start and _is_mark(token[end - 1]):
        end -= 1
    text, after = token[start:end], token[end:]
    is_abbreviation = after == "." and len(text) <= _LONGEST_ABBREVIATION
    counting = [part for part in _PARTS.split(text) if _counts(part)]
    return Word(
        text,
        text.casefold(),
        token[start:],
        opens=start > 0,
        closes=bool(after) and not is_abbreviation,
        has_capital=_has_capital(text),
        counting=len(counting),
        longest=max(map(len, counting), default=0),
    )


def _counts(part: str) -> bool:
    return _has_capital(part) and part.casefold() != "the"


def _has_capital(word: str) -> bool:
    """Whether a word begins as names do; so does one after an elided or hyphenated article
    ("d'Ivoire", "al-Qaeda")."""
    if not word.isalnum():  # few are more than letters
        word = ELIDED.sub("", word)
        article, _, rest = word.partition("-")
        if rest and article in SMALL:
            word = rest
    return word[:1].isalpha() and not word[0].islower()


def _is_mark(character: str) -> bool:
    # By category, not by ``\W``: that takes the vowel signs of Indian scripts for marks too.
    return unicodedata.category(character)[0] in "PS"
