"""What pages say, kept: reports and their wordings, and what they are known by."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, and_, bindparam, func, insert, select, update

from storage.accounts import to_json
from storage.model import Account, Report
from storage.reports.rows import REPORTS, ReportPart, standing_columns
from storage.statements import (
    among,
    chunks,
    insert_new,
    insert_or_replace,
    reserve_ids,
    table_of,
)
from storage.tables import ReportKeyRow, ReportRow, ReportUrlRow, VersionRow

_KEY = table_of(ReportKeyRow).c


class Keeping(ReportPart):
    """Keeps reports."""

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
                **standing_columns(report.standing),
            }
            for report in reports
        ]
        if rows:
            await self._session.execute(insert(REPORTS), rows)

    async def save(self, reports: Sequence[Report]) -> None:
        """Keep the new standing and place of known reports."""
        rows = [
            {
                "report": report.id,
                "position": report.position,
                "telling": report.telling.value,
                **standing_columns(report.standing),
            }
            for report in reports
        ]
        if rows:
            await self._session.execute(_saving(), rows)

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
            await self._session.execute(insert(table_of(VersionRow)), rows)

    async def by_keys(
        self, keys: Mapping[int, Collection[str]]
    ) -> dict[tuple[int, str], tuple[int, str]]:
        """The reports that pages (by id) know by these keys: their ids, and the digests of what
        they said under them last, by page and key."""
        pairs = [(page_id, key) for page_id, wanted in keys.items() for key in wanted]
        found: dict[tuple[int, str], tuple[int, str]] = {}
        for chunk in chunks(pairs):
            for page_id, key, report_id, digest in await self._known_by(chunk):
                found[page_id, key] = report_id, digest
        return {pair: found[pair] for pair in pairs if pair in found}

    async def _known_by(self, pairs: Sequence[tuple[int, str]]) -> Iterable[Any]:
        """What is kept of these pairs of a page and a key; maybe of others of theirs, too."""
        if self._session.get_bind().dialect.name == "sqlite":
            return await self._session.execute(_pairs_known(), {"pairs": json.dumps(pairs)})
        pages, names = ({*each} for each in zip(*pairs, strict=True))
        wanted = {"pages": list(pages), "keys": list(names)}
        return await self._session.execute(_keys_known(), wanted)

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


@cache
def _saving() -> Update:
    return update(REPORTS).where(REPORTS.c.id == bindparam("report"))


@cache
def _keys_known() -> Select[Any]:
    found = select(_KEY.page_id, _KEY.key, _KEY.report_id, _KEY.digest)
    return found.where(_KEY.page_id.in_(among("pages")), _KEY.key.in_(among("keys")))


@cache
def _pairs_known() -> Select[Any]:
    """The same of ``pairs`` as JSON: of two lists SQLite would seek each key on each page."""
    pair = func.json_each(bindparam("pairs")).table_valued("value", name="pair")
    page, key = (func.json_extract(pair.c.value, f"$[{place}]") for place in (0, 1))
    found = select(_KEY.page_id, _KEY.key, _KEY.report_id, _KEY.digest).select_from(pair)
    return found.join(table_of(ReportKeyRow), and_(_KEY.page_id == page, _KEY.key == key))
