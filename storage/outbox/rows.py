"""What the parts of the outbox share: its session, conditions, and rows as data objects.

States and kinds stand in conditions as literals: only so the partial indexes serve them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.chats import chat_of
from storage.model import Call, MessageKind, MessageState, OutgoingMessage
from storage.tables import ChatRow, OutboxRow

BATCH = 10_000
BUNDLING = timedelta(minutes=1)
EDITABLE = timedelta(days=7)
REPLY, PUSHED = 0, 1  # priorities


class Part:
    """A part of the outbox, at work in a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session


def is_one(
    column: InstrumentedAttribute[str], value: MessageKind | MessageState
) -> ColumnElement[bool]:
    """Whether a column has a value, which stands in the statement as a literal."""
    return column == literal_column(f"'{value.value}'")


IS_WAITING = is_one(OutboxRow.state, MessageState.WAITING)
IS_SENT = is_one(OutboxRow.state, MessageState.SENT)
IS_ALERT = is_one(OutboxRow.kind, MessageKind.ALERT)


def is_free(clock: datetime) -> ColumnElement[bool]:
    """Whether nobody holds a row, by the database's clock."""
    return or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= clock)


def messages() -> Select[OutboxRow, ChatRow]:
    """Rows with their chats."""
    return select(OutboxRow, ChatRow).join(ChatRow, ChatRow.id == OutboxRow.chat_id)


def message_of(row: OutboxRow, chat: ChatRow) -> OutgoingMessage:
    """A row as a data object."""
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
