"""From merged events to their alerts: which one of a chat's two lives on.

A chat that has an alert of the event that is gone only keeps it, as the survivor's. Where it
has alerts of both, the one that told it first, or will, becomes the survivor's, and the other
stays with the event that is gone:

* sent: it is edited once, to say that it is the same event;
* waiting, or expired and in no digest yet: cancelled, as the reader gets the other. Should it
  just be on its way, it settles as sent, and is edited then;
* bundled into a digest, or listed by one: it stays as it is, and the digest tells of the
  survivor.

What ended in another way (refused, cancelled) told nobody and keeps nothing from being told.
Where a merge is undone, each alert is its own event's again: what was cancelled waits, and what
was sent is edited to tell of that event, as it did at first. Who was told of the other alone, by
a digest, is then told of the event that had gone, if it is no older than what is alerted.
Until a merge is settled so, no alert of either event is claimed, made or announced.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    case,
    exists,
    false,
    func,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import aliased

from storage.model import MessageKind, MessageState
from storage.outbox.parting import tell_parted
from storage.outbox.rows import (
    BATCH,
    EDITABLE,
    IS_ALERT,
    IS_CANCELLED,
    IS_SENT,
    IS_UNLISTED,
    IS_WAITING,
)
from storage.part import StorePart
from storage.statements import chunks, is_one
from storage.tables import EventRow, MergeRow, OutboxRow

# Why an alert was cancelled that never had to be sent; undoing the merge brings it back.
SAME_EVENT = "the chat has an alert of the same event"
# While a row gives its place to another: the index that keeps alerts apart has none of these.
_YIELDING = "yielding"

_IS_DROPPED = or_(IS_WAITING, IS_UNLISTED)
_IS_SPARED = and_(IS_CANCELLED, OutboxRow.error == SAME_EVENT)
_WAITS_AGAIN = {
    "state": case((_IS_SPARED, MessageState.WAITING.value), else_=OutboxRow.state),
    "error": case((_IS_SPARED, null()), else_=OutboxRow.error),
    "due_at": case((_IS_SPARED, OutboxRow.created_at), else_=OutboxRow.due_at),
}

# Which of the rows of a table (or of an alias of it) are looked at.
_Which = Callable[[Any], ColumnElement[bool]]


class Uniting(StorePart):
    """Unites the alerts of merged events."""

    async def unite(self, now: datetime, batch: int = BATCH) -> int:
        """Settle the next alerts of the oldest merge, or of the undoing of one, that is not
        settled yet; how many merges were worked on (0: none is left)."""
        merge = await self._session.scalar(_unsettled().limit(1))
        if merge is None:
            return 0
        theirs = OutboxRow.event_id == merge.gone_id
        if merge.undone_at is not None:
            theirs = or_(theirs, _is_away(OutboxRow, merge.gone_id))
        found = (
            select(OutboxRow.id)
            .where(IS_ALERT, theirs, OutboxRow.id > merge.cursor)
            .order_by(OutboxRow.id)
            .limit(batch)
            .subquery()
        )
        counted = select(func.max(found.c.id), func.count())
        last, count = (await self._session.execute(counted)).one()
        if count:
            after = merge.cursor
            await self._work(merge, lambda row: and_(row.id > after, row.id <= last), now)
        merge.settled = count < batch
        merge.cursor = 0 if merge.settled else last
        if merge.settled and merge.undone_at is not None:
            await tell_parted(self._session, merge, now)
        await self._session.flush()
        return 1

    async def unite_in(self, chat_id: int, now: datetime) -> None:
        """The same for all alerts of one chat, ahead of the others."""
        for merge in await self._session.scalars(_unsettled()):
            await self._work(merge, lambda row: row.chat_id == chat_id, now)

    async def _work(self, merge: MergeRow, which: _Which, now: datetime) -> None:
        # The events before the alerts: who settles an alert takes them in this order too.
        survivor = _survivor(merge.kept_id).scalar_subquery()
        numbers = or_(EventRow.id.in_([merge.gone_id, merge.kept_id]), EventRow.id == survivor)
        events = {
            event.id: event
            for event in await self._session.scalars(
                select(EventRow)
                .where(numbers)
                .order_by(EventRow.id)
                .with_for_update(key_share=True)
            )
        }
        kept, gone = events[merge.kept_id], events[merge.gone_id]
        if merge.undone_at is not None:
            for event in events.values():
                event.spreading = event.merged_into is None
            await self._session.flush()
            await self._part(gone.id, which)
            return
        kept.spreading = True
        await self._session.flush()
        yielding = await self._yield(kept.id, gone.id, which)
        await self._follow(kept.id, gone.id, which)
        theirs = and_(_is_live(OutboxRow, gone.id), which(OutboxRow))
        await self._session.execute(_ended(now, OutboxRow.revision < gone.revision).where(theirs))
        for chunk in chunks(yielding):
            ended = _ended(now, true()).where(OutboxRow.id.in_(chunk))
            await self._session.execute(ended.values(kind=MessageKind.ALERT.value, revision=0))

    async def _yield(self, kept: int, gone: int, which: _Which) -> list[int]:
        """Take the survivor's place from its alerts in chats that the other told first."""
        first, later = aliased(OutboxRow), aliased(OutboxRow)
        yielding = (
            select(later.id)
            .select_from(first)
            .join(later, and_(later.chat_id == first.chat_id, _is_alert(later, kept)))
            .where(_is_live(first, gone), which(first), _comes_before(first, later))
        )
        ids = await self._session.scalars(
            update(OutboxRow)
            .where(OutboxRow.id.in_(yielding.scalar_subquery()))
            .values(**_given_to(gone), kind=_YIELDING)
            .returning(OutboxRow.id)
        )
        return list(ids)

    async def _follow(self, kept: int, gone: int, which: _Which) -> None:
        """Give the survivor the alerts in chats where its place is free."""
        there = aliased(OutboxRow)
        taken = exists().where(there.chat_id == OutboxRow.chat_id, _is_alert(there, kept))
        free = and_(_is_live(OutboxRow, gone), which(OutboxRow), ~taken)
        # As of no revision: what was sent is to be edited, whatever it has shown.
        await self._session.execute(
            update(OutboxRow).where(free).values(**_given_to(kept), revision=0)
        )

    async def _part(self, gone: int, which: _Which) -> None:
        """Give each alert back to the event that it was made for; those wait again that were
        cancelled because of the merge."""
        coming, there = aliased(OutboxRow), aliased(OutboxRow)
        away = select(func.min(OutboxRow.id)).where(IS_ALERT, _is_away(OutboxRow, gone))
        returning = away.where(which(OutboxRow)).group_by(OutboxRow.chat_id).correlate(None)
        place = _survivor(OutboxRow.first_event_id).correlate(OutboxRow).scalar_subquery()
        swaps = exists().where(
            coming.id.in_(returning.scalar_subquery()),
            coming.chat_id == OutboxRow.chat_id,
            coming.event_id == place,
        )
        yielding = await self._session.scalars(
            update(OutboxRow)
            .where(_is_alert(OutboxRow, gone), OutboxRow.first_event_id.not_in(_led(gone)))
            .where(swaps)
            .values(**_given_to(place), **_WAITS_AGAIN, kind=_YIELDING, revision=0)
            .returning(OutboxRow.id)
        )
        moved = list(yielding)
        taken = exists().where(there.chat_id == OutboxRow.chat_id, _is_alert(there, gone))
        back = and_(OutboxRow.id.in_(returning.scalar_subquery()), ~taken)
        await self._session.execute(
            update(OutboxRow).where(back).values(**_given_to(gone), revision=0)
        )
        for chunk in chunks(moved):
            ended = update(OutboxRow).where(OutboxRow.id.in_(chunk))
            await self._session.execute(ended.values(kind=MessageKind.ALERT.value))
        dropped = and_(_is_alert(OutboxRow, gone), which(OutboxRow), _IS_SPARED)
        await self._session.execute(update(OutboxRow).where(dropped).values(**_WAITS_AGAIN))


