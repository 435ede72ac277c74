"""Sources and their pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, select, update

from storage.model import FEED, Page, Source
from storage.part import StorePart
from storage.statements import chunks, insert_new, retire_ids
from storage.tables import (
    AnnouncementRow,
    DigestItemRow,
    EventRow,
    FeedRow,
    MentionRow,
    MergeRow,
    OutboxRow,
    PageRow,
    ReportKeyRow,
    ReportRow,
    ReportUrlRow,
    SourceRow,
    TickRow,
    VersionRow,
)


class SourceStore(StorePart):
    """What is polled, and how far it was read."""

    async def source(self, kind: str, key: str) -> Source:
        """The source of this kind and key, made where there is none."""
        statement = select(SourceRow).filter_by(kind=kind, key=key)
        row = await self._session.scalar(statement)
        if row is None:
            row = SourceRow(kind=kind, key=key)
            self._session.add(row)
            await self._session.flush()
        return Source(row.id, row.kind, row.key, row.last_success_at)

    async def all(self) -> list[Source]:
        """Every source, oldest first."""
        rows = await self._session.scalars(select(SourceRow).order_by(SourceRow.id))
        return [Source(row.id, row.kind, row.key, row.last_success_at) for row in rows]

    async def succeeded(self, source_id: int, at: datetime) -> None:
        """Note that the source was read well."""
        statement = update(SourceRow).filter_by(id=source_id).values(last_success_at=at)
        await self._session.execute(statement)

    async def page(self, source_id: int, name: str, day: date) -> Page:
        """The page of this name, made where there is none."""
        statement = select(PageRow).filter_by(source_id=source_id, name=name)
        row = await self._session.scalar(statement)
        if row is None:
            row = PageRow(source_id=source_id, name=name, day=day)
            self._session.add(row)
            await self._session.flush()
        return _page(row)

    async def own_pages(self, source_ids: Collection[int], day: date) -> dict[int, Page]:
        """The one page that each feed has, made where there is none; by source."""
        ids = list(dict.fromkeys(source_ids))
        statement = insert_new(self._session, PageRow, "source_id", "name")
        rows = [{"source_id": source_id, "name": FEED, "day": day} for source_id in ids]
        if rows:
            await self._session.execute(statement, rows)
        found = select(PageRow).where(PageRow.name == FEED, PageRow.source_id.in_(ids))
        return {row.source_id: _page(row) for row in await self._session.scalars(found)}

    async def page_names(self, page_ids: Iterable[int]) -> dict[int, str]:
        """The names of pages."""
        found: dict[int, str] = {}
        for ids in chunks(set(page_ids)):
            statement = select(PageRow.id, PageRow.name).where(PageRow.id.in_(ids))
            found |= {row.id: row.name for row in await self._session.execute(statement)}
        return found

    async def pages(self, source_id: int, names: Iterable[str]) -> list[Page]:
        """Those of the named pages that are known."""
        of_source = select(PageRow).filter_by(source_id=source_id)
        return [
            _page(row)
            for chunk in chunks(set(names))
            for row in await self._session.scalars(of_source.where(PageRow.name.in_(chunk)))
        ]

    async def save_page(self, page: Page) -> None:
        """Keep what a reading changed of the page."""
        statement = update(PageRow).filter_by(id=page.id)
        await self._session.execute(
            statement.values(
                revision=page.revision,
                read_at=page.read_at,
                doubtful=page.doubtful,
                doubtful_since=page.doubtful_since,
            )
        )

    async def mark_read(self, page_ids: Sequence[int], at: datetime) -> None:
        """Note that these pages were read well and stand as they were."""
        for chunk in chunks(page_ids):
            statement = update(PageRow).where(PageRow.id.in_(chunk)).values(read_at=at)
            await self._session.execute(statement)

    async def mark_all_read(self, source_id: int, at: datetime) -> None:
        """Note that every page whose last version counts stands as it was (for replays)."""
        statement = update(PageRow).where(
            PageRow.source_id == source_id, PageRow.doubtful.is_(None)
        ).values(read_at=at)  # fmt: skip
        await self._session.execute(statement)

    async def unsettled_pages(self, source_id: int) -> list[str]:
        """Names of the pages with a change that has yet to stand for its hold."""
        pending = select(ReportRow.page_id).where(ReportRow.pending)
        statement = select(PageRow.name).where(
            PageRow.source_id == source_id,
            PageRow.id.in_(pending) | PageRow.doubtful.is_not(None),
        )
        return list(await self._session.scalars(statement))

    async def doubtful_pages(self, source_id: int) -> list[str]:
        """Names of the pages whose last version waits to be confirmed."""
        statement = select(PageRow.name).where(
            PageRow.source_id == source_id, PageRow.doubtful_since.is_not(None)
        )
        return list(await self._session.scalars(statement.order_by(PageRow.id)))

    async def drop(self, source_id: int) -> None:
        """Take a source away with all that only it has told: its reports, their events, and
        the messages about these. Whom they named can still be followed. No number is used
        again: old messages lead to their events by it."""
        for table in (EventRow, ReportRow):
            await retire_ids(self._session, table)
        pages = select(PageRow.id).where(PageRow.source_id == source_id).scalar_subquery()
        reports = select(ReportRow.id).where(ReportRow.page_id.in_(pages)).scalar_subquery()
        told = select(ReportRow.event_id).where(ReportRow.page_id.in_(pages)).distinct()
        event_ids = list(await self._session.scalars(told))
        for change in (
            delete(ReportKeyRow).where(ReportKeyRow.page_id.in_(pages)),
            delete(VersionRow).where(VersionRow.report_id.in_(reports)),
            delete(ReportUrlRow).where(ReportUrlRow.report_id.in_(reports)),
            delete(ReportRow).where(ReportRow.page_id.in_(pages)),
            delete(PageRow).where(PageRow.source_id == source_id),
            delete(FeedRow).where(FeedRow.source_id == source_id),
            delete(SourceRow).where(SourceRow.id == source_id),
        ):
            await self._session.execute(change)
        for chunk in chunks(event_ids):
            await self._drop_events(chunk)

    async def _drop_events(self, event_ids: Sequence[int]) -> None:
        """Delete those of the events that no report tells any more, and what was merged into
        them."""
        told = exists().where(ReportRow.event_id == EventRow.id)
        left = select(EventRow.id).where(EventRow.id.in_(event_ids), ~told)
        untold = list(await self._session.scalars(left))
        untold += await self._session.scalars(
            select(EventRow.id).where(EventRow.merged_into.in_(untold))
        )
        merges = MergeRow.gone_id.in_(untold) | MergeRow.kept_id.in_(untold)
        await self._session.execute(delete(MergeRow).where(merges))
        for table in (MentionRow, AnnouncementRow, DigestItemRow, OutboxRow):
            await self._session.execute(delete(table).where(table.event_id.in_(untold)))
        await self._session.execute(delete(EventRow).where(EventRow.id.in_(untold)))

    async def forget_recording(self, recording: str) -> None:
        """Be at the beginning of a recording again."""
        await self._session.execute(delete(TickRow).filter_by(recording=recording))

    async def replayed_until(self, recording: str) -> datetime | None:
        """The last tick of a recording that was committed."""
        return await self._session.scalar(select(TickRow.at).filter_by(recording=recording))

    async def replayed(self, recording: str, at: datetime) -> None:
        """Commit a tick of a recording."""
        await self._session.merge(TickRow(recording=recording, at=at))
        await self._session.flush()


def _page(row: PageRow) -> Page:
    return Page(
        id=row.id,
        source_id=row.source_id,
        name=row.name,
        day=row.day,
        revision=row.revision,
        read_at=row.read_at,
        doubtful=row.doubtful,
        doubtful_since=row.doubtful_since,
    )
