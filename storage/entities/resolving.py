"""What the encyclopedia says of articles, once it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select, update

from storage.entities.words import Article
from storage.model import Name
from storage.part import StorePart
from storage.statements import insert_new
from storage.tables import AliasRow, ArticleRow, EntityRow, FollowRow


class Resolving(StorePart):
    """Keeps what articles turned out to be about."""

    async def unresolved(self, limit: int) -> list[Article]:
        """Articles not looked up yet: those of followed entities first, then the newest."""
        followed = ArticleRow.entity_id.in_(select(FollowRow.entity_id))
        statement = (
            select(ArticleRow.id, ArticleRow.title, ArticleRow.entity_id)
            .where(ArticleRow.resolved_at.is_(None))
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
        self,
        entity_id: int,
        label: str,
        qid: str | None,
        description: str | None,
        names: Mapping[str, Name] = MappingProxyType({}),
    ) -> None:
        """Keep what Wikidata says of an entity: in the source's language, and what other
        languages call it."""
        row = await self._session.get_one(EntityRow, entity_id)
        row.label, row.qid = label, qid or row.qid
        row.description = description or row.description
        if names:
            called = {code: [name.label, name.description] for code, name in names.items()}
            row.names = {**(row.names or {}), **called}
        await self._session.flush()

    async def add_aliases(self, entity_id: int, aliases: Mapping[str, Mapping[str, str]]) -> None:
        """Keep names from Wikidata: language -> words -> folded words."""
        rows = [
            {"entity_id": entity_id, "language": language, "text": words, "folded": folded,
             "uses": 0}
            for language, names in aliases.items()
            for words, folded in names.items()
        ]  # fmt: skip
        if rows:
            statement = insert_new(self._session, AliasRow, "entity_id", "language", "text")
            await self._session.execute(statement, rows)
