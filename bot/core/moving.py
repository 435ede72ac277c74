"""Which report that one page no longer has is the one that another page has now?

Editors move what stands on the wrong day, and reword it or give it a better link as they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.conflicts import texts_conflict
from bot.core.identity import (
    SAME_REPORT_LIKENESS,
    KnownReport,
    evidence_urls,
    match_reports,
    text_likeness,
)
from storage.model import Account

# What goes and comes within this time has been moved, if it is alike. Of what came later only
# the same words or a link prove it: much of what happens each day is worded alike.
AT_ONCE = timedelta(hours=1)


@dataclass(frozen=True)
class PlacedReport:
    """A report in its last words, and the time from which its page has it, or has it no more."""

    id: int
    account: Account
    at: datetime


def moved(gone: Sequence[PlacedReport], new: Sequence[PlacedReport]) -> list[tuple[int, int]]:
    """The pairs of a new report and one that is gone from another page, by id, that are one
    report; each is in one pair at most."""
    before = {report.id: report for report in gone}
    known = [
        KnownReport(report.id, report.account.text, evidence_urls(report.account), present=False)
        for report in gone
    ]
    matches = match_reports(known, [report.account for report in new])
    return [
        (report.id, match)
        for report, match in zip(new, matches, strict=True)
        if match is not None and _is_one(report, before[match])
    ]


def _is_one(new: PlacedReport, gone: PlacedReport) -> bool:
    one, other = new.account, gone.account
    if text_likeness(one.text, other.text) < SAME_REPORT_LIKENESS:
        return False
    if texts_conflict(one.text, other.text):
        return False
    is_same = one.text == other.text or not evidence_urls(one).isdisjoint(evidence_urls(other))
    return is_same or abs(new.at - gone.at) <= AT_ONCE
