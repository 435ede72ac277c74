"""Digests, and the end of pauses and quiet hours: what is due for chats, chat by chat.

A digest and the timetable that says so are kept in one transaction: a crash neither loses
nor repeats one. A chat's row is locked meanwhile, so several processes may tick at once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.core.digest import MOST_OTHERS, digest_parts, grouped, most_reported
from bot.core.schedule import TOO_OLD
from bot.services.planning import digest_date, replan, weekly_date
from bot.services.wanting import wanted_of, wants
from storage.chats import Due, Timetable
from storage.database import Database, Transaction
from storage.model import (
    Call,
    Chat,
    ChatState,
    Concern,
    DigestKind,
    Event,
    FollowMode,
    Heading,
    MessageState,
)

log = logging.getLogger(__name__)

# An announcement's time is taken a little before it is committed: a digest made in between
# could not see it, so the next one looks back so far.
LATE_COMMIT = timedelta(minutes=10)
RETRY = timedelta(minutes=2)  # after a failure
ASKED_AT_ONCE = 50  # events, most of which a chat has hardly had

# What an event's alert must not have come to for a digest to tell the event.
_TOLD = (MessageState.WAITING, MessageState.SENT, MessageState.BUNDLED)

MakeWeekly = Callable[[Transaction, Chat, datetime], Awaitable[Call | None]]
_Work = Callable[[Transaction, Chat], Awaitable[None]]


@dataclass
class _News:
    """What became shown from one time to another, the most reported first, without their
    mentions; read and ranked once for all chats of a tick."""

    found: dict[tuple[datetime, datetime], list[Event]] = field(default_factory=dict)

    async def shown(self, tx: Transaction, since: datetime, until: datetime) -> list[Event]:
        """What became shown from ``since`` until before ``until``."""
        if (since, until) not in self.found:
            week_before = (since - TOO_OLD).date()
            events = await tx.events.first_shown(since, until, week_before)
            self.found[since, until] = most_reported(events)
        return self.found[since, until]


class Digesting:
    """Makes digests when they are due, and ends pauses and quiet hours. ``clock`` gives the time in
    UTC; ``weekly`` makes a chat's weekly digest, or None where there is nothing to tell."""

    def __init__(
        self, database: Database, *, clock: Callable[[], datetime], weekly: MakeWeekly
    ) -> None:
        self._database = database
        self._clock = clock
        self._weekly = weekly

    async def tick(self) -> None:
        """Do what is due now: end pauses and turn quiet hours first, as a digest may be due at
        their end."""
        now, news = self._clock(), _News()

        async def go_on(tx: Transaction, chat: Chat) -> None:
            await come_back(tx, chat, now)

        async def turn(tx: Transaction, chat: Chat) -> None:
            await replan(tx, chat.id, now)

        async def daily(tx: Transaction, chat: Chat) -> None:
            await _make_daily(tx, chat, now, news)

        async def weekly(tx: Transaction, chat: Chat) -> None:
            await self._make_weekly(tx, chat, now)

        await self._each(now, "paused_until", go_on)
        await self._each(now, "quiet_turns_at", turn)
        await self._each(now, "digest_due_at", daily)
        await self._each(now, "weekly_due_at", weekly)

    async def _each(self, now: datetime, what: Due, work: _Work) -> None:
        """Do the work for one chat after the other, each in a transaction of its own. One
        that fails, or stays due, must not hold up the others: it is due again in some minutes."""
        while await self._is_any(now, what):
            chat: Chat | None = None
            try:
                async with self._database.transaction() as tx:
                    await tx.locks.alerts()  # quiet hours may end by it
                    chat = await tx.chats.due(what, now)
                    if chat is not None:
                        await work(tx, chat)
                        await self._put_off(tx, chat, what, now)
            except Exception:
                if chat is None:
                    raise
                log.exception("chat %d: nothing came of %s", chat.id, what)
                async with self._database.transaction() as tx:
                    await self._put_off(tx, chat, what, now)

    async def _is_any(self, now: datetime, what: Due) -> bool:
        """Whether anything is due that nobody else does: mostly not, and then there is no
        need to write."""
        async with self._database.reading() as tx:
            return await tx.chats.due(what, now) is not None

    async def _put_off(self, tx: Transaction, chat: Chat, what: Due, now: datetime) -> None:
        """Let what is still due at ``now`` be due later: between a failure and this, the reader
        may have chosen otherwise."""
        timetable = vars(await tx.chats.timetable(chat.id))
        if timetable[what] is not None and timetable[what] <= now:
            later = timetable | {what: self._clock() + RETRY}
            await tx.chats.plan(chat.id, Timetable(**later))

    async def _make_weekly(self, tx: Transaction, chat: Chat, now: datetime) -> None:
        timetable = replace(await tx.chats.timetable(chat.id), weekly_due_at=None)
        if chat.state is ChatState.ACTIVE:
            timetable = replace(timetable, weekly_sent_on=weekly_date(chat, now))
            call = await self._weekly(tx, chat, now)
            if call is not None:
                await tx.outbox.push(chat.id, call, now)
        await tx.chats.plan(chat.id, timetable)
        await replan(tx, chat.id, now)


async def _make_daily(tx: Transaction, chat: Chat, now: datetime, news: _News) -> None:
    """A chat's digest of what became shown since its last one, if there is anything; nothing
    is summed up for a chat that is not reached: its return or its next digest has it."""
    timetable = replace(await tx.chats.timetable(chat.id), digest_due_at=None)
    if chat.state is ChatState.ACTIVE:
        day = digest_date(chat, now)
        await _sum_up(tx, chat, day, timetable.digested_at or now, now, news)
        timetable = replace(timetable, digested_at=now, digested_on=day)
    await tx.chats.plan(chat.id, timetable)
    await replan(tx, chat.id, now)


