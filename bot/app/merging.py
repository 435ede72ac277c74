"""``events`` put together: an operator says that two events are one, or that they are not."""

from __future__ import annotations

import json
from dataclasses import asdict

from bot.app.clock import clock_over
from bot.app.databases import opened
from bot.config import Settings
from bot.services import merging
from bot.services.merging import MergedEvents, PartedEvent


async def merge(settings: Settings, one: int, other: int, *, as_json: bool) -> None:
    """Make one event of two and print which is left.

    Raises ``InputError`` where a number is no event's, or both are the same.
    """
    async with opened(settings.database_url) as database:
        done = await merging.merge(database, one, other, (await clock_over(database))())
    when = "now" if done.merged else "already"
    said = f"Events {one} and {other} are one {when}: event {done.event}, {done.title}"
    _print(said, done, as_json=as_json)


async def unmerge(settings: Settings, number: int, *, as_json: bool) -> None:
    """Let an event that was merged be one of its own again, and print so.

    Raises ``InputError`` where the number is no event's, or was never merged.
    """
    async with opened(settings.database_url) as database:
        done = await merging.unmerge(database, number, (await clock_over(database))())
    said = (
        f"Event {number} is one of its own again, apart from event {done.apart_from}: {done.title}"
    )
    _print(said, done, as_json=as_json)


def _print(said: str, done: MergedEvents | PartedEvent, *, as_json: bool) -> None:
    print(json.dumps(asdict(done), ensure_ascii=False) if as_json else said)
