"""Who or what goes by a name."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.answering.part import AnsweringPart
from bot.services.conversation import Request, View
from bot.services.finding import Clear, Several, Unknown
from bot.services.following import Gone
from bot.services.following.countries import country_of
from storage.database import Transaction
from storage.model import Chat, Entity, Event

LATEST = 5


@dataclass(frozen=True)
class EntityCard:
    """Who or what an entity is, its newest events, and whether the chat follows it."""

    entity: Entity
    latest: tuple[Event, ...]
    followed: bool


LookupAnswer = EntityCard | Several | Unknown


class People(AnsweringPart):
    """Answers about entities."""

    async def lookup(self, request: Request, name: str, view: View[LookupAnswer]) -> None:
        """Who goes by a name."""
        if await self._conversation.is_handled(request.update_id):
            return
        hints = await self._finder.look(name)

        async def work(tx: Transaction, chat: Chat) -> LookupAnswer:
            follows = await tx.chats.follows(chat.id)
            choice = await self._finder.decide(tx, name, hints, follows)
            if isinstance(choice, Clear):
                return await _entity_card(tx, chat, choice.entity)
            country = country_of(choice)
            return await _entity_card(tx, chat, country) if country else choice

        await self._conversation.answer(request, work, view)

    async def named_in(self, request: Request, text: str, view: View[LookupAnswer]) -> None:
        """Who is named in a text that is longer than a name."""
        named = await self._finder.named_in(text)

        async def work(tx: Transaction, chat: Chat) -> LookupAnswer:
            return Several(text, named, is_within=True) if named else Unknown(text)

        await self._conversation.answer(request, work, view)

    async def entity(self, request: Request, entity_id: int, view: View[EntityCard | Gone]) -> None:
        """Who an entity is, by its number (a button)."""

        async def work(tx: Transaction, chat: Chat) -> EntityCard | Gone:
            entity = await tx.entities.get(entity_id)
            return await _entity_card(tx, chat, entity) if entity else Gone()

        await self._conversation.answer(request, work, view)


async def _entity_card(tx: Transaction, chat: Chat, entity: Entity) -> EntityCard:
    return EntityCard(
        entity=entity,
        latest=tuple(await tx.events.latest_of(entity.id, LATEST)),
        followed=bool(await tx.chats.followed(chat.id, [entity.id])),
    )
