"""From a changed event to the alerts already sent: which must be edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update

from storage.outbox.rows import BATCH, EDITABLE, IS_ALERT, IS_SENT
from storage.part import StorePart
from storage.tables import EventRow, OutboxRow


class Spreading(StorePart):
    """Marks sent alerts stale."""

    async def spread(self, now: datetime, batch: int = BATCH) -> int:
        """Mark the next sent alerts of changed events stale; how many events were worked on.

        Messages older than seven days and those that have no number (their group became
        a supergroup) are not edited any more.
        """
        event = await self._session.scalar(
            select(EventRow)
            .where(EventRow.spreading)
            .order_by(EventRow.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        )
        if event is None:
            return 0
        marked = await self._mark(event, now, batch)
        event.spreading = marked == batch
        await self._session.flush()
        return 1

    async def skip_untold(self) -> None:
        """Be done, in one statement, with the changed events of which nobody was told."""
        told = exists().where(IS_ALERT, OutboxRow.event_id == EventRow.id)
        untold = update(EventRow).where(EventRow.spreading, ~told)
        await self._session.execute(untold.values(spreading=False))

    async def _mark(self, event: EventRow, now: datetime, batch: int) -> int:
        outdated = (
            select(OutboxRow.id)
            .where(
                IS_ALERT,
                IS_SENT,
                OutboxRow.event_id == event.id,
                OutboxRow.revision < event.revision,
                OutboxRow.sent_at > now - EDITABLE,
                OutboxRow.message_id.is_not(None),
                ~OutboxRow.stale,
            )
            .order_by(OutboxRow.id)
            .limit(batch)
        )
        result = await self._session.execute(
            update(OutboxRow).where(OutboxRow.id.in_(outdated.scalar_subquery())).values(stale=True)
        )
        return int(getattr(result, "rowcount", 0))
