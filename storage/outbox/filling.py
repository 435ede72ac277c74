"""Into the queue: answers to readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage.clock import database_now
from storage.model import Call, MessageKind
from storage.outbox.rows import PUSHED, REPLY, stored_call
from storage.part import StorePart
from storage.tables import OutboxRow


class Filling(StorePart):
    """Queues messages that are made already."""

    async def reply(
        self,
        chat_id: int,
        calls: Sequence[Call],
        now: datetime,
        *,
        reserve: timedelta | None = None,
    ) -> list[int]:
        """Queue answers to a chat, in order; their ids. For as long as ``reserve`` nobody
        but the caller sends them."""
        until = await database_now(self._session) + reserve if reserve else None
        rows = [
            OutboxRow(
                chat_id=chat_id,
                kind=MessageKind.REPLY,
                priority=REPLY,
                call=stored_call(call),
                created_at=now,
                due_at=now,
                leased_until=until,
            )
            for call in calls
        ]
        self._session.add_all(rows)
        await self._session.flush()
        return [row.id for row in rows]

    async def push(self, chat_id: int, call: Call, now: datetime) -> None:
        """Queue a message that nobody has just asked for, to go like a digest."""
        row = OutboxRow(
            chat_id=chat_id,
            kind=MessageKind.DIGEST,
            priority=PUSHED,
            call=stored_call(call),
            created_at=now,
            due_at=now,
        )
        self._session.add(row)
        await self._session.flush()
