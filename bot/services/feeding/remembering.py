"""What the entries of feeds were known as when these were last read: most stand there yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from bot.sources.feeds import Entry, FeedReading
from storage.model import Feed, Telling


@dataclass(frozen=True)
class Remembered:
    """A version of a feed that was kept: the digest of its body, the feed's page (its id), and
    the report of each entry."""

    digest: str | None
    page_id: int
    reports: Mapping[Entry, int]


@dataclass(frozen=True)
class FeedVersion:
    """One version of a feed as read, and whether what is new in it may push; and the version
    ``before`` it, where that is remembered. ``moved_after``: when it was last read at another
    address, where it has just moved here: what stood here by then is no news."""

    feed: Feed
    reading: FeedReading
    telling: Telling
    before: Remembered | None = None
    moved_after: datetime | None = None

    @cached_property
    def standing(self) -> Mapping[Entry, int]:
        """The entries that say what they said in the version before, with their reports."""
        return {entry: number for entry, number in self._found if number is not None}

    @cached_property
    def others(self) -> list[tuple[int, Entry]]:
        """The entries that are to be looked at, each with its place in the feed."""
        found = enumerate(self._found)
        return [(place, entry) for place, (entry, number) in found if number is None]

    @cached_property
    def _found(self) -> list[tuple[Entry, int | None]]:
        known = self.before.reports if self.before else {}
        entries = self.reading.entries
        return list(zip(entries, map(known.get, entries), strict=True))

    def kept(self, page_id: int, reports: Mapping[Entry, int]) -> Remembered:
        """This version, with the reports that the other entries have come to."""
        return Remembered(self.feed.digest, page_id, {**self.standing, **reports})


MOST_ENTRIES = 20_000  # of some 1 KiB each


class Memory:
    """The last version of each feed that this process has kept, of at most ``most`` entries
    together: the feeds that were kept the longest ago make room.

    Another process may have read a feed since: only one that is as it was left is remembered.
    """

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._most = most
        self._versions: dict[int, Remembered] = {}  # by the feeds' ids, the last kept last
        self._entries = 0

    def of(self, feed: Feed) -> Remembered | None:
        """The version of a feed that was read last."""
        version = self._versions.get(feed.id)
        is_last = version is not None and version.digest == feed.digest is not None
        return version if is_last else None

    def keep(self, versions: Mapping[int, Remembered]) -> None:
        """Remember versions, by feed (id), once they are committed."""
        for feed_id, version in versions.items():
            self._forget(feed_id)
            self._versions[feed_id] = version
            self._entries += len(version.reports)
        while self._entries > self._most:
            self._forget(next(iter(self._versions)))

    def _forget(self, feed_id: int) -> None:
        version = self._versions.pop(feed_id, None)
        self._entries -= len(version.reports) if version else 0
