"""The chats of a database, for who serves them without Telegram."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database, Transaction
from storage.model import Chat, ChatKind


async def introduce(database: Database, telegram_id: int, name: str, at: datetime) -> None:
    """Know a reader by a name, whether they have written before or not."""
    async with database.transaction() as tx:
        await tx.chats.chat(telegram_id, at, title=name)


async def known_chats(database: Database) -> list[tuple[Chat, list[int]]]:
    """All chats known, each with the topics in which the bot talks, if it is a forum that it
    reaches."""
    async with database.reading() as tx:
        return [(chat, await _topics(tx, chat)) for chat in await tx.chats.known()]


async def _topics(tx: Transaction, chat: Chat) -> list[int]:
    if chat.kind is not ChatKind.SUPERGROUP or not chat.is_reached:
        return []
    topics = await tx.chats.topics(chat.telegram_id)
    return [topic.thread_id for topic in topics if topic.thread_id]
