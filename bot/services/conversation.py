"""One update, one transaction: what it changes and what it answers commit together.

Telegram may bring an update twice (after a crash, before it was confirmed): the second
time nothing changes and nothing is answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from storage.database import Database, Transaction
from storage.model import Call, Chat, ChatState

Result = TypeVar("Result")
View = Callable[[Result], Sequence[Call]]


@dataclass(frozen=True)
class Request:
    """Who asks, by which update, and when (UTC). ``language`` is the reader's in Telegram."""

    update_id: int
    telegram_id: int
    at: datetime
    thread_id: int = 0
    language: str = "en"


class Conversation:
    """Answers requests. ``queued`` is told the outbox rows of each answer once they are
    committed. ``reserve``: answers are leased so long to this process, so that a
    sender elsewhere leaves them to it (the command line sends its own)."""

    def __init__(
        self,
        database: Database,
        *,
        queued: Callable[[Sequence[int]], None] = lambda rows: None,
        reserve: timedelta | None = None,
    ) -> None:
        self._database = database
        self._queued = queued
        self._reserve = reserve

    async def is_handled(self, update_id: int) -> bool:
        """Whether this update was answered before."""
        async with self._database.reading() as tx:
            return await tx.chats.is_handled(update_id)

    async def answer(
        self,
        request: Request,
        work: Callable[[Transaction, Chat], Awaitable[Result]],
        view: View[Result],
    ) -> None:
        """Do ``work`` for the chat and queue what ``view`` makes of its result, once."""
        async with self._database.transaction() as tx:
            if not await tx.chats.begin_update(request.update_id, request.at):
                return
            chat = await tx.chats.chat(
                request.telegram_id, request.at, request.thread_id, request.language
            )
            if chat.state is ChatState.UNREACHABLE:  # whoever writes can be written to
                await tx.chats.set_state(request.telegram_id, ChatState.ACTIVE, request.at)
            calls = view(await work(tx, chat))
            rows = await tx.outbox.reply(chat.id, calls, request.at, reserve=self._reserve)
        self._queued(rows)
