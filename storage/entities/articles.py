"""Articles that links name, and the words that stood for them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from storage.entities.words import Article, Title, Use
from storage.locks import Locks
from storage.part import StorePart
from storage.statements import chunks, insert_new, insert_or_add, reserve_ids
from storage.tables import AliasRow, ArticleRow, EntityRow


class Articles(StorePart):
    """Keeps articles, each with its entity."""

    async def articles(self, language: str, titles: Sequence[Title]) -> dict[str, Article]:
        """The articles of these titles; each new one gets an entity, at once usable."""
        await Locks(self._session).names()
        known = await self._known(language, [title.title for title in titles])
        new = {t.title: t for t in titles if t.title not in known}
        if new:
            await self._add_articles(language, list(new.values()))
            known |= await self._known(language, list(new))
        return known

    async def _known(self, language: str, titles: Sequence[str]) -> dict[str, Article]:
        found: dict[str, Article] = {}
        for chunk in chunks(titles):
            statement = select(ArticleRow.id, ArticleRow.title, ArticleRow.entity_id).where(
                ArticleRow.language == language, ArticleRow.title.in_(chunk)
            )
            rows = await self._session.execute(statement)
            found |= {row.title: Article(row.id, row.title, row.entity_id) for row in rows}
        return found

    async def _add_articles(self, language: str, titles: Sequence[Title]) -> None:
        twins = await self._twins(language, [title.twin for title in titles])
        labels: dict[str, str] = {}
        for title in titles:
            if title.twin not in twins:
                labels.setdefault(title.twin, title.title)
        ids = await reserve_ids(self._session, EntityRow, len(labels))
        self._session.add_all(
            EntityRow(id=number, label=label)
            for number, label in zip(ids, labels.values(), strict=True)
        )
        await self._session.flush()
        twins |= dict(zip(labels, ids, strict=True))
        statement = insert_new(self._session, ArticleRow, "language", "title")
        articles = [
            {**vars(t), "language": language, "entity_id": twins[t.twin], "resolved_at": None}
            for t in titles
        ]
        await self._session.execute(statement, articles)

    async def _twins(self, language: str, twins: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for chunk in chunks(twins):
            statement = select(ArticleRow.twin, ArticleRow.entity_id).where(
                ArticleRow.language == language, ArticleRow.twin.in_(chunk)
            )
            rows = await self._session.execute(statement.order_by(ArticleRow.id.desc()))
            found |= {row.twin: row.entity_id for row in rows}
        return found

    async def note_uses(self, language: str, uses: Sequence[Use]) -> None:
        """Count that these words stood for these entities."""
        rows = [
            {"entity_id": use.entity_id, "language": language, "text": use.words,
             "folded": use.folded, "uses": use.count}
            # always in one order, so that two processes never wait for each other
            for use in sorted(uses, key=lambda use: (use.entity_id, use.words))
        ]  # fmt: skip
        if rows:
            statement = insert_or_add(
                self._session, AliasRow, ("entity_id", "language", "text"), "uses"
            )
            await self._session.execute(statement, rows)
