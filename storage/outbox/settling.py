"""What came of a message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Delete, Update, and_, case, delete, func, select, update

from storage.model import MessageKind, MessageState, OutgoingMessage
from storage.outbox.releasing import Releasing
from storage.outbox.rows import EDITABLE, IS_ALERT, IS_SENT, IS_WAITING
from storage.statements import is_one
from storage.tables import EventRow, OutboxRow

# Of the event that a row belongs to by now.
_NEWEST = select(EventRow.revision).where(EventRow.id == OutboxRow.event_id).scalar_subquery()


class Settling(Releasing):
    """Settles messages; each gives its lease back."""

    async def sent(
        self, message: OutgoingMessage, message_id: int | None, revision: int, now: datetime
    ) -> None:
        """The message reached Telegram, which numbered it; stale when the event has since
        moved past the revision that was rendered. Where another process has sent it meanwhile,
        its message stays the one that is edited."""
        await self._hold_event(message)
        shown = _revision(message, revision)
        await self._set(
            message.id,
            ~IS_SENT,
            state=MessageState.SENT.value,
            message_id=message_id,
            sent_at=now,
            revision=shown,
            stale=func.coalesce(and_(IS_ALERT, shown < _NEWEST), False),
            error=None,
        )

    async def edited(self, message: OutgoingMessage, revision: int, *, counts: bool) -> None:
        """The alert shows this revision now; ``counts``: as an edit (a withdrawal does not)."""
        await self._hold_event(message)
        shown = _revision(message, revision)
        await self._set(
            message.id,
            revision=shown,
            stale=func.coalesce(shown < _NEWEST, False),
            edits=OutboxRow.edits + int(counts),
            error=None,
        )

    async def ended(self, message_id: int, state: MessageState, error: str | None) -> None:
        """The message ends without one of its own in the chat: refused, expired or cancelled, so
        that the alerts bundled into it wait again; or ``SENT``, as an answer that edits one."""
        await self._set(message_id, state=state.value, error=error)
        if state is not MessageState.SENT:
            await self.let_go(message_id, await self.alerts_in(message_id))

    async def unedit(self, message_id: int, error: str) -> None:
        """The alert cannot be edited any more."""
        await self._set(message_id, stale=False, error=error)

    async def postpone(self, message_id: int, until: datetime, error: str | None) -> None:
        """Try again at ``until``."""
        await self._set(message_id, due_at=until, attempts=OutboxRow.attempts + 1, error=error)

    async def forget_edits(self, now: datetime) -> int:
        """Give up the edits of messages that are too old for them by now."""
        too_old = OutboxRow.sent_at <= now - EDITABLE
        return await self._many(
            update(OutboxRow).where(OutboxRow.stale, too_old).values(stale=False)
        )

    async def forget_replies(self, before: datetime) -> int:
        """Drop the answers queued before ``before`` that have been sent or refused."""
        is_reply = is_one(OutboxRow.kind, MessageKind.REPLY)
        old = OutboxRow.created_at < before
        return await self._many(delete(OutboxRow).where(is_reply, ~IS_WAITING, old))

    async def _hold_event(self, message: OutgoingMessage) -> None:
        """Let the event not change until this is committed, where writers run side by side:
        a change that came between would look for sent alerts and not find this one yet."""
        if message.event_id is not None:
            event = select(EventRow.id).filter_by(id=message.event_id)
            await self._session.execute(event.with_for_update(read=True))

    async def _set(self, row_id: int, *which: ColumnElement[bool], **values: Any) -> None:
        statement = update(OutboxRow).where(OutboxRow.id == row_id, *which)
        await self._many(statement.values(leased_until=None, leased_by=None, **values))

    async def _many(self, statement: Update | Delete) -> int:
        result = await self._session.execute(statement)
        return int(getattr(result, "rowcount", 0))


def _revision(message: OutgoingMessage, rendered: int) -> ColumnElement[int]:
    """The revision that a message shows: none where its row has become another event's since
    it was claimed, as each event counts its own."""
    return case((OutboxRow.event_id == message.event_id, rendered), else_=0)
