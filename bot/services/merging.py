"""Two events that turn out to be one, and an operator's word that they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from bot.errors import InputError
from bot.services.overview import EMPTY
from bot.services.showing import refresh_events
from storage.database import Database, Transaction


@dataclass(frozen=True)
class MergedEvents:
    """The event that is left, by number and title, and the numbers of those that became part of
    it just now: none where it was one already."""

    event: int
    merged: tuple[int, ...]
    title: str


@dataclass(frozen=True)
class PartedEvent:
    """An event that is one of its own again, and the number of the one that it has left."""

    event: int
    apart_from: int
    title: str


async def merge(database: Database, one: int, other: int, at: datetime) -> MergedEvents:
    """Make one event of two, as an operator says.

    Raises ``InputError`` where a number is no event's, or both are the same.
    """
    if one == other:
        raise InputError(f"Event {one} is one event already. Name another to merge it with.")
    async with database.transaction() as tx:
        before = {await _survivor(tx, number) for number in (one, other)}
        left = await merge_events(tx, one, other, at)
        return MergedEvents(left, tuple(sorted(before - {left})), await _title(tx, left))


async def unmerge(database: Database, number: int, at: datetime) -> PartedEvent:
    """Let an event that was merged be one of its own again, as an operator says.

    Raises ``InputError`` where the number is no event's, or was never merged.
    """
    async with database.transaction() as tx:
        await _survivor(tx, number)
        left = await unmerge_event(tx, number, at)
        if left is None:
            raise InputError(await _not_merged(tx, number))
        return PartedEvent(number, left, await _title(tx, number))


async def merge_events(tx: Transaction, one: int, other: int, at: datetime) -> int:
    """Make one event of two, by numbers that lead to them; the number of the older one, which
    stays and is put together anew. Alerts past the first ten thousand follow with the next
    tick that sends. Nobody joins reports to events meanwhile: they would join one that goes."""
    await tx.locks.joining()
    kept = await tx.events.merge(one, other, at)
    await _refresh(tx, [kept], at)
    await tx.outbox.unite(at)
    return kept


async def unmerge_event(tx: Transaction, number: int, at: datetime) -> int | None:
    """Let an event that was merged be one of its own again, never to be merged by itself with
    the one that it leaves, whose number this gives; None where ``number`` was not merged."""
    await tx.locks.joining()
    left = await tx.events.unmerge(number, at)
    if left is None:
        return None
    await _refresh(tx, [left, number], at)
    await tx.events.forget_unnamed(left)
    await tx.outbox.unite(at)
    return left


async def _refresh(tx: Transaction, events: Sequence[int], at: datetime) -> None:
    reports = await tx.reports.of_events(events)
    await refresh_events(tx, list(chain.from_iterable(reports.values())), at)


async def _survivor(tx: Transaction, number: int) -> int:
    left = await tx.events.survivor(number)
    if left is None:
        here = "Each event's number stands at it: /event_17 is event 17."
        advice = here if await tx.events.days() else EMPTY
        raise InputError(f"There is no event {number}. {advice}")
    return left


async def _not_merged(tx: Transaction, number: int) -> str:
    """Why there is nothing to undo: most likely the other number was meant."""
    event = await tx.events.get(number)
    if event is None or not event.merged_from:
        return f"Event {number} was not merged into another, so there is nothing to undo."
    merged = ", ".join(map(str, event.merged_from))
    return f"Event {number} is the one that stayed. To part it, name one merged into it: {merged}."


async def _title(tx: Transaction, number: int) -> str:
    event = await tx.events.get(number)
    return event.title if event else "not shown yet"
