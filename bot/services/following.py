"""Use cases about follows: follow, unfollow, list, choose how to be told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.core.choosing import NEAR, among
from bot.core.names import bare, fold
from bot.services.conversation import Conversation, Request, View
from bot.services.digesting import come_back
from bot.services.finding import Clear, Finder, Hints, Several, Unknown
from bot.services.suggesting import suggestions
from storage.database import Transaction
from storage.model import Chat, Entity, Event, Follow, FollowMode

MOST_FOLLOWS = 200
MOST_LISTED = 20  # names in one message
LATEST = 3
_COMMA = re.compile("[,;،؛、，；]")


@dataclass(frozen=True)
class Followed:
    """The chat follows ``entity`` now; ``new`` is false where it did before, by ``mode``.

    ``latest``: its newest shown events. ``beside``: the event whose message the button
    stood under, with what of it the chat ``follows``. ``suggestions``: whom else to follow.
    ``together``: all that it follows now.
    """

    entity: Entity
    new: bool
    latest: tuple[Event, ...] = ()
    beside: Event | None = None
    follows: frozenset[int] = frozenset()
    suggestions: tuple[Entity, ...] = ()
    mode: FollowMode = FollowMode.AT_ONCE
    together: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class FollowedAll:
    """The chat follows all of a list of names now."""

    entities: tuple[Entity, ...]


@dataclass(frozen=True)
class TooMany:
    """The chat follows as many as it may."""

    most: int


@dataclass(frozen=True)
class Gone:
    """There is nothing of that number (a forged or stale button)."""


@dataclass(frozen=True)
class Unfollowed:
    """The chat follows ``entity`` no more; ``was`` is false where it did not before."""

    entity: Entity
    was: bool
    left: tuple[Follow, ...] = ()


@dataclass(frozen=True)
class NotFollowed:
    """No follow of the chat has that name; these are like it. ``any`` follows at all?"""

    name: str
    nearest: tuple[Entity, ...]
    any: bool


@dataclass(frozen=True)
class Entry:
    """One follow by itself. ``digest_at``: the minute of the day at which the chat gets its
    digest (None: it gets none)."""

    follow: Follow
    digest_at: int | None


@dataclass(frozen=True)
class Ended:
    """The chat does not follow ``entity`` (any more); None: there is nothing of that number.
    What it still follows is ``left``."""

    entity: Entity | None
    left: tuple[Follow, ...]


@dataclass(frozen=True)
class Welcome:
    """Somebody starts: who is in the news that they do not follow yet. ``paused``: they end a
    pause by it, and what they ``missed`` comes to them."""

    suggestions: tuple[Entity, ...]
    paused: bool = False
    missed: bool = False


FollowAnswer = Followed | FollowedAll | Several | Unknown | TooMany
UnfollowAnswer = Unfollowed | Several | NotFollowed


class Following:
    """The use cases. Each answers one request in one transaction."""

    def __init__(
        self, conversation: Conversation, finder: Finder, *, most_follows: int = MOST_FOLLOWS
    ) -> None:
        self._conversation = conversation
        self._finder = finder
        self._most = most_follows

    async def follow(self, request: Request, name: str, view: View[FollowAnswer]) -> None:
        """Follow whom ``name`` clearly means, or say who may be meant."""
        if await self._conversation.is_handled(request.update_id):
            return
        hints = await self._finder.look(name)

        async def work(tx: Transaction, chat: Chat) -> FollowAnswer:
            choice = await self._finder.decide(tx, name, hints)
            if isinstance(choice, Clear):
                return await self._add(tx, chat, request, choice.entity)
            own = await _only_own(tx, chat, choice)
            if own:
                return await self._add(tx, chat, request, own)
            listed = await self._listed(tx, name)
            return await self._add_all(tx, chat, request, listed) if listed else choice

        await self._conversation.answer(request, work, view)

    async def _listed(self, tx: Transaction, text: str) -> list[Entity]:
        """Whom a list of names means, if it is one and each is clear."""
        names = [name for part in _COMMA.split(text) if (name := bare(part))]
        if not 1 < len(names) <= MOST_LISTED:
            return []
        choices = [await self._finder.decide(tx, name, Hints()) for name in names]
        clear = [choice.entity for choice in choices if isinstance(choice, Clear)]
        return clear if len(clear) == len(names) else []

    async def _add_all(
        self, tx: Transaction, chat: Chat, request: Request, entities: Iterable[Entity]
    ) -> FollowedAll | TooMany:
        followed = []
        for entity in entities:
            added = await self._add(tx, chat, request, entity)
            if isinstance(added, TooMany):
                return added
            followed.append(added.entity)
        return FollowedAll(tuple(followed))

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
            suggestions=await suggestions(tx, chat, request.at.date()),
            mode=modes.get(entity.id, FollowMode.AT_ONCE),
            together=tuple({**{e.entity.id: e.entity for e in before}, entity.id: entity}.values()),
        )

    async def unfollow(self, request: Request, name: str, view: View[UnfollowAnswer]) -> None:
        """End the follow that ``name`` means among those of the chat."""

        async def work(tx: Transaction, chat: Chat) -> UnfollowAnswer:
            found = await followed_as(tx, chat, name)
            return await self._remove(tx, chat, found) if isinstance(found, Entity) else found

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

    async def following(self, request: Request, view: View[tuple[Follow, ...]]) -> None:
        """All that the chat follows, by name."""

        async def work(tx: Transaction, chat: Chat) -> tuple[Follow, ...]:
            return tuple(await tx.chats.follows(chat.id))

        await self._conversation.answer(request, work, view)

    async def entry(self, request: Request, entity_id: int, view: View[Entry | Ended]) -> None:
        """One follow by the entity's number (a button)."""

        async def work(tx: Transaction, chat: Chat) -> Entry | Ended:
            return await entry_of(tx, chat, entity_id)

        await self._conversation.answer(request, work, view)

    async def set_mode(
        self, request: Request, entity_id: int, mode: FollowMode, view: View[Entry | Ended]
    ) -> None:
        """Choose how a follow is told from now on."""

        async def work(tx: Transaction, chat: Chat) -> Entry | Ended:
            found = await entry_of(tx, chat, entity_id)
            if isinstance(found, Entry):
                await tx.chats.set_mode(chat.id, found.follow.entity.id, mode)
                return replace(found, follow=replace(found.follow, mode=mode))
            return found

        await self._conversation.answer(request, work, view)


