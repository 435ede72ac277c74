"""Which event a new report belongs to by what it cites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Self

from bot.core.identity import COMMON_LINK_EVENTS, Neighbour, evidence_urls, join_event
from bot.core.standing import settle
from storage.database import Transaction
from storage.model import FEED, Account, Report


@dataclass(frozen=True)
class Arrival:
    """A new report that has no event yet: its id, what it says, and which page (by id) of
    which source says it."""

    report_id: int
    account: Account
    page_id: int
    source_id: int
    kind: str


class Cited:
    """Reports that cite what new ones may cite too, found by what they cite."""

    def __init__(self) -> None:
        self._by_url: dict[str, list[_Near]] = {}

    @classmethod
    async def near(cls, tx: Transaction, accounts: Sequence[Account]) -> Self:
        """Those known, near the days of these accounts, that cite what these do."""
        wanted: dict[date, set[str]] = {}
        for account in accounts:
            wanted.setdefault(account.day, set()).update(evidence_urls(account))
        found = [await tx.reports.citing(urls, day) for day, urls in wanted.items() if urls]
        reports = {report.id: report for report in chain.from_iterable(found)}
        cited = cls()
        for number in sorted(reports):
            cited._take(reports[number])
        return cited

    def add(self, arrival: Arrival, event_id: int) -> None:
        """Take in a new report, with its event."""
        urls = evidence_urls(arrival.account)
        neighbour = Neighbour(event_id, arrival.account, urls, present=True)
        self._note(_Near(neighbour, arrival.source_id))

    def event_of(self, arrival: Arrival, but: int = 0) -> int | None:
        """The event that a report belongs to by what it cites, other than ``but``."""
        account = arrival.account
        urls = evidence_urls(account)
        near = {id(one): one for url in urls for one in self._telling(url, account.day, but)}
        return join_event(
            account,
            [
                replace(one.neighbour, elsewhere=one.source_id != arrival.source_id)
                for one in near.values()
            ],
        )

    def _take(self, report: Report) -> None:
        words = report.standing.seen or report.standing.shown
        if words is not None:
            is_present = report.standing.seen is not None
            neighbour = Neighbour(report.event_id, words, _drawing_urls(report), is_present)
            self._note(_Near(neighbour, report.source_id))

    def _telling(self, url: str, day: date, but: int) -> list[_Near]:
        """Those near a day that cite a URL; none where too many events do for it to prove
        anything (a feed may give one link to all its entries)."""
        found: list[_Near] = []
        events: set[int] = set()
        for one in self._by_url.get(url, ()):
            if one.neighbour.event_id != but and one.is_near(day):
                found.append(one)
                events.add(one.neighbour.event_id)
                if len(events) == COMMON_LINK_EVENTS:
                    return []
        return found

    def _note(self, near: _Near) -> None:
        for url in near.neighbour.urls:
            self._by_url.setdefault(url, []).append(near)


@dataclass(frozen=True)
class _Near:
    neighbour: Neighbour
    source_id: int

    def is_near(self, day: date) -> bool:
        """Whether it is of this day, or the one before or after it."""
        return abs(self.neighbour.account.day - day) <= timedelta(days=1)


async def join_by_links(tx: Transaction, arrivals: Sequence[Arrival], page: str) -> list[int]:
    """The events that new reports of one page belong to by their links alone, made where
    there are none."""
    cited = await Cited.near(tx, [arrival.account for arrival in arrivals])
    joined: list[int] = []
    for number, arrival in enumerate(arrivals, 1):
        joined.append(cited.event_of(arrival) or -number)
        cited.add(arrival, joined[-1])
    numbers, _ = await numbered(tx, arrivals, joined, page)
    return numbers


async def late_links(tx: Transaction, reports: Sequence[Report]) -> list[tuple[int, int]]:
    """The pairs of events that are one by what is shown of what these reports cite by now, but
    for those that an operator has parted."""
    arrivals = {
        report.id: Arrival(report.id, account, report.page_id, report.source_id, report.kind)
        for report in reports
        if (account := report.standing.shown) is not None
    }
    if not arrivals:
        return []
    cited = await Cited.near(tx, [arrival.account for arrival in arrivals.values()])
    found: dict[tuple[int, int], None] = {}
    for report in reports:
        arrival = arrivals.get(report.id)
        other = cited.event_of(arrival, but=report.event_id) if arrival else None
        if other is not None:
            found[report.event_id, other] = None
    apart = await tx.events.kept_apart() if found else []
    return [pair for pair in found if (min(pair), max(pair)) not in apart]


def relinked(before: Mapping[int, Report], after: Sequence[Report]) -> list[Report]:
    """Those reports of which more links are shown now than ``before``, or, where nothing was
    shown of them, than they had joined their events with."""
    return [
        report
        for report in after
        if _shown_urls(report) - (_shown_urls(before[report.id]) or _first_urls(before[report.id]))
    ]


def _drawing_urls(report: Report) -> frozenset[str]:
    """The URLs that draw others to a report's event: those that have stood their hold, or, as
    long as nothing of it was shown, those that it waits with. Publishers, who wait for no hold,
    change the links of one article: each that they ever gave counts."""
    if report.kind == FEED:
        return report.urls
    said = report.standing.shown or report.standing.seen
    return evidence_urls(said) if said else frozenset()


def _shown_urls(report: Report) -> frozenset[str]:
    shown = report.standing.shown
    return evidence_urls(shown) if shown else frozenset()


def _first_urls(report: Report) -> frozenset[str]:
    """Of what a report cites, the URLs that it has had since it was first seen."""
    as_if_visible = replace(report.standing, visible=True)
    first = settle(as_if_visible, report.first_seen_at, timedelta(0)).shown
    return evidence_urls(first) if first else frozenset()


async def numbered(
    tx: Transaction, arrivals: Sequence[Arrival], joined: Sequence[int], page: str | None
) -> tuple[list[int], dict[int, int]]:
    """The events that reports have joined, with those made that are new (numbers below 0: the
    first report that has joined it, counted from 1); and the numbers that these got."""
    new = list(dict.fromkeys(event_id for event_id in joined if event_id < 0))
    if not new:
        return list(joined), {}
    first = arrivals[-new[0] - 1].account
    numbers = await tx.events.create(len(new), first.day, page, first.language)
    made = dict(zip(new, numbers, strict=True))
    return [made.get(event_id, event_id) for event_id in joined], made
