"""Two events that turn out to be one, and the alerts that a chat has of them."""

from __future__ import annotations

from datetime import date, timedelta

from bot.services.merging import merge_events, unmerge_event
from storage.database import Database
from storage.model import MessageState, Telling
from storage.tables import OutboxRow
from tests.support.portal import START, Portal, follow
from tests.support.rows import rows
from tests.support.story import account

DAY = date(2017, 11, 23)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BRIDGE = account("2017-11-23", "A bridge in [[Shelbyville]] falls.")
VOTE = account("2017-11-23", "[[Malta]] votes.")
NOW = START + timedelta(minutes=10)
SAME = "the chat has an alert of the same event"
S = MessageState


async def two(database: Database) -> Portal:
    """A portal with two events, 1 and 2, that stand."""
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE)
    return portal


async def merge(database: Database, one: int = 1, other: int = 2) -> int:
    """Make one event of two, as the services do; all alerts follow."""
    async with database.transaction() as tx:
        kept = await merge_events(tx, one, other, NOW)
        while await tx.outbox.unite(NOW):
            pass
    return kept


async def unmerge(database: Database, number: int = 2) -> int | None:
    async with database.transaction() as tx:
        left = await unmerge_event(tx, number, NOW)
        while await tx.outbox.unite(NOW):
            pass
    return left


async def alerts(database: Database) -> list[tuple[int, int | None, str]]:
    """Each alert's chat, event and state."""
    found = await rows(
        database, OutboxRow.chat_id, OutboxRow.event_id, OutboxRow.state, OutboxRow.kind
    )
    return [(chat, event, state) for chat, event, state, kind in found if kind == "alert"]


async def told(database: Database, *order: int) -> None:
    """Queue alerts of events 1 and 2 for a chat that follows both, in an order of events, and
    send them."""
    for number in order:
        async with database.transaction() as tx:
            await tx.outbox._add_alerts([1], [number], S.WAITING, NOW)
    for number in order:
        async with database.transaction() as tx:
            message = await tx.outbox.alert_of(1, number)
            assert message is not None
            await tx.outbox.sent(
                message, number * 100, 1, NOW + timedelta(minutes=order.index(number))
            )


async def silent(database: Database, *titles: str) -> Portal:
    """Two events that announce nothing, and a chat (1) that follows these."""
    await follow(database, 1, *titles)
    portal = Portal(database, telling=Telling.SILENT)
    await portal.stand(0, FLOOD, BRIDGE)
    return portal
