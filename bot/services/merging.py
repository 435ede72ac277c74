"""Two events that turn out to be one, and an operator's word that they are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from bot.services.showing import refresh_events
from storage.database import Transaction


async def merge_events(tx: Transaction, one: int, other: int, at: datetime) -> int:
    """Make one event of two, by numbers that lead to them; the number of the older one, which
    stays and is put together anew. Alerts past the first ten thousand follow with the next
    tick that sends. Nobody joins reports to events meanwhile: they would join one that goes."""
    await tx.reports.begin_joining()
    kept = await tx.events.merge(one, other, at)
    await _refresh(tx, [kept], at)
    await tx.outbox.unite(at)
    return kept


async def unmerge_event(tx: Transaction, number: int, at: datetime) -> int | None:
    """Let an event that was merged be one of its own again, never to be merged by itself with
    the one that it leaves, whose number this gives; None where ``number`` was not merged."""
    await tx.reports.begin_joining()
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
