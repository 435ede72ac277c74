"""Whom to suggest to who follows nobody yet, or few."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from bot.core.suggesting import Newsworthy, suggested
from storage.database import Transaction
from storage.model import Chat, Entity

SUGGESTED = 6
_CANDIDATES = 40  # of whom most events of late tell
_WEEKS = 8  # before the last one, to compare with
_WEEK = timedelta(weeks=1)


async def suggestions(tx: Transaction, chat: Chat, today: date) -> tuple[Entity, ...]:
    """Who is in the news in the last week known, more than usual, and not followed yet."""
    known = await tx.events.days()
    if known is None:
        return ()
    first, last = known
    since = min(today, last) - _WEEK
    taken = {follow.entity.id for follow in await tx.chats.follows(chat.id)}
    busiest = await tx.events.busiest(since, _CANDIDATES + len(taken))
    candidates = [entity for entity in busiest if entity.id not in taken]
    return suggested(await _newsworthy(tx, candidates, first, since, last), SUGGESTED)


async def _newsworthy(
    tx: Transaction, candidates: list[Entity], first: date, since: date, last: date
) -> list[Newsworthy]:
    weeks = max(1, min(_WEEKS, (since - first) // _WEEK))
    ids = [entity.id for entity in candidates]
    named = await tx.events.naming(ids, since - weeks * _WEEK, last)
    lately = Counter(each.entity_id for each in named if each.day >= since)
    before = Counter(each.entity_id for each in named if each.day < since)
    return [
        Newsworthy(entity, lately[entity.id], before[entity.id] / weeks) for entity in candidates
    ]