async def entry_of(tx: Transaction, chat: Chat, entity_id: int) -> Entry | Ended:
    """A chat's follow of an entity, or of the one that it was merged into."""
    entity = await tx.entities.get(entity_id)
    follows = await tx.chats.follows_of(chat.id, [entity.id]) if entity else []
    if follows:
        return Entry(follows[0], chat.digest_at)
    return Ended(entity, tuple(await tx.chats.follows(chat.id)))


async def _only_own(tx: Transaction, chat: Chat, choice: Several | Unknown) -> Entity | None:
    """Who is meant where there is nobody else to ask about than one whom the chat follows.
    Where there are others, one of them may be wanted: the question stays."""
    if isinstance(choice, Unknown) or len(choice.entities) != 1:
        return None
    (only,) = choice.entities
    return only if await tx.chats.followed(chat.id, [only.id]) else None


async def followed_as(tx: Transaction, chat: Chat, name: str) -> Entity | Several | NotFollowed:
    """Whom ``name`` means among those whom the chat follows."""
    follows = await tx.chats.follows(chat.id)
    meant = {candidate.entity.id for candidate in await tx.entities.named(fold(name))}
    found = among(name, [follow.entity for follow in follows], meant)
    if found:
        return found[0] if len(found) == 1 else Several(name, tuple(found))
    return NotFollowed(name, _near(name, follows), bool(follows))


def _near(name: str, follows: list[Follow]) -> tuple[Entity, ...]:
    typed = fold(name)
    scored = [
        (fuzz.token_sort_ratio(typed, fold(follow.entity.label)), follow.entity)
        for follow in follows
    ]
    near = sorted((-score, e.label, e.id, e) for score, e in scored if score >= NEAR)
    return tuple(entity for *_, entity in near)
