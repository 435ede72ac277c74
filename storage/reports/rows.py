"""Reports on their way in and out: data objects and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, select

from storage.accounts import from_json, to_json
from storage.model import Account, Report, Standing, Telling
from storage.part import StorePart
from storage.statements import among, chunks, table_of
from storage.tables import PageRow, ReportRow, ReportUrlRow, SourceRow


@dataclass(frozen=True)
class ToldReport:
    """A report as others are compared with it: what it says, or said last."""

    id: int
    event_id: int
    page_id: int
    source_id: int
    kind: str
    at: datetime  # first seen
    account: Account


class ReportPart(StorePart):
    """A part of the store of reports."""

    async def _with_urls(self, reports: Sequence[Report]) -> list[Report]:
        urls: dict[int, set[str]] = defaultdict(set)
        for chunk in chunks([report.id for report in reports]):
            for report_id, url in await self._session.execute(_urls_of(), {"reports": chunk}):
                urls[report_id].add(url)
        return [replace(report, urls=frozenset(urls[report.id])) for report in reports]


REPORTS, PAGES, SOURCES = map(table_of, (ReportRow, PageRow, SourceRow))
_URL = table_of(ReportUrlRow).c


@cache
def select_reports() -> Select[Any]:
    """Reports, each with its source and that one's kind, as ``report_of`` takes them. From the
    tables themselves: mapped objects would cost more than reading the rows."""
    return (
        select(REPORTS, PAGES.c.source_id, SOURCES.c.kind)
        .join_from(REPORTS, PAGES, PAGES.c.id == REPORTS.c.page_id)
        .join(SOURCES, SOURCES.c.id == PAGES.c.source_id)
    )


@cache
def _urls_of() -> Select[Any]:
    return select(_URL.report_id, _URL.url).where(_URL.report_id.in_(among("reports")))


def reports_of(rows: Iterable[Row[Any]]) -> list[Report]:
    """The reports of such rows."""
    return [report_of(row) for row in rows]


def standing_columns(standing: Standing) -> dict[str, object]:
    """The columns that keep a standing."""
    seen = to_json(standing.seen) if standing.seen else None
    shown = seen
    if standing.shown is not standing.seen:
        shown = to_json(standing.shown) if standing.shown else None
    return {
        "seen": seen,
        "shown": shown,
        "visible": standing.visible,
        "since": {element: at.isoformat() for element, at in standing.since.items()},
        "pending": bool(standing.since),
    }


def report_of(row: Row[Any]) -> Report:
    """The report of a row of ``select_reports``."""
    return Report(
        id=row.id,
        page_id=row.page_id,
        event_id=row.event_id,
        position=row.position,
        telling=Telling(row.telling),
        first_seen_at=row.first_seen_at,
        standing=_standing(row),
        source_id=row.source_id,
        kind=row.kind,
    )


def _standing(row: Row[Any]) -> Standing:
    seen = from_json(row.seen) if row.seen else None
    shown = seen
    if row.shown != row.seen:
        shown = from_json(row.shown) if row.shown else None
    return Standing(
        seen=seen,
        shown=shown,
        visible=row.visible,
        since={key: datetime.fromisoformat(at) for key, at in row.since.items()},
    )
