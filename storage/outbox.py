"""The durable queue of messages to send, and the lasting record of alerts sent.

An alert's row is made when its announcement expands and stays for ever: it is what keeps
a second alert of one event from one chat. An edit is no row of its own but a state of
the alert's row (``stale``): so one edit waits per message, and it is always the newest.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.chats import chat_of
from storage.model import (
    Call,
    ChatState,
    FollowMode,
    MessageKind,
    MessageState,
    OutgoingMessage,
    Telling,
)
from storage.statements import insert_new
from storage.tables import AnnouncementRow, ChatRow, EventRow, FollowRow, OutboxRow

BATCH = 10_000
BUNDLING = timedelta(minutes=1)
EDITABLE = timedelta(days=7)
_WAITING = OutboxRow.state == MessageState.WAITING.value
_ALERT = OutboxRow.kind == MessageKind.ALERT.value


class OutboxStore:
    """Outgoing messages. A claim leases rows; whoever dies with them loses them by time."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # --- filling

    async def reply(
        self,
        chat_id: int,
        calls: Sequence[Call],
        now: datetime,
        *,
        leased_until: datetime | None = None,
        event_id: int | None = None,
    ) -> list[int]:
        """Queue answers to a chat, in order; their ids. With a lease only its holder sends."""
        rows = [
            OutboxRow(
                chat_id=chat_id,
                kind=MessageKind.REPLY,
                priority=0,
                call={"method": call.method, "params": call.params},
                event_id=event_id,
                created_at=now,
                due_at=now,
                leased_until=leased_until,
            )
            for call in calls
        ]
        self._session.add_all(rows)
        await self._session.flush()
        return [row.id for row in rows]

    async def expand(self, now: datetime, too_old: timedelta) -> int:
        """Give one due announcement's next followers their alerts; how many announcements
        were worked on (0: none is due).

        Followers of before the announcement, told at once, active, who have not had the
        event; none when the event's day is ``too_old``.
        """
        row = await self._session.scalar(
            select(AnnouncementRow)
            .where(~AnnouncementRow.expanded, AnnouncementRow.due_at <= now)
            .order_by(AnnouncementRow.due_at, AnnouncementRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return 0
        event = await self._session.get_one(EventRow, row.event_id)
        last = None if event.day < (now - too_old).date() else await self._last_follow(row)
        if last is None:
            row.expanded = True
        else:
            await self._alert_followers(row, last, now)
            row.cursor = last
        await self._session.flush()
        return 1

    async def _last_follow(self, row: AnnouncementRow) -> int | None:
        """The id of the last follow of the next batch."""
        batch = (
            select(FollowRow.id)
            .where(FollowRow.entity_id == row.entity_id, FollowRow.id > row.cursor)
            .order_by(FollowRow.id)
            .limit(BATCH)
            .subquery()
        )
        return await self._session.scalar(select(func.max(batch.c.id)))

    async def _alert_followers(self, row: AnnouncementRow, last: int, now: datetime) -> None:
        catch_up = row.telling == Telling.CATCH_UP.value
        state = MessageState.BUNDLED if catch_up else MessageState.WAITING
        followers = (
            select(*_new_row(FollowRow.chat_id, MessageKind.ALERT, state, row.event_id, now))
            .join(ChatRow, ChatRow.id == FollowRow.chat_id)
            .where(
                FollowRow.entity_id == row.entity_id,
                FollowRow.id > row.cursor,
                FollowRow.id <= last,
                FollowRow.created_at <= row.due_at,
                FollowRow.mode == FollowMode.AT_ONCE.value,
                ChatRow.state == ChatState.ACTIVE.value,
            )
        )
        statement = insert_new(self._session, OutboxRow, "chat_id", "event_id", where=_ALERT)
        await self._session.execute(statement.from_select(_NEW_ROW, followers))
        if catch_up:
            await self._bundle(now)

    async def _bundle(self, now: datetime) -> None:
        """Give each chat with loose bundled alerts one catch-up digest, and bind them to it.

        It is due a little later, so that all announcements of one poll come into it.
        """
        loose = and_(_ALERT, OutboxRow.state == MessageState.BUNDLED.value,
                     OutboxRow.bundle_id.is_(None))  # fmt: skip
        digest = aliased(OutboxRow)
        open_digest = and_(
            digest.kind == MessageKind.DIGEST.value,
            digest.state == MessageState.WAITING.value,
            digest.leased_until.is_(None),
            digest.chat_id == OutboxRow.chat_id,
        )
        row = _new_row(
            OutboxRow.chat_id, MessageKind.DIGEST, MessageState.WAITING, None, now, BUNDLING
        )
        chats = select(*row).where(loose, ~exists().where(open_digest)).distinct()
        await self._session.execute(insert(OutboxRow).from_select(_NEW_ROW, chats))
        newest = select(func.max(digest.id)).where(open_digest).scalar_subquery()
        bind = update(OutboxRow).where(loose).values(bundle_id=newest)
        await self._session.execute(bind.execution_options(synchronize_session=False))

    async def spread(self, now: datetime) -> int:
        """Mark the next sent alerts of changed events stale; how many events were worked on."""
        event = await self._session.scalar(
            select(EventRow).where(EventRow.spreading).order_by(EventRow.id).limit(1)
            .with_for_update(skip_locked=True)
        )  # fmt: skip
        if event is None:
            return 0
        batch = (
            select(OutboxRow.id)
            .where(
                _ALERT,
                OutboxRow.event_id == event.id,
                OutboxRow.state == MessageState.SENT.value,
                OutboxRow.revision < event.revision,
                OutboxRow.sent_at > now - EDITABLE,
                ~OutboxRow.stale,
            )
            .limit(BATCH)
        )
        ids = list(await self._session.scalars(batch))
        if ids:
            chosen = OutboxRow.id.in_(batch.scalar_subquery())
            await self._session.execute(update(OutboxRow).where(chosen).values(stale=True))
        event.spreading = len(ids) == BATCH
        await self._session.flush()
        return 1

    # --- claiming

    async def claim(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        *,
        replies_only: bool = False,
        resting: Collection[int] = (),
    ) -> list[OutgoingMessage]:
        """Lease the next messages to send, at most one a chat, replies before the others.

        ``resting`` are Telegram chat ids that must not be written to yet. Alerts of
        withdrawn events wait.
        """
        earlier = aliased(OutboxRow)
        first_of_chat = ~exists().where(
            earlier.chat_id == OutboxRow.chat_id,
            earlier.state == MessageState.WAITING.value,
            earlier.kind == MessageKind.REPLY.value,
            or_(OutboxRow.priority > 0, earlier.id < OutboxRow.id),
        )
        statement = (
            _messages()
            .outerjoin(EventRow, EventRow.id == OutboxRow.event_id)
            .where(_WAITING, OutboxRow.due_at <= now, _free(now), first_of_chat)
            .where(or_(~_ALERT, ~EventRow.withdrawn))
            .where(or_(OutboxRow.priority == 0, ChatRow.state == ChatState.ACTIVE.value))
            .where(ChatRow.telegram_id.not_in(list(resting)))
            .order_by(OutboxRow.priority, OutboxRow.due_at, OutboxRow.id)
        )
        if replies_only:
            statement = statement.where(OutboxRow.priority == 0)
        return await self._lease(statement, now, lease, limit)

    async def claim_edits(
        self, now: datetime, lease: timedelta, limit: int, resting: Collection[int] = ()
    ) -> list[OutgoingMessage]:
        """Lease sent alerts whose event has changed since, oldest first."""
        statement = (
            _messages()
            .where(
                OutboxRow.stale,
                OutboxRow.due_at <= now,
                _free(now),
                ChatRow.state == ChatState.ACTIVE.value,
                ChatRow.telegram_id.not_in(list(resting)),
            )
            .order_by(OutboxRow.event_id, OutboxRow.id)
        )
        return await self._lease(statement, now, lease, limit)

    async def _lease(
        self, statement: Select[Any], now: datetime, lease: timedelta, limit: int
    ) -> list[OutgoingMessage]:
        claimed = statement.limit(limit).with_for_update(skip_locked=True, of=OutboxRow)
        messages: dict[int, OutgoingMessage] = {}
        for row, chat in await self._session.execute(claimed):
            messages.setdefault(chat.id, _message(row, chat))
        ids = [message.id for message in messages.values()]
        taken = update(OutboxRow).where(OutboxRow.id.in_(ids)).values(leased_until=now + lease)
        await self._session.execute(taken)
        return list(messages.values())

    # --- settling

    async def sent(
        self, message: OutgoingMessage, message_id: int | None, revision: int, now: datetime
    ) -> None:
        """The message reached Telegram, which numbered it; stale when the event has since
        moved past the revision that was rendered."""
        newest = select(EventRow.revision).where(EventRow.id == OutboxRow.event_id)
        stale = and_(_ALERT, newest.scalar_subquery() > revision)
        await self._set(
            message.id,
            state=MessageState.SENT.value,
            message_id=message_id,
            sent_at=now,
            revision=revision,
            stale=func.coalesce(stale, False),
            error=None,
        )

    async def edited(self, message: OutgoingMessage, revision: int, *, counts: bool) -> None:
        """The alert shows this revision now; ``counts``: as an edit (a withdrawal does not)."""
        newest = select(EventRow.revision).where(EventRow.id == OutboxRow.event_id)
        await self._set(
            message.id,
            revision=revision,
            stale=newest.scalar_subquery() > revision,
            edits=OutboxRow.edits + int(counts),
            error=None,
        )

    async def ended(self, message_id: int, state: MessageState, error: str | None) -> None:
        """The message will not be sent (refused, expired, cancelled)."""
        await self._set(message_id, state=state.value, error=error)

    async def unedit(self, message_id: int, error: str) -> None:
        """The alert cannot be edited any more."""
        await self._set(message_id, stale=False, error=error)

    async def postpone(self, message_id: int, until: datetime, error: str | None) -> None:
        """Try again at ``until``."""
        await self._set(message_id, due_at=until, attempts=OutboxRow.attempts + 1, error=error)

    async def _set(self, row_id: int, **values: Any) -> None:
        statement = update(OutboxRow).where(OutboxRow.id == row_id)
        statement = statement.values(leased_until=None, **values)
        await self._session.execute(statement.execution_options(synchronize_session=False))

    async def expire(self, before: datetime) -> int:
        """End alerts queued before ``before`` that could not be sent in time."""
        statement = update(OutboxRow).where(_WAITING, _ALERT, OutboxRow.created_at < before)
        result = await self._session.execute(
            statement.values(state=MessageState.EXPIRED.value)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
        return int(getattr(result, "rowcount", 0))

    # --- asking

    async def message(self, row_id: int) -> OutgoingMessage | None:
        """A message by its row."""
        return await self._first(_messages().where(OutboxRow.id == row_id))

    async def event_of_message(self, chat_id: int, message_id: int) -> int | None:
        """The event that a message in a chat told of."""
        statement = select(OutboxRow.event_id).where(
            OutboxRow.chat_id == chat_id, OutboxRow.message_id == message_id
        )
        return await self._session.scalar(statement.limit(1))

    async def bundled(self, digest_id: int) -> list[int]:
        """The events of the alerts that were bundled into a digest, oldest first."""
        statement = select(OutboxRow.event_id).where(OutboxRow.bundle_id == digest_id)
        ids = await self._session.scalars(statement.order_by(OutboxRow.id))
        return [event_id for event_id in ids if event_id is not None]

    async def latest_alert(self, chat_id: int) -> int | None:
        """The event of the chat's latest alert."""
        statement = select(OutboxRow.event_id).where(
            _ALERT, OutboxRow.chat_id == chat_id, OutboxRow.state == MessageState.SENT.value
        )
        newest = statement.order_by(OutboxRow.sent_at.desc(), OutboxRow.id.desc())
        return await self._session.scalar(newest.limit(1))

    async def totals(self) -> tuple[int, int]:
        """How many alerts were sent, and how many edits of them."""
        statement = select(func.count(), func.coalesce(func.sum(OutboxRow.edits), 0)).where(
            _ALERT, OutboxRow.state == MessageState.SENT.value
        )
        alerts, edits = (await self._session.execute(statement)).one()
        return alerts, edits

    async def waiting(self) -> int:
        """How many messages wait to be sent."""
        statement = select(func.count()).select_from(OutboxRow).where(_WAITING)
        return await self._session.scalar(statement) or 0

    async def _first(self, statement: Select[Any]) -> OutgoingMessage | None:
        found = (await self._session.execute(statement.limit(1))).first()
        return _message(*found) if found else None


_NEW_ROW = ["chat_id", "kind", "state", "priority", "event_id", "created_at", "due_at",
            "attempts", "revision", "stale", "edits"]  # fmt: skip


def _new_row(
    chat_id: Any,
    kind: MessageKind,
    state: MessageState,
    event_id: int | None,
    now: datetime,
    delay: timedelta = timedelta(),
) -> list[Any]:
    """The columns ``_NEW_ROW`` of an alert or digest, for ``INSERT … SELECT``."""
    return [
        chat_id,
        literal(kind.value),
        literal(state.value),
        literal(1),
        literal(event_id, OutboxRow.event_id.type),
        literal(now, OutboxRow.created_at.type),
        literal(now + delay, OutboxRow.due_at.type),
        literal(0),
        literal(0),
        literal(False),
        literal(0),
    ]


def _messages() -> Select[Any]:
    return select(OutboxRow, ChatRow).join(ChatRow, ChatRow.id == OutboxRow.chat_id)


def _free(now: datetime) -> Any:
    return or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now)


def _message(row: OutboxRow, chat: ChatRow) -> OutgoingMessage:
    return OutgoingMessage(
        id=row.id,
        chat=chat_of(chat),
        kind=MessageKind(row.kind),
        state=MessageState(row.state),
        event_id=row.event_id,
        call=Call(**row.call) if row.call else None,
        message_id=row.message_id,
        revision=row.revision,
        stale=row.stale,
        attempts=row.attempts,
        created_at=row.created_at,
    )
