"""One update, one transaction: what it changes and what it answers commit together.

Telegram may bring an update twice (after a crash, before it was confirmed): the second
time nothing changes and nothing is answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.services.reviving import revive
from storage.database import Database, Transaction
from storage.model import Call, Chat, ChatKind

Result = TypeVar("Result")
View = Callable[[Chat, Result], Sequence[Call]]  # the chat tells its language


@dataclass(frozen=True)
class Target:
    """A group or channel that somebody acts for in private."""

    telegram_id: int
    kind: ChatKind
    title: str


@dataclass(frozen=True)
class Request:
    """Who asks, by which update, and when (UTC). ``language`` is the reader's in Telegram.

    ``user_id`` is the person (None: it can't be told who); ``by_chat``: the chat itself speaks,
    as an anonymous administrator or a channel does. ``username`` is the chat's: "@name" in lower
    case, "" where it has none. What is asked is done for the ``target``,
    if there is one, and answered in the chat that asks, as a reply to message ``reply_to``.
    """

    update_id: int
    telegram_id: int
    at: datetime
    thread_id: int = 0
    language: str = "en"
    kind: ChatKind = ChatKind.PRIVATE
    title: str = ""
    username: str = ""
    user_id: int | None = None
    by_chat: bool = False
    reply_to: int | None = None
    target: Target | None = None

    @property
    def acts_for(self) -> int:
        """The Telegram id of the chat for which it is done."""
        return self.target.telegram_id if self.target else self.telegram_id


# Makes answers ready for where they go; the chat tells the language.
Dress = Callable[[Request, Chat, Sequence[Call]], Sequence[Call]]


async def nothing(tx: Transaction) -> None:
    """No work."""


class Conversation:
    """Answers requests. ``dress`` makes the calls of answers ready for where they go. ``queued``
    is told their outbox rows once they are committed. ``reserve``: answers are leased so long to
    this process, so that a sender elsewhere leaves them to it (the command line sends its own)."""

    def __init__(
        self,
        database: Database,
        *,
        dress: Dress,
        queued: Callable[[Sequence[int]], None] = lambda rows: None,
        reserve: timedelta | None = None,
    ) -> None:
        self._database = database
        self._queued = queued
        self._dress = dress
        self._reserve = reserve

    async def is_handled(self, update_id: int) -> bool:
        """Whether this update was answered before."""
        async with self._database.reading() as tx:
            return await tx.chats.is_handled(update_id)

    async def is_known(self, telegram_id: int) -> bool:
        """Whether the bot has talked in a chat before."""
        async with self._database.reading() as tx:
            return bool(await tx.chats.topics(telegram_id))

    async def look_up(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """What is known before anything is asked elsewhere and answered."""
        async with self._database.reading() as tx:
            return await work(tx)

    async def note(self, request: Request, work: Callable[[Transaction], Awaitable[None]]) -> None:
        """Keep what an update tells, once; nobody is answered, and no chat made known."""
        async with self._database.transaction() as tx:
            if await tx.chats.begin_update(request.update_id, request.at):
                await work(tx)

    async def answer(
        self,
        request: Request,
        work: Callable[[Transaction, Chat], Awaitable[Result]],
        view: View[Result],
        *,
        first: Callable[[Transaction], Awaitable[None]] = nothing,
    ) -> None:
        """Do ``work`` for the chat, or for the target, and queue what ``view`` makes of its
        result for the chat as it is then, once. ``first`` is done before the chat is seen."""
        async with self._database.transaction() as tx:
            if not await tx.chats.begin_update(request.update_id, request.at):
                return
            await first(tx)
            chat = await _asking(tx, request)
            place = await _acted_for(tx, request, chat)
            result = await work(tx, place)
            # What it answers is in the language, and so on, that are chosen by it.
            place = await tx.chats.get(place.id) or place
            chat = await tx.chats.get(chat.id) or chat
            calls = view(replace(place, language=chat.language), result)
            calls = self._dress(request, chat, calls)
            rows = await tx.outbox.reply(chat.id, calls, request.at, reserve=self._reserve)
        self._queued(rows)


async def _asking(tx: Transaction, request: Request) -> Chat:
    """The chat that asks. Whoever writes can be written to."""
    language = request.language
    if request.thread_id:  # a forum speaks one language until a topic chooses another
        topics = await tx.chats.topics(request.telegram_id)
        language = topics[0].language if topics else language
    chat = await tx.chats.chat(
        request.telegram_id,
        request.at,
        request.thread_id,
        language,
        request.kind,
        request.title,
    )
    return await revive(tx, chat, request.at)


async def _acted_for(tx: Transaction, request: Request, asking: Chat) -> Chat:
    """The chat that is acted for: the one that asks, unless another is named."""
    target = request.target
    if target is None:
        return asking
    chat = await tx.chats.chat(
        target.telegram_id,
        request.at,
        language=asking.language,
        kind=target.kind,
        title=target.title,
    )
    return await revive(tx, chat, request.at)
