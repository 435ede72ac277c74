"""Chats that messages do not reach any more, or that the operator does not let in any more."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.services.digesting import put_aside
from storage.database import Database, Transaction
from storage.model import Chat, ChatKind, ChatState

log = logging.getLogger(__name__)


async def silence(
    tx: Transaction, telegram_id: int, at: datetime, thread_id: int | None = None
) -> None:
    """Write no more to a chat, in all its topics or one of them. What it follows is kept, and
    what a pause of it has missed; one that asked to be forgotten still is."""
    for topic in await tx.chats.topics(telegram_id):
        meant = thread_id is None or topic.thread_id == thread_id
        if meant and not _stays(topic):
            if topic.state is ChatState.PAUSED:
                await put_aside(tx, topic, at)
            await tx.chats.set_state(telegram_id, ChatState.UNREACHABLE, at, topic.thread_id)


def _stays(topic: Chat) -> bool:
    """Whether nothing goes to a topic anyway. Where administrators have paused the bot, who takes
    it back does not go on for them; a person who comes back does by that."""
    if topic.state is ChatState.PAUSED:
        return topic.kind is not ChatKind.PRIVATE
    return topic.state is ChatState.FORGOTTEN


class Closing:
    """Pauses the chats that were let in before and are no longer, by what ``admits`` says of
    each Telegram id; whoever is let in again goes on by /start, and gets what was missed.
    ``clock`` gives the time in UTC."""

    def __init__(
        self,
        database: Database,
        admits: Callable[[int], Awaitable[bool]],
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._admits = admits
        self._clock = clock

    async def close(self) -> None:
        """Pause those that would get messages. Raises what ``admits`` raises."""
        async with self._database.reading() as tx:
            told = await tx.chats.active_ids()
        for telegram_id in told:
            if not await self._admits(telegram_id):
                await self._pause(telegram_id)

    async def _pause(self, telegram_id: int) -> None:
        log.info("chat %d is not in ALLOWED_CHATS: it pauses", telegram_id)
        async with self._database.transaction() as tx:
            for topic in await tx.chats.topics(telegram_id):
                if topic.state is ChatState.ACTIVE or topic.paused_until is not None:
                    await tx.chats.pause(topic.id, self._clock())
