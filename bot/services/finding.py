"""Whom a typed name means: what the database knows, and what a search outside adds.

The outside is asked before the transaction and given three seconds at most; without it
the answer comes from what is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.core.choosing import (
    Nearest,
    carrying,
    choose,
    clear_title,
    is_common,
    nearest,
    worth_offering,
)
from bot.core.lists import ListedName, parts_of, row
from bot.core.names import fold
from bot.errors import SourceError
from bot.services.mentioned import clear_names, named_in_text, named_within
from bot.services.naming import article_of
from bot.services.outages import Outage
from bot.sources.mediawiki import FoundArticle
from storage.database import Database, Transaction
from storage.model import Candidate, Entity, Follow

PATIENCE = 3.0  # seconds that a reader's request may wait for the network
OFFERED = 8
FOUND_OFFERED = 5
MOST_LISTED = 20  # names in one message
LOOKED_UP = 5  # of these that are not known, with those that they are parts of

# Looks words up outside, best first. Raises ``SourceError`` where it cannot.
Search = Callable[[str], Awaitable[Sequence[FoundArticle]]]


def _real_time() -> datetime:
    return datetime.now(UTC)


async def no_search(words: str) -> Sequence[FoundArticle]:
    """A search for where there is no network: finds nothing."""
    return ()


@dataclass(frozen=True)
class Clear:
    """The name means this entity."""

    entity: Entity


@dataclass(frozen=True)
class Several:
    """The name may mean any of these, likeliest first; ``is_within``: only some of its words
    name them."""

    name: str
    entities: tuple[Entity, ...]
    is_within: bool = False


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

    found: tuple[FoundArticle, ...] = ()
    near: Nearest = field(default_factory=Nearest)
    is_searched: bool = True
    within: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A name of a list: the ``entity`` that it clearly means, else what was looked up for it,
    and the names that it falls into where as a whole it means nobody."""

    name: str
    entity: Entity | None = None
    hints: Hints = field(default_factory=Hints)
    parts: tuple[Listed, ...] = ()


class Finder:
    """Finds entities by name in two steps: ``look`` outside, then ``decide`` inside of the
    transaction that acts on the answer. ``clock`` gives the real time in UTC, for the log."""

    def __init__(
        self,
        database: Database,
        search: Search = no_search,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], datetime] = _real_time,
    ) -> None:
        self._database = database
        self._search = search
        self._patience = patience
        self._clock = clock
        self._outage = Outage("names that readers send", "looked up")

    async def look(self, name: str) -> Hints:
        """Look for what is near to a name, here and outside, unless it is clear or common."""
        return (await self._look_each([name]))[name]

    async def look_listed(self, text: str) -> tuple[Hints, list[Listed]]:
        """Look for a text as one name and, where it is a list, for the names in it, all at the
        same time."""
        parts = parts_of(text)
        if not 1 < len(parts) <= MOST_LISTED:
            return await self.look(text), []
        async with self._database.reading() as tx:
            clear = await clear_names(tx, text, parts)
        listed = _names_of(text, clear)
        rare = [each for each in listed if each.entity is None]
        names = [name for each in rare for name in (each.name, *(one.name for one in each.parts))]
        hints = await self._look_each([text, *dict.fromkeys(names)][: 1 + LOOKED_UP])
        return hints[text], [_hinted(each, hints) for each in listed]

    async def _look_each(self, names: Iterable[str]) -> dict[str, Hints]:
        hints, rare = {name: Hints() for name in names}, {}
        async with self._database.reading() as tx:
            for name in hints:
                candidates = await tx.entities.named(fold(name))
                if not choose(fold(name), candidates) and not is_common(candidates):
                    rare[name] = await named_within(tx, fold(name))
            known = await tx.entities.all_names() if rare else []
        looking = (self._look_up(name, within, known) for name, within in rare.items())
        return hints | dict(zip(rare, await asyncio.gather(*looking), strict=True))

    async def _look_up(
        self, name: str, within: tuple[Entity, ...], names: Sequence[tuple[str, int]]
    ) -> Hints:
        near, found = await asyncio.gather(
            asyncio.to_thread(nearest, fold(name), names, OFFERED), self._ask_outside(name)
        )
        return Hints(found or (), near, is_searched=found is not None, within=within)

    async def named_in(self, text: str) -> tuple[Entity, ...]:
        """Who is named in a text that is too long for a name."""
        async with self._database.reading() as tx:
            return (await named_in_text(tx, text))[:OFFERED]

    async def _ask_outside(self, name: str) -> tuple[FoundArticle, ...] | None:
        """What the search finds; None where it does not answer."""
        try:
            async with asyncio.timeout(self._patience):
                found = await self._search(name)
        except (SourceError, TimeoutError) as error:
            self._outage.note(str(error) or "no answer in time", self._clock())
            return None
        self._outage.end(self._clock())
        return tuple(found)[:FOUND_OFFERED]

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
            within = _once([*hints.within, *found, *alike])[:OFFERED]
            return Several(name, within, is_within=True)
        return Unknown(name, _once([*found, *alike])[:OFFERED], is_certain=hints.is_searched)

    async def _keep(self, tx: Transaction, found: FoundArticle) -> Entity:
        """The entity of an article found outside, kept with the article if it is new."""
        known = await tx.entities.by_qid(found.qid) if found.qid else None
        if known:
            return known
        entity_id = (await article_of(tx, found.title)).entity_id
        entity = await tx.entities.get(entity_id)
        if entity and not entity.qid:
            await tx.entities.describe(entity_id, entity.label, found.qid, found.description)
        return await tx.entities.get(entity_id) or Entity(entity_id, found.title)


def _names_of(
    text: str, clear: Iterable[tuple[Sequence[ListedName], Entity | None]]
) -> list[Listed]:
    """The names of a list. Those that are not clear but joined by a word may be one."""
    rows: list[tuple[list[ListedName], Entity | None]] = []
    for parts, entity in clear:
        if entity is None and parts[0].is_joined and rows and rows[-1][1] is None:
            rows[-1][0].extend(parts)
        else:
            rows.append((list(parts), entity))
    return [
        Listed(
            row(text, parts[0], parts[-1]),
            entity,
            parts=tuple(Listed(row(text, part, part)) for part in parts if len(parts) > 1),
        )
        for parts, entity in rows
    ]


def _hinted(listed: Listed, hints: Mapping[str, Hints]) -> Listed:
    """The name with what was looked up for it, if it was."""
    own = hints.get(listed.name, Hints(is_searched=False))
    return replace(listed, hints=own, parts=tuple(_hinted(one, hints) for one in listed.parts))


def _entities(candidates: Iterable[Candidate]) -> tuple[Entity, ...]:
    return tuple(candidate.entity for candidate in candidates)


def _once(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple({entity.id: entity for entity in entities}.values())
