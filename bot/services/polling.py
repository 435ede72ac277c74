"""Reading the portal: which pages, when, and what a good or bad answer means."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.counting import counted
from bot.core.schedule import telling_after, window
from bot.errors import SourceError
from bot.services.ingesting import Version, ingest_page, settle_source
from bot.services.joining import Joining
from storage.database import Database, Transaction
from storage.model import Page, PageReading, Source

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0  # longer than a poll may take
DEEP_INTERVAL = timedelta(hours=1)
TELL_AGAIN = timedelta(hours=1)


class PageVersion(Protocol):
    """A page as the portal serves it; ``text`` is None where there is no such page."""

    @property
    def page(self) -> str:
        """Its name ("2017_November_23")."""
        ...

    @property
    def revision(self) -> int | None:
        """The number of its revision."""
        ...

    @property
    def text(self) -> str | None:
        """Its wikitext."""
        ...


@dataclass(frozen=True)
class Portal:
    """A portal: how its pages are named, fetched and read."""

    key: str
    page_name: Callable[[date], str]
    fetch: Callable[[Sequence[str]], Awaitable[Sequence[PageVersion]]]
    read: Callable[[str, str], PageReading]


@dataclass
class Outage:
    """Tells of a portal that can't be read: when that begins, once an hour, and when it ends."""

    since: datetime | None = None
    told_at: datetime | None = None

    def note(self, error: SourceError, now: datetime) -> None:
        """It could not be read."""
        if self.since is None:
            log.warning("the portal could not be read, and is tried again: %s", error)
            self.since = self.told_at = now
        elif self.told_at and now - self.told_at >= TELL_AGAIN:
            log.warning("the portal can't be read since %s: %s", _clock_time(self.since), error)
            self.told_at = now

    def end(self, now: datetime) -> None:
        """It was read."""
        if self.since is not None:
            minutes = counted(int((now - self.since).total_seconds() // 60), "minute")
            log.info("the portal can be read again, after %s", minutes)
        self.since = self.told_at = None


def _clock_time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


class Polling:
    """Polls one portal. ``holder`` names this process among those of one database. Without
    ``joining`` its reports are compared with none but their neighbours."""

    def __init__(
        self,
        database: Database,
        portal: Portal,
        *,
        hold: timedelta,
        clock: Callable[[], datetime],
        holder: str,
        joining: Joining | None = None,
    ) -> None:
        self._database = database
        self._portal = portal
        self._joining = joining
        self._hold = hold
        self._clock = clock
        self._holder = holder
        self._deep_at: datetime | None = None
        self._outage = Outage()

    async def poll(self) -> list[int]:
        """Read the portal once; the events that readers now see changed.

        Nothing happens while another process polls. A failure is logged and changes
        nothing: the next poll comes soon.
        """
        now = self._clock()
        async with self._database.transaction() as tx:
            if not await tx.leases.take(self._lease, self._holder, LEASE_SECONDS):
                return []
            source = await tx.sources.source("portal", self._portal.key)
            names = await self._names(tx, source, now)
        try:
            versions = await self._portal.fetch(names)
        except SourceError as error:
            self._outage.note(error, now)
            return []
        self._outage.end(now)
        changed = await self._take(source, versions)
        if changed:
            log.info("readers see %s new or changed", counted(len(changed), "event"))
        return changed

    async def release(self) -> None:
        """Let another process poll at once."""
        async with self._database.transaction() as tx:
            await tx.leases.release(self._lease, self._holder)

    @property
    def _lease(self) -> str:
        return f"poll portal {self._portal.key}"

    async def _names(self, tx: Transaction, source: Source, now: datetime) -> list[str]:
        days = window(now, source.last_success_at, deep=self._is_deep(now))
        unsettled = await tx.sources.unsettled_pages(source.id)
        return list(dict.fromkeys([*map(self._portal.page_name, days), *unsettled]))

    def _is_deep(self, now: datetime) -> bool:
        return self._deep_at is None or now - self._deep_at >= DEEP_INTERVAL

    async def _take(self, source: Source, versions: Sequence[PageVersion]) -> list[int]:
        """Keep what was read; a page that is not there says nothing about its news."""
        now = self._clock()
        found = {version.page: version for version in versions if version.text is not None}
        async with self._joined_transaction(now) as tx:
            if not await tx.leases.left(self._lease, self._holder):
                return []  # it took so long that another process polls by now
            unchanged = await self._unchanged(tx, source, found)
            await tx.sources.mark_read([page.id for page in unchanged.values()], now)
            for name in sorted(found.keys() - unchanged.keys()):
                await self._ingest(tx, source, found[name], now)
            changed = await settle_source(tx, source, now, self._hold)
            await tx.sources.succeeded(source.id, now)
        if self._is_deep(now):
            self._deep_at = now
        return changed

    async def _unchanged(
        self, tx: Transaction, source: Source, found: Mapping[str, PageVersion]
    ) -> dict[str, Page]:
        """The pages whose revision is the one that was last kept."""
        pages = await tx.sources.pages(source.id, found)
        return {
            page.name: page
            for page in pages
            if page.revision == str(found[page.name].revision) and page.doubtful is None
        }

    async def _ingest(
        self, tx: Transaction, source: Source, version: PageVersion, now: datetime
    ) -> None:
        reading = self._portal.read(version.page, version.text or "")
        telling = telling_after(source.last_success_at, now)
        kept = Version(reading, str(version.revision), telling)
        await ingest_page(tx, source, kept, now, self._joining)

    def _joined_transaction(self, now: datetime) -> AbstractAsyncContextManager[Transaction]:
        if self._joining is None:
            return self._database.transaction()
        return self._joining.transaction(self._database, now)
