"""What feeds said last, for their next versions to be read and compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Version = TypeVar("Version")
MOST_ENTRIES = 20_000


class Kept(Generic[Version]):
    """The last versions of feeds, in memory only: without one, all of a feed is looked at anew.

    At most ``most`` entries are kept, of some 2 KiB each: 40 MiB by default. ``size`` says how
    many a version has. The feeds that were kept the longest ago make room for others.
    """

    def __init__(self, size: Callable[[Version], int], most: int = MOST_ENTRIES) -> None:
        self._size = size
        self._most = most
        self._known: dict[int, Version] = {}  # by the feeds' ids, the last kept last
        self._entries = 0

    def of(self, feed_id: int) -> Version | None:
        """What is known of a feed."""
        return self._known.get(feed_id)

    def keep(self, feed_id: int, known: Version | None) -> None:
        """Keep what a feed's newest version came to, if it came to anything."""
        self.forget(feed_id)
        if known is None:
            return
        self._known[feed_id] = known
        self._entries += self._size(known)
        while self._entries > self._most:
            self.forget(next(iter(self._known)))

    def forget(self, feed_id: int) -> None:
        """Keep nothing of a feed."""
        known = self._known.pop(feed_id, None)
        self._entries -= self._size(known) if known is not None else 0
