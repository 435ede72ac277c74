"""Which report each entry of a feed continues, and which are new."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from bot.core.conflicts import texts_conflict
from bot.core.identity import word_set
from bot.core.links import short_key
from bot.core.schedule import TOO_OLD
from bot.services.feeding.remembering import FeedVersion
from bot.services.joining import Joining
from bot.sources.feeds import Entry, account_of
from storage.database import Transaction
from storage.model import Account, Telling

# Cosine from which an entry tells what another of its feed did, which is there no more.
RETOLD = 0.8
# How long after it an entry tells the same as another that was worded just so. A feed may list
# what is older: that alerts nobody.
WORDED_ALIKE = TOO_OLD + timedelta(days=1)
_GUID, _TITLE = "guid ", "title "


@dataclass(frozen=True)
class PolledEntry:
    """An entry of a feed, what it says, and the keys by which its page knows it."""

    place: tuple[int, int]  # its feed's id, and where it stands there
    version: FeedVersion
    page_id: int
    entry: Entry
    at: datetime

    @cached_property
    def account(self) -> Account:
        """What it says, as a report has it. Most entries are known, and need none."""
        feed, reading = self.version.feed, self.version.reading
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

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The strongest first. Entries that only their words tell were known by their titles
        once."""
        key, guid = short_key(self.entry.key), self.entry.guid
        if guid:
            return key, short_key(_GUID + guid)
        return (key, short_key(self.entry.title)) if self.entry.is_known_by_words else (key,)

    @cached_property
    def title_key(self) -> str:
        """By which it is found where all its ``keys`` are others."""
        return _TITLE + hashlib.sha256(self.entry.title.encode(errors="replace")).hexdigest()[:16]

    @property
    def known_by(self) -> list[tuple[str, str]]:
        """All keys that are kept of it, with the digest of what it says under each."""
        return [*((key, self.digest) for key in self.keys), (self.title_key, "")]

    @property
    def telling(self) -> Telling:
        """Whether it may push, where it is new."""
        moved_after, at = self.version.moved_after, self.entry.at
        is_old = moved_after is not None and (at is None or at <= moved_after)
        return Telling.SILENT if is_old else self.version.telling


def items_of(
    versions: Sequence[FeedVersion], pages: Mapping[int, int], at: datetime
) -> list[PolledEntry]:
    """The entries of all feeds that are not known to be as before, each with what it says."""
    return [
        PolledEntry((version.feed.id, number), version, pages[version.feed.id], entry, at)
        for version in versions
        for number, entry in version.others
    ]


def keys_of(items: Iterable[PolledEntry]) -> dict[int, set[str]]:
    """By page, all keys of its entries."""
    keys: dict[int, set[str]] = {}
    for item in items:
        keys.setdefault(item.page_id, set()).update(item.keys, (item.title_key,))
    return keys


Known = Mapping[tuple[int, str], tuple[int, str]]


def matches_of(
    items: Sequence[PolledEntry], known: Known, standing: set[int]
) -> list[tuple[PolledEntry, int | None]]:
    """Each entry with the report that it continues: by its strongest key, else by its GUID (by
    its title alone only where that said the same), unless another entry continues that report
    (as those ``standing`` are): some feeds give one GUID to all they have."""
    found = [known.get((item.page_id, item.keys[0])) for item in items]
    numbers = [pair[0] if pair else None for pair in found]
    taken = standing.union(numbers)
    for place, item in enumerate(items):
        pair = known.get((item.page_id, item.keys[-1]))
        if numbers[place] is not None or not pair or pair[0] in taken:
            continue
        if item.entry.guid or pair[1] == item.digest:
            numbers[place] = pair[0]
            taken.add(pair[0])
    return list(zip(items, numbers, strict=True))


def is_as_known(item: PolledEntry, known: Known) -> bool:
    """Whether an entry says what it said under each of its keys."""
    found = [known.get((item.page_id, key)) for key in item.keys]
    return all(pair is not None and pair[1] == item.digest for pair in found)


async def retold_by(
    tx: Transaction,
    new: Sequence[PolledEntry],
    known: Known,
    joining: Joining,
    present: set[int],
    at: datetime,
) -> dict[tuple[int, int], int]:
    """The new entries (by place) that say what another of their feed did, which it has no more,
    and the report of that one. Many entries are worded alike: one that names another place, or
    counts otherwise, is another one."""
    new = [item for item in new if item.version.telling is not Telling.SILENT]
    retold = await _retold_alike(tx, new, joining, present, at)
    others = [item for item in new if item.place not in retold]
    return retold | await _retold_in_words(tx, others, known, present.union(retold.values()), at)


async def _retold_alike(
    tx: Transaction, new: Sequence[PolledEntry], joining: Joining, present: set[int], at: datetime
) -> dict[tuple[int, int], int]:
    """Those that are worded much like one of the last days."""
    found: dict[int, tuple[float, PolledEntry]] = {}
    for item in new:
        near = joining.nearest(item.account, item.version.feed.id, at, RETOLD)
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
        and not _titles_part(seen, item.account)
    }


async def _retold_in_words(
    tx: Transaction, new: Sequence[PolledEntry], known: Known, present: set[int], at: datetime
) -> dict[tuple[int, int], int]:
    """Those that are worded just like an older one: a site that moves its articles lists all of
    them anew."""
    found: dict[int, PolledEntry] = {}
    for item in new:
        number, _ = known.get((item.page_id, item.title_key), (None, ""))
        if number is not None and number not in present:
            found.setdefault(number, item)
    before = await tx.reports.many(found)
    return {
        item.place: number
        for number, item in found.items()
        if (report := before.get(number))
        and report.first_seen_at > at - WORDED_ALIKE
        and (seen := report.standing.seen)
        and seen.full_text == item.account.full_text
    }


def _titles_part(one: Account, other: Account) -> bool:
    """Whether each headline has a word that the other account never says: publishers tell
    different happenings in one pattern, and put the same sentences under it."""
    return not (
        word_set(one.text) <= word_set(other.full_text)
        or word_set(other.text) <= word_set(one.full_text)
    )
