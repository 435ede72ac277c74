"""Reading the portal: which pages, when, and what a good or bad answer means."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.counting import counted
from bot.core.schedule import telling_after, window
from bot.errors import SourceError
from bot.services.ingesting import Version, ingest_page, settle_source
from bot.services.joining import Joining
from bot.services.leading import Lease
from bot.services.outages import Outage
from bot.sources.mediawiki import PageVersion
from storage.database import Database, Transaction
from storage.model import PORTAL, Page, PageReading, Source

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0  # longer than a batch may take
BATCH = 50  # pages: one request, mostly
DEEP_INTERVAL = timedelta(hours=1)


@dataclass(frozen=True)
class PolledPortal:
    """A portal: how its pages are named, fetched and read. The versions that it fetches are
    known by the pages' names ("2017_November_23")."""

    key: str
    page_name: Callable[[date], str]
    fetch: Callable[[Sequence[str]], Awaitable[Sequence[PageVersion]]]
    read: Callable[[str, str], PageReading]


class Polling:
    """Polls one portal. ``holder`` names this process among those of one database. Without
    ``joining`` its reports are compared with none but their neighbours."""

    def __init__(
        self,
        database: Database,
        portal: PolledPortal,
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
        self._lease = Lease(f"poll portal {portal.key}", holder, LEASE_SECONDS)
        self._deep_at: datetime | None = None
        self._outage = Outage("the portal")
        self._broken: dict[str, int | None] = {}  # revisions that the parser fails on, by page

    async def poll(self) -> list[int]:
        """Read the portal once; the events that readers now see changed.

        Nothing happens while another process polls. A failure is logged and changes
        nothing: the next poll comes soon.
        """
        now = self._clock()
        async with self._database.transaction() as tx:
            if not await self._lease.take(tx):
                return []
            source = await tx.sources.source(PORTAL, self._portal.key)
            names = await self._names(tx, source, now)
        try:
            versions = await self._fetch(names)
        except SourceError as error:
            self._outage.note(error, now)
            return []
        changed = await self._take(source, versions) if versions is not None else None
        if changed is None:
            log.warning("the portal took so long to read that another process does by now")
            return []
        self._outage.end(now)
        if changed:
            log.info("readers see %s new or changed", counted(len(changed), "event"))
        return changed

    async def release(self) -> None:
        """Let another process poll at once."""
        await self._lease.release(self._database)

    async def _names(self, tx: Transaction, source: Source, now: datetime) -> list[str]:
        days = window(now, source.last_success_at, deep=self._is_deep(now))
        unsettled = await tx.sources.unsettled_pages(source.id)
        return list(dict.fromkeys([*map(self._portal.page_name, days), *unsettled]))

    def _is_deep(self, now: datetime) -> bool:
        return self._deep_at is None or now - self._deep_at >= DEEP_INTERVAL

    async def _fetch(self, names: Sequence[str]) -> list[PageVersion] | None:
        """The pages of these names: after a long gap in many requests, each of which may have to
        wait. None where another process polls by now."""
        versions = list(await self._portal.fetch(names[:BATCH]))
        for start in range(BATCH, len(names), BATCH):
            async with self._database.transaction() as tx:
                if not await self._lease.take(tx):
                    return None
            versions += await self._portal.fetch(names[start : start + BATCH])
        return versions

    async def _take(self, source: Source, versions: Sequence[PageVersion]) -> list[int] | None:
        """Keep what was read; a page that is not there says nothing about its news. None where
        another process polls by now."""
        now = self._clock()
        found = {version.page: version for version in versions if version.text is not None}
        async with self._database.reading() as tx:
            unchanged = await self._unchanged(tx, source, found)
        edited = [found[name] for name in sorted(found.keys() - unchanged.keys())]
        # Parsing takes a while, in which nobody else is to wait to write or to be answered.
        readings = await asyncio.to_thread(self._read, edited)
        async with self._joined_transaction(now) as tx:
            if not await self._lease.take(tx):
                return None
            await tx.sources.mark_read([page.id for page in unchanged.values()], now)
            new = [await self._ingest(tx, source, *read, now) for read in readings]
            changed = await settle_source(tx, source, now, self._hold, self._joining)
            await tx.sources.succeeded(source.id, now)
        if source.last_success_at is None:
            count = counted(sum(new), "event")
            log.info("the portal is read for the first time: %s, no alerts", count)
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

    def _read(self, versions: Sequence[PageVersion]) -> list[tuple[PageVersion, PageReading]]:
        """What pages say. One that the parser fails on says nothing until it is edited."""
        readings = []
        for version in versions:
            if (version.page, version.revision) in self._broken.items():
                continue
            try:
                readings.append((version, self._portal.read(version.page, version.text or "")))
            except Exception:
                name, revision = version.page, version.revision
                log.exception("%s: version %s can't be read, and changes nothing", name, revision)
                self._broken[name] = revision
        return readings

    async def _ingest(
        self,
        tx: Transaction,
        source: Source,
        version: PageVersion,
        reading: PageReading,
        now: datetime,
    ) -> int:
        telling = telling_after(source.last_success_at, now)
        kept = Version(reading, str(version.revision), telling)
        return await ingest_page(tx, source, kept, now, self._joining)

    def _joined_transaction(self, now: datetime) -> AbstractAsyncContextManager[Transaction]:
        if self._joining is None:
            return self._database.transaction()
        return self._joining.transaction(self._database, now)
