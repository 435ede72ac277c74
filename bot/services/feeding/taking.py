"""The entries of feeds become reports of events.

An entry keeps its identity by its article's canonical link, then by its GUID or its article's
number, where its words are not all others; then by likeness to one that its feed no longer has,
or by the very words of an older one: publishers give new titles, GUIDs and links to what they
have told before, and old GUIDs to what is new. Entries wait for no hold, and one that
scrolls out withdraws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core.identity import evidence_urls
from bot.core.standing import show_at_once
from bot.services.feeding.matching import doubtful_in, is_as_known, matches_of, retold_by
from bot.services.feeding.polled import PolledEntry, items_of, keys_of
from bot.services.feeding.remembering import FeedVersion, Remembered
from bot.services.ingesting import end_holds
from bot.services.joining import Joining
from bot.services.linking import Arrival, late_links
from bot.services.naming import names_in
from bot.services.showing import refresh_events
from bot.sources.feeds import Entry
from storage.database import Transaction
from storage.model import FEED, Account, Link, Report, Telling


@dataclass(frozen=True)
class Taken:
    """The feeds (by id) that had something new, the events that readers see changed, and each
    feed's version as it is to be remembered."""

    fresh: frozenset[int] = frozenset()
    changed: Sequence[int] = ()
    versions: Mapping[int, Remembered] = field(default_factory=dict)


async def take(
    tx: Transaction, joining: Joining, versions: Sequence[FeedVersion], at: datetime
) -> Taken:
    """Keep what feeds said at ``at``; ``tx`` is a transaction of ``joining``, unless all their
    entries are as before."""
    pages = await _pages(tx, versions, at)
    items = items_of(versions, pages, at)
    if not items:
        return Taken(versions=_kept(versions, pages, ()))
    known = await tx.reports.by_keys(keys_of(items))
    standing = {number for version in versions for number in version.standing.values()}
    doubtful = await tx.reports.many(doubtful_in(items, known))
    matches = matches_of(items, known, standing, doubtful)
    new = [item for item, number in matches if number is None]
    present = standing.union(number for _, number in matches if number)
    retold = await retold_by(tx, new, known, joining, present, at)
    again = [(item, number) for item in new if (number := retold.get(item.place))]
    differing = [
        (item, number) for item, number in matches if number and not is_as_known(item, known)
    ]
    changed = await _keep_changed(tx, joining, [*differing, *again], at)
    first = [item for item in new if item.place not in retold]
    added = await _add(tx, joining, first, at)
    events = await joining.unite(tx, {report.event_id for report in added}, at)
    alone = joining.alone() if added else frozenset()
    others = [event_id for event_id in events if event_id not in alone]
    settled, first_shown = await end_holds(tx, joining, others, at)
    joined = first_shown.union(report.id for report in added)
    seen = await refresh_events(tx, [*changed, *added, *settled], at, alone, joined)
    fresh = {report.source_id for report in (*changed, *added)}
    found = [
        *((item, number) for item, number in matches if number),
        *again,
        *((item, report.id) for item, report in zip(first, added, strict=True)),
    ]
    return Taken(frozenset(fresh), seen, _kept(versions, pages, found))


async def _pages(tx: Transaction, versions: Sequence[FeedVersion], at: datetime) -> dict[int, int]:
    """The page of each feed, both by id."""
    known = {version.feed.id: version.before.page_id for version in versions if version.before}
    new = [version.feed.id for version in versions if version.feed.id not in known]
    pages = await tx.sources.own_pages(new, at.date()) if new else {}
    return known | {feed_id: page.id for feed_id, page in pages.items()}


def _kept(
    versions: Sequence[FeedVersion],
    pages: Mapping[int, int],
    found: Iterable[tuple[PolledEntry, int]],
) -> dict[int, Remembered]:
    """The version of each feed as it is to be remembered, with the reports that its entries
    have come to."""
    reports: dict[int, dict[Entry, int]] = {}
    for item, number in found:
        reports.setdefault(item.place[0], {})[item.entry] = number
    return {
        version.feed.id: version.kept(pages[version.feed.id], reports.get(version.feed.id, {}))
        for version in versions
    }


