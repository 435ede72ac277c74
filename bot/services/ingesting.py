"""What sources say becomes what readers see.

``ingest_page`` keeps what a page says; ``settle_source`` lets count what has stood for its hold,
and commits with it the announcements that follow. Both work inside a caller's
transaction, so that "seen" and what follows from it are saved together or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from bot.core.identity import KnownReport, evidence_urls, match_reports
from bot.core.schedule import is_doubtful
from bot.core.standing import observe, settle, show_at_once
from bot.services.joining import Joining, unite_changed
from bot.services.linking import Arrival, join_by_links
from bot.services.moving import first_shown, unite_settled
from bot.services.naming import with_names
from bot.services.showing import refresh_events
from storage.database import Transaction
from storage.model import PORTAL, Account, Page, PageReading, Report, Source, Standing, Telling

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Version:
    """A page's version as read: its revision (any text that changes with the content),
    and whether what is new in it may push."""

    reading: PageReading
    revision: str
    telling: Telling


async def ingest_page(
    tx: Transaction,
    source: Source,
    version: Version,
    at: datetime,
    joining: Joining | None = None,
) -> int:
    """Keep what a page said at ``at``; how many reports were new. Nothing is shown yet,
    except what may not push (``Telling.SILENT``): that waits for no hold.

    ``joining`` (whose transaction ``tx`` is) makes one event of reports that say the same;
    without it only what they cite does.
    """
    if joining is None:
        await tx.locks.joining()
    page = await tx.sources.page(source.id, version.reading.page, version.reading.day)
    if page.revision == version.revision:
        await tx.sources.save_page(replace(page, read_at=at, doubtful=None, doubtful_since=None))
        return 0
    _log_dropped(version.reading)
    known = await tx.reports.of_page(page.id)
    matches = match_reports([_known(report) for report in known], version.reading.accounts)
    doubt = _doubt(page, version, known, matches, at)
    if doubt is not None:
        await tx.sources.save_page(doubt)
        return 0
    version = replace(version, reading=await with_names(tx, version.reading, known, matches))
    new = await _keep(tx, page, version, known, matches, at, joining)
    await tx.sources.save_page(
        replace(page, revision=version.revision, read_at=at, doubtful=None, doubtful_since=None)
    )
    return new


async def settle_source(
    tx: Transaction,
    source: Source,
    at: datetime,
    hold: timedelta,
    joining: Joining | None = None,
) -> list[int]:
    """Let count all that has stood for ``hold``, and what another source tells as well; the
    ids of the events that changed. ``joining`` as for ``ingest_page``."""
    if joining is None:
        await tx.locks.joining()
    pending = await tx.reports.ripe(source.id)
    first = [report.event_id for report, _ in pending if not report.standing.visible]
    sure = await tx.reports.told_twice(first)
    settled = [
        replace(report, standing=standing)
        for report, read_at in pending
        if (standing := _settled(report, read_at, hold, sure)) != report.standing
    ]
    await tx.reports.save(settled)
    before = {report.id: report for report, _ in pending}
    united = await unite_settled(tx, before, settled, at, joining)
    changed = await refresh_events(tx, settled, at, joined=first_shown(before, settled))
    return list(dict.fromkeys([*united, *changed]))


async def end_holds(
    tx: Transaction, joining: Joining, event_ids: Collection[int], at: datetime
) -> tuple[list[Report], set[int]]:
    """Let count at once what waits to be shown of events that several sources tell; the
    reports that changed, and which (by id) are shown for the first time."""
    pending = await tx.reports.of_events(event_ids, pending=True)
    awaited = [
        report for report in chain.from_iterable(pending.values()) if _is_awaited(report.standing)
    ]
    sure = await tx.reports.told_twice({report.event_id for report in awaited})
    settled = [
        replace(report, standing=settle(report.standing, at, timedelta(0)))
        for report in awaited
        if report.event_id in sure
    ]
    await tx.reports.save(settled)
    before = {report.id: report for report in awaited}
    await unite_settled(tx, before, settled, at, joining)
    return settled, first_shown(before, settled)


def _settled(report: Report, read_at: datetime, hold: timedelta, sure: Collection[int]) -> Standing:
    """What stands of a report: what is there for the first time needs no hold where it is
    told by another source as well."""
    is_sure = report.event_id in sure and _is_awaited(report.standing)
    return settle(report.standing, read_at, timedelta(0) if is_sure else hold)


def _is_awaited(standing: Standing) -> bool:
    """Whether it is there, and waits to be shown (again)."""
    return standing.seen is not None and not standing.visible


def _doubt(
    page: Page,
    version: Version,
    known: Sequence[Report],
    matches: Sequence[int | None],
    at: datetime,
) -> Page | None:
    """The page with this version noted as one that does not count (yet), or None."""
    if not version.reading.readable:
        if page.doubtful != version.revision:
            log.warning("%s: unreadable version %s changes nothing", page.name, version.revision)
        return replace(page, doubtful=version.revision, doubtful_since=None)
    present = {report.id for report in known if report.standing.seen}
    lost = len(present - set(matches))
    since = page.doubtful_since
    is_second = since is not None and page.doubtful != version.revision
    if is_second or not is_doubtful(len(present), lost, since, at):
        return None
    log.warning("%s: version %s lost %d of %d reports, waiting for confirmation",
                page.name, version.revision, lost, len(present))  # fmt: skip
    return replace(page, doubtful=version.revision, doubtful_since=since or at)


async def _keep(
    tx: Transaction,
    page: Page,
    version: Version,
    known: Sequence[Report],
    matches: Sequence[int | None],
    at: datetime,
    joining: Joining | None,
) -> int:
    """Keep what the page says now: reports gone, changed and new; how many are new."""
    before = {report.id: report for report in known}
    gone = [
        replace(report, standing=observe(report.standing, None, at))
        for report in known
        if report.id not in matches and report.standing.seen
    ]
    continued = [
        _continue(before[match], account, position, version.telling, at)
        for position, (account, match) in enumerate(
            zip(version.reading.accounts, matches, strict=True)
        )
        if match is not None
    ]
    changed = [report for report in (*gone, *continued) if report != before[report.id]]
    await tx.reports.save(changed)
    await tx.reports.add_versions(_replaced(changed, before), at)
    await tx.reports.add_urls(_cited(changed), page.day)
    new = await _add_new(tx, page, version, matches, at, joining)
    await tx.reports.add_urls(_cited(new), page.day)
    await unite_changed(tx, before, changed, new, at, joining)
    if version.telling is Telling.SILENT:
        await refresh_events(tx, [*changed, *new], at)
    return len(new)


def _continue(
    report: Report, account: Account, position: int, telling: Telling, at: datetime
) -> Report:
    """A known report with the words, place and URLs that its page gives it now.

    What waits for its hold goes on waiting, whatever brings the page again; and as long as
    the report was never shown, or waits with what was missed in a gap, it is told as it was
    first meant to be.
    """
    before = report.standing
    if telling is Telling.SILENT and not before.since:
        standing = show_at_once(account)
    else:
        standing = observe(before, account, at)
    was_missed = report.telling is Telling.CATCH_UP
    as_before = before.seen == account or (before.since and (was_missed or not before.visible))
    return replace(
        report,
        position=position,
        standing=standing,
        telling=report.telling if as_before else telling,
        urls=report.urls | evidence_urls(account),
    )


def _replaced(changed: Sequence[Report], before: Mapping[int, Report]) -> list[tuple[int, Account]]:
    """The wordings that stand no more, by report."""
    pairs = ((report, before[report.id].standing.seen) for report in changed)
    return [
        (report.id, earlier)
        for report, earlier in pairs
        if earlier not in (None, report.standing.seen)
    ]


def _cited(reports: Sequence[Report]) -> dict[int, frozenset[str]]:
    """The URLs of the reports that stand on their page, by report."""
    return {report.id: report.urls for report in reports if report.standing.seen}


async def _add_new(
    tx: Transaction,
    page: Page,
    version: Version,
    matches: Sequence[int | None],
    at: datetime,
    joining: Joining | None,
) -> list[Report]:
    """Keep the accounts that continue no known report, each with its event."""
    pairs = enumerate(zip(version.reading.accounts, matches, strict=True))
    new = [(position, account) for position, (account, match) in pairs if match is None]
    if not new:
        return []
    ids = await tx.reports.reserve(len(new))
    arrivals = [
        Arrival(number, account, page.id, page.source_id, PORTAL)
        for number, (_, account) in zip(ids, new, strict=True)
    ]
    if joining is None:
        events = await join_by_links(tx, arrivals, page.name)
    else:
        events = await joining.join(tx, arrivals, page.name, at)
    reports = [
        _new_report(arrival, event_id, position, version.telling, at)
        for arrival, event_id, (position, _) in zip(arrivals, events, new, strict=True)
    ]
    await tx.reports.add(reports)
    return reports


def _new_report(
    arrival: Arrival, event_id: int, position: int, telling: Telling, at: datetime
) -> Report:
    account = arrival.account
    silent = telling is Telling.SILENT
    return Report(
        id=arrival.report_id,
        page_id=arrival.page_id,
        event_id=event_id,
        position=position,
        telling=telling,
        first_seen_at=at,
        standing=show_at_once(account) if silent else observe(Standing(), account, at),
        urls=evidence_urls(account),
        source_id=arrival.source_id,
    )


def _known(report: Report) -> KnownReport:
    """A report as the matching needs it; one that was gone before it was ever shown has
    only its links left to be known by."""
    words = report.standing.seen or report.standing.shown
    return KnownReport(
        id=report.id,
        text=words.text if words else "",
        urls=report.urls,
        present=report.standing.seen is not None,
    )


def _log_dropped(reading: PageReading) -> None:
    for item in reading.dropped:
        log.info("%s: dropped (%s): %.120s", reading.page, item.reason, item.text)
