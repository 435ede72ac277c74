"""Out of a digest again: alerts that it does not tell, so that none is lost by having been
bundled into it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, case, exists, null, select, update
from sqlalchemy.orm import aliased

from storage.chats.rows import filter_of
from storage.model import Filter, FollowMode, MessageKind, MessageState
from storage.outbox.rows import IS_ALERT, leading
from storage.outbox.uniting import SAME_EVENT
from storage.part import StorePart
from storage.statements import chunks, is_one
from storage.tables import AnnouncementRow, EventRow, FollowRow, OutboxRow

_There = aliased(OutboxRow)
# Whether the event of an alert was merged into one that its chat has an alert of.
_IS_TWIN = exists().where(
    EventRow.id == OutboxRow.event_id,
    _There.event_id == EventRow.merged_into,
    _There.chat_id == OutboxRow.chat_id,
    is_one(_There.kind, MessageKind.ALERT),
)


class Releasing(StorePart):
    """Lets alerts out of digests."""

    async def alerts_in(self, digest_id: int) -> dict[int, int]:
        """The alerts bundled into a digest, oldest first: by row the event that it leads to."""
        listing = leading(OutboxRow).add_columns(OutboxRow.id).order_by(OutboxRow.id)
        mine = listing.where(OutboxRow.bundle_id == digest_id)
        return {row: number for number, row in await self._session.execute(mine)}

    async def wishes(
        self, chat_id: int, event_ids: Sequence[int]
    ) -> list[tuple[int, FollowMode, Filter]]:
        """For each of the events how the chat wants to be told of whom it was announced to
        name, once for each follow."""
        followed = (
            select(AnnouncementRow.event_id, FollowRow.mode, FollowRow.filter)
            .join(FollowRow, FollowRow.entity_id == AnnouncementRow.entity_id)
            .where(FollowRow.chat_id == chat_id)
        )
        return [
            (number, FollowMode(mode), filter_of(stored))
            for chunk in chunks(event_ids)
            for number, mode, stored in await self._session.execute(
                followed.where(AnnouncementRow.event_id.in_(chunk))
            )
        ]

    async def drop(self, digest_id: int, alert_ids: Collection[int], reason: str) -> None:
        """The chat does not want these alerts any more."""
        for which in _some(digest_id, alert_ids):
            await self._change(
                which, state=MessageState.CANCELLED.value, error=reason, bundle_id=None
            )

    async def let_go(self, digest_id: int, alert_ids: Collection[int]) -> None:
        """These alerts wait again, each to go by itself. One whose event has become that of
        another alert of the chat's has nothing to wait for."""
        for which in _some(digest_id, alert_ids):
            await self._change(
                which,
                state=case(
                    (_IS_TWIN, MessageState.CANCELLED.value), else_=MessageState.WAITING.value
                ),
                error=case((_IS_TWIN, SAME_EVENT), else_=null()),
                due_at=OutboxRow.created_at,  # no more held by quiet hours of long ago
                bundle_id=None,
            )

    async def _change(self, which: ColumnElement[bool], **values: object) -> None:
        await self._session.execute(update(OutboxRow).where(which).values(**values))


def _some(digest_id: int, alert_ids: Collection[int]) -> list[ColumnElement[bool]]:
    bundled = and_(
        IS_ALERT, is_one(OutboxRow.state, MessageState.BUNDLED), OutboxRow.bundle_id == digest_id
    )
    return [and_(bundled, OutboxRow.id.in_(chunk)) for chunk in chunks(alert_ids)]
