"""Entities, the articles that links name them by, and the words that stood for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.events import entity_of
from storage.model import Candidate, Entity
from storage.statements import insert_new, insert_or_add
from storage.tables import (
    AliasRow,
    AnnouncementRow,
    ArticleRow,
    EntityRow,
    FollowRow,
    MentionRow,
)

CHUNK = 400


@dataclass(frozen=True)
class Title:
    """An article's title with its levelled forms (see ``bot.core.names``)."""

    title: str
    twin: str
    folded: str


@dataclass(frozen=True)
class Article:
    """An article that links have named, and its entity."""

    id: int
    title: str
    entity_id: int


@dataclass(frozen=True)
class Use:
    """Words that stood for an entity, as written and levelled, and how often."""

    entity_id: int
    words: str
    folded: str
    count: int = 1


class EntityStore:
    """Entities by article, by name, by number."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # --- articles and aliases

    async def articles(self, language: str, titles: Sequence[Title]) -> dict[str, Article]:
        """The articles of these titles; each new one gets an entity, at once usable."""
        known = await self._known(language, [title.title for title in titles])
        new = {t.title: t for t in titles if t.title not in known}
        if new:
            await self._add_articles(language, list(new.values()))
            known |= await self._known(language, list(new))
        return known

    async def _known(self, language: str, titles: Sequence[str]) -> dict[str, Article]:
        found: dict[str, Article] = {}
        for start in range(0, len(titles), CHUNK):
            statement = select(ArticleRow.id, ArticleRow.title, ArticleRow.entity_id).where(
                ArticleRow.language == language,
                ArticleRow.title.in_(titles[start : start + CHUNK]),
            )
            rows = await self._session.execute(statement)
            found |= {row.title: Article(row.id, row.title, row.entity_id) for row in rows}
        return found

    async def _add_articles(self, language: str, titles: Sequence[Title]) -> None:
        twins = await self._twins(language, [title.twin for title in titles])
        for title in titles:
            if title.twin not in twins:
                row = EntityRow(label=title.title)
                self._session.add(row)
                await self._session.flush()
                twins[title.twin] = row.id
        statement = insert_new(self._session, ArticleRow, "language", "title")
        rows = [
            {**vars(t), "language": language, "entity_id": twins[t.twin], "resolved_at": None}
            for t in titles
        ]
        await self._session.execute(statement, rows)

    async def _twins(self, language: str, twins: Sequence[str]) -> dict[str, int]:
        statement = select(ArticleRow.twin, ArticleRow.entity_id).where(
            ArticleRow.language == language, ArticleRow.twin.in_(twins)
        )
        rows = await self._session.execute(statement.order_by(ArticleRow.id.desc()))
        return {row.twin: row.entity_id for row in rows}

    async def note_uses(self, language: str, uses: Sequence[Use]) -> None:
        """Count that these words stood for these entities."""
        rows = [
            {"entity_id": use.entity_id, "language": language, "text": use.words,
             "folded": use.folded, "uses": use.count}
            for use in uses
        ]  # fmt: skip
        if rows:
            statement = insert_or_add(
                self._session, AliasRow, ("entity_id", "language", "text"), "uses"
            )
            await self._session.execute(statement, rows)

    # --- finding

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

    async def named(self, folded: str) -> list[Candidate]:
        """The entities that these words (levelled) name: by title first, then by most use."""
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
        """Every levelled name with its entity's id, for finding the nearest."""
        titles = select(ArticleRow.folded, ArticleRow.entity_id)
        aliases = select(AliasRow.folded, AliasRow.entity_id).where(AliasRow.uses > 1)
        rows = await self._session.execute(titles.union(aliases))
        return [(row.folded, row.entity_id) for row in rows]

    # --- resolving

    async def unresolved(self, language: str, limit: int) -> list[Article]:
        """Articles not looked up yet: those of followed entities first, then the newest."""
        followed = ArticleRow.entity_id.in_(select(FollowRow.entity_id))
        statement = (
            select(ArticleRow.id, ArticleRow.title, ArticleRow.entity_id)
            .where(ArticleRow.language == language, ArticleRow.resolved_at.is_(None))
            .order_by(followed.desc(), ArticleRow.id.desc())
            .limit(limit)
        )
        rows = await self._session.execute(statement)
        return [Article(row.id, row.title, row.entity_id) for row in rows]

    async def resolved(self, article_ids: Sequence[int], at: datetime) -> None:
        """Note that these articles were looked up."""
        statement = update(ArticleRow).where(ArticleRow.id.in_(article_ids))
        await self._session.execute(statement.values(resolved_at=at))

    async def describe(
        self, entity_id: int, label: str, qid: str | None, description: str | None
    ) -> None:
        """Keep what Wikidata says of an entity."""
        row = await self._session.get_one(EntityRow, entity_id)
        row.label, row.qid = label, qid or row.qid
        row.description = description or row.description
        await self._session.flush()

    async def split(self, article: Article, label: str) -> int:
        """Give an article an entity of its own (its twin turned out to be another), with
        the mentions that named it; the new entity's id."""
        row = EntityRow(label=label)
        self._session.add(row)
        await self._session.flush()
        statement = update(ArticleRow).where(ArticleRow.id == article.id)
        await self._session.execute(statement.values(entity_id=row.id))
        moved = update(MentionRow).where(MentionRow.article_id == article.id)
        await self._session.execute(moved.values(entity_id=row.id))
        return row.id

    async def merge(self, one: int, other: int) -> int:
        """Make one entity of two: the older stays, with all follows, mentions, articles and
        names of both; its id."""
        kept, gone = min(one, other), max(one, other)
        if kept == gone:
            return kept
        for table, unique in _OWNED.items():
            await self._move(table, unique, gone, kept)
        old = await self._session.get_one(EntityRow, kept)
        new = await self._session.get_one(EntityRow, gone)
        qid, description = new.qid, new.description
        new.qid, new.merged_into = None, kept
        await self._session.flush()
        old.qid, old.description = old.qid or qid, old.description or description
        await self._session.flush()
        return kept

    async def _move(self, table: type, unique: str | None, gone: int, kept: int) -> None:
        """Move rows from one entity to another, dropping those that it has already."""
        owner = table.entity_id  # type: ignore[attr-defined]
        if unique is not None:
            column = getattr(table, unique)
            has = select(column).where(owner == kept)
            twice = delete(table).where(owner == gone, column.in_(has.scalar_subquery()))
            await self._session.execute(twice.execution_options(synchronize_session="fetch"))
        move = update(table).where(owner == gone).values(entity_id=kept)
        await self._session.execute(move.execution_options(synchronize_session="fetch"))

    async def add_aliases(self, entity_id: int, aliases: Mapping[str, Mapping[str, str]]) -> None:
        """Keep names from Wikidata: language -> words -> levelled words."""
        rows = [
            {"entity_id": entity_id, "language": language, "text": words, "folded": folded,
             "uses": 0}
            for language, names in aliases.items()
            for words, folded in names.items()
        ]  # fmt: skip
        if rows:
            statement = insert_new(self._session, AliasRow, "entity_id", "language", "text")
            await self._session.execute(statement, rows)


# What an entity owns, and by which column a row may stand only once for it.
_OWNED: dict[type, str | None] = {
    ArticleRow: None,
    FollowRow: "chat_id",
    MentionRow: "event_id",
    AnnouncementRow: "event_id",
    AliasRow: "text",
}
