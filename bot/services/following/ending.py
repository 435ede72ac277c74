"""Following no more."""

from __future__ import annotations

from rapidfuzz import fuzz

from bot.core.choosing import NEAR, among, called
from bot.core.lists import parts_of, row
from bot.core.names import fold
from bot.services.conversation import Request, View
from bot.services.finding import MOST_LISTED, Several
from bot.services.following.answers import (
    Gone,
    NotFollowed,
    UnfollowAnswer,
    Unfollowed,
    UnfollowedListed,
)
from bot.services.following.part import FollowingPart
from bot.services.mentioned import MOST_JOINED
from storage.database import Transaction
from storage.model import Chat, Entity, Follow


class Ending(FollowingPart):
    """Ends follows."""

    async def unfollow(self, request: Request, name: str, view: View[UnfollowAnswer]) -> None:
        """End the follow that ``name`` means among those of the chat, or those that a list of
        names means."""

        async def work(tx: Transaction, chat: Chat) -> UnfollowAnswer:
            follows = await tx.chats.follows(chat.id)
            listed = await _listed(tx, follows, name)
            unclear = tuple(each for each in listed if not isinstance(each, Entity))
            clear = {each.id: each for each in listed if isinstance(each, Entity)}
            found = await _meant(tx, follows, name) if unclear or not clear else None
            if isinstance(found, Entity):
                return await self._remove(tx, chat, found)
            if found and (not clear or isinstance(found, Several)):
                return found
            return await self._remove_all(tx, chat, tuple(clear.values()), unclear)

        await self._conversation.answer(request, work, view)

    async def unfollow_entity(
        self, request: Request, entity_id: int, view: View[Unfollowed | Gone]
    ) -> None:
        """End a follow by the entity's number (a button)."""

        async def work(tx: Transaction, chat: Chat) -> Unfollowed | Gone:
            entity = await tx.entities.get(entity_id)
            return await self._remove(tx, chat, entity) if entity else Gone()

        await self._conversation.answer(request, work, view)

    async def _remove(self, tx: Transaction, chat: Chat, entity: Entity) -> Unfollowed:
        was = await tx.chats.unfollow(chat.id, entity.id)
        return Unfollowed(entity, was, tuple(await tx.chats.follows(chat.id)))

    async def _remove_all(
        self,
        tx: Transaction,
        chat: Chat,
        entities: tuple[Entity, ...],
        unclear: tuple[Several | NotFollowed, ...],
    ) -> Unfollowed | UnfollowedListed:
        if len(entities) == 1 and not unclear:
            return await self._remove(tx, chat, entities[0])
        for entity in entities:
            await tx.chats.unfollow(chat.id, entity.id)
        return UnfollowedListed(entities, unclear)

    async def unfollow_all(self, request: Request, view: View[tuple[Follow, ...]]) -> None:
        """End all follows; those that there were."""

        async def work(tx: Transaction, chat: Chat) -> tuple[Follow, ...]:
            follows = tuple(await tx.chats.follows(chat.id))
            for follow in follows:
                await tx.chats.unfollow(chat.id, follow.entity.id)
            return follows

        await self._conversation.answer(request, work, view)


async def followed_as(tx: Transaction, chat: Chat, name: str) -> Entity | Several | NotFollowed:
    """Whom ``name`` means among those whom the chat follows."""
    return await _meant(tx, await tx.chats.follows(chat.id), name)


async def _meant(
    tx: Transaction, follows: list[Follow], name: str
) -> Entity | Several | NotFollowed:
    meant = {candidate.entity.id for candidate in await tx.entities.named(fold(name))}
    found = among(name, [follow.entity for follow in follows], meant)
    if found:
        return found[0] if len(found) == 1 else Several(name, tuple(found))
    return NotFollowed(name, _near(name, follows), bool(follows))


async def _listed(
    tx: Transaction, follows: list[Follow], text: str
) -> list[Entity | Several | NotFollowed]:
    """Whom each name of a list means; nobody where the text is no list. A follow that is called
    by several parts ("Bosnia and Herzegovina") is meant by these together."""
    parts = parts_of(text)
    found: list[Entity | Several | NotFollowed] = []
    if not 1 < len(parts) <= MOST_LISTED:
        return found
    while parts:
        for length in range(min(MOST_JOINED, len(parts)), 0, -1):
            name = row(text, parts[0], parts[length - 1])
            meant = await _called(tx, follows, name) if length > 1 else None
            if meant or length == 1:
                found.append(meant or await _meant(tx, follows, name))
                parts = parts[length:]
                break
    return found


async def _called(tx: Transaction, follows: list[Follow], name: str) -> Entity | None:
    """The one follow that is called so, if it is one."""
    meant = {candidate.entity.id for candidate in await tx.entities.named(fold(name))}
    found = called(name, [follow.entity for follow in follows], meant)
    return found[0] if len(found) == 1 else None


def _near(name: str, follows: list[Follow]) -> tuple[Entity, ...]:
    """The follows named by some of the words, then those with a name like it."""
    typed = fold(name)
    words = set(typed.split())
    scored = [
        (
            100
            if words.issuperset(fold(follow.entity.label).split())
            else fuzz.token_sort_ratio(typed, fold(follow.entity.label)),
            follow.entity,
        )
        for follow in follows
    ]
    near = sorted((-score, e.label, e.id, e) for score, e in scored if score >= NEAR)
    return tuple(entity for *_, entity in near)
