"""Into the queue: announcements expanded to followers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from storage.chats.rows import filter_of
from storage.errors import ExpansionFailed
from storage.locks import Locks
from storage.model import (
    ChatState,
    Filter,
    FollowMode,
    MessageKind,
    MessageState,
    Telling,
    words_asked,
)
from storage.outbox.bundling import Bundling
from storage.outbox.rows import BATCH, IS_ALERT, IS_CANCELLED, NEW_ROW, new_row
from storage.outbox.uniting import is_uniting
from storage.statements import chunks, insert_new
from storage.tables import AnnouncementRow, ChatRow, EventRow, FollowRow, OutboxRow

# Whether a filter lets an event through, by the event's category and words.
Accepts = Callable[[Filter, str, str], bool]


class Expanding(Bundling):
    """Turns announcements into alerts."""

    async def expand(
        self, now: datetime, too_old: timedelta, accepts: Accepts, batch: int = BATCH
    ) -> int:
        """Give one due announcement's next followers their alerts; how many announcements
        were worked on (0: none is due).

        Followers of before the announcement, told at once, active then or now, whose filter
        accepts the event, and who have not had it; none when the event's day is ``too_old``.
        Events just merged wait until it is clear who has had them. Raises ``ExpansionFailed``.
        """
        await Locks(self._session).alerts()
        row = await self._session.scalar(
            select(AnnouncementRow)
            .where(~AnnouncementRow.expanded, AnnouncementRow.due_at <= now)
            .where(~is_uniting(AnnouncementRow.event_id))
            .order_by(AnnouncementRow.due_at, AnnouncementRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return 0
        event = await self._session.get_one(EventRow, row.event_id)
        last = None if _is_over(event, now, too_old) else await self._last_follow(row, batch)
        if last is None:
            row.expanded, row.cursor = True, 0
        else:
            async with _blaming(row.id):
                between = FollowRow.id.between(row.cursor + 1, last)
                await self._alert_again(row, event, between, accepts, now)
                await self._alert_followers(row, between, now)
                await self._alert_filtered(row, event, between, accepts, now)
                await self._bundle_missed(row, now)
            row.cursor = last
        await self._session.flush()
        return 1

    async def reconsider(
        self, now: datetime, too_old: timedelta, accepts: Accepts, batch: int = BATCH
    ) -> int:
        """Ask the filters of one announcement's next followers again, since the event's words
        have changed; how many announcements were worked on (0: none is left). Raises
        ``ExpansionFailed``."""
        await Locks(self._session).alerts()
        row = await self._session.scalar(
            select(AnnouncementRow)
            .where(AnnouncementRow.reconsider, AnnouncementRow.expanded)
            .where(AnnouncementRow.due_at <= now)
            .where(~is_uniting(AnnouncementRow.event_id))
            .order_by(AnnouncementRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return 0
        event = await self._session.get_one(EventRow, row.event_id)
        filtered = FollowRow.filter.is_not(None)
        is_over = _is_over(event, now, too_old)
        last = None if is_over else await self._last_follow(row, batch, filtered)
        if last is None:
            row.reconsider, row.cursor = False, 0
        else:
            async with _blaming(row.id):
                between = and_(filtered, FollowRow.id.between(row.cursor + 1, last))
                await self._alert_again(row, event, between, accepts, now)
                await self._alert_filtered(row, event, between, accepts, now)
                await self._bundle_missed(row, now)
            row.cursor = last
        await self._session.flush()
        return 1

    async def put_off(self, announcement: int, until: datetime) -> None:
        """Let an announcement be due later, and whoever else is due go first."""
        later = update(AnnouncementRow).where(AnnouncementRow.id == announcement)
        await self._session.execute(later.values(due_at=until))

    async def skip_unfollowed(self, now: datetime) -> None:
        """Be done, in one statement, with the due announcements of entities that nobody
        follows: most are."""
        followed = exists().where(FollowRow.entity_id == AnnouncementRow.entity_id)
        unfollowed = update(AnnouncementRow).where(
            ~AnnouncementRow.expanded, AnnouncementRow.due_at <= now, ~followed
        )
        await self._session.execute(unfollowed.values(expanded=True, cursor=0))

    async def _last_follow(
        self, row: AnnouncementRow, size: int, *which: ColumnElement[bool]
    ) -> int | None:
        """The id of the last follow of the next batch."""
        batch = (
            select(FollowRow.id)
            .where(FollowRow.entity_id == row.entity_id, FollowRow.id > row.cursor, *which)
            .order_by(FollowRow.id)
            .limit(size)
            .subquery()
        )
        last: int | None = await self._session.scalar(select(func.max(batch.c.id)))
        return last

    async def _alert_again(
        self,
        row: AnnouncementRow,
        event: EventRow,
        between: ColumnElement[bool],
        accepts: Accepts,
        now: datetime,
    ) -> None:
        """Let alerts go that were cancelled, as their chats wanted to be told at once of
        nobody named then, where this follower does."""
        mine = and_(IS_ALERT, IS_CANCELLED, OutboxRow.event_id == row.event_id)
        had_none = exists().where(mine, OutboxRow.chat_id == FollowRow.chat_id)
        for chunk in chunks(await self._accepting(row, event, accepts, between, had_none)):
            again = update(OutboxRow).where(mine, OutboxRow.chat_id.in_(chunk))
            waits = {"state": _state(row).value, "due_at": now, "created_at": now}
            await self._session.execute(again.values(**waits, attempts=0, error=None))

    async def _alert_followers(
        self, row: AnnouncementRow, between: ColumnElement[bool], now: datetime
    ) -> None:
        """Alerts for the followers who want all of the entity's events."""
        alert = new_row(FollowRow.chat_id, MessageKind.ALERT, _state(row), row.event_id, now)
        followers = (
            select(*alert)
            .join(ChatRow, ChatRow.id == FollowRow.chat_id)
            .where(*_to_be_told(row), between, FollowRow.filter.is_(None))
            .order_by(FollowRow.chat_id)
        )
        statement = insert_new(self._session, OutboxRow, "chat_id", "event_id", where=IS_ALERT)
        await self._session.execute(statement.from_select(NEW_ROW, followers))

    async def _alert_filtered(
        self,
        row: AnnouncementRow,
        event: EventRow,
        between: ColumnElement[bool],
        accepts: Accepts,
        now: datetime,
    ) -> None:
        """Alerts for the followers whose filter accepts the event."""
        had = exists().where(
            IS_ALERT, OutboxRow.chat_id == FollowRow.chat_id, OutboxRow.event_id == row.event_id
        )
        has_filter = FollowRow.filter.is_not(None)
        chats = await self._accepting(row, event, accepts, between, has_filter, ~had)
        await self._add_alerts(chats, [row.event_id], _state(row), now)

    async def _accepting(
        self, row: AnnouncementRow, event: EventRow, accepts: Accepts, *which: ColumnElement[bool]
    ) -> list[int]:
        """The chats of those of these follows that are to be told and accept the event."""
        followers = (
            select(FollowRow.chat_id, FollowRow.filter)
            .join(ChatRow, ChatRow.id == FollowRow.chat_id)
            .where(*_to_be_told(row), *which)
            .order_by(FollowRow.chat_id)
        )
        words = words_asked(event.title, event.summary, event.topics)
        return [
            chat_id
            for chat_id, stored in await self._session.execute(followers)
            if accepts(filter_of(stored), event.category, words)
        ]

    async def _bundle_missed(self, row: AnnouncementRow, now: datetime) -> None:
        if row.telling == Telling.CATCH_UP.value:
            await self._bundle(now)


@asynccontextmanager
async def _blaming(announcement: int) -> AsyncIterator[None]:
    """Say of a failure which announcement it was."""
    try:
        yield
    except Exception as error:
        raise ExpansionFailed(announcement) from error


def _is_over(event: EventRow, now: datetime, too_old: timedelta) -> bool:
    """Whether nobody is told of it any more: the event that it was merged into speaks for it,
    or it is too old."""
    return event.merged_into is not None or event.day < (now - too_old).date()


def _state(row: AnnouncementRow) -> MessageState:
    is_missed = row.telling == Telling.CATCH_UP.value
    return MessageState.BUNDLED if is_missed else MessageState.WAITING


def _to_be_told(row: AnnouncementRow) -> Sequence[ColumnElement[bool]]:
    """Follows of before the announcement that are told at once, in chats that are reached, or
    were when it came due: what waits for those comes when they are back."""
    return (
        FollowRow.entity_id == row.entity_id,
        FollowRow.created_at <= row.due_at,
        FollowRow.mode == FollowMode.AT_ONCE.value,
        or_(ChatRow.state == ChatState.ACTIVE.value, row.due_at < ChatRow.state_since),
    )
