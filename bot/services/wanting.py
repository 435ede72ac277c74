"""What follows want: whether an event is one that a follow asked to be told of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.filters import passes
from storage.model import Event, Filter, Follow, FollowMode, Mention


def wants(wanted: Filter, category: str, title: str) -> bool:
    """Whether a follow's filter lets an event of this category and title through."""
    return passes(wanted, category=category, text=title)


def wants_at_once(follow: Follow, event: Event) -> bool:
    """Whether a follow would be alerted of an event that names whom it follows."""
    at_once = follow.mode is FollowMode.AT_ONCE
    return at_once and wants(follow.filter, event.category, event.title)


def hits(event: Event, follows: Iterable[Follow]) -> tuple[Mention, ...]:
    """The event's mentions of whom these follow."""
    followed = {follow.entity.id for follow in follows}
    return tuple(mention for mention in event.mentions if mention.entity.id in followed)
