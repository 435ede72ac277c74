"""When a chat's digests are due and its quiet hours turn, kept in its row.

Whatever changes what a chat has chosen calls ``replan`` in the same transaction; the ticks
of ``bot.services.digesting`` do so when a time has come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.hours import (
    Quiet,
    Turn,
    digest_day,
    next_digest,
    next_weekly,
    quiet_turns,
    utc_of,
)
from storage.chats import Timetable
from storage.database import Transaction
from storage.model import Chat, ChatState

MOST_SINGLE = 3  # alerts that quiet hours have held and that go one by one at their end
WEEKLY_AT = 9 * 60  # for who has a weekly digest and no daily one
_DAY = timedelta(days=1)


async def replan(tx: Transaction, chat_id: int, now: datetime) -> None:
    """Work out anew what is due for a chat, from its choices and from what it has had.

    A digest that is due by now and not made yet stays due. Where quiet hours have ended, or
    are no more, the alerts that they held go: up to three singly, more as one digest.
    """
    before = await tx.chats.timetable(chat_id)
    chat = await tx.chats.get(chat_id)
    if chat is None:
        return
    turn = _turn(chat, now)
    await tx.chats.plan(
        chat_id,
        replace(
            before,
            digest_due_at=_digest_due(chat, before, now),
            weekly_due_at=_weekly_due(chat, before, now),
            is_quiet=turn is not None and turn.is_quiet,
            quiet_turns_at=turn.turns_at if turn else None,
        ),
    )
    held_until = before.quiet_turns_at if before.is_quiet else None
    if held_until and held_until > now and turn != Turn(is_quiet=True, turns_at=held_until):
        await tx.outbox.bring_forward(chat_id, held_until)
    is_quiet = turn is not None and turn.is_quiet
    if _has_held(before, now) and not is_quiet and chat.state is ChatState.ACTIVE:
        await tx.outbox.end_quiet(chat_id, now, most=MOST_SINGLE)


def zone_of(chat: Chat) -> ZoneInfo:
    """The zone that a chat lives by."""
    return ZoneInfo(chat.timezone)


def local_date(chat: Chat, at: datetime) -> date:
    """The date that it is for a chat then."""
    return at.astimezone(zone_of(chat)).date()


async def last_known(tx: Transaction, today: date) -> date:
    """The last day up to ``today`` of which anything is known; ``today`` where nothing is."""
    days = await tx.events.days()
    return min(today, days[1]) if days else today


def digest_date(chat: Chat, now: datetime) -> date:
    """The local date of a chat's daily digest that is due ``now``, or was due last."""
    return _last_date(chat.digest_at or 0, zone_of(chat), now)


def weekly_date(chat: Chat, now: datetime) -> date:
    """The local date of a chat's weekly digest that is due ``now``, or was due last."""
    return _last_date(weekly_minute(chat), zone_of(chat), now, chat.weekly_on)


def _last_date(minute: int, zone: ZoneInfo, now: datetime, weekday: int | None = None) -> date:
    """The local date, of that day of the week, on which it was last that minute of the day."""
    day = digest_day(now, zone) + _DAY
    while utc_of(day, minute, zone) > now or weekday not in (None, day.weekday()):
        day -= _DAY
    return digest_day(utc_of(day, minute, zone), zone)


def weekly_minute(chat: Chat) -> int:
    """The minute of the day at which a chat's weekly digest comes."""
    return WEEKLY_AT if chat.digest_at is None else chat.digest_at


def quiet_of(chat: Chat) -> Quiet | None:
    """A chat's quiet hours, if it has any."""
    start, end = chat.quiet_from, chat.quiet_until
    return None if start is None or end is None else Quiet(start, end)


def _turn(chat: Chat, now: datetime) -> Turn | None:
    quiet = quiet_of(chat)
    return quiet_turns(quiet, zone_of(chat), now) if quiet else None


def _has_held(before: Timetable, now: datetime) -> bool:
    """Whether messages have been held up to now, by what was planned before."""
    turns_at = before.quiet_turns_at
    return turns_at is not None and (before.is_quiet or turns_at <= now)


def _digest_due(chat: Chat, before: Timetable, now: datetime) -> datetime | None:
    if chat.digest_at is None:
        return None
    if _is_owed(before.digest_due_at, chat.digest_at, zone_of(chat), now):
        return before.digest_due_at
    return next_digest(chat.digest_at, zone_of(chat), now, before.digested_on)


def _weekly_due(chat: Chat, before: Timetable, now: datetime) -> datetime | None:
    if chat.weekly_on is None:
        return None
    zone, minute, due = zone_of(chat), weekly_minute(chat), before.weekly_due_at
    if due and _is_owed(due, minute, zone, now) and _is_on(due, chat.weekly_on, minute, zone):
        return due
    return next_weekly(chat.weekly_on, minute, zone, now, before.weekly_sent_on)


def _is_owed(due: datetime | None, minute: int, zone: ZoneInfo, now: datetime) -> bool:
    """Whether a time that has come is one of the present choice, not of an earlier one."""
    return due is not None and due <= now and _slot(due, minute, zone) is not None


def _is_on(due: datetime, weekday: int, minute: int, zone: ZoneInfo) -> bool:
    slot = _slot(due, minute, zone)
    return slot is not None and slot.weekday() == weekday


def _slot(at: datetime, minute: int, zone: ZoneInfo) -> date | None:
    """The local date whose ``minute`` an instant is, if it is one's."""
    day = digest_day(at, zone)
    return next((d for d in (day, day - _DAY) if utc_of(d, minute, zone) == at), None)
