"""Reports: what each page says, what readers see of it, and earlier wordings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Row, Select, distinct, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.accounts import from_json, to_json
from storage.model import Account, Report, Standing, Telling
from storage.statements import chunks, hold_joining, insert_new, insert_or_replace, reserve_ids
from storage.tables import (
    PageRow,
    ReportKeyRow,
    ReportRow,
    ReportUrlRow,
    SourceRow,
    VersionRow,
)

NEIGHBOUR = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """A report as others are compared with it: what it says, or said last."""

    id: int
    event_id: int
    page_id: int
    source_id: int
    kind: str
    at: datetime  # first seen
    account: Account


class ReportStore:
    """Reports with their standing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_page(self, page_id: int) -> list[Report]:
        """All reports that the page has ever had, in the order of their last place."""
        statement = _reports().where(ReportRow.page_id == page_id).order_by(ReportRow.position)
        return await self._with_urls(_found(await self._session.execute(statement)))

    async def of_events(
        self, event_ids: Iterable[int], *, pending: bool = False
    ) -> dict[int, list[Report]]:
        """The reports of each of these events, oldest first; or only those of which something
        waits for its hold."""
        found: dict[int, list[Report]] = defaultdict(list)
        # Urls serve matching only, which asks for reports by page.
        for chunk in chunks(set(event_ids)):
            statement = _reports().where(ReportRow.event_id.in_(chunk)).order_by(ReportRow.id)
            if pending:
                statement = statement.where(ReportRow.pending)
            for report in _found(await self._session.execute(statement)):
                found[report.event_id].append(report)
        return dict(found)

    async def citing(self, urls: Iterable[str], day: date) -> list[Report]:
        """The reports of this day and its neighbours that ever cited one of the URLs."""
        reports: dict[int, Report] = {}
        for chunk in chunks(set(urls)):
            found = select(ReportUrlRow.report_id).where(
                ReportUrlRow.url.in_(chunk),
                ReportUrlRow.day.between(day - NEIGHBOUR, day + NEIGHBOUR),
            )
            rows = await self._session.execute(_reports().where(ReportRow.id.in_(found)))
            reports |= {report.id: report for report in _found(rows)}
        return await self._with_urls([reports[number] for number in sorted(reports)])

    async def ripe(self, source_id: int) -> list[tuple[Report, datetime]]:
        """Reports with something that waits for its hold, and when their page was read."""
        statement = (
            _reports()
            .add_columns(PageRow.read_at)
            .where(ReportRow.pending, PageRow.source_id == source_id)
            .order_by(ReportRow.page_id, ReportRow.position, ReportRow.id)
        )
        rows = [tuple(row) for row in await self._session.execute(statement)]
        read = [row for row in rows if row[-1]]
        reports = await self._with_urls([_report(*row[:-1]) for row in read])
        return list(zip(reports, (row[-1] for row in read), strict=True))

    async def begin_joining(self) -> None:
        """Until this transaction ends, let nobody else join reports to events."""
        await hold_joining(self._session)

    async def since(self, after_id: int, start: datetime) -> list[Told]:
        """The reports after an id that were first seen at ``start`` or later, by id."""
        statement = (
            select(
                ReportRow.id,
                ReportRow.event_id,
                ReportRow.page_id,
                PageRow.source_id,
                SourceRow.kind,
                ReportRow.first_seen_at,
                func.coalesce(ReportRow.seen, ReportRow.shown).label("said"),
            )
            .join(PageRow, PageRow.id == ReportRow.page_id)
            .join(SourceRow, SourceRow.id == PageRow.source_id)
            .where(ReportRow.id > after_id, ReportRow.first_seen_at >= start)
            .order_by(ReportRow.id)
        )
        rows = await self._session.execute(statement)
        return [
            Told(
                row.id,
                row.event_id,
                row.page_id,
                row.source_id,
                row.kind,
                row.first_seen_at,
                from_json(row.said),
            )
            for row in rows
            if row.said
        ]

    async def told_twice(self, event_ids: Collection[int]) -> frozenset[int]:
        """Those of the events that more than one source tells now."""
        found: set[int] = set()
        for chunk in chunks(set(event_ids)):
            statement = (
                select(ReportRow.event_id)
                .join(PageRow, PageRow.id == ReportRow.page_id)
                .where(ReportRow.event_id.in_(chunk), ReportRow.seen.is_not(None))
                .group_by(ReportRow.event_id)
                .having(func.count(distinct(PageRow.source_id)) > 1)
            )
            found.update(await self._session.scalars(statement))
        return frozenset(found)

    async def by_keys(
        self, keys: Mapping[int, Collection[str]]
    ) -> dict[tuple[int, str], tuple[int, str]]:
        """The reports that pages (by id) know by these keys: their ids, and the digests of what
        they said under them last, by page and key."""
        pairs = [(page_id, key) for page_id, wanted in keys.items() for key in wanted]
        found: dict[tuple[int, str], tuple[int, str]] = {}
        row = ReportKeyRow.__table__.c
        for chunk in chunks(pairs):
            statement = select(row.page_id, row.key, row.report_id, row.digest).where(
                row.page_id.in_({page_id for page_id, _ in chunk}),
                row.key.in_({key for _, key in chunk}),
            )
            for page_id, key, report_id, digest in await self._session.execute(statement):
                found[page_id, key] = report_id, digest
        return {pair: found[pair] for pair in pairs if pair in found}

    async def add_keys(self, keys: Iterable[tuple[int, str, int, str]]) -> None:
        """Keep keys by which pages know reports, with the digests of what these say: (page,
        key, report, digest). A key stays with the first report that had it."""
        names = ("page_id", "key", "report_id", "digest")
        rows = [dict(zip(names, each, strict=True)) for each in keys]
        if rows:
            statement = insert_or_replace(
                self._session, ReportKeyRow, ("page_id", "key"), ("digest",)
            )
            await self._session.execute(statement, rows)

    async def many(self, report_ids: Iterable[int]) -> dict[int, Report]:
        """These reports, by id."""
        reports: list[Report] = []
        for chunk in chunks(set(report_ids)):
            rows = await self._session.execute(_reports().where(ReportRow.id.in_(chunk)))
            reports += _found(rows)
        return {report.id: report for report in await self._with_urls(reports)}

    async def reserve(self, count: int) -> list[int]:
        """Ids for reports that are to be added in this transaction."""
        return await reserve_ids(self._session, ReportRow, count)

    async def add(self, reports: Sequence[Report]) -> None:
        """Keep new reports with ids that were reserved for them."""
        rows = [
            {
                "id": report.id,
                "page_id": report.page_id,
                "event_id": report.event_id,
                "position": report.position,
                "telling": report.telling.value,
                "first_seen_at": report.first_seen_at,
                **_standing_columns(report.standing),
            }
            for report in reports
        ]
        if rows:
            await self._session.execute(insert(ReportRow), rows)

    async def save(self, reports: Sequence[Report]) -> None:
        """Keep the new standing and place of known reports."""
        rows = [
            {
                "id": report.id,
                "position": report.position,
                "telling": report.telling.value,
                **_standing_columns(report.standing),
            }
            for report in reports
        ]
        if rows:
            await self._session.execute(update(ReportRow), rows)

    async def add_urls(self, urls: Mapping[int, Iterable[str]], day: date) -> None:
        """Keep canonical URLs that reports (by id) of a day cite, new ones and known ones."""
        rows = [
            {"report_id": report_id, "url": url, "day": day}
            for report_id, cited in urls.items()
            for url in sorted(cited)
        ]
        if rows:
            statement = insert_new(self._session, ReportUrlRow, "report_id", "url")
            await self._session.execute(statement, rows)

    async def add_versions(self, replaced: Sequence[tuple[int, Account]], at: datetime) -> None:
        """Keep the wordings that reports (by id) had until ``at``."""
        rows = [
            {"report_id": report_id, "replaced_at": at, "account": to_json(account)}
            for report_id, account in replaced
        ]
        if rows:
            await self._session.execute(insert(VersionRow), rows)

    async def versions(self, report_ids: Sequence[int]) -> int:
        """How many earlier wordings these reports have had."""
        statement = select(func.count()).where(VersionRow.report_id.in_(report_ids))
        return await self._session.scalar(statement) or 0

    async def count(self) -> int:
        """How many reports there are, whatever became of them."""
        return await self._session.scalar(select(func.count()).select_from(ReportRow)) or 0

    async def _with_urls(self, reports: Sequence[Report]) -> list[Report]:
        urls: dict[int, set[str]] = defaultdict(set)
        for chunk in chunks([report.id for report in reports]):
            statement = select(ReportUrlRow.report_id, ReportUrlRow.url).where(
                ReportUrlRow.report_id.in_(chunk)
            )
            for report_id, url in await self._session.execute(statement):
                urls[report_id].add(url)
        return [replace(report, urls=frozenset(urls[report.id])) for report in reports]


