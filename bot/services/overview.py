"""What there is in a database, for those who look at it from outside of any chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database

EMPTY = "The database has no events yet: `dateline run` brings them in."


@dataclass(frozen=True)
class Overview:
    """How many there are of each. ``due_at``: since when the message has been due that has
    waited longest; ``read_at``: when a source was last read; None: never. ``feeds`` are polled,
    so many of them ``failing``; ``paused`` ones are not."""

    events: int
    chats: int
    follows: int
    messages: int
    due_at: datetime | None
    read_at: datetime | None
    feeds: int
    failing: int
    paused: int


async def overview(database: Database, now: datetime) -> Overview:
    """What there is by now."""
    async with database.reading() as tx:
        events, _ = await tx.events.count()
        chats, follows = await tx.chats.count()
        feeds, failing, paused = await tx.feeds.count()
        read = [one.last_success_at for one in await tx.sources.all() if one.last_success_at]
        return Overview(
            events=events,
            chats=chats,
            follows=follows,
            messages=await tx.outbox.waiting(),
            due_at=await tx.outbox.oldest_due(now),
            read_at=max(read, default=None),
            feeds=feeds,
            failing=failing,
            paused=paused,
        )


async def is_empty(database: Database) -> bool:
    """Whether no event has come into the database yet."""
    async with database.reading() as tx:
        return await tx.events.days() is None
