"""Of two events that were one for a while, to whom the other is told once they are parted.

A digest that told a chat of the one meanwhile stood for both. The other becomes an alert of the
chat's where a follow of before its announcement still wants that, and where the chat has neither
had an alert nor a digest of it: one that waits, or for a digest one that the next digest lists.
The announcement stays as it was, so nobody who has come to follow since hears of it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.model import FollowMode, MessageKind, MessageState, Telling
from storage.outbox.rows import EDITABLE, IS_ALERT, IS_SENT, IS_WAITING, NEW_ROW, new_row
from storage.statements import insert_new, is_one
from storage.tables import (
    AnnouncementRow,
    DigestItemRow,
    EventRow,
    FollowRow,
    MentionRow,
    MergeRow,
    OutboxRow,
)

# What the alert of a follow waits for, the louder first: a chat has one.
_WAITS = {
    FollowMode.AT_ONCE: MessageState.WAITING,
    FollowMode.DIGEST: MessageState.EXPIRED,
}


async def tell_parted(session: AsyncSession, merge: MergeRow, now: datetime) -> None:
    """Alerts of the event that a merge had made one with another, now that it was undone."""
    meanwhile = OutboxRow.created_at.between(merge.merged_at, merge.undone_at)
    young = select(EventRow.id).where(
        EventRow.id == merge.gone_id,
        EventRow.merged_into.is_(None),
        EventRow.day >= (now - EDITABLE).date(),
    )
    named = select(MentionRow.entity_id).where(MentionRow.event_id == merge.gone_id)
    for mode, state in _WAITS.items():
        alert = new_row(FollowRow.chat_id, MessageKind.ALERT, state, merge.gone_id, now)
        followers = (
            select(*alert)
            .join(AnnouncementRow, AnnouncementRow.entity_id == FollowRow.entity_id)
            .where(
                AnnouncementRow.event_id.in_(young),
                AnnouncementRow.entity_id.in_(named),
                AnnouncementRow.telling != Telling.SILENT.value,
                AnnouncementRow.due_at <= merge.merged_at,
                FollowRow.created_at <= AnnouncementRow.due_at,
                FollowRow.mode == mode.value,
                FollowRow.chat_id.in_(_digested(merge.kept_id).where(meanwhile)),
                FollowRow.chat_id.not_in(_digested(merge.gone_id)),
            )
            .order_by(FollowRow.chat_id)
        )
        statement = insert_new(session, OutboxRow, "chat_id", "event_id", where=IS_ALERT)
        await session.execute(statement.from_select(NEW_ROW, followers))


def _digested(number: int) -> Select[int]:
    """The chats that a digest told of the event that a number leads to, or will."""
    there, alert = aliased(EventRow), aliased(OutboxRow)
    survivor = (
        select(func.coalesce(there.merged_into, there.id))
        .where(there.id == number)
        .scalar_subquery()
    )
    led = select(EventRow.id).where(or_(EventRow.id == survivor, EventRow.merged_into == survivor))
    listing = select(DigestItemRow.outbox_id).where(DigestItemRow.event_id.in_(led))
    bundling = select(alert.bundle_id).where(
        is_one(alert.kind, MessageKind.ALERT),
        alert.event_id.in_(led),
        alert.bundle_id.is_not(None),
    )
    return select(OutboxRow.chat_id).where(
        is_one(OutboxRow.kind, MessageKind.DIGEST),
        or_(IS_WAITING, IS_SENT),
        OutboxRow.id.in_(listing.union(bundling)),
    )
