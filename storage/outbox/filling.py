"""Into the queue: answers, and announcements expanded to followers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from storage.clock import database_now
from storage.model import Call, ChatState, FollowMode, MessageKind, MessageState, Telling
from storage.outbox.rows import BATCH, BUNDLING, IS_ALERT, PUSHED, REPLY, Part, is_one
from storage.statements import insert_new
from storage.tables import AnnouncementRow, ChatRow, EventRow, FollowRow, OutboxRow

_Digest = aliased(OutboxRow)
# Alerts that were missed and are in no digest yet, and a chat's digest that takes them in.
_IS_LOOSE = and_(
    IS_ALERT, is_one(OutboxRow.state, MessageState.BUNDLED), OutboxRow.bundle_id.is_(None)
)
_IS_OPEN_DIGEST = and_(
    is_one(_Digest.state, MessageState.WAITING),
    is_one(_Digest.kind, MessageKind.DIGEST),
    _Digest.leased_until.is_(None),
)
_IS_OWN_DIGEST: ColumnElement[bool] = and_(_IS_OPEN_DIGEST, _Digest.chat_id == OutboxRow.chat_id)


class Filling(Part):
    """Queues messages."""

    async def reply(
        self,
        chat_id: int,
        calls: Sequence[Call],
        now: datetime,
        *,
        reserve: timedelta | None = None,
        event_id: int | None = None,
    ) -> list[int]:
        """Queue answers to a chat, in order; their ids. For as long as ``reserve`` nobody
        but the caller sends them."""
        until = await database_now(self._session) + reserve if reserve else None
        rows = [
            OutboxRow(
                chat_id=chat_id,
                kind=MessageKind.REPLY,
                priority=REPLY,
                call={"method": call.method, "params": call.params},
                event_id=event_id,
                created_at=now,
                due_at=now,
                leased_until=until,
            )
            for call in calls
        ]
        self._session.add_all(rows)
        await self._session.flush()
        return [row.id for row in rows]

    async def expand(self, now: datetime, too_old: timedelta, batch: int = BATCH) -> int:
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
        is_old = event.day < (now - too_old).date()
        last = None if is_old else await self._last_follow(row, batch)
        if last is None:
            row.expanded = True
        else:
            await self._alert_followers(row, last, now)
            row.cursor = last
        await self._session.flush()
        return 1

    async def skip_unfollowed(self, now: datetime) -> None:
        """Be done, in one statement, with the due announcements of entities that nobody
        follows: most are."""
        followed = exists().where(FollowRow.entity_id == AnnouncementRow.entity_id)
        unfollowed = update(AnnouncementRow).where(
            ~AnnouncementRow.expanded, AnnouncementRow.due_at <= now, ~followed
        )
        await self._session.execute(
            unfollowed.values(expanded=True).execution_options(synchronize_session=False)
        )

    async def _last_follow(self, row: AnnouncementRow, size: int) -> int | None:
        """The id of the last follow of the next batch."""
        batch = (
            select(FollowRow.id)
            .where(FollowRow.entity_id == row.entity_id, FollowRow.id > row.cursor)
            .order_by(FollowRow.id)
            .limit(size)
            .subquery()
        )
        last: int | None = await self._session.scalar(select(func.max(batch.c.id)))
        return last

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
        statement = insert_new(self._session, OutboxRow, "chat_id", "event_id", where=IS_ALERT)
        await self._session.execute(statement.from_select(_NEW_ROW, followers))
        if catch_up:
            await self._bundle(now)

    async def _bundle(self, now: datetime) -> None:
        """Give each chat with loose bundled alerts one catch-up digest, and bind them to it.

        It is due a little later, so that all announcements of one poll come into it.
        """
        # A digest that is being claimed takes no more in: wait and see which are still open.
        chats = select(OutboxRow.chat_id).where(_IS_LOOSE)
        await self._session.execute(
            select(_Digest.id)
            .where(_IS_OPEN_DIGEST, _Digest.chat_id.in_(chats))
            .with_for_update(of=_Digest)
        )
        row = _new_row(
            OutboxRow.chat_id, MessageKind.DIGEST, MessageState.WAITING, None, now, BUNDLING
        )
        lacking = select(*row).where(_IS_LOOSE, ~exists().where(_IS_OWN_DIGEST)).distinct()
        await self._session.execute(insert(OutboxRow).from_select(_NEW_ROW, lacking))
        newest = select(func.max(_Digest.id)).where(_IS_OWN_DIGEST).scalar_subquery()
        await self._session.execute(
            update(OutboxRow)
            .where(_IS_LOOSE)
            .values(bundle_id=newest)
            .execution_options(synchronize_session=False)
        )


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
        literal(PUSHED),
        literal(event_id, OutboxRow.event_id.type),
        literal(now, OutboxRow.created_at.type),
        literal(now + delay, OutboxRow.due_at.type),
        literal(0),
        literal(0),
        literal(False),
        literal(0),
    ]
