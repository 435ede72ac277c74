"""Events as readers see them: mentions, announcements, and the questions asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, delete, distinct, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.model import Citation, Entity, Event, Evidence, Mention, Telling
from storage.statements import insert_new
from storage.tables import AnnouncementRow, EntityRow, EventRow, MentionRow


@dataclass(frozen=True)
class ShownEvent:
    """What readers see of an event; ``fingerprint`` differs whenever an alert would."""

    day: date
    title: str
    category: str
    topics: tuple[str, ...]
    citations: tuple[Citation, ...]
    page: str
    language: str
    withdrawn: bool
    searchable: str
    fingerprint: str


@dataclass(frozen=True)
class NewMention:
    """A mention to keep: the entity, the article whose link named it, and the words."""

    entity_id: int
    article_id: int
    evidence: Evidence
    words: str


class EventStore:
    """Events, their mentions and announcements. Only shown events are ever answered."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # --- keeping

    async def create(self, count: int, day: date, page: str, language: str) -> list[int]:
        """New events of a day, not shown yet; their numbers."""
        rows = [EventRow(day=day, page=page, language=language) for _ in range(count)]
        self._session.add_all(rows)
        await self._session.flush()
        return [row.id for row in rows]

    async def show(self, events: Mapping[int, ShownEvent], at: datetime) -> list[int]:
        """Keep what readers see of events from ``at`` on; the numbers of those changed."""
        statement = select(EventRow).where(EventRow.id.in_(list(events)))
        changed = [
            row
            for row in await self._session.scalars(statement.order_by(EventRow.id))
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
        statement = select(MentionRow.event_id, MentionRow.entity_id).where(
            MentionRow.event_id.in_(list(mentions))
        )
        before: dict[int, set[int]] = defaultdict(set)
        for event_id, entity_id in await self._session.execute(statement):
            before[event_id].add(entity_id)
        if before:
            gone = delete(MentionRow).where(MentionRow.event_id.in_(list(before)))
            await self._session.execute(gone)
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

    # --- asking

    async def get(self, number: int) -> Event | None:
        """The event of this number as readers see it, withdrawn or not."""
        if not 0 < number < 2**63:
            return None
        return next(iter(await self.many([number])), None)

    async def many(self, ids: Sequence[int]) -> list[Event]:
        """These events, as far as they are shown, in the order asked for."""
        statement = select(EventRow).where(
            EventRow.id.in_(list(ids)), EventRow.first_shown_at.is_not(None)
        )
        found = {event.id: event for event in await self._events(statement)}
        return [found[number] for number in ids if number in found]

    async def of_day(self, day: date) -> list[Event]:
        """The day's events, not those withdrawn, by number."""
        return await self._events(_standing_events().where(EventRow.day == day))

    async def first_shown(
        self, start: datetime, end: datetime, since_day: date = date.min
    ) -> list[Event]:
        """Events that readers first saw from ``start`` to before ``end``, by number; only
        of ``since_day`` and later, as a backfill shows years at once."""
        between = and_(EventRow.first_shown_at >= start, EventRow.first_shown_at < end)
        recent = EventRow.day >= since_day
        return await self._events(_standing_events().where(between, recent))

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
        """Earlier events that share linked entities: most shared first, then newest, then
        lower number; with the entities shared."""
        own = [m.entity.id for m in event.mentions if m.evidence is Evidence.LINK]
        shared = func.count(distinct(MentionRow.entity_id))
        statement = (
            select(MentionRow.event_id)
            .join(EventRow, EventRow.id == MentionRow.event_id)
            .where(
                MentionRow.entity_id.in_(own),
                MentionRow.evidence == Evidence.LINK.value,
                MentionRow.day < event.day,
                ~EventRow.withdrawn,
            )
            .group_by(MentionRow.event_id, MentionRow.day)
            .order_by(shared.desc(), MentionRow.day.desc(), MentionRow.event_id)
            .limit(limit)
        )
        events = await self.many(list(await self._session.scalars(statement)))
        return [(found, _shared_links(event, found)) for found in events]

    async def search(self, words: Sequence[str], limit: int) -> list[Event]:
        """Events with words that begin with all of these (levelled), newest first."""
        statement = _standing_events().order_by(None)
        for word in words:
            pattern = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            like = (" " + EventRow.searchable).like(f"% {pattern}%", escape="\\")
            statement = statement.where(like)
        newest = statement.order_by(EventRow.day.desc(), EventRow.id.desc()).limit(limit)
        return await self._events(newest)

    async def days(self) -> tuple[date, date] | None:
        """The first and the last day that have events shown."""
        shown = EventRow.first_shown_at.is_not(None)
        statement = select(func.min(EventRow.day), func.max(EventRow.day)).where(shown)
        found = (await self._session.execute(statement.having(func.count() > 0))).first()
        return (found[0], found[1]) if found else None

    async def busiest(self, since: date, limit: int) -> list[Entity]:
        """The entities that most events since a day link to, most first."""
        statement = (
            select(EntityRow)
            .join(MentionRow, MentionRow.entity_id == EntityRow.id)
            .where(MentionRow.day >= since, MentionRow.evidence == Evidence.LINK.value)
            .group_by(EntityRow.id)
            .order_by(func.count().desc(), EntityRow.id)
            .limit(limit)
        )
        return [entity_of(row) for row in await self._session.scalars(statement)]

    async def count(self) -> tuple[int, int]:
        """How many events there are, shown or not, and how many are withdrawn now."""
        all_events = select(func.count()).select_from(EventRow)
        return (
            await self._session.scalar(all_events) or 0,
            await self._session.scalar(all_events.where(EventRow.withdrawn)) or 0,
        )

    async def count_by_month(self) -> dict[str, int]:
        """How many events each month has ("2017-11"), not those withdrawn."""
        statement = select(EventRow.day, func.count()).where(
            EventRow.first_shown_at.is_not(None), ~EventRow.withdrawn
        )
        months: dict[str, int] = defaultdict(int)
        for day, count in await self._session.execute(statement.group_by(EventRow.day)):
            months[f"{day:%Y-%m}"] += count
        return dict(months)

    async def _events(self, statement: Select[EventRow]) -> list[Event]:
        rows = list(await self._session.scalars(statement))
        mentions = await self._mentions([row.id for row in rows])
        return [_event(row, tuple(mentions[row.id])) for row in rows]

    async def _mentions(self, event_ids: Sequence[int]) -> dict[int, list[Mention]]:
        statement = (
            select(MentionRow.event_id, MentionRow.evidence, MentionRow.words, EntityRow)
            .join(EntityRow, EntityRow.id == MentionRow.entity_id)
            .where(MentionRow.event_id.in_(event_ids))
            .order_by(MentionRow.event_id, MentionRow.position)
        )
        found: dict[int, list[Mention]] = defaultdict(list)
        for event_id, evidence, words, row in await self._session.execute(statement):
            found[event_id].append(Mention(entity_of(row), Evidence(evidence), words))
        return found


def entity_of(row: EntityRow) -> Entity:
    """An entity's row as a data object."""
    return Entity(id=row.id, label=row.label, qid=row.qid, description=row.description)


def _show(row: EventRow, shown: ShownEvent, at: datetime) -> None:
    row.day, row.title, row.category = shown.day, shown.title, shown.category
    row.topics = list(shown.topics)
    row.citations = [[item.publisher, item.url] for item in shown.citations]
    row.page, row.language, row.withdrawn = shown.page, shown.language, shown.withdrawn
    row.searchable, row.fingerprint = shown.searchable, shown.fingerprint
    # Nobody can have been told of an event before it was shown.
    row.spreading = row.first_shown_at is not None
    row.first_shown_at = row.first_shown_at or at
    row.revision += 1


def _standing_events() -> Select[EventRow]:
    shown = and_(EventRow.first_shown_at.is_not(None), ~EventRow.withdrawn)
    return select(EventRow).where(shown).order_by(EventRow.id)


def _shared_links(first: Event, second: Event) -> tuple[Entity, ...]:
    theirs = {m.entity.id for m in second.mentions if m.evidence is Evidence.LINK}
    shared = (m.entity for m in first.mentions if m.evidence is Evidence.LINK)
    return tuple(entity for entity in dict.fromkeys(shared) if entity.id in theirs)


def _event(row: EventRow, mentions: tuple[Mention, ...]) -> Event:
    return Event(
        id=row.id,
        day=row.day,
        title=row.title,
        category=row.category,
        topics=tuple(row.topics),
        citations=tuple(Citation(*pair) for pair in row.citations),
        mentions=mentions,
        page=row.page,
        language=row.language,
        revision=row.revision,
        first_shown_at=row.first_shown_at,
        withdrawn=row.withdrawn,
    )
