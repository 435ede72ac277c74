"""How many events there are, when, and about whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from storage.events.rows import Part, entity_of
from storage.model import Entity, Evidence
from storage.tables import EntityRow, EventRow, MentionRow


class Counting(Part):
    """Counts events."""

    async def days(self) -> tuple[date, date] | None:
        """The first and the last day that have events shown."""
        shown = select(EventRow.day).where(EventRow.first_shown_at.is_not(None)).limit(1)
        # Each from one end of the index: MIN and MAX in one statement would read it all.
        first = await self._session.scalar(shown.order_by(EventRow.day))
        last = await self._session.scalar(shown.order_by(EventRow.day.desc()))
        return (first, last) if first and last else None

    async def busiest(self, since: date, limit: int) -> list[Entity]:
        """The entities that most events since a day link to, most first."""
        statement = (
            select(EntityRow)
            .join(MentionRow, MentionRow.entity_id == EntityRow.id)
            .where(
                MentionRow.event_id.in_(select(EventRow.id).where(EventRow.day >= since)),
                MentionRow.evidence == Evidence.LINK.value,
            )
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
