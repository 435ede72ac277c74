"""Whom to suggest to who follows nobody yet, or few."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.suggesting import Newsworthy, suggested
from bot.services.planning import local_date
from storage.database import Transaction
from storage.model import Chat, Entity

SUGGESTED = 6
_CANDIDATES = 40  # of whom most events of late tell
_WEEKS = 8  # before the last one, to compare with
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


async def suggestions(tx: Transaction, chat: Chat, at: datetime) -> tuple[Entity, ...]:
    """Who is in the news in the last week, more than usual, and not followed yet; nobody where
    nothing of that week is known."""
    today, known = local_date(chat, at), await tx.events.days()
    if known is None or known[1] < today - _WEEK:
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
    lately = await tx.events.naming_ids(ids, since, last)
    before = await tx.events.count_naming(ids, since - weeks * _WEEK, since - _DAY)
    named = ((entity, lately.get(entity.id, frozenset())) for entity in candidates)
    return [
        Newsworthy(entity, len(events), before.get(entity.id, 0) / weeks, events)
        for entity, events in named
    ]
