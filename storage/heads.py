"""Heads of the pages that reports cite: asked for once, then kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, delete, exists, select, update

from storage.model import PORTAL, PageHead, Telling
from storage.part import StorePart
from storage.statements import among, chunks, insert_new, table_of
from storage.tables import HeadRow, PageRow, ReportRow, ReportUrlRow, SourceRow


@dataclass(frozen=True)
class Asked:
    """A page whose head is wanted: its canonical URL, where it is asked for, when next (None:
    no more) and how often it was in vain."""

    url: str
    address: str
    due_at: datetime | None
    attempts: int = 0


class HeadStore(StorePart):
    """What cited pages say of themselves, by canonical URL."""

    async def of(self, urls: Iterable[str]) -> dict[str, PageHead]:
        """The heads of those of these pages that were read, by canonical URL."""
        found: dict[str, PageHead] = {}
        for chunk in chunks(set(urls)):
            for row in await self._session.execute(_heads_of(), {"urls": chunk}):
                found[row.url] = _head(row)
        return found

    async def wanted(self, since: datetime, day: date, limit: int) -> list[tuple[int, str]]:
        """Pages that nobody has asked for yet, as events and the canonical URLs that they cite.

        Only what the portal told since then and of this day or a later one counts, and nothing
        that is told to nobody (``Telling.SILENT``). What was told first comes first.
        """
        statement = (
            select(ReportRow.event_id, ReportUrlRow.url)
            .join(ReportUrlRow, ReportUrlRow.report_id == ReportRow.id)
            .join(PageRow, PageRow.id == ReportRow.page_id)
            .join(SourceRow, SourceRow.id == PageRow.source_id)
            .where(
                SourceRow.kind == PORTAL,
                ReportRow.telling != Telling.SILENT.value,
                ReportRow.first_seen_at >= since,
                ReportUrlRow.day >= day,
                PageRow.day >= day,  # the same for the portal, but known without each report
                ~exists().where(HeadRow.url == ReportUrlRow.url),
            )
            .order_by(ReportRow.id, ReportUrlRow.url)
            .limit(limit)
        )
        return [(event_id, url) for event_id, url in await self._session.execute(statement)]

    async def ask(self, pages: Sequence[Asked]) -> None:
        """Note pages that are to be asked for; known ones stay as they are."""
        rows = [asdict(page) for page in pages]
        if rows:
            await self._session.execute(insert_new(self._session, HeadRow, "url"), rows)

    async def due(self, now: datetime, limit: int) -> list[Asked]:
        """The pages whose time has come, those that have waited longest first."""
        statement = select(HeadRow).where(HeadRow.due_at <= now)
        ordered = statement.order_by(HeadRow.due_at, HeadRow.url).limit(limit)
        return [
            Asked(row.url, row.address, row.due_at, row.attempts)
            for row in await self._session.scalars(ordered)
        ]

    async def save(self, heads: Mapping[str, PageHead], at: datetime) -> None:
        """Keep what was read of pages, by canonical URL: they are asked for no more."""
        for url, head in heads.items():
            values = {**asdict(head), "read_at": at, "due_at": None}
            await self._session.execute(update(HeadRow).filter_by(url=url).values(**values))

    async def describing(self, texts: Iterable[str]) -> dict[str, PageHead]:
        """The heads with one of these descriptions, by canonical URL."""
        found: dict[str, PageHead] = {}
        for chunk in chunks(set(texts)):
            read = HeadRow.description.in_(chunk) & HeadRow.read_at.is_not(None)
            statement = select(HeadRow).where(read)
            rows = await self._session.scalars(statement)
            found |= {row.url: _head(row) for row in rows}
        return found

    async def put_off(self, pages: Sequence[Asked]) -> None:
        """Keep when pages that could not be read are asked for again, if ever."""
        for page in pages:
            values = {"due_at": page.due_at, "attempts": page.attempts}
            await self._session.execute(update(HeadRow).filter_by(url=page.url).values(**values))

    async def citing(self, urls: Iterable[str]) -> set[int]:
        """The events with a report that ever cited one of these canonical URLs."""
        found: set[int] = set()
        for chunk in chunks(set(urls)):
            statement = (
                select(ReportRow.event_id)
                .join(ReportUrlRow, ReportUrlRow.report_id == ReportRow.id)
                .where(ReportUrlRow.url.in_(chunk))
            )
            found |= set(await self._session.scalars(statement))
        return found

    async def forget(self, day: date) -> None:
        """Drop what is known of pages that no report of this day or a later one cites."""
        cited = exists().where(ReportUrlRow.url == HeadRow.url, ReportUrlRow.day >= day)
        await self._session.execute(delete(HeadRow).where(~cited))


_HEADS = table_of(HeadRow).c
# From the table itself: a mapped class takes longer to ask for, and mostly there is none.
_SAID = (
    _HEADS.url,
    _HEADS.title,
    _HEADS.description,
    _HEADS.picture,
    _HEADS.site,
    _HEADS.language,
)


@cache
def _heads_of() -> Select[Any]:
    return select(*_SAID).where(_HEADS.url.in_(among("urls")), _HEADS.read_at.is_not(None))


def _head(row: Any) -> PageHead:
    return PageHead(row.title, row.description, row.picture, row.site, row.language)
