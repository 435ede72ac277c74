"""What feeds said last, for their next versions to be read with."""

from __future__ import annotations

from bot.sources.feeds import LastVersion

MOST_ENTRIES = 20_000


class Readings:
    """What is known of the feeds' last versions, in memory only: without it, all is read anew.

    At most ``most`` entries are kept, of some 2 KiB each: 40 MiB by default. The feeds that
    were read the longest ago make room for others, and so do those that are asked no more.
    """

    def __init__(self, most: int = MOST_ENTRIES) -> None:
        self._most = most
        self._known: dict[int, LastVersion] = {}  # by the feeds' ids, the last read last
        self._entries = 0

    def of(self, feed: int) -> LastVersion | None:
        """What to read the feed's next version with."""
        return self._known.get(feed)

    def keep(self, feed: int, known: LastVersion | None) -> None:
        """Keep what the feed's newest version came to, if that can be read with."""
        self.forget(feed)
        if known is None:
            return
        self._known[feed] = known
        self._entries += len(known.entries)
        while self._entries > self._most:
            self.forget(next(iter(self._known)))

    def forget(self, feed: int) -> None:
        """Keep nothing of a feed."""
        known = self._known.pop(feed, None)
        self._entries -= len(known.entries) if known else 0
