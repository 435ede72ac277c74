"""The questions that readers ask of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, distinct, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.events.rows import IS_SHOWN, IS_STANDING, entity_of, event_of
from storage.model import Entity, Event, Evidence, Mention, Telling
from storage.part import StorePart
from storage.statements import chunks
from storage.tables import EntityRow, EventRow, MentionRow, ReportRow

# How an event's own text names an entity: by a link, or by its full name.
OWN = (Evidence.LINK, Evidence.ALIAS)


_NEWEST_FIRST = (EventRow.day.desc(), EventRow.id.desc())


@dataclass(frozen=True)
class Sought:
    """What an event's text must have, all of it folded (``bot.core.names.fold``): words that
    begin with each of ``beginnings``, each of ``phrases``, and none of those ``without``."""

    beginnings: Sequence[str] = ()
    phrases: Sequence[str] = ()
    without: Sequence[str] = ()


class Asking(StorePart):
    """Answers with events as they are shown."""

    async def get(self, number: int) -> Event | None:
        """The event that this number leads to, as readers see it, withdrawn or not."""
        if not 0 < number < 2**63:
            return None
        return next(iter(await self.many([number])), None)

    async def many(self, ids: Sequence[int]) -> list[Event]:
        """The events that these numbers lead to, as far as they are shown, each once, in the
        order asked for."""
        leads_to = await self._survivors(ids)
        wanted = dict.fromkeys(leads_to.get(number, number) for number in ids)
        shown = select(EventRow).where(IS_SHOWN)
        found = {
            event.id: event
            for chunk in chunks(wanted)
            for event in await self._events(shown.where(EventRow.id.in_(chunk)))
        }
        return [found[number] for number in wanted if number in found]

    async def of_day(self, day: date) -> list[Event]:
        """The day's events, not those withdrawn, by number; without their mentions, which on a
        day of thousands are the most of it."""
        return await self._bare(_standing_events().where(EventRow.day == day))

    async def first_shown(self, start: datetime, end: datetime, since_day: date) -> list[Event]:
        """Events that readers first saw from ``start`` to before ``end`` and of which some
        report may push, by number, without their mentions; only of ``since_day`` and later, as
        a backfill shows years at once."""
        between = and_(EventRow.first_shown_at >= start, EventRow.first_shown_at < end)
        loud = ReportRow.telling != Telling.SILENT.value
        pushed = exists().where(ReportRow.event_id == EventRow.id, loud)
        return await self._bare(
            _standing_events().where(between, EventRow.day >= since_day, pushed)
        )

    async def latest_of(self, entity_id: int, limit: int) -> list[Event]:
        """The newest events that name an entity, newest first."""
        statement = (
            _standing_events()
            .join(MentionRow, MentionRow.event_id == EventRow.id)
            .where(MentionRow.entity_id == entity_id)
            .order_by(None)
            .order_by(EventRow.day.desc(), EventRow.id.desc())
            .distinct()
            .limit(limit)
        )
        rows = await self._session.execute(statement.with_only_columns(EventRow.id, EventRow.day))
        return await self.many([row.id for row in rows])

    async def related(self, event: Event, limit: int) -> list[tuple[Event, tuple[Entity, ...]]]:
        """Earlier events that share entities that their own texts link to, or name in full where
        they have no link: most shared first, then newest, then lower number; with the entities
        shared."""
        own = {entity.id for entity in _own_entities(event)}
        shared = func.count(distinct(MentionRow.entity_id))
        statement = (
            select(MentionRow.event_id)
            .join(EventRow, EventRow.id == MentionRow.event_id)
            .where(
                MentionRow.entity_id.in_(own),
                MentionRow.evidence.in_(OWN),
                or_(MentionRow.evidence == Evidence.LINK.value, ~_has_links()),
                MentionRow.day < event.day,
                IS_STANDING,
            )
            .group_by(MentionRow.event_id, MentionRow.day)
            .order_by(shared.desc(), MentionRow.day.desc(), MentionRow.event_id)
            .limit(limit)
        )
        events = await self.many(list(await self._session.scalars(statement)))
        return [(found, _shared(event, found)) for found in events]

    async def search(
        self, sought: Sought, limit: int, since_day: date | None = None
    ) -> list[Event]:
        """Events that have what is sought, newest first; only of ``since_day`` and later."""
        found = _standing_events().where(*_having(EventRow.searchable, sought)).order_by(None)
        if since_day is not None:
            found = found.where(EventRow.day >= since_day)
        return await self._events(found.order_by(*_NEWEST_FIRST).limit(limit))

    async def day_back(self, newest: int) -> date | None:
        """The day that so many of the newest events, shown or not, go back to; None where there
        are no more than that."""
        last = await self._session.scalar(select(func.max(EventRow.id)))
        if last is None or last <= newest:  # mostly; the numbers of events are those of rows
            return None
        days = select(EventRow.day).order_by(*_NEWEST_FIRST).offset(newest - 1).limit(2)
        found = list(await self._session.scalars(days))
        return found[0] if len(found) > 1 else None

    async def count_having(self, sought: Sought, newest: int) -> tuple[int, int]:
        """Of so many of the newest events: how many have what is sought, and how many there
        are."""
        texts = select(EventRow.searchable.label("text")).where(IS_STANDING)
        late = texts.order_by(*_NEWEST_FIRST).limit(newest).subquery()
        having = func.count().filter(*_having(late.c.text, sought))
        counts = await self._session.execute(select(having, func.count()).select_from(late))
        found, total = counts.one()
        return found, total

    async def _bare(self, statement: Select[EventRow]) -> list[Event]:
        return [event_of(row, ()) for row in await self._session.scalars(statement)]

    async def _events(self, statement: Select[EventRow]) -> list[Event]:
        rows = list(await self._session.scalars(statement))
        ids = [row.id for row in rows]
        mentions, merged = await self._mentions(ids), await self._merged(ids)
        return [event_of(row, tuple(mentions[row.id]), tuple(merged[row.id])) for row in rows]

    async def _survivors(self, ids: Sequence[int]) -> dict[int, int]:
        """Where those of the numbers lead that were merged."""
        found: dict[int, int] = {}
        for chunk in chunks(ids):
            gone = select(EventRow.id, EventRow.merged_into).where(
                EventRow.id.in_(chunk), EventRow.merged_into.is_not(None)
            )
            found |= {number: left for number, left in await self._session.execute(gone) if left}
        return found

    async def _merged(self, ids: Sequence[int]) -> dict[int, list[int]]:
        """The numbers that lead to each of these events since they are the same."""
        found: dict[int, list[int]] = defaultdict(list)
        for chunk in chunks(ids):
            gone = select(EventRow.merged_into, EventRow.id).where(EventRow.merged_into.in_(chunk))
            for left, number in await self._session.execute(gone.order_by(EventRow.id)):
                found[left or number].append(number)
        return found

    async def _mentions(self, event_ids: Sequence[int]) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = defaultdict(list)
        for chunk in chunks(event_ids):
            statement = (
                select(
                    MentionRow.event_id,
                    MentionRow.evidence,
                    MentionRow.words,
                    MentionRow.brought_by,
                    EntityRow,
                )
                .join(EntityRow, EntityRow.id == MentionRow.entity_id)
                .where(MentionRow.event_id.in_(chunk))
                .order_by(MentionRow.event_id, MentionRow.position)
            )
            for event_id, evidence, words, by, row in await self._session.execute(statement):
                found[event_id].append(Mention(entity_of(row), Evidence(evidence), words, by))
        return found


def _having(
    text: ColumnElement[str] | InstrumentedAttribute[str], sought: Sought
) -> list[ColumnElement[bool]]:
    spaced = " " + text + " "
    return [
        *(spaced.contains(f" {word}", autoescape=True) for word in sought.beginnings),
        *(spaced.contains(f" {phrase} ", autoescape=True) for phrase in sought.phrases),
        *(~spaced.contains(f" {phrase} ", autoescape=True) for phrase in sought.without),
    ]


def _standing_events() -> Select[EventRow]:
    return select(EventRow).where(IS_STANDING).order_by(EventRow.id)


def _has_links() -> ColumnElement[bool]:
    """Whether the event of a mention has links in its own texts."""
    other = aliased(MentionRow)
    is_link = other.evidence == Evidence.LINK.value
    return exists().where(other.event_id == MentionRow.event_id, is_link)


def _own_entities(event: Event) -> list[Entity]:
    """Whom an event's own texts link to, or name in full where they have no link."""
    linked = [m.entity for m in event.mentions if m.evidence is Evidence.LINK]
    return linked or [m.entity for m in event.mentions if m.evidence is Evidence.ALIAS]


def _shared(first: Event, second: Event) -> tuple[Entity, ...]:
    theirs = {entity.id for entity in _own_entities(second)}
    return tuple(x for x in dict.fromkeys(_own_entities(first)) if x.id in theirs)
