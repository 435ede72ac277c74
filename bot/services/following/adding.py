"""Following."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.services.conversation import Request, View
from bot.services.digesting import come_back
from bot.services.finding import Choice, Clear, Listed, Several, Unknown
from bot.services.following.answers import (
    FollowAnswer,
    Followed,
    FollowedListed,
    Gone,
    TooMany,
)
from bot.services.following.countries import country_of
from bot.services.following.part import FollowingPart
from bot.services.suggesting import suggestions
from storage.database import Transaction
from storage.model import Chat, ChatState, Entity, Event, FollowMode

LATEST = 3


class Adding(FollowingPart):
    """Adds follows."""

    async def follow(self, request: Request, name: str, view: View[FollowAnswer]) -> None:
        """Follow whom ``name`` clearly means, or those whom a list of names means, or say who
        may be meant."""
        if await self._conversation.is_handled(request.update_id):
            return
        hints, listed = await self._finder.look_listed(name)

        async def work(tx: Transaction, chat: Chat) -> FollowAnswer:
            choice = await self._finder.decide(tx, name, hints)
            if isinstance(choice, Clear):
                return await self._add(tx, chat, request, choice.entity)
            follows = {follow.entity.id for follow in await tx.chats.follows(chat.id)}
            sure = _sure(choice, follows)
            if sure:
                return await self._add(tx, chat, request, sure)
            meant = [one for each in listed for one in await self._meant(tx, each, follows)]
            if not _is_list(meant, choice):
                return choice
            return await self._add_all(tx, chat, request, meant, follows)

        await self._conversation.answer(request, work, view)

    async def _meant(
        self, tx: Transaction, listed: Listed, follows: Collection[int]
    ) -> list[Entity | Several | Unknown]:
        """Whom a name of a list means: as a whole, else each of the names that it falls into, as
        far as these are any."""
        if listed.entity:
            return [listed.entity]
        choice = await self._finder.decide(tx, listed.name, listed.hints)
        if isinstance(choice, Clear):
            return [choice.entity]
        sure = _sure(choice, follows)
        parts = [one for part in listed.parts for one in await self._meant(tx, part, follows)]
        return parts if not sure and any(map(_is_known, parts)) else [sure or choice]

    async def _add_all(
        self,
        tx: Transaction,
        chat: Chat,
        request: Request,
        meant: Sequence[Entity | Several | Unknown],
        follows: Collection[int],
    ) -> FollowedListed | TooMany:
        """Follow those of a list that are clear: all of them, or nobody."""
        clear = {each.id: each for each in meant if isinstance(each, Entity)}
        new = [entity for entity in clear.values() if entity.id not in follows]
        if new and len(follows) + len(new) > self._most:
            return TooMany(self._most, max(0, self._most - len(follows)))
        for entity in new:
            await tx.chats.follow(chat.id, entity.id, request.at)
        return FollowedListed(
            new=tuple(new),
            old=tuple(entity for entity in clear.values() if entity.id in follows),
            unclear=tuple(each for each in meant if not isinstance(each, Entity)),
        )

    async def follow_entity(
        self,
        request: Request,
        entity_id: int,
        view: View[Followed | TooMany | Gone],
        *,
        event_id: int | None = None,
        starting: bool = False,
    ) -> None:
        """Follow an entity by its number: from a button, perhaps under a message about an
        event, or from a deep link, by which the reader is ``starting`` (again)."""

        async def work(tx: Transaction, chat: Chat) -> Followed | TooMany | Gone:
            if starting:
                await come_back(tx, chat, request.at)
            entity = await tx.entities.get(entity_id)
            beside = await tx.events.get(event_id) if event_id is not None else None
            if entity is None or (event_id is not None and beside is None):
                return Gone()
            return await self._add(tx, chat, request, entity, beside)

        await self._conversation.answer(request, work, view)

    async def _add(
        self,
        tx: Transaction,
        chat: Chat,
        request: Request,
        entity: Entity,
        beside: Event | None = None,
    ) -> Followed | TooMany:
        before = await tx.chats.follows(chat.id)
        modes = {each.entity.id: each.mode for each in before}
        if entity.id not in modes and len(modes) >= self._most:
            return TooMany(self._most)
        return Followed(
            entity=entity,
            new=await tx.chats.follow(chat.id, entity.id, request.at),
            latest=tuple(await tx.events.latest_of(entity.id, LATEST)),
            beside=beside,
            follows=frozenset(modes.keys() | {entity.id}),
            suggestions=await suggestions(tx, chat, request.at),
            mode=modes.get(entity.id, FollowMode.AT_ONCE),
            is_paused=chat.state is ChatState.PAUSED,
            together=tuple({**{e.entity.id: e.entity for e in before}, entity.id: entity}.values()),
        )


def _sure(choice: Choice, follows: Collection[int]) -> Entity | None:
    """Who is meant though the name alone would not tell."""
    return _only_own(choice, follows) or country_of(choice)


def _only_own(choice: Choice, follows: Collection[int]) -> Entity | None:
    """Who is meant where there is nobody else to ask about than one whom the chat follows.
    Where there are others, or only some of the words name them, the question stays."""
    if not isinstance(choice, Several) or choice.is_within or len(choice.entities) != 1:
        return None
    return choice.entities[0] if choice.entities[0].id in follows else None


def _is_list(meant: Sequence[Entity | Several | Unknown], whole: Choice) -> bool:
    """Whether a text is a list of names: all are clear; or some, or each is of several, and
    nobody is known whose name has all its words ("Putin, Vladimir")."""
    clear = [isinstance(each, Entity) for each in meant]
    if isinstance(whole, Several) and not whole.is_within:
        return bool(meant) and all(clear)
    return bool(meant) and (any(clear) or all(map(_is_known, meant)))


def _is_known(meant: Entity | Several | Unknown) -> bool:
    """Whether anybody is called so."""
    return isinstance(meant, Entity) or (isinstance(meant, Several) and not meant.is_within)
