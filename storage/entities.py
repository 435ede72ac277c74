"""Entities, the articles that links name them by, and the words that stood for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, distinct, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.events import entity_of
from storage.model import Candidate, Entity
from storage.statements import insert_new, insert_or_add
from storage.tables import (
    AliasRow,
    AnnouncementRow,
    ArticleRow,
    Base,
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
        new = {title.twin: EntityRow(label=title.title) for title in reversed(titles)}
        rows = {twin: row for twin, row in reversed(new.items()) if twin not in twins}
        self._session.add_all(rows.values())
        await self._session.flush()
        twins |= {twin: row.id for twin, row in rows.items()}
        statement = insert_new(self._session, ArticleRow, "language", "title")
        articles = [
            {**vars(t), "language": language, "entity_id": twins[t.twin], "resolved_at": None}
            for t in titles
        ]
        await self._session.execute(statement, articles)

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

    async def move_article(self, article: Article, entity_id: int | None, label: str) -> int:
        """Give an article that turned out to be about another (its twin is not) to that
        entity, or to a new one, with the mentions that named it; the entity's id."""
        if entity_id is None:
            row = EntityRow(label=label)
            self._session.add(row)
            await self._session.flush()
            entity_id = row.id
        statement = update(ArticleRow).where(ArticleRow.id == article.id)
        await self._session.execute(statement.values(entity_id=entity_id))
        named = MentionRow.article_id == article.id
        other = aliased(MentionRow)
        twice = exists().where(
            other.event_id == MentionRow.event_id,
            other.evidence == MentionRow.evidence,
            other.entity_id == entity_id,
        )
        for change in (
            delete(MentionRow).where(named, twice),
            update(MentionRow).where(named).values(entity_id=entity_id),
        ):
            await self._session.execute(change.execution_options(synchronize_session=False))
        return entity_id

    async def merge(self, one: int, other: int) -> int:
        """Make one entity of two: the older stays, with all follows, mentions, articles and
        names of both; its id."""
        kept, gone = min(one, other), max(one, other)
        if kept == gone:
            return kept
        for table, unique in _OWNED:
            await self._move(table, unique, gone, kept)
        old = await self._session.get_one(EntityRow, kept)
        new = await self._session.get_one(EntityRow, gone)
        qid, description = new.qid, new.description
        new.qid, new.merged_into = None, kept
        await self._session.flush()
        old.qid, old.description = old.qid or qid, old.description or description
        await self._session.flush()
        return kept

    async def _move(self, table: Any, unique: Sequence[str], gone: int, kept: int) -> None:
        """Move rows from one entity to another, dropping those that it has already."""
        if unique:
            other = aliased(table)
            same = [getattr(other, name) == getattr(table, name) for name in unique]
            twice = delete(table).where(
                table.entity_id == gone, exists().where(other.entity_id == kept, *same)
            )
            await self._session.execute(twice.execution_options(synchronize_session=False))
        move = update(table).where(table.entity_id == gone).values(entity_id=kept)
        await self._session.execute(move.execution_options(synchronize_session=False))

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


# What an entity owns, and by which columns a row may stand only once for it.
_OWNED: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (ArticleRow, ()),
    (FollowRow, ("chat_id",)),
    (MentionRow, ("event_id", "evidence")),
    (AnnouncementRow, ("event_id",)),
    (AliasRow, ("language", "text")),
)
