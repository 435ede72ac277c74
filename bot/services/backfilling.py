"""Days gone by, from recorded pages or from the API. A backfill pushes nothing.

Where the portal is polled too, the days that may still alert are the poll's: what a
backfill took in there would be shown at once, and never told to those who follow it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.schedule import TOO_OLD
from bot.services.ingesting import Version, ingest_page
from bot.services.naming import LANGUAGE
from storage.database import Database
from storage.model import PORTAL, PageReading, Telling

BATCH = 25  # pages a transaction
LATE_EDITS = TOO_OLD + timedelta(days=1)
COUNTS = ("days", "reports", "sources", "events", "dropped", "new")


@dataclass(frozen=True)
class Day:
    """A day's page: its reading, and its revision where the API told one."""

    reading: PageReading
    revision: str


def revision_of(text: str) -> str:
    """A revision for a text that came without one."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Backfilling:
    """Takes days in, and counts what came of them by month."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def take(
        self, batches: AsyncIterator[Sequence[Day]], progress: Callable[[int], None]
    ) -> list[dict[str, Any]]:
        """Take batches of days in, in order; a dict a month:
        ``month`` and the ``COUNTS``.

        ``progress`` is told of each batch's number of days.
        """
        counts: dict[str, Counter[str]] = {}
        async for days in batches:
            for start in range(0, len(days), BATCH):
                chunk = days[start : start + BATCH]
                await self._take_chunk(chunk, counts)
                progress(len(chunk))
        async with self._database.reading() as tx:
            events = await tx.events.count_by_month()
        for month, count in counts.items():
            count["events"] = events.get(month, 0)
        return [
            {"month": month, **{name: count[name] for name in COUNTS}}
            for month, count in sorted(counts.items())
        ]

    async def _take_chunk(self, days: Sequence[Day], counts: dict[str, Counter[str]]) -> None:
        now = self._clock()
        async with self._database.transaction() as tx:
            source = await tx.sources.source(PORTAL, LANGUAGE)
            polled = source.last_success_at is not None
            for day in days:
                new = 0
                if not (polled and day.reading.day > (now - LATE_EDITS).date()):
                    version = Version(day.reading, day.revision, Telling.SILENT)
                    new = await ingest_page(tx, source, version, now)
                month = f"{day.reading.day:%Y-%m}"
                counts.setdefault(month, Counter()).update(_count(day.reading, new))


def _count(reading: PageReading, new: int) -> dict[str, int]:
    return {
        "days": 1,
        "reports": len(reading.accounts),
        "sources": sum(len(account.citations) for account in reading.accounts),
        "dropped": len(reading.dropped),
        "new": new,
    }
