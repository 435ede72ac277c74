"""What readers see of events, kept; what follows from it, announced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Select,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.accounts import citations_to_json
from storage.events.rows import NewMention, ShownEvent
from storage.model import Telling
from storage.part import StorePart
from storage.statements import among, chunks, insert_new, reserve_ids, table_of
from storage.tables import AnnouncementRow, EventRow, MentionRow

_EVENTS, _MENTIONS = table_of(EventRow), table_of(MentionRow)
_ANNOUNCEMENTS = table_of(AnnouncementRow)


@dataclass(frozen=True)
class _Known:
    """What is kept of an event, as far as it decides what changed."""

    fingerprint: str
    alert_fingerprint: str
    searchable: str

    def differs(self, shown: ShownEvent) -> bool:
        """Whether readers see something else by now. Of what alerts show nothing may be known:
        it was not kept in older versions."""
        before = self.alert_fingerprint
        retold = bool(before) and before != shown.alert_fingerprint
        return retold or self.fingerprint != shown.fingerprint


class Keeping(StorePart):
    """Keeps events."""

    async def create(self, count: int, day: date, page: str | None, language: str) -> list[int]:
        """New events of a day (and its portal page), not shown yet; their numbers."""
        ids = await reserve_ids(self._session, EventRow, count)
        rows = [{"id": number, "day": day, "page": page, "language": language} for number in ids]
        if rows:
            await self._session.execute(insert(_EVENTS), rows)
        return ids

    async def reuse_numbers(self) -> None:
        """Let the next event follow the last one kept, on PostgreSQL too, which does not
        take numbers back that were undone. Only where nobody else makes events."""
        if self._session.get_bind().dialect.name == "postgresql":
            following = func.coalesce(func.max(EventRow.id), 0) + 1
            sequence = func.pg_get_serial_sequence(EventRow.__tablename__, "id")
            await self._session.execute(select(func.setval(sequence, following, False)))

    async def show(self, events: Mapping[int, ShownEvent], at: datetime) -> list[int]:
        """Keep what readers see of events from ``at`` on; the numbers of those changed."""
        known = {
            number: _Known(*before)
            for chunk in chunks(sorted(events))
            # Locked: who marks its alerts stale meanwhile must see the new revision, or wait;
            # who queues an alert of it need not.
            for number, *before in await self._session.execute(_known(), {"events": chunk})
        }
        changed = [n for n, before in known.items() if before.differs(events[n])]
        rows = [
            {
                "event": number,
                "retold": known[number].alert_fingerprint != events[number].alert_fingerprint,
                **_columns(events[number]),
                "shown_at": at,
            }
            for number in changed
        ]
        if rows:
            await self._session.execute(_showing(), rows)
        # What another source than the leading one says changes no alert, but is searched.
        same = known.keys() - changed
        await self._search_in(
            {
                number: events[number].searchable
                for number in sorted(same)
                if known[number].searchable != events[number].searchable
            }
        )
        return changed

    async def _search_in(self, texts: Mapping[int, str]) -> None:
        column = _EVENTS.c
        statement = (
            update(_EVENTS)
            .where(column.id == bindparam("event"))
            .values(searchable=bindparam("text"))
        )
        rows = [{"event": number, "text": text} for number, text in texts.items()]
        if rows:
            await self._session.execute(statement, rows)

    async def set_mentions(
        self, mentions: Mapping[int, Sequence[NewMention]], days: Mapping[int, date]
    ) -> dict[int, frozenset[int]]:
        """Replace the mentions of events; for each the entities that are new to it."""
        before = await self._take_mentions(list(mentions))
        rows = [
            {**vars(mention), "event_id": event_id, "day": days[event_id], "position": position}
            for event_id, listed in mentions.items()
            for position, mention in enumerate(listed)
        ]
        if rows:
            await self._session.execute(insert(_MENTIONS), rows)
        return {
            event_id: frozenset(mention.entity_id for mention in listed) - before[event_id]
            for event_id, listed in mentions.items()
        }

    async def _take_mentions(self, event_ids: Sequence[int]) -> dict[int, set[int]]:
        """Delete the mentions of events; the entities that each had named."""
        before: dict[int, set[int]] = defaultdict(set)
        for chunk in chunks(event_ids):
            for event_id, entity_id in await self._session.execute(_taking(), {"events": chunk}):
                before[event_id].add(entity_id)
        return before

    async def announce(self, named: Mapping[tuple[int, int], Telling], due_at: datetime) -> None:
        """Announce that events name entities (both by number), each once for ever."""
        rows = [
            {
                "event_id": event_id,
                "entity_id": entity_id,
                "due_at": due_at,
                "telling": telling.value,
                "cursor": 0,
                "expanded": telling is Telling.SILENT,
            }
            for (event_id, entity_id), telling in sorted(named.items())
        ]
        if rows:
            statement = insert_new(self._session, AnnouncementRow, "event_id", "entity_id")
            await self._session.execute(statement, rows)

    async def announce_louder(
        self, named: Mapping[tuple[int, int], Telling], due_at: datetime
    ) -> None:
        """Announce what was announced to nobody, to all who follow by now: this, too, once for
        ever."""
        rows = [
            {"event": event_id, "entity": entity_id, "due": due_at, "loud": telling.value}
            for (event_id, entity_id), telling in sorted(named.items())
        ]
        if rows:
            await self._session.execute(_louder(), rows)

    async def announced(self, event_id: int) -> list[int]:
        """The ids of all entities that the event was ever announced to name."""
        statement = select(AnnouncementRow.entity_id).filter_by(event_id=event_id)
        return list(await self._session.scalars(statement))


@cache
def _known() -> Select[Any]:
    """The statement that asks what decides what changed of ``events``."""
    column = _EVENTS.c
    return (
        select(column.id, column.fingerprint, column.alert_fingerprint, column.searchable)
        .where(column.id.in_(among("events")))
        .order_by(column.id)
        .with_for_update(key_share=True)
    )


@cache
def _taking() -> Any:
    """The statement that deletes the mentions of ``events``, and tells which these were."""
    column = _MENTIONS.c
    gone = delete(_MENTIONS).where(column.event_id.in_(among("events")))
    return gone.returning(column.event_id, column.entity_id)


@cache
def _showing() -> Update:
    """The statement that keeps the ``_columns`` of an event (``event``), shown from ``shown_at``
    on; ``retold``: its alerts would show something else."""
    column = _EVENTS.c
    at = bindparam("shown_at", type_=column.first_shown_at.type)
    retold = bindparam("retold", type_=Boolean())
    return (
        update(_EVENTS)
        .where(column.id == bindparam("event"))
        .values(
            # Nobody can have been told of an event before it was shown.
            spreading=or_(column.spreading, and_(column.first_shown_at.is_not(None), retold)),
            first_shown_at=func.coalesce(column.first_shown_at, at),
            revision=column.revision + case((retold, 1), else_=0),
        )
    )


@cache
def _louder() -> Update:
    """The statement that makes a silent announcement (``event``, ``entity``) ``loud``."""
    column = _ANNOUNCEMENTS.c
    return (
        update(_ANNOUNCEMENTS)
        .where(
            column.event_id == bindparam("event"),
            column.entity_id == bindparam("entity"),
            column.telling == Telling.SILENT.value,
        )
        .values(
            telling=bindparam("loud"),
            due_at=bindparam("due"),
            expanded=False,
            cursor=0,
        )
    )


def _columns(shown: ShownEvent) -> dict[str, Any]:
    return {
        **vars(shown),
        "topics": list(shown.topics),
        "citations": citations_to_json(shown.citations),
    }
