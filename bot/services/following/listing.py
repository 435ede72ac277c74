"""The list of follows, and each by itself."""

from __future__ import annotations

from dataclasses import replace

from bot.services.conversation import Request, View
from bot.services.following.answers import Ended, FollowCard
from bot.services.following.part import FollowingPart
from storage.database import Transaction
from storage.model import Chat, Follow, FollowMode


class Listing(FollowingPart):
    """Shows follows, and changes how they are told."""

    async def following(self, request: Request, view: View[tuple[Follow, ...]]) -> None:
        """All that the chat follows, by name."""

        async def work(tx: Transaction, chat: Chat) -> tuple[Follow, ...]:
            return tuple(await tx.chats.follows(chat.id))

        await self._conversation.answer(request, work, view)

    async def entry(self, request: Request, entity_id: int, view: View[FollowCard | Ended]) -> None:
        """One follow by the entity's number (a button)."""

        async def work(tx: Transaction, chat: Chat) -> FollowCard | Ended:
            return await entry_of(tx, chat, entity_id)

        await self._conversation.answer(request, work, view)

    async def set_mode(
        self, request: Request, entity_id: int, mode: FollowMode, view: View[FollowCard | Ended]
    ) -> None:
        """Choose how a follow is told from now on."""

        async def work(tx: Transaction, chat: Chat) -> FollowCard | Ended:
            found = await entry_of(tx, chat, entity_id)
            if isinstance(found, FollowCard):
                await tx.chats.set_mode(chat.id, found.follow.entity.id, mode)
                return replace(found, follow=replace(found.follow, mode=mode))
            return found

        await self._conversation.answer(request, work, view)


async def entry_of(tx: Transaction, chat: Chat, entity_id: int) -> FollowCard | Ended:
    """A chat's follow of an entity, or of the one that it was merged into."""
    entity = await tx.entities.get(entity_id)
    follows = await tx.chats.follows_of(chat.id, [entity.id]) if entity else []
    if follows:
        return FollowCard(follows[0], chat.digest_at)
    return Ended(entity, tuple(await tx.chats.follows(chat.id)))
