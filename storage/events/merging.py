"""Two events that turned out to be one, and back.

The older event stays: it takes the reports of the other, which keeps its number, its words
and its alerts' history but is asked for no more. ``EventRow.merged_into`` leads from a number
straight to the event that is left; by which steps that came about stands in ``merges``. The
alerts follow in batches (``storage.outbox.uniting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from storage.model import Telling
from storage.part import StorePart
from storage.statements import table_of
from storage.tables import AnnouncementRow, EventRow, MentionRow, MergeRow, ReportRow

_LOUDNESS = tuple(telling.value for telling in Telling)
_IS_OPEN = MergeRow.undone_at.is_(None)


class Merging(StorePart):
    """Merges events."""

    async def survivor(self, number: int) -> int | None:
        """The event that a number leads to, shown or not: its own unless that one was merged;
        None where no event has ever had it."""
        if not 0 < number < 2**63:
            return None
        leads_to = func.coalesce(EventRow.merged_into, EventRow.id)
        return await self._session.scalar(select(leads_to).where(EventRow.id == number))

    async def revision(self, number: int) -> int:
        """The revision of the event that has this very number, merged or not."""
        found = select(EventRow.revision).where(EventRow.id == number)
        return await self._session.scalar(found) or 0

    async def merge_mark(self) -> tuple[int, int]:
        """The number of the last merge, and how many were undone: one of them differs whenever
        events were merged or parted since it was last asked."""
        last, undone = (await self._session.execute(_last_merge())).one()
        return last or 0, undone

    async def merges_after(self, number: int) -> list[tuple[int, int]]:
        """The merges after one of this number, in their order: the event that went, and the
        one that it went into."""
        later = select(MergeRow.gone_id, MergeRow.kept_id).where(MergeRow.id > number)
        rows = await self._session.execute(later.order_by(MergeRow.id))
        return [(row.gone_id, row.kept_id) for row in rows]

    async def kept_apart(self) -> list[tuple[int, int]]:
        """The pairs of events, lower number first, that were one until an operator undid it;
        each by what its number leads to now."""
        one, other = aliased(EventRow), aliased(EventRow)
        pairs = await self._session.execute(
            select(
                func.coalesce(one.merged_into, one.id), func.coalesce(other.merged_into, other.id)
            )
            .select_from(MergeRow)
            .join(one, one.id == MergeRow.kept_id)
            .join(other, other.id == MergeRow.gone_id)
            .where(~_IS_OPEN)
        )
        found = {(min(pair), max(pair)) for pair in map(tuple, pairs)}
        return sorted((low, high) for low, high in found if low != high)

    async def merge(self, kept: int, gone: int, at: datetime) -> int:
        """Make one event of two, by numbers that lead to them; the number of the older one,
        which stays, whichever is named first. Nothing changes where they are one already.

        It is to be put together anew then: what it says is still what its own reports said.
        """
        rows = await self._held({kept, gone})
        if len(rows) == 1:
            return rows[0].id
        old, new = rows
        moved = await self._session.scalars(
            update(ReportRow)
            .where(ReportRow.event_id == new.id)
            .values(event_id=old.id)
            .returning(ReportRow.id)
        )
        reports = sorted(moved)
        self._session.add(MergeRow(gone_id=new.id, kept_id=old.id, reports=reports, merged_at=at))
        _take_in(old, new)
        await self._session.flush()
        followed = update(EventRow).where(EventRow.merged_into == new.id)
        await self._session.execute(followed.values(merged_into=old.id))
        await self._unite_announcements(old.id, new.id)
        await self._unite_mentions(old, new.id)
        return old.id

    async def unmerge(self, gone: int, at: datetime) -> int | None:
        """Let an event that was merged be one of its own again, with the reports that it had;
        the event that they leave, or None where there is nothing to undo.

        Both are to be put together anew then; their alerts come apart in batches.
        """
        last = select(MergeRow).where(MergeRow.gone_id == gone, _IS_OPEN).with_for_update()
        merge = await self._session.scalar(last.order_by(MergeRow.id.desc()).limit(1))
        if merge is None:
            return None
        event = await self._session.get_one(EventRow, gone, with_for_update={"key_share": True})
        left = event.merged_into or merge.kept_id
        merge.undone_at, merge.settled, merge.cursor = at, False, 0
        event.merged_into = None
        # What alerts show of either may be of the other; and those that said that they are one
        # are to tell of their own event again.
        for each in (event, await self._session.get_one(EventRow, left)):
            each.fingerprint = each.alert_fingerprint = ""
        await self._take_back(merge, left)
        return left

    async def forget_unnamed(self, number: int) -> None:
        """Drop what is still to be announced of an event that it does not name any more: it
        goes with the event that does."""
        named = exists().where(
            MentionRow.event_id == AnnouncementRow.event_id,
            MentionRow.entity_id == AnnouncementRow.entity_id,
        )
        await self._session.execute(
            delete(AnnouncementRow).where(
                AnnouncementRow.event_id == number, ~AnnouncementRow.expanded, ~named
            )
        )

    async def _held(self, numbers: set[int]) -> list[EventRow]:
        """The events that numbers lead to, oldest first, locked: others may refer to them
        meanwhile, but neither change nor merge them."""
        while True:
            rows = list(
                await self._session.scalars(
                    select(EventRow)
                    .where(EventRow.id.in_(numbers))
                    .order_by(EventRow.id)
                    .with_for_update(key_share=True)
                )
            )
            left = {row.merged_into or row.id for row in rows}
            if left == numbers:
                return rows
            numbers = left

    async def _unite_announcements(self, kept: int, gone: int) -> None:
        """Let the survivor announce what either has yet to announce, and nothing again."""
        rows = await self._session.scalars(
            select(AnnouncementRow)
            .where(AnnouncementRow.event_id.in_([kept, gone]))
            .order_by(AnnouncementRow.id)
            .with_for_update()
        )
        listed = list(rows)
        known = {row.entity_id: row for row in listed if row.event_id == kept}
        for row in listed:
            if row.event_id == kept:
                continue
            own = known.get(row.entity_id)
            if own is not None:
                unite(own, row)
            elif row.expanded:
                self._session.add(_copied(row, kept))
            else:
                row.event_id = kept
                continue
            # What it has announced it never announces again, should it be parted once more.
            row.reconsider = False
            if not row.expanded:
                await self._session.delete(row)
        await self._session.flush()

    async def _unite_mentions(self, kept: EventRow, gone: int) -> None:
        """Give the survivor what the other named: so nothing of it is new to it."""
        other = aliased(MentionRow)
        twice = exists().where(
            other.event_id == kept.id,
            other.entity_id == MentionRow.entity_id,
            other.evidence == MentionRow.evidence,
        )
        theirs = MentionRow.event_id == gone
        await self._session.execute(
            update(MentionRow).where(theirs, ~twice).values(event_id=kept.id, day=kept.day)
        )
        await self._session.execute(delete(MentionRow).where(theirs))

    async def _take_back(self, merge: MergeRow, left: int) -> None:
        """Give an event back its reports, and the numbers that led to it before."""
        gone, reports = merge.gone_id, set(merge.reports)
        mine = update(ReportRow).where(ReportRow.id.in_(reports), ReportRow.event_id == left)
        await self._session.execute(mine.values(event_id=gone))
        above = merge
        while (upper := await self._merge_of(above.kept_id)) is not None:
            upper.reports = [number for number in upper.reports if number not in reports]
            above = upper
        await self._session.flush()
        under = await self._merged_into([gone])
        await self._session.execute(
            update(EventRow).where(EventRow.id.in_(under)).values(merged_into=gone)
        )

    async def _merge_of(self, gone: int) -> MergeRow | None:
        return await self._session.scalar(
            select(MergeRow).where(MergeRow.gone_id == gone, _IS_OPEN).limit(1)
        )

    async def _merged_into(self, numbers: Sequence[int]) -> list[int]:
        """All numbers that were merged into these, directly or by others."""
        found: list[int] = []
        while numbers:
            gone = select(MergeRow.gone_id).where(MergeRow.kept_id.in_(numbers), _IS_OPEN)
            numbers = list(await self._session.scalars(gone))
            found += numbers
        return found


@cache
def _last_merge() -> Select[Any, int]:
    merge = table_of(MergeRow).c
    return select(func.max(merge.id), func.count(merge.undone_at))


def _take_in(old: EventRow, new: EventRow) -> None:
    """Both count as changed: the survivor for whoever sees it, the other for those whose
    alert of it has yet to say so. Readers first saw the one when they first saw either."""
    seen = [at for at in (old.first_shown_at, new.first_shown_at) if at is not None]
    old.first_shown_at = min(seen, default=None)
    old.fingerprint = new.fingerprint = ""
    new.merged_into, new.spreading = old.id, False
    new.revision += 1


def unite(own: AnnouncementRow, other: AnnouncementRow) -> None:
    """One announcement of two: as loud as the louder, to all that followed before the later,
    and done once both are. Who has the event's alert already gets no other."""
    pending = [row.cursor for row in (own, other) if not row.expanded]
    own.telling = min(own.telling, other.telling, key=_LOUDNESS.index)
    own.due_at = max(own.due_at, other.due_at)
    if pending:
        own.expanded, own.cursor = False, min(pending)


def _copied(row: AnnouncementRow, event_id: int) -> AnnouncementRow:
    return AnnouncementRow(
        event_id=event_id,
        entity_id=row.entity_id,
        due_at=row.due_at,
        telling=row.telling,
        cursor=0,
        expanded=True,
    )
