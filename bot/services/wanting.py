"""What follows want: whether an event is one that a follow asked to be told of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.core.filters import passes
from storage.database import Transaction
from storage.events import Naming
from storage.model import Chat, Entity, Event, Filter, Follow, FollowMode, Mention, words_asked


def wants(wanted: Filter, category: str, words: str) -> bool:
    """Whether a follow's filter lets an event of this category and these words through."""
    return passes(wanted, category=category, text=words)


def wants_at_once(follow: Follow, event: Event) -> bool:
    """Whether a follow would be alerted of an event that names whom it follows."""
    at_once = follow.mode is FollowMode.AT_ONCE
    words = words_asked(event.title, event.summary, event.topics)
    return at_once and wants(follow.filter, event.category, words)


async def wanted_of(
    tx: Transaction, chat_id: int, events: Iterable[Event], *modes: FollowMode
) -> frozenset[int]:
    """Which of the events a chat wants to be told of, in one of these ways: by follows of whom
    they were announced to name, named at present or not."""
    asked = {
        event.id: (event.category, words_asked(event.title, event.summary, event.topics))
        for event in events
    }
    return frozenset(
        number
        for number, mode, wanted in await tx.outbox.wishes(chat_id, list(asked))
        if mode in modes and wants(wanted, *asked[number])
    )


async def wanted_namings(
    tx: Transaction, chat: Chat, first: date, last: date
) -> list[tuple[Entity, Naming]]:
    """Which events of these days name whom a chat follows and has not muted, as far as the
    follow's filter lets them through."""
    follows = {
        follow.entity.id: follow
        for follow in await tx.chats.follows(chat.id)
        if follow.mode is not FollowMode.MUTED
    }
    return [
        (follows[each.entity_id].entity, each)
        for each in await tx.events.naming(list(follows), first, last)
        if wants(follows[each.entity_id].filter, each.category, each.words)
    ]


def hits(event: Event, follows: Iterable[Follow]) -> tuple[Mention, ...]:
    """The event's mentions of whom these follow."""
    followed = {follow.entity.id for follow in follows}
    return tuple(mention for mention in event.mentions if mention.entity.id in followed)
