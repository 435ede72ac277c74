"""Two that turn out to be one, and one that turns out to be two.

What was announced of the one is then announced of the other too: who follows an entity
is told of its events by whichever title they name it, and who was asked already is not asked
again, for what was muted is not told later. ``since``: events announced before are told to
nobody any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, literal, or_, select, update
from sqlalchemy.orm import aliased

from storage.entities.words import Article
from storage.events.merging import unite
from storage.model import FollowMode, Telling
from storage.part import StorePart
from storage.statements import insert_new, reserve_ids, table_of
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
_LOUDNESS = tuple(mode.value for mode in FollowMode)


class Merging(StorePart):
    """Merges entities and parts them."""

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
            await self._session.execute(change)
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
        names of both; its id. Who follows both follows it in the louder of the two ways."""
        kept, gone = min(one, other), max(one, other)
        if kept == gone:
            return kept
        await self._add_uses(gone, kept)
        last = await self._session.scalar(
            select(func.max(FollowRow.id)).where(FollowRow.entity_id == kept)
        )
        first = await self._unite_follows(gone, kept)
        has_more = await self._move_follows(gone, kept, last)
        await self._unite_announcements(gone, kept, last if first is None else first - 1)
        if has_more:
            await self._ask_again(kept, gone, since, after=last or 0)
        if last is not None:
            await self._ask_again(gone, kept, since)
        for table, unique in _OWNED:
            await self._move(table, unique, gone, kept)
        old = await self._session.get_one(EntityRow, kept)
        new = await self._session.get_one(EntityRow, gone)
        qid, description = new.qid, new.description
        new.qid, new.merged_into = None, kept
        await self._session.flush()
        old.qid, old.description = old.qid or qid, old.description or description
        old.names = {**(new.names or {}), **(old.names or {})} or None
        await self._session.flush()
        return kept

    async def _unite_follows(self, gone: int, kept: int) -> int | None:
        """Make one follow of each two of a chat that follows both; the first that stays."""
        own, theirs = aliased(FollowRow), aliased(FollowRow)
        pairs = await self._session.execute(
            select(own, theirs)
            .join(theirs, theirs.chat_id == own.chat_id)
            .where(own.entity_id == kept, theirs.entity_id == gone)
            .order_by(own.id)
            .with_for_update()
        )
        stays = []
        for mine, other in pairs.all():
            _take_louder(mine, other)
            await self._session.delete(other)
            stays.append(mine.id)
        await self._session.flush()
        return min(stays, default=None)

    async def _move_follows(self, gone: int, kept: int, last: int | None) -> bool:
        """Let those who follow the one follow the other, up to whose ``last`` follow (None: it
        has none) some announcements have been: new ids let those go on with these. Whether
        there are any."""
        left = select(FollowRow.id).where(FollowRow.entity_id == gone).order_by(FollowRow.id)
        before = list(await self._session.scalars(left))
        after = before
        if last is not None:
            after = await reserve_ids(self._session, FollowRow, len(before))
        moved = update(table_of(FollowRow)).where(table_of(FollowRow).c.id == bindparam("before"))
        if before:
            await self._session.execute(
                moved.values(id=bindparam("after"), entity_id=kept),
                [{"before": b, "after": a} for b, a in zip(before, after, strict=True)],
            )
        return bool(before)

    async def _unite_announcements(self, gone: int, kept: int, last: int | None) -> None:
        """Where an event was announced to name both, let the announcement of the one that stays
        do what the other's has yet to do, for the follows after ``last``: these are its."""
        own, other = aliased(AnnouncementRow), aliased(AnnouncementRow)
        pairs = await self._session.execute(
            select(own, other)
            .join(other, other.event_id == own.event_id)
            .where(own.entity_id == kept, other.entity_id == gone)
            .order_by(own.id)
            .with_for_update()
        )
        for mine, theirs in pairs.all():
            theirs.cursor = theirs.cursor if last is None else last
            unite(mine, theirs)
            mine.reconsider = mine.reconsider or theirs.reconsider
        await self._session.flush()

    async def _ask_again(
        self, entity_id: int, but: int, since: datetime, *, after: int = 0
    ) -> None:
        """Announce once more, to the follows after one of an id, what was announced of an
        entity, but for what was announced of the other as well."""
        there = aliased(AnnouncementRow)
        twice = exists().where(there.event_id == AnnouncementRow.event_id, there.entity_id == but)
        mine = and_(AnnouncementRow.entity_id == entity_id, ~twice)
        told = and_(AnnouncementRow.due_at >= since, ~_IS_SILENT)
        been = or_(AnnouncementRow.expanded, AnnouncementRow.cursor > after)
        again = update(AnnouncementRow).where(mine, told, been)
        await self._session.execute(again.values(expanded=False, cursor=after))

    async def _add_uses(self, gone: int, kept: int) -> None:
        """Where both were written in the same words, count them together."""
        other = aliased(AliasRow)
        same = and_(
            other.entity_id == gone,
            other.language == AliasRow.language,
            other.text == AliasRow.text,
        )
        uses = select(other.uses).where(same).scalar_subquery()
        await self._session.execute(
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
            await self._session.execute(delete(table).where(table.entity_id == gone, twice))
        await self._session.execute(
            update(table).where(table.entity_id == gone).values(entity_id=kept)
        )


# What an entity owns, and by which columns a row may stand only once for it.
_OWNED: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (ArticleRow, ()),
    (MentionRow, ("event_id", "evidence")),
    (AnnouncementRow, ("event_id",)),
    (AliasRow, ("language", "text")),
)


def _take_louder(own: FollowRow, other: FollowRow) -> None:
    """One follow of two: the louder one's way to be told, and of two alike the one without a
    filter, or the older."""

    def rank(row: FollowRow) -> tuple[int, bool, datetime]:
        return _LOUDNESS.index(row.mode), row.filter is not None, row.created_at

    louder = min(own, other, key=rank)
    own.mode, own.filter, own.created_at = louder.mode, louder.filter, louder.created_at
