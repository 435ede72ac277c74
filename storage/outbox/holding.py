"""What quiet hours hold is due when they end: a claim, made each second, would else go through
all of it every time, however long the night."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select, update

from storage.clock import database_now
from storage.outbox.rows import BATCH, IS_WAITING, PUSHED, is_free
from storage.part import StorePart
from storage.statements import chunks
from storage.tables import ChatRow, OutboxRow


class Holding(StorePart):
    """Puts off what quiet hours hold, and brings it forward."""

    async def hold(self, now: datetime, batch: int = BATCH) -> None:
        """Of the messages due first, so many, put those off to the end of quiet hours whose
        chats have them now. What is on its way stays as it is."""
        free = is_free(await database_now(self._session))
        first = (
            select(OutboxRow.id)
            .where(IS_WAITING, OutboxRow.priority == PUSHED, OutboxRow.due_at <= now, free)
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(batch)
        )
        # The chats are locked, too: who chooses other hours meanwhile must find it put off.
        held = (
            select(OutboxRow.id, ChatRow.quiet_turns_at)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.id.in_(first), ChatRow.is_quiet, ChatRow.quiet_turns_at > now)
            .with_for_update(skip_locked=True, key_share=True)
        )
        until: dict[datetime | None, list[int]] = defaultdict(list)
        for row, ends in await self._session.execute(held):
            until[ends].append(row)
        for ends, found in until.items():
            for chunk in chunks(found):
                later = update(OutboxRow).where(OutboxRow.id.in_(chunk))
                await self._session.execute(later.values(due_at=ends))

    async def bring_forward(self, chat_id: int, until: datetime) -> None:
        """Let what was held in a chat ``until`` quiet hours were to end be due as before: they
        end at another time, or have ended."""
        held = update(OutboxRow).where(
            IS_WAITING, OutboxRow.chat_id == chat_id, OutboxRow.due_at == until
        )
        await self._session.execute(held.values(due_at=OutboxRow.created_at))