def is_uniting(event_id: Any) -> ColumnElement[bool]:
    """Whether an event was merged, or a merge of it undone, and its alerts have yet to follow."""
    either = or_(MergeRow.gone_id == event_id, MergeRow.kept_id == event_id)
    return exists().where(~MergeRow.settled, either)


def _unsettled() -> Any:
    """Merges to settle, oldest first: an event may have been merged again since."""
    return select(MergeRow).where(~MergeRow.settled).order_by(MergeRow.id).with_for_update()


def _survivor(number: Any) -> Select[int]:
    """The event that a number leads to by now."""
    there = aliased(EventRow)
    return select(func.coalesce(there.merged_into, there.id)).where(there.id == number)


def _given_to(event_id: Any) -> dict[str, Any]:
    """What changes in alerts that become another event's: it is kept which they were made for,
    until they are that one's again."""
    first = func.coalesce(OutboxRow.first_event_id, OutboxRow.event_id)
    return {"event_id": event_id, "first_event_id": func.nullif(first, event_id)}


def _led(event_id: int) -> Select[int]:
    """The numbers that lead to an event, its own among them."""
    there = aliased(EventRow)
    return select(there.id).where(or_(there.id == event_id, there.merged_into == event_id))


def _is_away(row: Any, event_id: int) -> ColumnElement[bool]:
    """Whether it was made for an event that leads to this one, and is one's that does not."""
    led = _led(event_id)
    return and_(row.first_event_id.in_(led), row.event_id.not_in(led))


def _is_alert(row: Any, event_id: int) -> ColumnElement[bool]:
    return and_(is_one(row.kind, MessageKind.ALERT), row.event_id == event_id)


def _is_live(row: Any, event_id: int) -> ColumnElement[bool]:
    """Whether it is an alert of the event that told its chat of it, or will."""
    ended = (MessageState.REFUSED.value, MessageState.CANCELLED.value)
    return and_(_is_alert(row, event_id), row.state.not_in(ended))


def _ended(now: datetime, not_told: ColumnElement[bool]) -> Update:
    """What becomes of the alerts that stay with the event that is gone."""
    to_edit = and_(
        IS_SENT, OutboxRow.message_id.is_not(None), OutboxRow.sent_at > now - EDITABLE, not_told
    )
    return update(OutboxRow).values(
        state=case((_IS_DROPPED, MessageState.CANCELLED.value), else_=OutboxRow.state),
        error=case((_IS_DROPPED, SAME_EVENT), else_=OutboxRow.error),
        stale=func.coalesce(to_edit, false()),
    )


def _comes_before(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether of two alerts the one told the chat first, or will."""
    first, second = _rank(one), _rank(other)
    sooner = or_(
        one.sent_at < other.sent_at,
        and_(one.sent_at.is_not_distinct_from(other.sent_at), one.id < other.id),
    )
    return or_(first < second, and_(first == second, sooner))


def _rank(row: Any) -> ColumnElement[int]:
    is_waiting = is_one(row.state, MessageState.WAITING)
    return case(
        (is_one(row.state, MessageState.SENT), 0),
        (and_(is_waiting, row.leased_until.is_not(None)), 1),  # on its way
        (or_(is_one(row.state, MessageState.BUNDLED), row.bundle_id.is_not(None)), 2),
        (is_waiting, 3),
        (is_one(row.state, MessageState.EXPIRED), 4),
        else_=5,
    )
