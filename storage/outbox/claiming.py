"""Out of the queue: what may be sent next, leased to who asked."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from storage.clock import database_now
from storage.model import ChatState, MessageState, OutgoingMessage
from storage.outbox.rows import (
    EDITABLE,
    IS_ALERT,
    IS_WAITING,
    PUSHED,
    REPLY,
    is_free,
    message_of,
    messages,
)
from storage.outbox.uniting import is_uniting
from storage.part import StorePart
from storage.statements import is_one
from storage.tables import ChatRow, EventRow, OutboxRow

_IS_ACTIVE = ChatRow.state == ChatState.ACTIVE.value


class Claiming(StorePart):
    """Leases messages, for ``lease`` from now on by the database's clock.

    With ``holder`` they can be freed before that, when the process of this name is known to
    be dead.
    """

    async def claim_replies(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        barred: Collection[int] = (),
        holder: str | None = None,
    ) -> list[OutgoingMessage]:
        """Lease the next answers to send, at most one a chat, each chat's in order.

        ``barred`` are Telegram chat ids that must not be written to yet.
        """
        statement = self._due(now, barred).where(OutboxRow.priority == REPLY, ~_reply_before())
        ordered = statement.order_by(OutboxRow.id)
        return await self._lease(ordered, lease, limit, holder)

    async def claim(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        resting: Collection[int] = (),
        holder: str | None = None,
    ) -> list[OutgoingMessage]:
        """Lease the next alerts and digests, at most one a chat, oldest first.

        ``resting`` are Telegram chat ids that must not be written to yet. Alerts of
        withdrawn events wait, and those of events just merged; so does a chat whose answer has
        yet to go or whose quiet hours are on, or about to turn.
        """
        statement = (
            self._due(now, resting)
            .outerjoin(EventRow, EventRow.id == OutboxRow.event_id)
            .where(OutboxRow.priority == PUSHED, _IS_ACTIVE, _is_awake(now))
            .where(or_(~IS_ALERT, and_(~EventRow.withdrawn, ~is_uniting(OutboxRow.event_id))))
            .where(~_reply_before(), ~_part_before())
            .order_by(OutboxRow.due_at, OutboxRow.id)
        )
        return await self._lease(statement, lease, limit, holder)

    async def claim_edits(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        resting: Collection[int] = (),
        holder: str | None = None,
    ) -> list[OutgoingMessage]:
        """Lease sent alerts whose event has changed since, oldest first."""
        statement = (
            messages()
            .where(
                OutboxRow.stale,
                OutboxRow.due_at <= now,
                OutboxRow.sent_at > now - EDITABLE,
                OutboxRow.message_id.is_not(None),
                ~is_uniting(OutboxRow.event_id),
                _IS_ACTIVE,
                self._is_none_of(resting),
            )
            .order_by(OutboxRow.event_id, OutboxRow.id)
        )
        return await self._lease(statement, lease, limit, holder)

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the one has been due that has waited longest of the messages that could
        have gone: nothing of their chat or event keeps them back. One that Telegram did not take
        at first counts from when it was made."""
        since = case((OutboxRow.attempts > 0, OutboxRow.created_at), else_=OutboxRow.due_at)
        statement = (
            select(func.min(since))
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .outerjoin(EventRow, EventRow.id == OutboxRow.event_id)
            .where(IS_WAITING, or_(OutboxRow.due_at <= now, OutboxRow.attempts > 0))
            .where(or_(OutboxRow.priority == REPLY, and_(_IS_ACTIVE, _is_awake(now))))
            .where(or_(~IS_ALERT, ~EventRow.withdrawn))
        )
        found: datetime | None = await self._session.scalar(statement)
        return found

    async def lease_left(self, message: OutgoingMessage) -> float | None:
        """Seconds that a message is still leased to who has claimed it, 0 where the time has run
        out but nobody has had it since; None where somebody has."""
        lease = select(OutboxRow.leased_until).where(
            OutboxRow.id == message.id,
            OutboxRow.leased_by.is_not_distinct_from(message.leased_by),
        )
        found = (await self._session.execute(lease)).first()
        if found is None:
            return None
        (until,) = found
        clock = await database_now(self._session)
        return max(0.0, (until - clock).total_seconds()) if until else 0.0

    async def holders(self) -> set[str]:
        """Who has leased messages, run out or not."""
        held = select(OutboxRow.leased_by).where(OutboxRow.leased_by.is_not(None)).distinct()
        return {holder for holder in await self._session.scalars(held) if holder}

    async def free(self, holder: str) -> int:
        """Free what a dead process leased, as if its time had run out; how many messages. What
        it had sent already without saying so goes out again: nobody can tell."""
        now = await database_now(self._session)  # not None: it may have been on its way
        statement = update(OutboxRow).where(OutboxRow.leased_by == holder)
        freed = await self._session.execute(
            statement.values(leased_until=now, leased_by=None).returning(OutboxRow.id),
        )
        return len(freed.all())

    async def put_back(self, message_id: int, until: datetime, reason: str) -> None:
        """Free a message that its receiver could not take yet: it goes at ``until``, and this
        was no try."""
        statement = update(OutboxRow).where(OutboxRow.id == message_id)
        await self._session.execute(
            statement.values(due_at=until, error=reason, leased_until=None, leased_by=None),
        )

    async def _lease(
        self,
        statement: Select[OutboxRow, ChatRow],
        lease: timedelta,
        limit: int,
        holder: str | None,
    ) -> list[OutgoingMessage]:
        clock = await database_now(self._session)
        free = statement.where(is_free(clock)).limit(limit)
        claimed = free.with_for_update(skip_locked=True, of=OutboxRow)
        taken: dict[int, OutgoingMessage] = {}
        for row, chat in await self._session.execute(claimed):
            message = replace(message_of(row, chat), leased_by=holder)
            taken.setdefault(chat.telegram_id, message)
        if taken:
            ids = [message.id for message in taken.values()]
            await self._session.execute(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids))
                .values(leased_until=clock + lease, leased_by=holder)
            )
        return list(taken.values())

    def _due(self, now: datetime, resting: Collection[int]) -> Select[OutboxRow, ChatRow]:
        return messages().where(IS_WAITING, OutboxRow.due_at <= now, self._is_none_of(resting))

    def _is_none_of(self, resting: Collection[int]) -> ColumnElement[bool]:
        """Whether the chat is none of these: one parameter, however many they are."""
        listed: ColumnElement[int]
        if self._session.get_bind().dialect.name == "sqlite":
            listed = func.json_each(json.dumps(list(resting))).table_valued("value").c.value
        else:
            listed = func.unnest(bindparam(None, list(resting), type_=ARRAY(BigInteger)))
        return ChatRow.telegram_id.not_in(select(listed))


def _is_awake(now: datetime) -> ColumnElement[bool]:
    """Whether the chat's quiet hours are off: for sure, or it has none."""
    off = and_(~ChatRow.is_quiet, ChatRow.quiet_turns_at > now)
    return or_(ChatRow.quiet_turns_at.is_(None), off)


def _part_before() -> ColumnElement[bool]:
    """Whether another part of the message's digest has yet to go before it."""
    earlier = aliased(OutboxRow)
    waits = is_one(earlier.state, MessageState.WAITING)
    return exists().where(earlier.id == OutboxRow.after_id, waits)


def _reply_before() -> ColumnElement[bool]:
    """Whether the message's chat has an answer that goes before it."""
    earlier = aliased(OutboxRow)
    return exists().where(
        earlier.chat_id == OutboxRow.chat_id,
        is_one(earlier.state, MessageState.WAITING),
        earlier.priority == REPLY,
        or_(OutboxRow.priority > REPLY, earlier.id < OutboxRow.id),
    )
