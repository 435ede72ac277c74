"""Looking at the articles that the portal cites: what their heads say becomes the summaries
and pictures of events.

Each article is asked for once, during the hold of the report that cites it, so that readers
see its event with its summary from the first. Nothing else waits for that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.links import article_url, canonical_url
from bot.core.schedule import TOO_OLD
from bot.errors import SourceBusy, SourceError, SourceUnreadable
from bot.services.leading import Lease
from bot.services.showing import refresh_events
from bot.sources.http import Response
from bot.sources.pages import read_head
from storage.database import Database, Transaction
from storage.heads import Asked
from storage.model import Account, PageHead, Report

log = logging.getLogger(__name__)

LEASE = "read page heads"
LEASE_SECONDS = 300.0  # longer than a round may take
PATIENCE = 120.0  # seconds, with the wait for a host's turn
AT_ONCE = 20
_MOST_NEW = 200  # pages that are noted in one round
RECENT = timedelta(days=2)
RETRIES = (timedelta(hours=1), timedelta(hours=6))
_BETWEEN = timedelta(seconds=1)  # by which the next source of an event is less urgent

Fetch = Callable[[str], Awaitable[Response]]


class Looking:
    """Reads the heads of cited pages. ``fetch`` asks politely for the beginning of a page, and
    for no private address; it raises ``SourceError``. ``holder`` names this process among
    those of one database."""

    def __init__(
        self, database: Database, fetch: Fetch, *, clock: Callable[[], datetime], holder: str
    ) -> None:
        self._database = database
        self._fetch = fetch
        self._clock = clock
        self._lease = Lease(LEASE, holder, LEASE_SECONDS)

    async def look(self) -> list[int]:
        """Ask for the pages that are due, as far as no other process does; the ids of the
        events that readers see changed by it."""
        due = await self._due()
        if not due:
            return []
        # The client lets each host have its pace; one page's failure is none of the others'.
        asked = [self._head(page) for page in due]
        found = await asyncio.gather(*asked, return_exceptions=True)
        return await self._keep(dict(zip(due, found, strict=True)))

    async def release(self) -> None:
        """Let another process look at once."""
        await self._lease.release(self._database)

    async def _due(self) -> list[Asked]:
        """The pages to ask for now, those just cited among them."""
        now = self._clock()
        if not await self._is_something_to_do(now):
            return []
        async with self._database.transaction() as tx:
            if not await self._lease.take(tx):
                return []
            wanted = await _wanted(tx, now)
            reports = await tx.reports.of_events({event_id for event_id, _ in wanted})
            await tx.heads.ask(_asked([url for _, url in wanted], reports, now))
            return await tx.heads.due(now, AT_ONCE)

    async def _is_something_to_do(self, now: datetime) -> bool:
        """Looked up without keeping anybody else from writing."""
        async with self._database.reading() as tx:
            return bool(await _wanted(tx, now) or await tx.heads.due(now, 1))

    async def _head(self, page: Asked) -> PageHead:
        async with asyncio.timeout(PATIENCE):
            answer = await self._fetch(page.address)
        content_type = answer.headers.get("content-type")
        # Parsing takes milliseconds in which everything else would wait.
        return await asyncio.to_thread(
            read_head, answer.body, answer.url, content_type=content_type
        )

    async def _keep(self, found: Mapping[Asked, PageHead | BaseException]) -> list[int]:
        """Keep what was read, and put together anew the events that cite it."""
        now = self._clock()
        heads = {page.url: one for page, one in found.items() if isinstance(one, PageHead)}
        failed = [
            _put_off(page, error, now)
            for page, error in found.items()
            if isinstance(error, BaseException)
        ]
        if failed:
            log.info("heads of cited pages: %d of %d could not be read", len(failed), len(found))
        async with self._database.transaction() as tx:
            if not await self._lease.take(tx):
                return []  # it took so long that another process looks by now
            await tx.locks.joining()
            heads |= await _without_slogans(tx, heads)
            await tx.heads.save(heads, now)
            await tx.heads.put_off(failed)
            reports = await tx.reports.of_events(await tx.heads.citing(heads))
            return await refresh_events(tx, [one for each in reports.values() for one in each], now)


async def _wanted(tx: Transaction, now: datetime) -> list[tuple[int, str]]:
    # Of pages further back nothing is looked at: their events alert nobody any more.
    return await tx.heads.wanted(now - RECENT, (now - TOO_OLD).date(), _MOST_NEW)


def _asked(
    urls: Sequence[str], reports: Mapping[int, Sequence[Report]], now: datetime
) -> list[Asked]:
    """Newly cited pages with their addresses: first sources of events first.

    What only an earlier wording cited is never asked for.
    """
    found: dict[str, tuple[str, datetime | None]] = {}
    for report in (report for each in reports.values() for report in each):
        for place, url in enumerate(_cited(report)):
            address = article_url(url)
            # As if they had waited the longer, the further up they stand.
            due_at = now - max(AT_ONCE - place, 0) * _BETWEEN if address else None
            found.setdefault(canonical_url(url), (address or "", due_at))
    return [Asked(url, *found.get(url, ("", None))) for url in dict.fromkeys(urls)]


def _cited(report: Report) -> list[str]:
    """The addresses that a report cites now or is shown with, in their order."""
    accounts: list[Account | None] = [report.standing.seen, report.standing.shown]
    cited = (item.url for account in accounts if account for item in account.citations)
    return list(dict.fromkeys(cited))


async def _without_slogans(tx: Transaction, heads: Mapping[str, PageHead]) -> dict[str, PageHead]:
    """Heads, new ones and known ones, less the descriptions that their sites give to other
    articles too."""
    texts = {head.description for head in heads.values() if head.description}
    known = {**await tx.heads.describing(texts), **heads}
    groups: dict[tuple[str, str], dict[str, PageHead]] = {}
    for url, head in known.items():
        groups.setdefault((url.partition("/")[0], head.description), {})[url] = head
    return {
        url: replace(head, description="")
        for (_, text), group in groups.items()
        if text and len({head.title for head in group.values()}) > 1
        for url, head in group.items()
    }


def _put_off(page: Asked, error: BaseException, now: datetime) -> Asked:
    """When to ask again: later each time, and never for what cannot be read as it is."""
    attempts = page.attempts + 1
    given_up = replace(page, attempts=attempts, due_at=None)
    if not isinstance(error, Exception):
        raise error
    if not isinstance(error, SourceError | TimeoutError):
        # Never expected, but then it is no reason to ask for this page again and again.
        log.error("a cited page could not be looked at", exc_info=error)
        return given_up
    log.debug("the head of a cited page could not be read: %s", str(error) or "it took too long")
    if attempts > len(RETRIES) or isinstance(error, SourceUnreadable):
        return given_up
    wait = RETRIES[attempts - 1]
    if isinstance(error, SourceBusy):
        wait = max(wait, timedelta(seconds=error.retry_after))
    return replace(given_up, due_at=now + wait)
