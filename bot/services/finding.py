"""Whom a typed name means: what the database knows, and what a search outside adds.

The outside is asked before the transaction and given three seconds at most; without it
the answer comes from what is known.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.core.choosing import (
    Nearest,
    carrying,
    choose,
    clear_title,
    is_common,
    nearest,
    worth_offering,
)
from bot.core.names import fold, fold_title, twin_key
from bot.errors import SourceError
from storage.database import Database, Transaction
from storage.entities import Title
from storage.model import Candidate, Entity, Follow

LANGUAGE = "en"  # of the articles that are known
PATIENCE = 3.0  # seconds that a reader's request may wait for the network
OFFERED = 8
FOUND_OFFERED = 5
MOST_WORDS, LONGEST_ROW = 15, 4  # of a sentence, and of a name within

_logger = logging.getLogger(__name__)


class Found(Protocol):
    """An article that a search found: its title, one-line description and Wikidata id."""

    @property
    def title(self) -> str:
        """The article's title."""

    @property
    def description(self) -> str | None:
        """What it is, in a line."""

    @property
    def qid(self) -> str | None:
        """Its Wikidata id."""


class Search(Protocol):
    """Looks words up outside, best first. Raises ``SourceError`` where it cannot."""

    async def __call__(self, words: str) -> Sequence[Found]:
        """The articles found."""
        ...


async def no_search(words: str) -> Sequence[Found]:
    """A search for where there is no network: finds nothing."""
    return ()


@dataclass(frozen=True)
class Clear:
    """The name means this entity."""

    entity: Entity


@dataclass(frozen=True)
class Several:
    """The name may mean any of these, likeliest first."""

    name: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True)
class Unknown:
    """Nobody is known by that name; these have names like it. ``is_certain``: nor does the
    outside know of anybody; else it could not be asked."""

    name: str
    nearest: tuple[Entity, ...] = ()
    is_certain: bool = True


Choice = Clear | Several | Unknown


@dataclass(frozen=True)
class Hints:
    """What was looked up before the transaction, for a name that is not in common use.
    ``is_searched``: the outside, if it was asked, has answered. ``within``: who is named
    clearly by some of the words ("what happened in Syria")."""

    found: tuple[Found, ...] = ()
    near: Nearest = field(default_factory=Nearest)
    is_searched: bool = True
    within: tuple[Entity, ...] = ()


class Finder:
    """Finds entities by name in two steps: ``look`` outside, then ``decide`` inside of the
    transaction that acts on the answer."""

    def __init__(
        self,
        database: Database,
        search: Search = no_search,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._database = database
        self._search = search
        self._patience = patience

    async def look(self, name: str) -> Hints:
        """Look for what is near to a name, here and outside, unless it is clear or common."""
        typed = fold(name)
        async with self._database.reading() as tx:
            candidates = await tx.entities.named(typed)
            if choose(typed, candidates) or is_common(candidates):
                return Hints()
            names = await tx.entities.all_names()
            within = await _named_within(tx, typed)
        near, found = await asyncio.gather(
            asyncio.to_thread(nearest, typed, names, OFFERED), self._ask_outside(name)
        )
        return Hints(found or (), near, is_searched=found is not None, within=within)

    async def _ask_outside(self, name: str) -> tuple[Found, ...] | None:
        """What the search finds; None where it does not answer."""
        try:
            async with asyncio.timeout(self._patience):
                return tuple(await self._search(name))[:FOUND_OFFERED]
        except (SourceError, TimeoutError) as error:
            _logger.warning("search failed: %s", str(error) or "no answer in time")
            return None

    async def decide(
        self, tx: Transaction, name: str, hints: Hints, follows: Iterable[Follow] = ()
    ) -> Choice:
        """Whom the name means, keeping those found outside that are part of the answer. Where
        it would have to be asked about, it means the only one of the ``follows`` with that name."""
        typed = fold(name)
        candidates = await tx.entities.named(typed)
        chosen = choose(typed, candidates)
        if chosen:
            return Clear(chosen.entity)
        meant = {candidate.entity.id for candidate in candidates}
        own = carrying(name, [follow.entity for follow in follows], meant)
        if len(own) == 1:
            return Clear(own[0])
        if is_common(candidates):
            return Several(name, _entities(worth_offering(candidates))[:OFFERED])
        return await self._decide_rare(tx, name, candidates, hints)

    async def _decide_rare(
        self, tx: Transaction, name: str, candidates: Sequence[Candidate], hints: Hints
    ) -> Choice:
        """A name that events have hardly used for anybody."""
        best = clear_title(fold(name), [found.title for found in hints.found])
        if best is not None:
            return Clear(await self._keep(tx, hints.found[best]))
        titled = [candidate for candidate in candidates if candidate.exact]
        ids = [*(candidate.entity.id for candidate in candidates), *hints.near.containing]
        named = _once(_entities([*titled, *await tx.entities.known(ids)]))
        found = [await self._keep(tx, found) for found in hints.found]
        if named:
            return Several(name, _once([*named, *found])[:OFFERED])
        alike = _entities(await tx.entities.known(hints.near.alike))
        if hints.within:
            return Several(name, _once([*hints.within, *found, *alike])[:OFFERED])
        return Unknown(name, _once([*found, *alike])[:OFFERED], is_certain=hints.is_searched)

    async def _keep(self, tx: Transaction, found: Found) -> Entity:
        """The entity of an article found outside, kept with the article if it is new."""
        known = await tx.entities.by_qid(found.qid) if found.qid else None
        if known:
            return known
        title = Title(found.title, twin_key(found.title), fold_title(found.title))
        articles = await tx.entities.articles(LANGUAGE, [title])
        entity_id = articles[found.title].entity_id
        entity = await tx.entities.get(entity_id)
        if entity and not entity.qid:
            await tx.entities.describe(entity_id, entity.label, found.qid, found.description)
        return await tx.entities.get(entity_id) or Entity(entity_id, found.title)


async def _named_within(tx: Transaction, typed: str) -> tuple[Entity, ...]:
    """Who is clearly named by words in a row, the longest rows first."""
    words = typed.split()[:MOST_WORDS]
    rows = [
        " ".join(words[start : start + length])
        for length in range(min(LONGEST_ROW, len(words) - 1), 0, -1)
        for start in range(len(words) - length + 1)
    ]
    known = await tx.entities.by_names(set(rows))
    found, left = [], f" {typed} "
    for row in (row for row in rows if row in known):
        chosen = choose(row, await tx.entities.named(row)) if f" {row} " in left else None
        if chosen:
            found.append(chosen.entity)
            left = left.replace(f" {row} ", " | ")
    return _once(found)


def _entities(candidates: Iterable[Candidate]) -> tuple[Entity, ...]:
    return tuple(candidate.entity for candidate in candidates)


def _once(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple({entity.id: entity for entity in entities}.values())
