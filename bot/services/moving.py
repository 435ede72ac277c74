"""What counts now may make one event of two: by a link, or as its editors have moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.moving import PlacedReport, moved
from bot.core.schedule import LATE_EDIT_DAYS
from bot.services.joining import Joining, merger, unite_relinked
from storage.database import Transaction
from storage.model import Report

_NEAR = timedelta(days=LATE_EDIT_DAYS)  # the pages that are still read


async def unite_settled(
    tx: Transaction,
    before: Mapping[int, Report],
    settled: Sequence[Report],
    at: datetime,
    joining: Joining | None,
) -> list[int]:
    """Merge events that turn out to be one by what counts now; those that are left of them."""
    united = await unite_relinked(tx, before, settled, at, joining)
    numbers = first_shown(before, settled)
    shown = [report for report in settled if report.id in numbers]
    return [*united, *await _unite_moved(tx, shown, at, joining)]


def first_shown(before: Mapping[int, Report], settled: Sequence[Report]) -> set[int]:
    """The reports that were never shown ``before`` (by id)."""
    return {
        report.id
        for report in settled
        if report.standing.visible and before[report.id].standing.shown is None
    }


async def _unite_moved(
    tx: Transaction, shown: Sequence[Report], at: datetime, joining: Joining | None
) -> list[int]:
    """Merge the events of reports that are ``shown`` for the first time with those of which they
    have been moved from another page of their source; the events that are left of them.

    It is asked just before anybody is told: which of the two pages was changed, or read, first
    makes no difference then.
    """
    merge = merger(tx, joining)
    return [await merge(one, other, at) for one, other in await _moved(tx, shown)]


async def _moved(tx: Transaction, shown: Sequence[Report]) -> list[tuple[int, int]]:
    """The pairs of events that are one, but for those that an operator has parted."""
    events = {report.id: report.event_id for report in shown}
    pairs: list[tuple[int, int]] = []
    for source_id in {report.source_id for report in shown}:
        new = [
            PlacedReport(report.id, account, report.first_seen_at)
            for report in shown
            if report.source_id == source_id and (account := report.standing.shown)
        ]
        days = [report.account.day for report in new]
        gone = await tx.reports.gone(source_id, min(days) - _NEAR, max(days) + _NEAR)
        placed = []
        for report, since in gone:
            if report.standing.shown:
                events[report.id] = report.event_id
                placed.append(PlacedReport(report.id, report.standing.shown, since))
        pairs += moved(placed, new)
    found = {(events[one], events[other]) for one, other in pairs}
    apart = await tx.events.kept_apart() if found else []
    return sorted(
        pair for pair in found if pair[0] != pair[1] and (min(pair), max(pair)) not in apart
    )
