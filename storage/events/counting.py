"""How many events there are, when, and about whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, distinct, func, select

from storage.events.asking import OWN
from storage.events.rows import IS_SHOWN, IS_STANDING, entity_of
from storage.model import Entity, Evidence, words_asked
from storage.part import StorePart
from storage.statements import chunks
from storage.tables import EntityRow, EventRow, FollowRow, MentionRow


@dataclass(frozen=True)
class Naming:
    """An event that names an entity, as far as it decides whether a follow wants it."""

    entity_id: int
    event_id: int
    day: date
    category: str
    words: str


class Counting(StorePart):
    """Counts events."""

    async def days(self) -> tuple[date, date] | None:
        """The first and the last day that have events shown."""
        shown = select(EventRow.day).where(IS_SHOWN).limit(1)
        # Each from one end of the index: MIN and MAX in one statement would read it all.
        first = await self._session.scalar(shown.order_by(EventRow.day))
        last = await self._session.scalar(shown.order_by(EventRow.day.desc()))
        return (first, last) if first and last else None

    async def days_with_events(self, first: date, last: date) -> frozenset[date]:
        """The days from ``first`` to ``last`` that have events which stand."""
        days = select(EventRow.day).where(IS_STANDING, EventRow.day.between(first, last))
        return frozenset(await self._session.scalars(days.distinct()))

    async def categories(self, first: date, last: date) -> list[str]:
        """The categories of the events of the days from ``first`` to ``last``, by name."""
        named = select(EventRow.category).where(
            IS_STANDING, EventRow.day.between(first, last), EventRow.category != ""
        )
        return sorted(await self._session.scalars(named.distinct()))

    async def busiest(self, since: date, limit: int) -> list[Entity]:
        """The entities that the texts of most events since a day name, most first."""
        statement = (
            select(EntityRow)
            .join(MentionRow, MentionRow.entity_id == EntityRow.id)
            .where(
                MentionRow.event_id.in_(select(EventRow.id).where(EventRow.day >= since)),
                MentionRow.evidence.in_(OWN),
            )
            .group_by(EntityRow.id)
            .order_by(func.count(distinct(MentionRow.event_id)).desc(), EntityRow.id)
            .limit(limit)
        )
        return [entity_of(row) for row in await self._session.scalars(statement)]

    async def followed(self, entity_ids: Collection[int]) -> frozenset[int]:
        """Which of the entities any chat follows."""
        found: set[int] = set()
        for chunk in chunks(entity_ids):
            follows = select(FollowRow.entity_id).where(FollowRow.entity_id.in_(chunk))
            found.update(await self._session.scalars(follows.distinct()))
        return frozenset(found)

    async def naming(self, entity_ids: Collection[int], first: date, last: date) -> list[Naming]:
        """The events of the days from ``first`` to ``last`` that name any of these entities,
        once for each that they name, by day and number."""
        found = [
            Naming(entity_id, number, day, category, words_asked(*words))
            for chunk in chunks(entity_ids)
            for entity_id, number, day, category, *words in await self._session.execute(
                _named(chunk, first, last).with_only_columns(
                    MentionRow.entity_id,
                    EventRow.id,
                    EventRow.day,
                    EventRow.category,
                    EventRow.title,
                    EventRow.summary,
                    EventRow.topics,
                )
            )
        ]
        once = dict.fromkeys(found)
        return sorted(once, key=lambda each: (each.day, each.event_id, each.entity_id))

    async def count_naming(
        self, entity_ids: Collection[int], first: date, last: date
    ) -> dict[int, int]:
        """How many events of the days from ``first`` to ``last`` name each of these entities;
        those that none names are left out."""
        found: dict[int, int] = {}
        for chunk in chunks(entity_ids):
            counted = _named(chunk, first, last).with_only_columns(
                MentionRow.entity_id, func.count(distinct(MentionRow.event_id)).label("events")
            )
            rows = await self._session.execute(counted.group_by(MentionRow.entity_id))
            found |= {row.entity_id: row.events for row in rows}
        return found

    async def naming_ids(
        self, entity_ids: Collection[int], first: date, last: date
    ) -> dict[int, frozenset[int]]:
        """The numbers of the events of the days from ``first`` to ``last`` that name each of
        these entities; those that none names are left out."""
        found: dict[int, set[int]] = defaultdict(set)
        for chunk in chunks(entity_ids):
            named = _named(chunk, first, last).with_only_columns(
                MentionRow.entity_id, MentionRow.event_id
            )
            for entity_id, number in await self._session.execute(named):
                found[entity_id].add(number)
        return {entity_id: frozenset(numbers) for entity_id, numbers in found.items()}

    async def count_by_day(self, entity_id: int, first: date, last: date) -> dict[date, int]:
        """How many events of each day from ``first`` to ``last`` name an entity; days without
        any are left out."""
        statement = _named([entity_id], first, last).group_by(MentionRow.day)
        counted = statement.with_only_columns(
            MentionRow.day, func.count(distinct(MentionRow.event_id)).label("events")
        )
        return {row.day: row.events for row in await self._session.execute(counted)}

    async def count(self) -> tuple[int, int]:
        """How many events there are, shown or not, and how many are withdrawn now."""
        all_events = (
            select(func.count()).select_from(EventRow).where(EventRow.merged_into.is_(None))
        )
        return (
            await self._session.scalar(all_events) or 0,
            await self._session.scalar(all_events.where(EventRow.withdrawn)) or 0,
        )

    async def count_by_month(self) -> dict[str, int]:
        """How many events each month has ("2017-11"), not those withdrawn."""
        statement = select(EventRow.day, func.count()).where(IS_STANDING)
        months: dict[str, int] = defaultdict(int)
        for day, count in await self._session.execute(statement.group_by(EventRow.day)):
            months[f"{day:%Y-%m}"] += count
        return dict(months)


def _named(entity_ids: Collection[int], first: date, last: date) -> Select[MentionRow]:
    """Mentions of entities in events that stand. With each evidence named, the index leads
    to the days as well."""
    return (
        select(MentionRow)
        .join(EventRow, EventRow.id == MentionRow.event_id)
        .where(
            MentionRow.entity_id.in_(entity_ids),
            MentionRow.evidence.in_([evidence.value for evidence in Evidence]),
            MentionRow.day.between(first, last),
            IS_STANDING,
        )
    )
