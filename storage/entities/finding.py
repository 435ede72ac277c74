"""Entities by number, by Wikidata id, by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import distinct, func, select

from storage.events import entity_of
from storage.model import Candidate, Entity
from storage.part import StorePart
from storage.statements import chunks
from storage.tables import AliasRow, ArticleRow, EntityRow, MentionRow


class Finding(StorePart):
    """Finds entities."""

    async def get(self, entity_id: int) -> Entity | None:
        """The entity of this number, or the one that it was merged into."""
        if not 0 < entity_id < 2**63:
            return None
        row = await self._session.get(EntityRow, entity_id)
        while row is not None and row.merged_into is not None:
            row = await self._session.get(EntityRow, row.merged_into)
        return entity_of(row) if row else None

    async def by_qid(self, qid: str) -> Entity | None:
        """The entity of this Wikidata id."""
        row = await self._session.scalar(select(EntityRow).filter_by(qid=qid))
        return await self.get(row.id) if row else None

    async def by_titles(self, language: str, titles: Collection[str]) -> dict[str, Entity]:
        """The entities that articles of these titles are about; those not known are left out."""
        found: dict[str, Entity] = {}
        for chunk in chunks(titles):
            statement = (
                select(ArticleRow.title, EntityRow)
                .join(EntityRow, EntityRow.id == ArticleRow.entity_id)
                .where(ArticleRow.title.in_(chunk), ArticleRow.language == language)
            )
            rows = await self._session.execute(statement)
            found |= {title: entity_of(row) for title, row in rows}
        return found

    async def named(self, folded: str) -> list[Candidate]:
        """The entities that these words (folded) name: by title first, then by most use."""
        titled = (
            select(EntityRow, ArticleRow.title)
            .join(ArticleRow, ArticleRow.entity_id == EntityRow.id)
            .where(ArticleRow.folded == folded)
            .order_by(ArticleRow.id)
        )
        written = (
            select(EntityRow, AliasRow.text, AliasRow.uses)
            .join(AliasRow, AliasRow.entity_id == EntityRow.id)
            .where(AliasRow.folded == folded)
        )
        uses: dict[int, int] = {}
        words: dict[int, tuple[Entity, str]] = {}
        exact = set()
        for row, title in await self._session.execute(titled):
            words.setdefault(row.id, (entity_of(row), title))
            exact.add(row.id)
        for row, alias, count in await self._session.execute(written):
            words.setdefault(row.id, (entity_of(row), alias))
            uses[row.id] = uses.get(row.id, 0) + count
        found = [
            Candidate(entity, text, uses.get(number, 0), exact=number in exact)
            for number, (entity, text) in words.items()
        ]
        return sorted(found, key=lambda c: (not c.exact, -c.uses, c.entity.id))

    async def all_names(self) -> list[tuple[str, int]]:
        """Every folded name with its entity's id, for finding the nearest."""
        titles = select(ArticleRow.folded, ArticleRow.entity_id)
        aliases = select(AliasRow.folded, AliasRow.entity_id).where(AliasRow.uses > 1)
        rows = await self._session.execute(titles.union(aliases))
        return [(row.folded, row.entity_id) for row in rows]

    async def is_any_named(self) -> bool:
        """Whether there is any name at all."""
        return await self._session.scalar(select(ArticleRow.id).limit(1)) is not None

    async def known(self, ids: Sequence[int]) -> list[Candidate]:
        """These entities, those that most events name first; ``uses`` counts the events."""
        events = func.count(distinct(MentionRow.event_id))
        statement = (
            select(EntityRow, events)
            .outerjoin(MentionRow, MentionRow.entity_id == EntityRow.id)
            .where(EntityRow.id.in_(list(ids)), EntityRow.merged_into.is_(None))
            .group_by(EntityRow.id)
            .order_by(events.desc(), EntityRow.id)
        )
        rows = await self._session.execute(statement)
        return [Candidate(entity_of(row), row.label, count) for row, count in rows]
