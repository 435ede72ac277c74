"""Pauses: how long they last, as readers type it behind /stop, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.days import CalendarNames, NoEnd, parse_end
from bot.core.names import bare
from bot.services.calendar import is_day_first
from bot.services.finding import Several
from bot.services.following import followed_as
from bot.services.planning import zone_of
from storage.database import Transaction
from storage.model import Chat, Entity


@dataclass(frozen=True)
class NotPaused:
    """What was ``typed`` tells no end that a pause of the ``chat`` may have, and ``why``: nothing
    has changed. It may mean these of whom the chat follows, surely or (``is_near``) by names like
    it."""

    typed: str
    why: NoEnd
    chat: Chat
    followed: tuple[Entity, ...] = ()
    is_near: bool = False


@dataclass(frozen=True)
class WentOn:
    """The chat has ended its pause, if it ``was`` paused; what it ``missed`` comes to it."""

    was: bool
    missed: bool


async def pause_as_typed(
    tx: Transaction, chat: Chat, typed: str, at: datetime, names: CalendarNames
) -> NotPaused | None:
    """Have a chat get nothing as long as ``typed`` says, or until further notice where nothing
    is typed; why not, where that says no such thing."""
    until = None
    if typed:
        end = parse_end(typed, at, zone_of(chat), names, day_first=is_day_first(chat))
        if isinstance(end, NoEnd):
            return await _not_paused(tx, chat, typed, end)
        until = end
    await tx.chats.pause(chat.id, at, until)
    return None


async def _not_paused(tx: Transaction, chat: Chat, typed: str, why: NoEnd) -> NotPaused:
    found = await followed_as(tx, chat, bare(typed))
    if isinstance(found, Entity):
        return NotPaused(typed, why, chat, (found,))
    if isinstance(found, Several):
        return NotPaused(typed, why, chat, found.entities)
    # What is a time, if none that can be, only happens to be like a name.
    near = found.nearest if why is NoEnd.UNREAD else ()
    return NotPaused(typed, why, chat, near, is_near=bool(near))