def _reports() -> Select[ReportRow, int, str]:
    """Reports, each with its source and that one's kind."""
    return (
        select(ReportRow, PageRow.source_id, SourceRow.kind)
        .join(PageRow, PageRow.id == ReportRow.page_id)
        .join(SourceRow, SourceRow.id == PageRow.source_id)
    )


def _found(rows: Iterable[Row[ReportRow, int, str]]) -> list[Report]:
    return [_report(row, source_id, kind) for row, source_id, kind in rows]


def _standing_columns(standing: Standing) -> dict[str, object]:
    return {
        "seen": to_json(standing.seen) if standing.seen else None,
        "shown": to_json(standing.shown) if standing.shown else None,
        "visible": standing.visible,
        "since": {element: at.isoformat() for element, at in standing.since.items()},
        "pending": bool(standing.since),
    }


def _report(row: ReportRow, source_id: int, kind: str) -> Report:
    standing = Standing(
        seen=from_json(row.seen) if row.seen else None,
        shown=from_json(row.shown) if row.shown else None,
        visible=row.visible,
        since={key: datetime.fromisoformat(at) for key, at in row.since.items()},
    )
    return Report(
        id=row.id,
        page_id=row.page_id,
        event_id=row.event_id,
        position=row.position,
        telling=Telling(row.telling),
        first_seen_at=row.first_seen_at,
        standing=standing,
        source_id=source_id,
        kind=kind,
    )
