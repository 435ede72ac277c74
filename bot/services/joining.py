"""Which event each new report belongs to: by what it cites, else by what it says.

A wrong merge hides news and a split only repeats it: where the evidence is thin, split.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from bot.core.identity import entities_of
from bot.core.likeness import ComparedReport, RecentReports, Thresholds
from bot.services.linking import Arrival, Cited, late_links, numbered, relinked
from bot.services.merging import merge_events
from storage.database import Database, Transaction
from storage.model import PORTAL, Account, Report
from storage.reports import ToldReport

FEW = 100  # reports, that may be remembered in between


class Joining:
    """Remembers the reports of the last days, so that new ones are compared with them.

    What it remembers is what the database holds: it is read from there, and read anew after a
    transaction in which something was joined or reworded and that failed then. One for all
    sources of a process.
    """

    def __init__(self, thresholds: Thresholds = Thresholds()) -> None:  # noqa: B008  # frozen
        self._thresholds = thresholds
        self._memory = _Memory(RecentReports(thresholds))
        self._is_sure = True  # nothing is remembered that may be undone yet, or only in part
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self, database: Database, at: datetime) -> AsyncIterator[Transaction]:
        """A writing transaction in which nobody else joins reports to events, in this process
        or another; what others have committed is remembered at its beginning."""
        async with self._own_turn():
            if self._memory.last_id == 0:
                async with database.reading() as tx:  # the long way, while others write
                    news = await self._news(tx, at)
                await self._take_in(news, at)
            async with database.transaction() as tx:
                await tx.locks.joining()
                await self._take_in(await self._news(tx, at), at)
                yield tx
                if self._memory.is_merged:
                    self._memory.mark = await tx.events.merge_mark()
                    self._memory.is_merged = False

    @asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        """Nobody else of this process uses the memory; it is given up if it is unsure then."""
        async with self._turn:
            try:
                yield
            except BaseException:
                if not self._is_sure:
                    self._memory = _Memory(RecentReports(self._thresholds))
                raise
            finally:
                self._is_sure = True

    async def join(
        self, tx: Transaction, arrivals: Sequence[Arrival], page: str | None, at: datetime
    ) -> list[int]:
        """The events that new reports tell of, in their order, made where there are none (as
        of the portal's ``page``)."""
        cited = await Cited.near(tx, [arrival.account for arrival in arrivals])
        joined: list[int] = []
        for number, arrival in enumerate(arrivals, 1):
            told = _told(arrival, 0, at)
            event_id = self._event_of(arrival, told, cited, at) or -number
            joined.append(event_id)
            cited.add(arrival, event_id)
            self._keep(replace(told, event_id=event_id), at)
        numbers, made = await numbered(tx, arrivals, joined, page)
        for event_id, number in made.items():
            self._memory.recent.move(event_id, number)
        reports = Counter(numbers)
        self._memory.alone = {n for n in made.values() if reports[n] == 1}
        return numbers

    async def preview(
        self, tx: Transaction, arrivals: Sequence[Arrival], at: datetime
    ) -> list[int | None]:
        """The events that reports would join (None: new ones), each by itself. Keeps nothing."""
        async with self._own_turn():
            await self._take_in(await self._news(tx, at), at)
        cited = await Cited.near(tx, [arrival.account for arrival in arrivals])
        return [self._event_of(arrival, _told(arrival, 0, at), cited, at) for arrival in arrivals]

    async def unite(self, tx: Transaction, event_ids: Iterable[int], at: datetime) -> list[int]:
        """Merge events that reports have joined with others that turn out to be the same; the
        events that are left of them."""
        left = dict.fromkeys(event_ids)
        # A report that has just joined none is like none.
        for event_id in [number for number in left if number not in self._memory.alone]:
            while (twin := self._memory.recent.twin(event_id)) is not None:
                for one in (event_id, twin):
                    left.pop(one, None)
                event_id = await self.merge(tx, event_id, twin, at)
                left[event_id] = None
        return list(left)

    async def merge(self, tx: Transaction, one: int, other: int, at: datetime) -> int:
        """Make one event of two; the older one, which is left."""
        # Either may have been merged in this very transaction: what its number leads to goes.
        ends = [await tx.events.survivor(number) for number in (one, other)]
        kept = await merge_events(tx, one, other, at)
        self._is_sure = False
        self._memory.alone.difference_update((kept, *ends))
        for gone in ends:
            if gone is not None and gone != kept:
                self._memory.recent.move(gone, kept)
        self._memory.is_merged = True
        return kept

    def alone(self) -> frozenset[int]:
        """The events of one report each that the last joining has made, to be asked for in its
        transaction."""
        return frozenset(self._memory.alone)

    def nearest(
        self, account: Account, source_id: int, at: datetime, least: float
    ) -> tuple[int, float] | None:
        """The report of a source that is most like an account: its id, and how much (0 to 1).
        Less alike than ``least`` is as good as none."""
        arrival = Arrival(0, account, 0, source_id, "")
        return self._memory.recent.nearest(_told(arrival, 0, at), source_id, least)

    def reworded(self, reports: Iterable[Report], at: datetime) -> None:
        """Remember the new words of known reports, unless these are too old by now."""
        for report in reports:
            words = report.standing.seen or report.standing.shown
            is_recent = report.first_seen_at > at - self._thresholds.window
            if words is not None and is_recent and report.id <= self._memory.last_id:
                arrival = Arrival(report.id, words, report.page_id, report.source_id, report.kind)
                first_seen = report.first_seen_at
                self._keep(_told(arrival, report.event_id, first_seen), first_seen)

    def _event_of(
        self, arrival: Arrival, told: ComparedReport, cited: Cited, at: datetime
    ) -> int | None:
        by_link = cited.event_of(arrival)
        if by_link is not None or not self._is_fresh(told, at):
            return by_link
        return self._memory.recent.join(told)

    def _is_fresh(self, told: ComparedReport, at: datetime) -> bool:
        return told.at > at - self._thresholds.window

    def _keep(self, told: ComparedReport, at: datetime) -> None:
        self._is_sure = False
        if self._is_fresh(told, at):
            self._memory.recent.keep(told)
        self._memory.last_id = max(self._memory.last_id, told.report_id)

    async def _news(self, tx: Transaction, at: datetime) -> _News:
        """What was committed since, or all there is where merged events were parted."""
        last_id, known_mark = self._memory.last_id, self._memory.mark
        mark = await tx.events.merge_mark()
        merges: Sequence[tuple[int, int]] = ()
        if known_mark is not None and known_mark != mark:
            last, undone = known_mark
            if undone != mark[1]:
                last_id = 0
            else:
                merges = await tx.events.merges_after(last)
        reports = await tx.reports.since(last_id, at - self._thresholds.window)
        apart = await tx.events.kept_apart() if last_id == 0 else ()
        return _News(mark, last_id == 0, merges, reports, apart)

    async def _take_in(self, news: _News, at: datetime) -> None:
        """Remember what was committed, and forget what is too old by now."""
        self._is_sure = False
        since = at - self._thresholds.window
        if news.is_all:
            self._memory = _Memory(RecentReports(self._thresholds))
            await asyncio.to_thread(self._memory.warm_up, at)
        for gone, kept in news.merges:
            self._memory.recent.move(gone, kept)
        for one, other in news.apart:
            self._memory.recent.apart(one, other)
        if len(news.reports) > FEW:
            await asyncio.to_thread(self._memory.remember, news.reports, since)
        else:
            self._memory.remember(news.reports, since)
        self._memory.mark = news.mark
        self._is_sure = True


async def unite_changed(
    tx: Transaction,
    before: Mapping[int, Report],
    changed: Sequence[Report],
    new: Sequence[Report],
    at: datetime,
    joining: Joining | None,
) -> None:
    """Merge events that turn out to be one: by a link that is shown of a report at once, or by
    what the new reports have added."""
    if joining is not None:
        joining.reworded(changed, at)  # before any merge: these know only what they belonged to
    await unite_relinked(tx, before, changed, at, joining)
    if joining is not None:
        await joining.unite(tx, {report.event_id for report in new}, at)


async def unite_relinked(
    tx: Transaction,
    before: Mapping[int, Report],
    after: Sequence[Report],
    at: datetime,
    joining: Joining | None,
) -> list[int]:
    """Merge events that turn out to be one by links that are shown of reports ``after`` and were
    not ``before``; the events that are left of them. A link that has yet to stand its hold may
    be a mistake, and what it would merge does not part again by itself."""
    merge = merger(tx, joining)
    pairs = await late_links(tx, relinked(before, after))
    return [await merge(one, other, at) for one, other in pairs]


def merger(
    tx: Transaction, joining: Joining | None
) -> Callable[[int, int, datetime], Awaitable[int]]:
    """What merges two events, as ``merge_events`` does; ``joining``, if any, is told."""
    return partial(merge_events, tx) if joining is None else partial(joining.merge, tx)


@dataclass(frozen=True)
class _News:
    """What the database holds and is not remembered yet, after which merges; whether that
    ``is_all`` there is, and the pairs of events that are to be kept apart then."""

    mark: tuple[int, int]
    is_all: bool
    merges: Sequence[tuple[int, int]]
    reports: Sequence[ToldReport]
    apart: Iterable[tuple[int, int]]


@dataclass
class _Memory:
    """The reports remembered, up to which id, and after which merges."""

    recent: RecentReports
    last_id: int = 0
    mark: tuple[int, int] | None = None
    is_merged: bool = False  # by us, since then
    # Events that the last joining made, each of one report still.
    alone: set[int] = field(default_factory=set)

    def warm_up(self, at: datetime) -> None:
        """Read the tables that comparing needs, which takes half a second once."""
        self.recent.join(ComparedReport(0, 0, 0, at, "Two people meet in Paris on Monday."))

    def remember(self, reports: Sequence[ToldReport], since: datetime) -> None:
        """Take in what was committed; what is older than ``since`` goes."""
        for known in reports:
            arrival = Arrival(known.id, known.account, known.page_id, known.source_id, known.kind)
            told = _told(arrival, known.event_id, known.at)
            if told.at > since:
                self.recent.keep(told)
            self.last_id = known.id
        self.recent.forget(since)


def _told(arrival: Arrival, event_id: int, at: datetime) -> ComparedReport:
    account = arrival.account
    return ComparedReport(
        report_id=arrival.report_id,
        event_id=event_id,
        source_id=arrival.source_id,
        at=_moment(account.day, at),
        text=account.full_text,
        language=account.language,
        entities=entities_of(account),
        listed=arrival.kind == PORTAL,
    )


def _moment(day: date, first_seen: datetime) -> datetime:
    """When a report was told at the latest: when it was first seen, or its day's end."""
    end = datetime.combine(day + timedelta(days=1), time.min, UTC)
    return min(first_seen, end)
