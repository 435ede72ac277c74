"""``events`` put together: an operator says that two events are one, or that they are not."""

from __future__ import annotations

import json
from typing import Any

from bot.app.databases import EMPTY, opened
from bot.app.sampling import clock_over
from bot.config import Settings
from bot.errors import InputError
from bot.services.merging import merge_events, unmerge_event
from storage.database import Transaction


async def merge(settings: Settings, one: int, other: int, *, as_json: bool) -> None:
    """Make one event of two and print which is left.

    Raises ``InputError`` where a number is no event's, or both are the same.
    """
    if one == other:
        raise InputError(f"Event {one} is one event already. Name another to merge it with.")
    async with opened(settings.database_url) as database:
        at = (await clock_over(database))()
        async with database.transaction() as tx:
            before = {await _survivor(tx, number) for number in (one, other)}
            left = await merge_events(tx, one, other, at)
            title = await _title(tx, left)
    if len(before) == 1:
        said = f"Events {one} and {other} are one already: event {left}, {title}"
    else:
        said = f"Events {one} and {other} are one now: event {left}, {title}"
    _print(said, {"event": left, "merged": sorted(before - {left}), "title": title}, as_json)


async def unmerge(settings: Settings, number: int, *, as_json: bool) -> None:
    """Let an event that was merged be one of its own again, and print so.

    Raises ``InputError`` where the number is no event's, or was never merged.
    """
    async with opened(settings.database_url) as database:
        at = (await clock_over(database))()
        async with database.transaction() as tx:
            await _survivor(tx, number)
            left = await unmerge_event(tx, number, at)
            if left is None:
                raise InputError(await _not_merged(tx, number))
            title = await _title(tx, number)
    said = f"Event {number} is one of its own again, apart from event {left}: {title}"
    _print(said, {"event": number, "apart_from": left, "title": title}, as_json)


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


def _print(said: str, document: dict[str, Any], as_json: bool) -> None:
    print(json.dumps(document, ensure_ascii=False) if as_json else said)
