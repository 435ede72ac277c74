"""What the parts of the outbox share: conditions, and rows as data objects."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select

from storage.chats import chat_of
from storage.model import (
    Attachment,
    Call,
    DigestKind,
    FollowMode,
    Heading,
    MessageKind,
    MessageState,
    OutgoingMessage,
)
from storage.statements import is_one
from storage.tables import AnnouncementRow, ChatRow, EventRow, FollowRow, OutboxRow

BATCH = 10_000
BUNDLING = timedelta(minutes=1)
EDITABLE = timedelta(days=7)
REPLY, PUSHED = 0, 1  # priorities


IS_WAITING = is_one(OutboxRow.state, MessageState.WAITING)
IS_SENT = is_one(OutboxRow.state, MessageState.SENT)
IS_CANCELLED = is_one(OutboxRow.state, MessageState.CANCELLED)
IS_ALERT = is_one(OutboxRow.kind, MessageKind.ALERT)
IS_DIGEST = is_one(OutboxRow.kind, MessageKind.DIGEST)
# Of an alert: it has expired, and no digest lists it.
IS_UNLISTED = and_(is_one(OutboxRow.state, MessageState.EXPIRED), OutboxRow.bundle_id.is_(None))


def is_free(clock: datetime) -> ColumnElement[bool]:
    """Whether nobody holds a row, by the database's clock."""
    return or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= clock)


def is_wanted(*modes: FollowMode) -> ColumnElement[bool]:
    """Whether an alert's chat wants to be told, in one of these ways, of somebody whom the
    event was announced to name; whatever filters say, which are asked when it is sent."""
    return exists().where(
        AnnouncementRow.event_id == OutboxRow.event_id,
        FollowRow.entity_id == AnnouncementRow.entity_id,
        FollowRow.chat_id == OutboxRow.chat_id,
        FollowRow.mode.in_([mode.value for mode in modes]),
    )


def leading(table: Any) -> Select[int]:
    """The events that the numbers in a table's rows lead to."""
    number = func.coalesce(EventRow.merged_into, EventRow.id)
    return select(number).select_from(table).join(EventRow, EventRow.id == table.event_id)


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
        call=_call_of(row.call),
        message_id=row.message_id,
        revision=row.revision,
        stale=row.stale,
        attempts=row.attempts,
        created_at=row.created_at,
        heading=_heading_of(row.heading),
        leased_by=row.leased_by,
    )


def stored_call(call: Call) -> dict[str, Any]:
    """A call as it is stored."""
    stored = {"method": call.method, "params": call.params}
    return stored | ({"attachment": vars(call.attachment)} if call.attachment else {})


def _call_of(stored: dict[str, Any] | None) -> Call | None:
    if stored is None:
        return None
    attached = stored.get("attachment")
    attachment = Attachment(**attached) if attached else None
    return Call(stored["method"], stored["params"], attachment)


def stored_heading(heading: Heading) -> dict[str, Any]:
    """A heading as it is stored."""
    day = heading.day.isoformat() if heading.day else None
    return {**vars(heading), "kind": heading.kind.value, "day": day}


def _heading_of(stored: dict[str, Any] | None) -> Heading | None:
    if stored is None:
        return None
    day = date.fromisoformat(stored["day"]) if stored["day"] else None
    return Heading(DigestKind(stored["kind"]), day, stored["part"], stored["parts"])


NEW_ROW = ["chat_id", "kind", "state", "priority", "event_id", "heading", "created_at", "due_at",
           "attempts", "revision", "stale", "edits"]  # fmt: skip


def new_row(
    chat_id: Any,
    kind: MessageKind,
    state: MessageState,
    event_id: int | None,
    now: datetime,
    delay: timedelta = timedelta(),
    heading: dict[str, Any] | None = None,
) -> list[Any]:
    """The columns ``NEW_ROW`` of an alert or digest, for ``INSERT … SELECT``."""
    return [
        chat_id,
        literal(kind.value),
        literal(state.value),
        literal(PUSHED),
        literal(event_id, OutboxRow.event_id.type),
        literal(heading, OutboxRow.heading.type),
        literal(now, OutboxRow.created_at.type),
        literal(now + delay, OutboxRow.due_at.type),
        literal(0),
        literal(0),
        literal(False),
        literal(0),
    ]
