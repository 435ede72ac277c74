"""Whom many names mean, looked up at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select

from storage.model import Bearer
from storage.part import StorePart
from storage.statements import chunks
from storage.tables import AliasRow, ArticleRow, EntityRow


@dataclass
class _Borne:
    """What is known of one name of one entity."""

    titles: list[str] = field(default_factory=list)
    uses: int = 0
    is_vouched: bool = False


@dataclass(frozen=True)
class _Main:
    """An entity's label, and the article that stands for it."""

    label: str
    title: str


class Bearers(StorePart):
    """Finds entities by many names."""

    async def by_names(self, folded: Collection[str]) -> dict[str, list[Bearer]]:
        """The entities that each of these names (folded) means, by entity id; names that
        nobody bears are left out, and so are entities without an article.

        Three statements per 1,000 names.
        """
        borne: dict[str, dict[int, _Borne]] = defaultdict(lambda: defaultdict(_Borne))
        for chunk in chunks(set(folded)):
            await self._add_titled(borne, chunk)
            await self._add_written(borne, chunk)
        mains = await self._mains({one for each in borne.values() for one in each})
        found = {name: list(_bearers(each, mains)) for name, each in borne.items()}
        return {name: bearers for name, bearers in found.items() if bearers}

    async def _add_titled(self, borne: dict[str, dict[int, _Borne]], names: list[str]) -> None:
        statement = (
            select(ArticleRow.folded, ArticleRow.entity_id, ArticleRow.title)
            .where(ArticleRow.folded.in_(names))
            .order_by(ArticleRow.id)
        )
        for name, entity_id, title in await self._session.execute(statement):
            borne[name][entity_id].titles.append(title)

    async def _add_written(self, borne: dict[str, dict[int, _Borne]], names: list[str]) -> None:
        statement = (
            select(
                AliasRow.folded,
                AliasRow.entity_id,
                func.sum(AliasRow.uses),
                # Names from Wikidata begin with none; links count up their own language's.
                func.min(AliasRow.uses) == 0,
            )
            .where(AliasRow.folded.in_(names))
            .group_by(AliasRow.folded, AliasRow.entity_id)
        )
        for name, entity_id, uses, is_vouched in await self._session.execute(statement):
            borne[name][entity_id].uses = int(uses)
            borne[name][entity_id].is_vouched = bool(is_vouched)

    async def _mains(self, ids: Collection[int]) -> dict[int, _Main]:
        """Each entity's article that is titled as it is called, else its oldest."""
        found: dict[int, _Main] = {}
        for chunk in chunks(ids):
            statement = (
                select(EntityRow.id, EntityRow.label, ArticleRow.title)
                .join(ArticleRow, ArticleRow.entity_id == EntityRow.id)
                .where(EntityRow.id.in_(chunk))
                .order_by(ArticleRow.title != EntityRow.label, ArticleRow.id)
            )
            for entity_id, label, title in await self._session.execute(statement):
                found.setdefault(entity_id, _Main(label, title))
        return found


def _bearers(borne: dict[int, _Borne], mains: dict[int, _Main]) -> Iterable[Bearer]:
    for entity_id in sorted(borne.keys() & mains.keys()):
        known, main = borne[entity_id], mains[entity_id]
        yield Bearer(
            entity_id,
            main.label,
            # Of several the one without a qualifier.
            min(known.titles, key=len, default=main.title),
            known.uses,
            titled=bool(known.titles),
            is_vouched=known.is_vouched,
        )
