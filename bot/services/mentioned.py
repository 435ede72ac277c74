"""Who is named by some of the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.core.choosing import choose
from bot.core.lists import ListedName, row
from bot.core.names import fold, words_of
from storage.database import Transaction
from storage.model import Entity

MOST_WORDS, LONGEST_ROW = 15, 4  # of a sentence, and of a name within
MOST_WORDS_OF_TEXT = 150  # where a whole text is sent, such as somebody's post
MOST_JOINED = 4  # parts of a list that are one name: "Bosnia and Herzegovina"
_POSSESSIVE = re.compile(r"['’]s\b")


async def named_within(tx: Transaction, typed: str) -> tuple[Entity, ...]:
    """Who is clearly named by words in a row of a folded sentence, the longest rows first."""
    words = typed.split()[:MOST_WORDS]
    return await _named(tx, typed, _rows(words, range(len(words)), len(words) - 1))


async def named_in_text(tx: Transaction, text: str) -> tuple[Entity, ...]:
    """The same of a text of any length, as far as the names in it begin with a capital, in
    scripts that have these: its "us" is not the United States."""
    words: list[str] = []
    capital = []
    for word in _POSSESSIVE.sub("", text).split():
        for place, folded in enumerate(words_of(word)):
            if not place and not next(filter(str.isalnum, word), "").islower():
                capital.append(len(words))
            words.append(folded)
    words = words[:MOST_WORDS_OF_TEXT]
    return await _named(tx, " ".join(words), _rows(words, capital, LONGEST_ROW))


def _rows(words: Sequence[str], starts: Iterable[int], longest: int) -> list[str]:
    starts = list(starts)
    return [
        " ".join(words[start : start + length])
        for length in range(min(LONGEST_ROW, longest), 0, -1)
        for start in starts
        if start + length <= len(words)
    ]


async def _named(tx: Transaction, typed: str, rows: Sequence[str]) -> tuple[Entity, ...]:
    known = await tx.entities.by_names(set(rows))
    found, left = [], f" {typed} "
    for one in dict.fromkeys(each for each in rows if each in known):
        chosen = choose(one, await tx.entities.named(one)) if f" {one} " in left else None
        if chosen:
            found.append(chosen.entity)
            left = left.replace(f" {one} ", " | ")
    return tuple({entity.id: entity for entity in found}.values())


async def clear_names(
    tx: Transaction, text: str, parts: Sequence[ListedName]
) -> list[tuple[Sequence[ListedName], Entity | None]]:
    """The parts of a list in their order, those together that are one clear name with whom it
    means, the longest first; each other one alone, with nobody."""
    rows = {
        (start, length): row(text, parts[start], parts[start + length - 1])
        for start in range(len(parts))
        for length in range(1, min(MOST_JOINED, len(parts) - start) + 1)
    }
    known = await tx.entities.by_names({fold(one) for one in rows.values()})
    found: list[tuple[Sequence[ListedName], Entity | None]] = []
    start = 0
    while start < len(parts):
        for length in range(min(MOST_JOINED, len(parts) - start), 0, -1):
            typed = fold(rows[start, length])
            chosen = choose(typed, await tx.entities.named(typed)) if typed in known else None
            if chosen or length == 1:
                found.append((parts[start : start + length], chosen.entity if chosen else None))
                start += length
                break
    return found
