"""Use cases about messages that were sent: to show another page of one."""

from __future__ import annotations

from bot.services.conversation import Conversation, Request, View
from bot.services.following import Gone
from bot.services.summaries import Bundle, load_bundle
from storage.database import Transaction
from storage.model import Chat


class Rereading:
    """The use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def bundle(self, request: Request, number: int, view: View[Bundle | Gone]) -> None:
        """Alerts that went as one message to the chat, by the number of that message's row;
        gone where it is not the chat's or nothing in it is left."""

        async def work(tx: Transaction, chat: Chat) -> Bundle | Gone:
            if not await tx.outbox.is_of(number, chat.id):
                return Gone()
            message = await tx.outbox.message(number)
            found = await load_bundle(tx, message) if message else None
            return found or Gone()

        await self._conversation.answer(request, work, view)
