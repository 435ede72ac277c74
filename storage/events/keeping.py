"""What readers see of events, kept; what follows from it, announced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select

from storage.accounts import citations_to_json
from storage.events.rows import NewMention, Part, ShownEvent
from storage.model import Telling
from storage.statements import chunks, insert_new, reserve_ids
from storage.tables import AnnouncementRow, EventRow, MentionRow


class Keeping(Part):
    """Keeps events."""

    async def create(self, count: int, day: date, page: str | None, language: str) -> list[int]:
        """New events of a day (and its portal page), not shown yet; their numbers."""
        ids = await reserve_ids(self._session, EventRow, count)
        self._session.add_all(
            EventRow(id=number, day=day, page=page, language=language) for number in ids
        )
        await self._session.flush()
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
        changed = [
            row
            for chunk in chunks(sorted(events))
            # Locked: who marks its alerts stale meanwhile must see the new revision, or wait;
            # who queues an alert of it need not.
            for row in await self._session.scalars(
                select(EventRow)
                .where(EventRow.id.in_(chunk))
                .order_by(EventRow.id)
                .with_for_update(key_share=True)
            )
            if row.fingerprint != events[row.id].fingerprint
        ]
        for row in changed:
            _show(row, events[row.id], at)
        await self._session.flush()
        return [row.id for row in changed]

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
            await self._session.execute(insert(MentionRow), rows)
        return {
            event_id: frozenset(mention.entity_id for mention in listed) - before[event_id]
            for event_id, listed in mentions.items()
        }

    async def _take_mentions(self, event_ids: Sequence[int]) -> dict[int, set[int]]:
        """Delete the mentions of events; the entities that each had named."""
        before: dict[int, set[int]] = defaultdict(set)
        for chunk in chunks(event_ids):
            rows = await self._session.execute(
                delete(MentionRow)
                .where(MentionRow.event_id.in_(chunk))
                .returning(MentionRow.event_id, MentionRow.entity_id)
                .execution_options(synchronize_session=False)
            )
            for event_id, entity_id in rows:
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

    async def announced(self, event_id: int) -> list[int]:
        """The ids of all entities that the event was ever announced to name."""
        statement = select(AnnouncementRow.entity_id).filter_by(event_id=event_id)
        return list(await self._session.scalars(statement))


def _show(row: EventRow, shown: ShownEvent, at: datetime) -> None:
    row.day, row.title, row.category = shown.day, shown.title, shown.category
    row.topics = list(shown.topics)
    row.citations = citations_to_json(shown.citations)
    row.summary, row.picture = shown.summary, shown.picture
    row.page, row.language, row.withdrawn = shown.page, shown.language, shown.withdrawn
    row.searchable, row.fingerprint = shown.searchable, shown.fingerprint
    # Nobody can have been told of an event before it was shown.
    row.spreading = row.first_shown_at is not None
    row.first_shown_at = row.first_shown_at or at
    row.revision += 1
