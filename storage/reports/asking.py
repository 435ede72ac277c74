"""The questions that are asked of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, bindparam, distinct, func, select

from storage.accounts import from_json
from storage.model import Report
from storage.reports.rows import (
    PAGES,
    REPORTS,
    SOURCES,
    ReportPart,
    ToldReport,
    reports_of,
    select_reports,
)
from storage.statements import among, chunks, table_of
from storage.tables import ReportUrlRow, VersionRow

NEIGHBOUR = timedelta(days=1)
_URLS = table_of(ReportUrlRow).c
_VERSIONS = table_of(VersionRow).c


class Asking(ReportPart):
    """Finds reports."""

    async def of_page(self, page_id: int) -> list[Report]:
        """All reports that the page has ever had, in the order of their last place."""
        statement = (
            select_reports().where(REPORTS.c.page_id == page_id).order_by(REPORTS.c.position)
        )
        return await self._with_urls(reports_of(await self._session.execute(statement)))

    async def of_events(
        self, event_ids: Iterable[int], *, pending: bool = False
    ) -> dict[int, list[Report]]:
        """The reports of each of these events, oldest first; or only those of which something
        waits for its hold."""
        found: dict[int, list[Report]] = defaultdict(list)
        # Urls serve matching only, which asks for reports by page.
        for chunk in chunks(set(event_ids)):
            rows = await self._session.execute(_of_events(pending=pending), {"events": chunk})
            for report in reports_of(rows):
                found[report.event_id].append(report)
        return dict(found)

    async def citing(self, urls: Iterable[str], day: date) -> list[Report]:
        """The reports of this day and its neighbours that ever cited one of the URLs."""
        reports: dict[int, Report] = {}
        for chunk in chunks(set(urls)):
            near = {"urls": chunk, "first": day - NEIGHBOUR, "last": day + NEIGHBOUR}
            rows = await self._session.execute(_citing(), near)
            reports |= {report.id: report for report in reports_of(rows)}
        return await self._with_urls([reports[number] for number in sorted(reports)])

    async def ripe(self, source_id: int) -> list[tuple[Report, datetime]]:
        """Reports with something that waits for its hold, and when their page was read."""
        statement = (
            select_reports()
            .add_columns(PAGES.c.read_at)
            .where(REPORTS.c.pending, PAGES.c.source_id == source_id)
            .order_by(REPORTS.c.page_id, REPORTS.c.position, REPORTS.c.id)
        )
        rows = [row for row in await self._session.execute(statement) if row.read_at]
        reports = await self._with_urls(reports_of(rows))
        return list(zip(reports, (row.read_at for row in rows), strict=True))

    async def gone(self, source_id: int, first: date, last: date) -> list[tuple[Report, datetime]]:
        """The reports that pages of these days had and have no more, and since when."""
        until = select(func.max(_VERSIONS.replaced_at)).where(_VERSIONS.report_id == REPORTS.c.id)
        statement = (
            select_reports()
            .add_columns(until.scalar_subquery().label("until"))
            .where(PAGES.c.source_id == source_id, PAGES.c.day.between(first, last))
            .where(REPORTS.c.seen.is_(None))
            .order_by(REPORTS.c.id)
        )
        rows = [row for row in await self._session.execute(statement) if row.until]
        return list(zip(reports_of(rows), (row.until for row in rows), strict=True))

    async def since(self, after_id: int, start: datetime) -> list[ToldReport]:
        """The reports after an id that were first seen at ``start`` or later, by id."""
        wanted = {"after": after_id, "start": start}
        rows = await self._session.execute(_since(is_all=not after_id), wanted)
        return [
            ToldReport(
                row.id,
                row.event_id,
                row.page_id,
                row.source_id,
                row.kind,
                row.first_seen_at,
                from_json(row.said),
            )
            for row in sorted(rows, key=attrgetter("id"))
            if row.said
        ]

    async def told_twice(self, event_ids: Collection[int]) -> frozenset[int]:
        """Those of the events that more than one source tells now."""
        found: set[int] = set()
        for chunk in chunks(set(event_ids)):
            statement = (
                select(REPORTS.c.event_id)
                .join(PAGES, PAGES.c.id == REPORTS.c.page_id)
                .where(REPORTS.c.event_id.in_(chunk), REPORTS.c.seen.is_not(None))
                .group_by(REPORTS.c.event_id)
                .having(func.count(distinct(PAGES.c.source_id)) > 1)
            )
            found.update(await self._session.scalars(statement))
        return frozenset(found)

    async def many(self, report_ids: Iterable[int]) -> dict[int, Report]:
        """These reports, by id."""
        reports: list[Report] = []
        for chunk in chunks(set(report_ids)):
            rows = await self._session.execute(_many(), {"reports": chunk})
            reports += reports_of(rows)
        return {report.id: report for report in await self._with_urls(reports)}

    async def versions(self, report_ids: Sequence[int]) -> int:
        """How many earlier wordings these reports have had."""
        statement = select(func.count()).where(VersionRow.report_id.in_(report_ids))
        return await self._session.scalar(statement) or 0

    async def count(self, source_id: int | None = None) -> int:
        """How many reports there are (of a source), whatever became of them."""
        statement = select(func.count()).select_from(REPORTS)
        if source_id is not None:
            pages = select(PAGES.c.id).where(PAGES.c.source_id == source_id)
            statement = statement.where(REPORTS.c.page_id.in_(pages))
        return await self._session.scalar(statement) or 0


@cache
def _of_events(*, pending: bool) -> Select[Any]:
    found = select_reports().where(REPORTS.c.event_id.in_(among("events")))
    return (found.where(REPORTS.c.pending) if pending else found).order_by(REPORTS.c.id)


@cache
def _citing() -> Select[Any]:
    is_near = _URLS.day.between(bindparam("first"), bindparam("last"))
    found = select(_URLS.report_id).where(_URLS.url.in_(among("urls")), is_near)
    return select_reports().where(REPORTS.c.id.in_(found))


@cache
def _many() -> Select[Any]:
    return select_reports().where(REPORTS.c.id.in_(among("reports")))


@cache
def _since(*, is_all: bool) -> Select[Any]:
    report = REPORTS.c
    recent = (
        select(
            report.id,
            report.event_id,
            report.page_id,
            PAGES.c.source_id,
            SOURCES.c.kind,
            report.first_seen_at,
            func.coalesce(report.seen, report.shown).label("said"),
        )
        .join(PAGES, PAGES.c.id == report.page_id)
        .join(SOURCES, SOURCES.c.id == PAGES.c.source_id)
        .where(report.first_seen_at >= bindparam("start"))
    )
    # Asked for those after none, or in their order, SQLite would read all reports ever kept.
    return recent if is_all else recent.where(report.id > bindparam("after"))
