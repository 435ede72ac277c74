"""Beginning, and whatever needs no looking up."""

from __future__ import annotations

from bot.services.answering.part import AnsweringPart
from bot.services.conversation import Request, View
from bot.services.digesting import come_back
from bot.services.following import Welcome
from bot.services.suggesting import suggestions
from storage.database import Transaction
from storage.model import Chat, ChatState, Entity


class Starting(AnsweringPart):
    """Answers that ask for nothing."""

    async def say(self, request: Request, view: View[None]) -> None:
        """Answer with what needs no looking up."""

        async def work(tx: Transaction, chat: Chat) -> None:
            return None

        await self._conversation.answer(request, work, view)

    async def busy(self, request: Request, view: View[tuple[Entity, ...]]) -> None:
        """Who is in the news and not followed yet."""

        async def work(tx: Transaction, chat: Chat) -> tuple[Entity, ...]:
            return await suggestions(tx, chat, request.at)

        await self._conversation.answer(request, work, view)

    async def start(self, request: Request, view: View[Welcome]) -> None:
        """Welcome somebody (back): from now on messages reach the chat."""

        async def work(tx: Transaction, chat: Chat) -> Welcome:
            missed = await come_back(tx, chat, request.at)
            return Welcome(
                await suggestions(tx, chat, request.at),
                paused=chat.state is ChatState.PAUSED,
                missed=missed,
            )

        await self._conversation.answer(request, work, view)
