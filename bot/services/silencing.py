"""Chats that messages do not reach any more."""

from __future__ import annotations

from datetime import datetime

from storage.database import Transaction
from storage.model import ChatState


async def silence(
    tx: Transaction, telegram_id: int, at: datetime, thread_id: int | None = None
) -> None:
    """Write no more to a chat, in all its topics or one of them. What it follows is kept; one
    that asked to be forgotten still is."""
    for topic in await tx.chats.topics(telegram_id):
        meant = thread_id is None or topic.thread_id == thread_id
        if meant and topic.state is not ChatState.FORGOTTEN:
            await tx.chats.set_state(telegram_id, ChatState.UNREACHABLE, at, topic.thread_id)