async def _sum_up(
    tx: Transaction, chat: Chat, day: date, since: datetime, now: datetime, news: _News
) -> None:
    mine = await _mine(tx, chat, since, now)
    others = await _others(tx, chat, mine, await news.shown(tx, since, now))
    told = await tx.outbox.told(chat.id, since, now)
    parts = digest_parts(mine, told, others)
    headings = [
        Heading(DigestKind.DAILY, day, number, len(parts)) for number in range(1, len(parts) + 1)
    ]
    await tx.outbox.add_digest(chat.id, list(zip(headings, parts, strict=True)), now)


async def _mine(tx: Transaction, chat: Chat, since: datetime, now: datetime) -> list[Event]:
    """What concerns the chat and was not told it, in the order of the digest."""
    expired = await _wanted(tx, chat, await tx.outbox.unlisted(chat.id), now)
    missed = await tx.events.many(await _not_had(tx, chat, since, now))
    await _put_withdrawn_aside(tx, chat, missed, now)
    return grouped({event.id: event for event in [*missed, *expired]}.values())


async def _not_had(tx: Transaction, chat: Chat, since: datetime, now: datetime) -> list[int]:
    """The events announced since then that the chat was to be told of and was not, nor will be,
    also of those withdrawn at present."""
    missed = _missed(await tx.outbox.concerning(chat.id, since - LATE_COMMIT, now))
    had = await tx.outbox.had(chat.id, missed)
    return [number for number in dict.fromkeys(missed) if number not in had]


async def _put_withdrawn_aside(
    tx: Transaction, chat: Chat, events: Iterable[Event], now: datetime
) -> None:
    """Keep for later, should they return, those of the events that are told of no more now."""
    await tx.outbox.put_aside(chat.id, [event.id for event in events if event.withdrawn], now)


async def _wanted(
    tx: Transaction, chat: Chat, numbers: Sequence[int], now: datetime
) -> list[Event]:
    """Which of the events the chat still wants to be told of, at once or in its digest, and
    are not too old for that."""
    if not numbers:
        return []
    events = await tx.events.many(list(dict.fromkeys(numbers)))
    recent = [event for event in events if event.day >= (now - TOO_OLD).date()]
    wanted = await wanted_of(tx, chat.id, recent, FollowMode.AT_ONCE, FollowMode.DIGEST)
    return [event for event in recent if event.id in wanted]


def _missed(concerns: Iterable[Concern]) -> list[int]:
    """The events that follows want and that the chat was not told of, nor will be."""
    concerns = list(concerns)
    wanted = [each for each in concerns if wants(each.filter, each.category, each.words)]
    to_come = {each.event_id for each in wanted if each.to_come}
    missed = (each for each in wanted if each.alert not in (*_TOLD, MessageState.EXPIRED))
    return [each.event_id for each in missed if each.event_id not in to_come]


async def _others(
    tx: Transaction, chat: Chat, mine: Sequence[Event], news: Sequence[Event]
) -> list[Event]:
    """The most reported events about nobody whom the chat follows, or has muted."""
    listed = {event.id for event in mine}
    ranked = [event for event in news if event.id not in listed]
    new: list[Event] = []
    for start in range(0, len(ranked), ASKED_AT_ONCE):
        some = ranked[start : start + ASKED_AT_ONCE]
        ids = [event.id for event in some]
        unwanted = await tx.chats.concerned(chat.id, ids) | await tx.outbox.had(chat.id, ids)
        new += [event for event in some if event.id not in unwanted]
        if len(new) >= MOST_OTHERS:
            break
    return new[:MOST_OTHERS]


async def come_back(tx: Transaction, chat: Chat, now: datetime) -> bool:
    """Messages reach a chat again (``chat`` as it was before, one topic of a forum): whatever
    it missed goes as one digest. One that asked to be forgotten starts anew. Whether it missed
    anything."""
    if chat.state is ChatState.ACTIVE:
        return False
    if chat.state is not ChatState.FORGOTTEN:
        await tx.locks.alerts()  # expansions come before this, or after
    await tx.chats.set_state(chat.telegram_id, ChatState.ACTIVE, now, chat.thread_id)
    if chat.state is ChatState.FORGOTTEN:
        return False
    missed = await _catch_up(tx, chat, now)
    await replan(tx, chat.id, now)
    return missed


async def put_aside(tx: Transaction, chat: Chat, now: datetime) -> None:
    """Keep what a chat has missed that is not reached, for when it is back: from now on that
    is counted anew."""
    await tx.locks.alerts()
    await tx.outbox.put_aside(chat.id, await _not_told(tx, chat, now), now)


async def _catch_up(tx: Transaction, chat: Chat, now: datetime) -> bool:
    wanted = [*await tx.outbox.take_back(chat.id), *await _not_told(tx, chat, now)]
    still = await _wanted(tx, chat, wanted, now)
    stand = [event.id for event in still if not event.withdrawn]
    goes = await tx.outbox.catch_up(chat.id, stand, now, (now - TOO_OLD).date())
    await _put_withdrawn_aside(tx, chat, still, now)
    timetable = await tx.chats.timetable(chat.id)
    if timetable.digested_at is not None:
        await tx.chats.plan(chat.id, replace(timetable, digested_at=now))
    return goes


async def _not_told(tx: Transaction, chat: Chat, now: datetime) -> list[int]:
    """What a chat has missed since it is not reached, or since its last digest before that."""
    timetable = await tx.chats.timetable(chat.id)
    since = min(filter(None, (chat.state_since, timetable.digested_at)), default=now)
    return await _not_had(tx, chat, since, now)
