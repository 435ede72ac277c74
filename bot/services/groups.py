"""What becomes of chats: the bot comes and goes, topics close, groups move."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.conversation import Conversation, Request, View
from bot.services.reviving import revive_all, revive_topic
from bot.services.silencing import silence
from storage.database import Transaction
from storage.model import Call, Chat


@dataclass(frozen=True)
class BotStanding:
    """What has become of the bot in a chat: it ``came`` in from outside; it ``may_write``
    there now."""

    came: bool
    may_write: bool


class Groups:
    """The use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def knows(self, telegram_id: int) -> bool:
        """Whether the bot has talked in a chat before."""
        return await self._conversation.is_known(telegram_id)

    async def note_standing(
        self, request: Request, standing: BotStanding, view: View[None]
    ) -> None:
        """The bot was added or taken back, removed or blocked, promoted or restricted. It
        greets once, as soon as it may write; what was followed there is kept meanwhile."""
        if not standing.may_write:
            await self._silence(request)
            return
        new = not await self.knows(request.telegram_id)

        async def first(tx: Transaction) -> None:
            await revive_all(tx, request.telegram_id, request.at)

        async def work(tx: Transaction, chat: Chat) -> None:
            return None

        shown = view if standing.came or new else _silently
        await self._conversation.answer(request, work, shown, first=first)

    async def _silence(self, request: Request) -> None:
        async def work(tx: Transaction) -> None:
            await silence(tx, request.telegram_id, request.at)

        await self._conversation.note(request, work)

    async def note_topic(self, request: Request, *, is_open: bool) -> None:
        """A forum's topic was closed or opened again; nobody else falls silent with it."""

        async def work(tx: Transaction) -> None:
            act = revive_topic if is_open else silence
            await act(tx, request.telegram_id, at=request.at, thread_id=request.thread_id)

        await self._conversation.note(request, work)

    async def note_move(self, request: Request, old_id: int, new_id: int) -> None:
        """A group became a supergroup: all that it owns goes with it. Told in both chats, in
        any order, and where the bot is told, it is."""

        async def work(tx: Transaction) -> None:
            await tx.locks.alerts()  # a chat may come back by it
            await tx.chats.move(old_id, new_id)
            await revive_all(tx, new_id, request.at)

        await self._conversation.note(request, work)


def _silently(chat: Chat, result: None) -> tuple[Call, ...]:
    return ()