async def _keep_changed(
    tx: Transaction, joining: Joining, pairs: Sequence[tuple[PolledEntry, int]], at: datetime
) -> list[Report]:
    """Keep the new words of known reports, and the keys that are new; the reports changed."""
    if not pairs:
        return []
    before = await tx.reports.many(number for _, number in pairs)
    latest = {number: item for item, number in pairs if number in before}
    reworded = {
        number: item for number, item in latest.items() if _differs(before[number], item.account)
    }
    names = await names_in(tx, [item.account for item in reworded.values()])
    changed = [
        _reworded(before[number], replace(item.account, names=named), item.version.telling)
        for (number, item), named in zip(reworded.items(), names, strict=True)
    ]
    await tx.reports.save(changed)
    await tx.reports.add_versions(
        [(report.id, shown) for report in changed if (shown := before[report.id].standing.seen)],
        at,
    )
    await _add_urls(tx, changed)
    await tx.reports.add_keys(
        (item.page_id, key, number, digest)
        for item, number in pairs
        for key, digest in item.known_by
    )
    joining.reworded(changed, at)  # before any merge: these know only what they belonged to
    relinked = [report for report in changed if report.urls - before[report.id].urls]
    for one, other in await late_links(tx, relinked):
        await joining.merge(tx, one, other, at)
    return changed


def _differs(report: Report, account: Account) -> bool:
    """Whether an entry says anything else than its report has it. Its day stays the first one:
    publishers date again what they touch."""
    seen = report.standing.seen
    return seen is None or replace(account, names=seen.names, day=seen.day) != seen


def _reworded(report: Report, account: Account, telling: Telling) -> Report:
    """A report with new words. What they name now is told as its feed may tell now."""
    seen = report.standing.seen
    account = replace(account, day=seen.day) if seen else account
    return replace(
        report,
        telling=telling,
        standing=show_at_once(account),
        urls=report.urls | evidence_urls(account),
    )


async def _add(
    tx: Transaction, joining: Joining, items: Sequence[PolledEntry], at: datetime
) -> list[Report]:
    """Keep entries that are new, each with its event."""
    if not items:
        return []
    names = await names_in(tx, [item.account for item in items])
    ids = await tx.reports.reserve(len(items))
    arrivals = [
        Arrival(number, _naming(item.account, named), item.page_id, item.version.feed.id, FEED)
        for number, item, named in zip(ids, items, names, strict=True)
    ]
    events = await joining.join(tx, arrivals, None, at)
    reports = [
        _new_report(arrival, event_id, item.telling, at)
        for arrival, event_id, item in zip(arrivals, events, items, strict=True)
    ]
    await tx.reports.add(reports)
    await tx.reports.add_keys(
        (item.page_id, key, number, digest)
        for number, item in zip(ids, items, strict=True)
        for key, digest in item.known_by
    )
    await _add_urls(tx, reports)
    return reports


def _naming(account: Account, names: tuple[Link, ...]) -> Account:
    return replace(account, names=names) if names else account  # most name nobody known


def _new_report(arrival: Arrival, event_id: int, telling: Telling, at: datetime) -> Report:
    return Report(
        id=arrival.report_id,
        page_id=arrival.page_id,
        event_id=event_id,
        position=0,
        telling=telling,
        first_seen_at=at,
        standing=show_at_once(arrival.account),
        urls=evidence_urls(arrival.account),
        source_id=arrival.source_id,
        kind=FEED,
    )


async def _add_urls(tx: Transaction, reports: Sequence[Report]) -> None:
    by_day: dict[date, dict[int, frozenset[str]]] = {}
    for report in reports:
        if report.standing.seen and report.urls:
            by_day.setdefault(report.standing.seen.day, {})[report.id] = report.urls
    for day, urls in by_day.items():
        await tx.reports.add_urls(urls, day)
