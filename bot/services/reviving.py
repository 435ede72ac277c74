"""Chats that messages reach again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.services.digesting import come_back
from storage.database import Transaction
from storage.model import Chat, ChatState


async def revive(tx: Transaction, chat: Chat, at: datetime) -> Chat:
    """Messages reach the chat again, and with it the other topics that fell silent at the
    same moment, so by the same cause: one that was closed by itself stays silent. One that
    asked to be forgotten starts anew. The chat as it is then."""
    if chat.state is ChatState.FORGOTTEN:
        await come_back(tx, chat, at)
    elif chat.state is ChatState.UNREACHABLE:
        topics = await tx.chats.topics(chat.telegram_id)
        await _wake(tx, [one for one in topics if one.state_since == chat.state_since], at)
    else:
        return chat
    return replace(chat, state=ChatState.ACTIVE, state_since=at)


async def revive_all(tx: Transaction, telegram_id: int, at: datetime) -> None:
    """The bot is in a chat again: messages reach all topics that fell silent when it went."""
    topics = await tx.chats.topics(telegram_id)
    lost = [topic for topic in topics if topic.state is ChatState.UNREACHABLE]
    newest = max((topic.state_since for topic in lost if topic.state_since), default=None)
    await _wake(tx, (topic for topic in lost if topic.state_since == newest), at)


async def revive_topic(tx: Transaction, telegram_id: int, thread_id: int, at: datetime) -> None:
    """Messages reach one topic again."""
    topics = await tx.chats.topics(telegram_id)
    await _wake(tx, (topic for topic in topics if topic.thread_id == thread_id), at)


async def _wake(tx: Transaction, topics: Iterable[Chat], at: datetime) -> None:
    for topic in topics:
        if topic.state is ChatState.UNREACHABLE:
            await come_back(tx, topic, at)
