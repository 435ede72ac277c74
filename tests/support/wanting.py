"""Follows with filters, and the alerts that come of them."""

from __future__ import annotations

from storage.database import Database
from storage.model import Filter
from storage.tables import OutboxRow
from tests.support.portal import entity, follow
from tests.support.rows import rows


async def want(database: Database, reader: int, wanted: Filter, name: str = "Springfield") -> int:
    """Let a chat follow somebody's events, but only some; the chat's row."""
    chat = await follow(database, reader, name)
    number = await entity(database, name)
    async with database.transaction() as tx:
        assert await tx.chats.set_filter(chat, number, wanted)
    return chat


async def alerts(database: Database) -> list[tuple[int, int]]:
    """Who has an alert of which event, in their order."""
    found = await rows(database, OutboxRow.chat_id, OutboxRow.event_id, OutboxRow.kind)
    async with database.reading() as tx:
        readers = {chat.id: chat.telegram_id for chat in await tx.chats.known()}
    return sorted((readers[chat], event) for chat, event, kind in found if kind == "alert")
