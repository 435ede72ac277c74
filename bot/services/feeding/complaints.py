"""What the log says of feeds that begin to fail: where the network is away that is all of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import SourceError, SourceGone
from storage.model import Feed

MOST = 5  # of a span
SPAN = timedelta(hours=1)

_logger = logging.getLogger(__name__)


@dataclass
class Complaints:
    """Logs the first failures of each hour singly, and of the others only that there are."""

    since: datetime | None = None
    count: int = 0

    def note(self, feed: Feed, error: SourceError, now: datetime) -> None:
        """A feed could not be read, and could when it was last asked."""
        if isinstance(error, SourceGone):  # said once, since it is asked no more
            _logger.warning("%s is gone for good: %s", feed.url, error)
            return
        if self.since is None or now - self.since >= SPAN:
            self.since, self.count = now, 0
        self.count += 1
        if self.count <= MOST:
            _logger.warning("%s could not be read, and is tried again: %s", feed.url, error)
        elif self.count == MOST + 1:
            _logger.warning("more feeds could not be read: `dateline sources list` shows them all")
