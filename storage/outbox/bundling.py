"""Several alerts as one message: after a gap, a pause, or quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from storage.clock import database_now
from storage.locks import Locks
from storage.model import (
    ChatState,
    DigestKind,
    FollowMode,
    Heading,
    MessageKind,
    MessageState,
)
from storage.outbox.rows import (
    BUNDLING,
    IS_ALERT,
    IS_CANCELLED,
    IS_UNLISTED,
    IS_WAITING,
    NEW_ROW,
    PUSHED,
    is_free,
    is_wanted,
    leading,
    new_row,
    stored_heading,
)
from storage.outbox.uniting import Uniting
from storage.statements import chunks, insert_new, is_one
from storage.tables import ChatRow, DigestItemRow, EventRow, OutboxRow

_Digest = aliased(OutboxRow)
# The indexes of what waits begin with the priority.
_IS_WAITING_ALERT = and_(IS_WAITING, OutboxRow.priority == PUSHED, IS_ALERT)
# Alerts that were missed and are in no digest yet, and a chat's digest that takes them in.
_IS_LOOSE = and_(
    IS_ALERT, is_one(OutboxRow.state, MessageState.BUNDLED), OutboxRow.bundle_id.is_(None)
)
_IS_OPEN_DIGEST = and_(
    is_one(_Digest.state, MessageState.WAITING),
    _Digest.priority == PUSHED,
    is_one(_Digest.kind, MessageKind.DIGEST),
    _Digest.call.is_(None),
    _Digest.after_id.is_(None),
    _Digest.heading["kind"].as_string().in_([DigestKind.CATCH_UP.value, DigestKind.QUIET.value]),
    _Digest.leased_until.is_(None),
)
_IS_OWN_DIGEST: ColumnElement[bool] = and_(_IS_OPEN_DIGEST, _Digest.chat_id == OutboxRow.chat_id)
_NEVER_CAME = or_(is_one(OutboxRow.state, MessageState.REFUSED), IS_CANCELLED)
_STANDS = exists().where(EventRow.id == OutboxRow.event_id, ~EventRow.withdrawn)
_HAS_NO_DIGEST = exists().where(
    ChatRow.id == OutboxRow.chat_id,
    ChatRow.state == ChatState.ACTIVE.value,
    ChatRow.digest_at.is_(None),
)


class Bundling(Uniting):
    """Bundles alerts."""

    async def end_quiet(self, chat_id: int, now: datetime, most: int) -> None:
        """Quiet hours are over: more than ``most`` alerts that they held go as one digest.
        Those of withdrawn events go on waiting, and those that nobody wants at once any more."""
        await Locks(self._session).alerts()
        free = is_free(await database_now(self._session))
        mine = and_(_IS_WAITING_ALERT, OutboxRow.chat_id == chat_id)
        goes = and_(_STANDS, is_wanted(FollowMode.AT_ONCE))
        held = and_(mine, OutboxRow.due_at <= now, free, goes)
        count = await self._session.scalar(select(func.count()).select_from(OutboxRow).where(held))
        if (count or 0) > most:
            await self._set_bundled(held)
            await self._bundle(now, DigestKind.QUIET, timedelta())

    async def catch_up(
        self,
        chat_id: int,
        event_ids: Sequence[int],
        now: datetime,
        since_day: date = date.min,
    ) -> bool:
        """The chat is back: what it missed, and what waited or expired meanwhile, goes as
        one digest, as far as it still wants that and the event is of ``since_day`` or later;
        whether there is any. Alerts of withdrawn events go on waiting."""
        await Locks(self._session).alerts()
        await self.unite_in(chat_id, now)
        await self._add_alerts([chat_id], event_ids, MessageState.BUNDLED, now)
        free = is_free(await database_now(self._session))
        recent = exists().where(EventRow.id == OutboxRow.event_id, EventRow.day >= since_day)
        wanted = is_wanted(FollowMode.AT_ONCE, FollowMode.DIGEST)
        mine = and_(IS_ALERT, OutboxRow.chat_id == chat_id, free, _STANDS, recent, wanted)
        await self._set_bundled(and_(mine, _IS_WAITING_ALERT))
        await self._set_bundled(and_(mine, IS_UNLISTED))
        for chunk in chunks(event_ids):
            await self._set_bundled(and_(mine, _NEVER_CAME, OutboxRow.event_id.in_(chunk)))
        await self._name_open_digests(chat_id)
        await self._bundle(now, delay=timedelta())
        waits = exists().where(_IS_OPEN_DIGEST, _Digest.chat_id == chat_id)
        return bool(await self._session.scalar(select(waits)))

    async def _name_open_digests(self, chat_id: int) -> None:
        """Let a digest of what quiet hours held that has yet to go be one of what was missed,
        which it takes in: of that more is told."""
        waiting = select(_Digest.id).where(_IS_OPEN_DIGEST, _Digest.chat_id == chat_id)
        named = update(OutboxRow).where(OutboxRow.id.in_(waiting.scalar_subquery()))
        await self._session.execute(
            named.values(heading=stored_heading(Heading(DigestKind.CATCH_UP)))
        )

    async def unlist(
        self, digest_id: int, chat_id: int, event_ids: Sequence[int], now: datetime
    ) -> None:
        """A digest does not tell these events of those that concern its chat: a later one does."""
        raw = leading(DigestItemRow).add_columns(DigestItemRow.event_id)
        listed = await self._session.execute(raw.where(DigestItemRow.outbox_id == digest_id))
        numbers = [number for event_id, number in listed if event_id in set(event_ids)]
        await self._session.execute(
            delete(DigestItemRow).where(
                DigestItemRow.outbox_id == digest_id, DigestItemRow.event_id.in_(numbers)
            )
        )
        listed_here = and_(OutboxRow.bundle_id == digest_id, OutboxRow.event_id.in_(event_ids))
        await self._session.execute(
            update(OutboxRow).where(IS_ALERT, listed_here).values(bundle_id=None)
        )
        await self.put_aside(chat_id, event_ids, now)

    async def put_aside(self, chat_id: int, event_ids: Sequence[int], now: datetime) -> None:
        """Keep events that the chat was not told as alerts that have expired and that no digest
        lists: the next one does, or what the chat gets when it is back."""
        for chunk in chunks(event_ids):
            mine = and_(OutboxRow.chat_id == chat_id, OutboxRow.event_id.in_(chunk))
            never_came = update(OutboxRow).where(IS_ALERT, _NEVER_CAME, mine)
            expired = never_came.values(state=MessageState.EXPIRED.value, error=None)
            await self._session.execute(expired)
        await self._add_alerts([chat_id], event_ids, MessageState.EXPIRED, now)

    async def expire(self, now: datetime, lifetime: timedelta, too_old: timedelta) -> None:
        """End alerts that have waited longer than ``lifetime``. The next digest lists them; a
        chat that is reached and has no digest gets one for them: also later, when an event
        stands again or the chat has no digest any more, unless the event is ``too_old``."""
        await Locks(self._session).alerts()
        free = is_free(await database_now(self._session))
        late = and_(_IS_WAITING_ALERT, free, OutboxRow.created_at < now - lifetime)
        await self._session.execute(
            update(OutboxRow).where(late).values(state=MessageState.EXPIRED.value)
        )
        day = (now - too_old).date()
        told = select(EventRow.id).where(EventRow.day >= day, ~EventRow.withdrawn)
        left = and_(IS_ALERT, IS_UNLISTED, OutboxRow.event_id.in_(told), _HAS_NO_DIGEST)
        await self._set_bundled(left)
        await self._bundle(now, delay=timedelta())

    async def _add_alerts(
        self,
        chat_ids: Sequence[int],
        event_ids: Sequence[int],
        state: MessageState,
        now: datetime,
    ) -> None:
        """Alerts of events for chats, where they have had none."""
        rows = [
            {"chat_id": chat_id, "kind": MessageKind.ALERT.value, "state": state.value,
             "priority": PUSHED, "event_id": event_id, "created_at": now, "due_at": now,
             "attempts": 0, "revision": 0, "stale": False, "edits": 0}
            for chat_id in chat_ids
            for event_id in event_ids
        ]  # fmt: skip
        if rows:
            statement = insert_new(self._session, OutboxRow, "chat_id", "event_id", where=IS_ALERT)
            await self._session.execute(statement, rows)

    async def _set_bundled(self, which: ColumnElement[bool]) -> None:
        await self._session.execute(
            update(OutboxRow).where(which).values(state=MessageState.BUNDLED.value)
        )

    async def _bundle(
        self,
        now: datetime,
        kind: DigestKind = DigestKind.CATCH_UP,
        delay: timedelta = BUNDLING,
    ) -> None:
        """Give each chat with loose bundled alerts one digest, and bind them to it.

        After a gap it is due a little later, so that all announcements of one poll come
        into it.
        """
        await self._hold_open_digests()
        await self._open_digests(now, kind, delay)
        await self._bind_loose()

    async def _hold_open_digests(self) -> None:
        """A digest that is being claimed takes no more in: wait and see which are still open."""
        chats = select(OutboxRow.chat_id).where(_IS_LOOSE)
        await self._session.execute(
            select(_Digest.id)
            .where(_IS_OPEN_DIGEST, _Digest.chat_id.in_(chats))
            .order_by(_Digest.id)
            .with_for_update(of=_Digest)
        )

    async def _open_digests(self, now: datetime, kind: DigestKind, delay: timedelta) -> None:
        """Give a digest to each chat with loose alerts that has none open."""
        lacking = (
            select(OutboxRow.chat_id)
            .where(_IS_LOOSE, ~exists().where(_IS_OWN_DIGEST))
            .distinct()
            .subquery()
        )
        digest = new_row(
            lacking.c.chat_id,
            MessageKind.DIGEST,
            MessageState.WAITING,
            None,
            now,
            delay,
            stored_heading(Heading(kind)),
        )
        in_order = select(*digest).order_by(lacking.c.chat_id)
        await self._session.execute(insert(OutboxRow).from_select(NEW_ROW, in_order))

    async def _bind_loose(self) -> None:
        """Bind the loose alerts to their chats' newest open digests."""
        newest = select(func.max(_Digest.id)).where(_IS_OWN_DIGEST).scalar_subquery()
        await self._session.execute(update(OutboxRow).where(_IS_LOOSE).values(bundle_id=newest))
