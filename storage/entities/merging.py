"""Two that turn out to be one, and one that turns out to be two.

What was announced of the one is then announced of the other too: who follows an entity
is told of its events by whichever title they name it. ``since``: events announced before
are told to nobody any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, literal, or_, select, update
from sqlalchemy.orm import aliased

from storage.entities.words import Article, Part
from storage.model import Telling
from storage.statements import hold_names, insert_new
from storage.tables import (
    AliasRow,
    AnnouncementRow,
    ArticleRow,
    Base,
    EntityRow,
    FollowRow,
    MentionRow,
)

_IS_SILENT = AnnouncementRow.telling == Telling.SILENT.value


class Merging(Part):
    """Merges entities and parts them."""

    async def begin_merging(self) -> None:
        """Let no other transaction name or follow entities until this one ends; to be the
        first thing that a transaction does which merges."""
        await hold_names(self._session, to_merge=True)

    async def move_article(
        self, article: Article, entity_id: int | None, label: str, *, since: datetime
    ) -> int:
        """Give an article that turned out to be about another (its twin is not) to that
        entity, or to a new one, with the mentions that named it; the entity's id."""
        if entity_id is None:
            row = EntityRow(label=label)
            self._session.add(row)
            await self._session.flush()
            entity_id = row.id
        await self._announce_again(article, entity_id, since)
        named = MentionRow.article_id == article.id
        other = aliased(MentionRow)
        twice = exists().where(
            other.event_id == MentionRow.event_id,
            other.evidence == MentionRow.evidence,
            other.entity_id == entity_id,
            other.article_id != article.id,
        )
        for change in (
            update(ArticleRow).where(ArticleRow.id == article.id).values(entity_id=entity_id),
            delete(MentionRow).where(named, twice),
            update(MentionRow).where(named).values(entity_id=entity_id),
        ):
            await self._do(change)
        return entity_id

    async def _announce_again(self, article: Article, entity_id: int, since: datetime) -> None:
        """Announce for an entity what was announced because of an article."""
        named = exists().where(
            MentionRow.event_id == AnnouncementRow.event_id, MentionRow.article_id == article.id
        )
        again = select(
            AnnouncementRow.event_id,
            literal(entity_id, AnnouncementRow.entity_id.type),
            AnnouncementRow.due_at,
            AnnouncementRow.telling,
            literal(0),
            or_(_IS_SILENT, AnnouncementRow.due_at < since),
        ).where(AnnouncementRow.entity_id == article.entity_id, named)
        columns = ["event_id", "entity_id", "due_at", "telling", "cursor", "expanded"]
        statement = insert_new(self._session, AnnouncementRow, "event_id", "entity_id")
        await self._session.execute(statement.from_select(columns, again))

    async def merge(self, one: int, other: int, *, since: datetime) -> int:
        """Make one entity of two: the older stays, with all follows, mentions, articles and
        names of both; its id."""
        kept, gone = min(one, other), max(one, other)
        if kept == gone:
            return kept
        await self._add_uses(gone, kept)
        for table, unique in _OWNED:
            await self._move(table, unique, gone, kept)
        await self._do(
            update(AnnouncementRow)
            .where(AnnouncementRow.entity_id == kept, AnnouncementRow.due_at >= since, ~_IS_SILENT)
            .values(expanded=False, cursor=0)
        )
        old = await self._session.get_one(EntityRow, kept)
        new = await self._session.get_one(EntityRow, gone)
        qid, description = new.qid, new.description
        new.qid, new.merged_into = None, kept
        await self._session.flush()
        old.qid, old.description = old.qid or qid, old.description or description
        old.names = {**(new.names or {}), **(old.names or {})} or None
        await self._session.flush()
        return kept

    async def _add_uses(self, gone: int, kept: int) -> None:
        """Where both were written in the same words, count them together."""
        other = aliased(AliasRow)
        same = and_(
            other.entity_id == gone,
            other.language == AliasRow.language,
            other.text == AliasRow.text,
        )
        uses = select(other.uses).where(same).scalar_subquery()
        await self._do(
            update(AliasRow)
            .where(AliasRow.entity_id == kept, exists().where(same))
            .values(uses=AliasRow.uses + uses)
        )

    async def _move(self, table: Any, unique: Sequence[str], gone: int, kept: int) -> None:
        """Move rows from one entity to another, dropping those that it has already."""
        if unique:
            other = aliased(table)
            same = [getattr(other, name) == getattr(table, name) for name in unique]
            twice = exists().where(other.entity_id == kept, *same)
            await self._do(delete(table).where(table.entity_id == gone, twice))
        await self._do(update(table).where(table.entity_id == gone).values(entity_id=kept))

    async def _do(self, change: Any) -> None:
        await self._session.execute(change.execution_options(synchronize_session=False))


# What an entity owns, and by which columns a row may stand only once for it.
_OWNED: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (ArticleRow, ()),
    (FollowRow, ("chat_id",)),
    (MentionRow, ("event_id", "evidence")),
    (AnnouncementRow, ("event_id",)),
    (AliasRow, ("language", "text")),
)
