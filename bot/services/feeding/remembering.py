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

    def is_last_of(self, feed: Feed) -> bool:
        """Whether the feed is as it was left: another process may have read it since."""
        return self.digest == feed.digest is not None


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
