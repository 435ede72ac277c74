"""The entries of feeds become reports of events.

An entry keeps its identity by its article's canonical link, then by its GUID, then by likeness
to one that its feed no longer has: publishers give new titles, GUIDs and links to what they
have told before. Entries wait for no hold, and one that scrolls out withdraws nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from bot.core.conflicts import texts_conflict
from bot.core.identity import evidence_urls
from bot.core.links import short_key
from bot.core.standing import show_at_once
from bot.services.ingesting import end_holds
from bot.services.joining import Joining
from bot.services.linking import Arrival, late_links
from bot.services.naming import names_in
from bot.services.showing import refresh_events
from bot.sources.feeds import Entry, FeedReading, account_of
from storage.database import Transaction
from storage.model import FEED, Account, Feed, Page, Report, Telling

log = logging.getLogger(__name__)

# Cosine from which an entry tells what another of its feed did, which is there no more.
RETOLD = 0.8
_GUID = "guid "


@dataclass(frozen=True)
class Taken:
    """One version of a feed as read, and whether what is new in it may push."""

    feed: Feed
    reading: FeedReading
    telling: Telling


@dataclass(frozen=True)
class _Item:
    """An entry of a feed, what it says, and the keys by which its page knows it."""

    place: tuple[int, int]  # its feed's id, and where it stands there
    taken: Taken
    page: Page
    entry: Entry
    at: datetime

    @cached_property
    def account(self) -> Account:
        """What it says, as a report has it. Most entries are known, and need none."""
        feed, reading = self.taken.feed, self.taken.reading
        publisher = feed.title or reading.title or feed.key
        language = feed.language or reading.language or "en"
        return account_of(self.entry, publisher, self.at, language=language)

    @cached_property
    def digest(self) -> str:
        """Differs whenever the entry says something else; but for its time: publishers date
        again what they touch."""
        entry = self.entry
        said = (entry.title, entry.summary, entry.url, entry.picture, entry.language)
        parts = (said, entry.publisher, entry.topics)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    @property
    def keys(self) -> tuple[str, ...]:
        """The strongest first."""
        key, guid = short_key(self.entry.key), self.entry.guid
        return (key, short_key(_GUID + guid)) if guid else (key,)


@dataclass(frozen=True)
class Outcome:
    """The feeds (by id) that had something new, and the events that readers see changed."""

    fresh: frozenset[int]
    changed: Sequence[int]


async def take(
    tx: Transaction, joining: Joining, versions: Sequence[Taken], at: datetime
) -> Outcome:
    """Keep what feeds said at ``at``; ``tx`` is a transaction of ``joining``."""
    items = await _items(tx, versions, at)
    known = await tx.reports.by_keys(_keys(items))
    matches = _matches(items, known)
    new = [item for item, number in matches if number is None]
    retold = await _retold(tx, new, joining, {number for _, number in matches if number}, at)
    again = [(item, number) for item in new if (number := retold.get(item.place))]
    differing = [
        (item, number) for item, number in matches if number and not _is_as_known(item, known)
    ]
    changed = await _keep_changed(tx, joining, [*differing, *again], at)
    added = await _add(tx, joining, [item for item in new if item.place not in retold], at)
    events = await joining.unite(tx, {report.event_id for report in added}, at)
    settled = await end_holds(tx, events, at)
    seen = await refresh_events(tx, [*changed, *added, *settled], at)
    fresh = {report.source_id for report in (*changed, *added)}
    return Outcome(frozenset(fresh), seen)


async def _items(tx: Transaction, versions: Sequence[Taken], at: datetime) -> list[_Item]:
    """All entries of all feeds, each with what it says."""
    pages = await tx.sources.own_pages([taken.feed.id for taken in versions], FEED, at.date())
    return [
        _Item((taken.feed.id, number), taken, pages[taken.feed.id], entry, at)
        for taken in versions
        for number, entry in enumerate(taken.reading.entries)
    ]


def _keys(items: Iterable[_Item]) -> dict[int, set[str]]:
    keys: dict[int, set[str]] = {}
    for item in items:
        keys.setdefault(item.page.id, set()).update(item.keys)
    return keys


_Known = Mapping[tuple[int, str], tuple[int, str]]


def _matches(items: Sequence[_Item], known: _Known) -> list[tuple[_Item, int | None]]:
    """Each entry with the report that it continues: by its strongest key, else by its GUID,
    unless another entry continues that report: some feeds give one GUID to all they have."""
    found = [known.get((item.page.id, item.keys[0])) for item in items]
    numbers = [pair[0] if pair else None for pair in found]
    taken = set(numbers)
    for place, item in enumerate(items):
        pair = known.get((item.page.id, item.keys[-1]))
        if numbers[place] is None and pair and pair[0] not in taken:
            numbers[place] = pair[0]
            taken.add(pair[0])
    return list(zip(items, numbers, strict=True))


def _is_as_known(item: _Item, known: _Known) -> bool:
    """Whether an entry says what it said under each of its keys."""
    found = [known.get((item.page.id, key)) for key in item.keys]
    return all(pair is not None and pair[1] == item.digest for pair in found)


async def _retold(
    tx: Transaction, new: Sequence[_Item], joining: Joining, present: set[int], at: datetime
) -> dict[tuple[int, int], int]:
    """The new entries (by place) that say what another of their feed did, which it has no more,
    and the report of that one. Many entries are worded alike: one that names another place, or
    counts otherwise, is another one."""
    found: dict[int, tuple[float, _Item]] = {}
    for item in new:
        if item.taken.telling is Telling.SILENT:
            continue
        near = joining.nearest(item.account, item.taken.feed.id, at)
        if near is None or near[1] < RETOLD or near[0] in present:
            continue
        number, likeness = near
        if number not in found or likeness > found[number][0]:
            found[number] = likeness, item
    before = await tx.reports.many(found)
    return {
        item.place: number
        for number, (_, item) in found.items()
        if (report := before.get(number))
        and (seen := report.standing.seen)
        and not texts_conflict(seen.full_text, item.account.full_text)
    }


async def _keep_changed(
    tx: Transaction, joining: Joining, pairs: Sequence[tuple[_Item, int]], at: datetime
) -> list[Report]:
    """Keep the new words of known reports, and the keys that are new; the reports changed."""
    if not pairs:
        return []
    before = await tx.reports.many(number for _, number in pairs)
    latest = {number: item for item, number in pairs if number in before}
    reworded = {
        number: item for number, item in latest.items() if _differs(before[number], item.account)
    }
    names = await names_in(tx, [item.account.full_text for item in reworded.values()])
    changed = [
        _reworded(before[number], replace(item.account, names=named), item.taken.telling)
        for (number, item), named in zip(reworded.items(), names, strict=True)
    ]
    await tx.reports.save(changed)
    await tx.reports.add_versions(
        [(report.id, shown) for report in changed if (shown := before[report.id].standing.seen)],
        at,
    )
    await _add_urls(tx, changed)
    await tx.reports.add_keys(
        (item.page.id, key, number, item.digest) for item, number in pairs for key in item.keys
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
    tx: Transaction, joining: Joining, items: Sequence[_Item], at: datetime
) -> list[Report]:
    """Keep entries that are new, each with its event."""
    if not items:
        return []
    names = await names_in(tx, [item.account.full_text for item in items])
    ids = await tx.reports.reserve(len(items))
    arrivals = [
        Arrival(number, replace(item.account, names=named), item.page.id, item.taken.feed.id, FEED)
        for number, item, named in zip(ids, items, names, strict=True)
    ]
    events = await joining.join(tx, arrivals, None, at)
    reports = [
        _new_report(arrival, event_id, item.taken.telling, at)
        for arrival, event_id, item in zip(arrivals, events, items, strict=True)
    ]
    await tx.reports.add(reports)
    await tx.reports.add_keys(
        (item.page.id, key, number, item.digest)
        for number, item in zip(ids, items, strict=True)
        for key in item.keys
    )
    await _add_urls(tx, reports)
    return reports


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
