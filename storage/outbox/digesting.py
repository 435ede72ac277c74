"""Digests: what concerns a chat, and the messages that sum it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Update, and_, case, delete, exists, insert, or_, select, update
from sqlalchemy.orm import aliased

from storage.chats.rows import filter_of
from storage.clock import database_now
from storage.model import (
    Concern,
    DigestItem,
    FollowMode,
    Heading,
    MessageKind,
    MessageState,
    Section,
    Telling,
    words_asked,
)
from storage.outbox.rows import (
    IS_ALERT,
    IS_DIGEST,
    IS_SENT,
    IS_UNLISTED,
    IS_WAITING,
    PUSHED,
    is_free,
    leading,
    stored_heading,
)
from storage.part import StorePart
from storage.statements import CHUNK, among, chunks, is_one, table_of
from storage.tables import AnnouncementRow, DigestItemRow, EventRow, FollowRow, OutboxRow

# Whether a message has reached its chat or will, by itself or in a digest.
_REACHES = or_(
    is_one(OutboxRow.state, MessageState.WAITING),
    is_one(OutboxRow.state, MessageState.SENT),
    is_one(OutboxRow.state, MessageState.BUNDLED),
    and_(is_one(OutboxRow.state, MessageState.EXPIRED), OutboxRow.bundle_id.is_not(None)),
)
# Whether a follow that is told at once has yet to be looked at for an alert: its announcement
# is not expanded as far as that, or its filter is to be asked again, which begins anew then.
_IS_AHEAD = FollowRow.id > AnnouncementRow.cursor
_IS_ASKED_AGAIN = and_(AnnouncementRow.reconsider, FollowRow.filter.is_not(None))
_IS_TO_COME = and_(
    FollowRow.mode == FollowMode.AT_ONCE.value,
    or_(
        and_(~AnnouncementRow.expanded, or_(_IS_AHEAD, _IS_ASKED_AGAIN)),
        and_(_IS_ASKED_AGAIN, _IS_AHEAD),
    ),
)


class Digesting(StorePart):
    """Finds what a digest tells, and keeps digests."""

    async def concerning(self, chat_id: int, since: datetime, until: datetime) -> list[Concern]:
        """Events announced after ``since`` and up to ``until`` to name what the chat follows,
        not muted, since before that, by number; also those withdrawn since. Once for each
        follow."""
        alert = and_(
            IS_ALERT, OutboxRow.chat_id == chat_id, OutboxRow.event_id == AnnouncementRow.event_id
        )
        statement = (
            select(
                EventRow.id,
                FollowRow.filter,
                EventRow.category,
                EventRow.title,
                EventRow.summary,
                EventRow.topics,
                OutboxRow.state,
                _IS_TO_COME,
            )
            .select_from(FollowRow)
            .join(AnnouncementRow, AnnouncementRow.entity_id == FollowRow.entity_id)
            .join(EventRow, EventRow.id == AnnouncementRow.event_id)
            .outerjoin(OutboxRow, alert)
            .where(
                FollowRow.chat_id == chat_id,
                FollowRow.mode != FollowMode.MUTED.value,
                FollowRow.created_at <= AnnouncementRow.due_at,
                AnnouncementRow.due_at > since,
                AnnouncementRow.due_at <= until,
                AnnouncementRow.telling != Telling.SILENT.value,
                EventRow.merged_into.is_(None),
            )
            .order_by(EventRow.id, FollowRow.id)
        )
        return [
            Concern(
                event_id=number,
                filter=filter_of(stored),
                category=category,
                words=words_asked(*words),
                alert=_state_of(state),
                to_come=bool(to_come),
            )
            for number, stored, category, *words, state, to_come in await self._session.execute(
                statement
            )
        ]

    async def told(self, chat_id: int, since: datetime, until: datetime) -> list[int]:
        """The events whose alerts went to the chat after ``since`` and up to ``until``, each
        once, in that order."""
        sent = leading(OutboxRow).where(
            IS_ALERT,
            IS_SENT,
            OutboxRow.chat_id == chat_id,
            OutboxRow.sent_at > since,
            OutboxRow.sent_at <= until,
        )
        ids = await self._session.scalars(sent.order_by(OutboxRow.sent_at, OutboxRow.id))
        return list(dict.fromkeys(ids))

    async def unlisted(self, chat_id: int) -> list[int]:
        """The events whose alerts to the chat have expired, and that no digest lists."""
        expired = select(OutboxRow.event_id).where(
            IS_ALERT, IS_UNLISTED, OutboxRow.chat_id == chat_id
        )
        ids = await self._session.scalars(expired.order_by(OutboxRow.id))
        return [event_id for event_id in ids if event_id is not None]

    async def had(self, chat_id: int, event_ids: Sequence[int]) -> frozenset[int]:
        """Which of the events the chat has an alert or a digest of, sent or to be sent; also
        of one that was merged into it."""
        alerts = select(OutboxRow.event_id).where(IS_ALERT, OutboxRow.chat_id == chat_id, _REACHES)
        items = (
            select(DigestItemRow.event_id)
            .join(OutboxRow, OutboxRow.id == DigestItemRow.outbox_id)
            .where(OutboxRow.chat_id == chat_id, IS_DIGEST, _REACHES)
        )
        found: set[int] = set()
        for chunk in chunks(event_ids):
            leads_to = await self._leading_to(chunk)
            told = alerts.where(OutboxRow.event_id.in_(leads_to))
            listed = items.where(DigestItemRow.event_id.in_(leads_to))
            had = await self._session.scalars(told.union(listed))
            found.update(leads_to[number] for number in had if number)
        return frozenset(found)

    async def _leading_to(self, event_ids: Sequence[int]) -> dict[int, int]:
        """The events by all numbers that lead to them."""
        gone = select(EventRow.id, EventRow.merged_into).where(EventRow.merged_into.in_(event_ids))
        merged = {number: left for number, left in await self._session.execute(gone) if left}
        return {number: number for number in event_ids} | merged

    async def add_digest(
        self,
        chat_id: int,
        parts: Sequence[tuple[Heading, Sequence[DigestItem]]],
        now: datetime,
    ) -> list[int]:
        """Queue a digest, its parts one after the other; their ids. Alerts that have expired
        and stand in it are listed by that."""
        ids: list[int] = []
        for heading, items in parts:
            row = OutboxRow(
                chat_id=chat_id,
                kind=MessageKind.DIGEST,
                priority=PUSHED,
                heading=stored_heading(heading),
                after_id=ids[-1] if ids else None,
                created_at=now,
                due_at=now,
            )
            self._session.add(row)
            await self._session.flush()
            ids.append(row.id)
            await self._add_items(row.id, items)
            await self._list_expired(chat_id, row.id, [item.event_id for item in items])
        return ids

    async def _add_items(self, row_id: int, items: Sequence[DigestItem]) -> None:
        rows = [
            {"outbox_id": row_id, "position": position, "event_id": item.event_id,
             "section": item.section.value}
            for position, item in enumerate(items)
        ]  # fmt: skip
        if rows:
            await self._session.execute(insert(DigestItemRow), rows)

    async def _list_expired(self, chat_id: int, row_id: int, event_ids: Sequence[int]) -> None:
        statement = update(OutboxRow).where(
            IS_ALERT,
            IS_UNLISTED,
            OutboxRow.chat_id == chat_id,
            OutboxRow.event_id.in_(event_ids),
        )
        await self._session.execute(statement.values(bundle_id=row_id))

    async def take_back(self, chat_id: int) -> list[int]:
        """End the digests that wait for a chat; the events in them that concerned it. Those
        that alerts are bundled into go on waiting. Expired alerts are listed by none again."""
        free = is_free(await database_now(self._session))
        sums_up = exists().where(DigestItemRow.outbox_id == OutboxRow.id)
        ended = (
            update(OutboxRow)
            .where(IS_WAITING, IS_DIGEST, free)
            .where(OutboxRow.chat_id == chat_id, or_(sums_up, OutboxRow.call.is_not(None)))
            .values(state=MessageState.CANCELLED.value)
            .returning(OutboxRow.id)
        )
        ids = list(await self._session.scalars(ended))
        listed = update(OutboxRow).where(OutboxRow.bundle_id.in_(ids)).values(bundle_id=None)
        await self._session.execute(listed)
        mine = select(DigestItemRow.event_id).where(
            DigestItemRow.outbox_id.in_(ids), DigestItemRow.section == Section.MINE.value
        )
        return list(await self._session.scalars(mine.order_by(DigestItemRow.event_id)))

    async def items(self, digest_id: int) -> list[DigestItem]:
        """What a part of a digest tells, in order: of events that were merged the first."""
        return (await self.items_of([digest_id])).get(digest_id, [])

    async def items_of(self, digest_ids: Sequence[int]) -> dict[int, list[DigestItem]]:
        """The same of several parts; those of no events are left out."""
        found: dict[int, list[DigestItem]] = defaultdict(list)
        listed_as: dict[tuple[int, int], int] = {}
        listing = leading(DigestItemRow).add_columns(
            DigestItemRow.outbox_id, DigestItemRow.event_id, DigestItemRow.section
        )
        for chunk in chunks(digest_ids):
            of_some = listing.where(DigestItemRow.outbox_id.in_(chunk))
            rows = await self._session.execute(of_some.order_by(DigestItemRow.position))
            for number, digest_id, listed, section in rows:
                if listed_as.setdefault((digest_id, number), listed) == listed:
                    found[digest_id].append(DigestItem(number, Section(section)))
        return found

    async def forget_digests(self, before: datetime, limit: int = CHUNK) -> None:
        """Drop the digests queued before ``before`` that wait no more, daily, weekly and of
        several alerts, with what they told; at most ``limit`` at once, the oldest first. Those
        that alerts are bundled into or listed by stay, empty: by them it is known that the
        alerts were told."""
        listed = aliased(OutboxRow)
        is_empty = ~exists().where(DigestItemRow.outbox_id == OutboxRow.id)
        is_needed = exists().where(listed.bundle_id == OutboxRow.id)
        old = (
            select(OutboxRow.id)
            .where(IS_DIGEST, ~IS_WAITING)
            .where(OutboxRow.created_at < before, ~and_(is_empty, is_needed))
            .order_by(OutboxRow.created_at, OutboxRow.id)
            .limit(limit)
        )
        ids = list(await self._session.scalars(old))
        for change in (
            delete(DigestItemRow).where(DigestItemRow.outbox_id.in_(ids)),
            update(OutboxRow).where(OutboxRow.after_id.in_(ids)).values(after_id=None),
            delete(OutboxRow).where(OutboxRow.id.in_(ids), ~is_needed),
        ):
            await self._session.execute(change)

    async def is_of(self, digest_id: int, chat_id: int) -> bool:
        """Whether a digest was made for the chat."""
        row = await self._session.get(OutboxRow, digest_id) if 0 < digest_id < 2**63 else None
        return row is not None and (row.kind, row.chat_id) == (MessageKind.DIGEST.value, chat_id)

    async def mark_reworded(self, event_ids: Sequence[int]) -> None:
        """Have the filters of followers asked again: the words of these events have changed."""
        for chunk in chunks(event_ids):
            await self._session.execute(_reconsidering(), {"events": chunk})


@cache
def _reconsidering() -> Update:
    """The statement that has what was announced of ``events`` asked again."""
    table, follows = table_of(AnnouncementRow), table_of(FollowRow).c
    column = table.c
    filtered = exists().where(follows.entity_id == column.entity_id, follows.filter.is_not(None))
    # Once expanded, a row's cursor is free to count who has been asked again.
    cursor = case((column.expanded, 0), else_=column.cursor)
    return (
        update(table)
        .where(
            column.event_id.in_(among("events")),
            filtered,
            column.telling != Telling.SILENT.value,
        )
        .values(reconsider=True, cursor=cursor)
    )


def _state_of(stored: str | None) -> MessageState | None:
    return MessageState(stored) if stored else None
