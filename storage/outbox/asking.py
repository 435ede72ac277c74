"""Questions about messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select

from storage.model import KeptMessage, MessageKind, MessageState, OutgoingMessage
from storage.outbox.rows import (
    IS_ALERT,
    IS_SENT,
    IS_WAITING,
    leading,
    message_of,
    messages,
)
from storage.part import StorePart
from storage.statements import chunks
from storage.tables import EventRow, OutboxRow


class Asking(StorePart):
    """Looks messages up."""

    async def message(self, row_id: int) -> OutgoingMessage | None:
        """A message by its row."""
        found = (await self._session.execute(messages().where(OutboxRow.id == row_id))).first()
        return message_of(*found) if found else None

    async def alert_of(self, chat_id: int, event_id: int) -> OutgoingMessage | None:
        """The alert that a chat has of an event, sent or not."""
        found = messages().where(
            IS_ALERT, OutboxRow.chat_id == chat_id, OutboxRow.event_id == event_id
        )
        row = (await self._session.execute(found)).first()
        return message_of(*row) if row else None

    async def event_of_message(self, chat_id: int, message_id: int) -> int | None:
        """The event that a message in a chat told of."""
        statement = select(OutboxRow.event_id).where(
            OutboxRow.chat_id == chat_id, OutboxRow.message_id == message_id
        )
        return await self._session.scalar(statement.limit(1))

    async def bundled(self, digest_id: int) -> list[int]:
        """The events of the alerts that were bundled into a digest, each once, oldest
        first."""
        return (await self.bundled_in([digest_id])).get(digest_id, [])

    async def bundled_in(self, digest_ids: Sequence[int]) -> dict[int, list[int]]:
        """The same of several digests; those that none was bundled into are left out."""
        found: dict[int, dict[int, None]] = defaultdict(dict)
        listing = leading(OutboxRow).add_columns(OutboxRow.bundle_id)
        for chunk in chunks(digest_ids):
            of_some = listing.where(OutboxRow.bundle_id.in_(chunk))
            for number, digest_id in await self._session.execute(of_some.order_by(OutboxRow.id)):
                found[digest_id][number] = None
        return {digest_id: list(numbers) for digest_id, numbers in found.items()}

    async def latest_alert(self, chat_id: int) -> int | None:
        """The event of the chat's latest alert."""
        statement = select(OutboxRow.event_id).where(
            IS_ALERT, IS_SENT, OutboxRow.chat_id == chat_id
        )
        newest = statement.order_by(OutboxRow.sent_at.desc(), OutboxRow.id.desc())
        return await self._session.scalar(newest.limit(1))

    async def history(self, chat_id: int, after: int, limit: int) -> list[KeptMessage]:
        """The messages to a chat that are kept, those with a number above ``after`` first."""
        statement = (
            select(OutboxRow, EventRow.title)
            .outerjoin(EventRow, EventRow.id == OutboxRow.event_id)
            .where(OutboxRow.chat_id == chat_id, OutboxRow.id > after)
            .order_by(OutboxRow.id)
            .limit(limit)
        )
        return [_kept(row, title) for row, title in await self._session.execute(statement)]

    async def totals(self) -> tuple[int, int]:
        """How many alerts were sent, and how many edits of them."""
        statement = select(func.count(), func.coalesce(func.sum(OutboxRow.edits), 0)).where(
            IS_ALERT, IS_SENT
        )
        alerts, edits = (await self._session.execute(statement)).one()
        return alerts, int(edits)

    async def waiting(self) -> int:
        """How many messages wait to be sent."""
        statement = select(func.count()).select_from(OutboxRow).where(IS_WAITING)
        return await self._session.scalar(statement) or 0


def _kept(row: OutboxRow, title: str | None) -> KeptMessage:
    params = (row.call or {}).get("params", {})
    return KeptMessage(
        id=row.id,
        kind=MessageKind(row.kind),
        state=MessageState(row.state),
        event_id=row.event_id,
        title=title,
        text=params.get("text") or params.get("caption"),
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
