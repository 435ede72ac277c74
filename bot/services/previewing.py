"""What would come of a feed's entries: whom they name and which events they would join.

Looks things up and keeps nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from bot.core.identity import Neighbour, evidence_urls, join_event
from bot.core.names import fold
from bot.sources.feeds import Entry, account_of
from storage.database import Database, Transaction
from storage.model import Account, Entity

LONGEST_NAME = 5  # words
MOST_NAMES = 300  # that are looked up for one entry
_LONGEST_ABBREVIATION = 3  # letters before a full stop that ends no sentence ("Gen.")


@dataclass(frozen=True)
class Joined:
    """A known event by its number; ``title`` is None while readers don't see it yet."""

    number: int
    title: str | None


@dataclass(frozen=True)
class Preview:
    """An entry, the known entities that its text names in full, in the text's order, and the
    event that it would join (None: it would be a new one)."""

    entry: Entry
    entities: tuple[Entity, ...]
    joins: Joined | None


class Previewing:
    """Tells what would come of entries, in one reading transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def preview(
        self, entries: Sequence[Entry], publisher: str, at: datetime, *, language: str = "en"
    ) -> list[Preview]:
        """The same entries in the same order, as ``publisher``'s feed has them at ``at``."""
        async with self._database.reading() as tx:
            names = _Names(tx)
            return [
                Preview(
                    entry,
                    await names.in_text(entry.text),
                    await _joined(tx, account_of(entry, publisher, at, language=language)),
                )
                for entry in entries
            ]


async def _joined(tx: Transaction, account: Account) -> Joined | None:
    urls = evidence_urls(account)
    neighbours = [
        # Of other sources: that they stand on their pages still is no sign of another event.
        Neighbour(report.event_id, words, report.urls, present=False)
        for report in (await tx.reports.citing(urls, account.day) if urls else [])
        if (words := report.standing.seen or report.standing.shown)
    ]
    number = join_event(account, neighbours)
    if number is None:
        return None
    event = await tx.events.get(number)
    return Joined(number, event.title if event else None)


@dataclass
class _Names:
    """Looks up names of two words and more, each once."""

    tx: Transaction
    known: dict[str, Entity | None] = field(default_factory=dict)

    async def in_text(self, text: str) -> tuple[Entity, ...]:
        """The entities that ``text`` names in full; of names within each other the longest."""
        found: dict[int, Entity] = {}
        free = 0
        for name in islice(full_names(text), MOST_NAMES):
            entity = await self._entity(name.folded) if name.start >= free else None
            if entity:
                found.setdefault(entity.id, entity)
                free = name.end
        return tuple(found.values())

    async def _entity(self, folded: str) -> Entity | None:
        """Whom a name means, where it means exactly one."""
        if folded not in self.known:
            candidates = await self.tx.entities.named(folded)
            self.known[folded] = candidates[0].entity if len(candidates) == 1 else None
        return self.known[folded]


# --- What may be a name ---------------------------------------------------------------


@dataclass(frozen=True)
class FullName:
    """Words that may be a name: the first, the one after the last, and levelled."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True)
class _Word:
    """A word without the marks around it; names go on neither past those before it
    (``opens``) nor past those after it (``closes``)."""

    text: str
    opens: bool
    closes: bool


def full_names(text: str) -> Iterator[FullName]:
    """The runs of two to LONGEST_NAME words that may be a name, the longest first at each word.

    They begin with a capital, or a letter of a script that has none, and hold no mark that
    parts sentences or clauses.
    """
    words = [_word(token) for token in text.split()]
    for start, word in enumerate(words):
        if not _begins_name(word.text):
            continue
        for end in range(_end_of_run(words, start), start + 1, -1):
            folded = fold(" ".join(_unowned(words[start:end])))
            if " " in folded:
                yield FullName(start, end, folded)


def _begins_name(word: str) -> bool:
    return word[:1].isalpha() and not word[0].islower()


def _end_of_run(words: Sequence[_Word], start: int) -> int:
    end = start + 1
    last = min(start + LONGEST_NAME, len(words))
    while end < last and not (words[end - 1].closes or words[end].opens):
        end += 1
    return end


def _unowned(words: Sequence[_Word]) -> list[str]:
    """The words' texts, the last one without its possessive ending."""
    texts = [word.text for word in words]
    return [*texts[:-1], texts[-1].removesuffix("'s").removesuffix("’s")]


def _word(token: str) -> _Word:
    start, end = 0, len(token)
    while start < end and _is_mark(token[start]):
        start += 1
    while end > start and _is_mark(token[end - 1]):
        end -= 1
    text, after = token[start:end], token[end:]
    is_abbreviation = after == "." and len(text) <= _LONGEST_ABBREVIATION
    return _Word(text, opens=start > 0, closes=bool(after) and not is_abbreviation)


def _is_mark(character: str) -> bool:
    # By category, not by ``\W``: that takes the vowel signs of Indian scripts for marks too.
    return unicodedata.category(character)[0] in "PS"
