"""Tells a database what happened, as if the portal's pages had said so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

from bot.core.days import MONTHS
from bot.core.names import fold, fold_title, twin_key
from bot.services.ingesting import Version, ingest_page, settle_source
from storage.database import Database, Transaction
from storage.entities import Title, Use
from storage.model import Account, Citation, Link, PageReading, Telling, Topic

NOON = datetime(2017, 11, 24, 12, tzinfo=UTC)
POLITICS = "Politics and elections"
_LINK = re.compile(r"\[\[([^|\]]+)(?:\|([^\]]+))?\]\]")


def links_of(text: str) -> tuple[str, tuple[Link, ...]]:
    """A text written with ``[[Target|words]]``: without its markup, and its links."""
    links = [Link(found[1], found[2] or found[1]) for found in _LINK.finditer(text)]
    plain = _LINK.sub(lambda found: found[2] or found[1], text)
    return plain, tuple({link.target: link for link in links}.values())


def account(
    day: str,
    text: str,
    *,
    category: str = POLITICS,
    topics: Sequence[str] = (),
    sources: Sequence[tuple[str, str]] | None = None,
) -> Account:
    """What a page says of one happening; text and topics with ``[[Target|words]]``.

    Without ``sources`` it has one link of its own.
    """
    plain, links = links_of(text)
    own = [("Reuters", f"https://news.example.org/{crc32(f'{day} {plain}'.encode())}")]
    cited = own if sources is None else sources
    return Account(
        day=date.fromisoformat(day),
        text=plain,
        category=category,
        topics=tuple(Topic(*links_of(topic)) for topic in topics),
        links=links,
        citations=tuple(Citation(*source) for source in cited),
    )


class Story:
    """What the pages say so far, each day's page a list of accounts."""

    def __init__(self, database: Database, at: datetime = NOON) -> None:
        self.database = database
        self.at = at
        self._pages: dict[date, list[Account]] = defaultdict(list)
        self._revision = 0

    async def tell(self, told: Account, *, telling: Telling = Telling.SILENT) -> int:
        """Add to its day's page; it is shown at once. The event's number."""
        self._pages[told.day].append(told)
        return await self._publish(told, telling)

    async def tell_all(self, told: Sequence[Account]) -> None:
        """Add several happenings of one day at once."""
        self._pages[told[0].day] += told
        await self._publish(told[-1], Telling.SILENT)

    async def reword(self, before: Account, text: str) -> int:
        """Let the page say it otherwise."""
        plain, links = links_of(text)
        after = replace(before, text=plain, links=links)
        page = self._pages[before.day]
        page[page.index(before)] = after
        return await self._publish(after, Telling.PUSH)

    async def withdraw(self, told: Account) -> None:
        """Take it off its page."""
        self._pages[told.day].remove(told)
        await self._publish(told, Telling.PUSH)

    async def use_words(self, title: str, words: str, times: int) -> int:
        """Let words stand for an article so many times; its entity's id."""
        async with self.database.transaction() as tx:
            levelled = Title(title, twin_key(title), fold_title(title))
            articles = await tx.entities.articles("en", [levelled])
            entity_id = articles[title].entity_id
            await tx.entities.note_uses("en", [Use(entity_id, words, fold(words), times)])
        return entity_id

    async def describe(self, entity_id: int, label: str, qid: str, description: str) -> None:
        """Let Wikidata say who an entity is."""
        async with self.database.transaction() as tx:
            await tx.entities.describe(entity_id, label, qid, description)

    async def _publish(self, told: Account, telling: Telling) -> int:
        self._revision += 1
        name = f"Portal:Current events/{told.day.year} {MONTHS[told.day.month - 1]} {told.day.day}"
        page = PageReading(name, told.day, tuple(self._pages[told.day]))
        async with self.database.transaction() as tx:
            source = await tx.sources.source("portal", "en")
            version = Version(page, str(self._revision), telling)
            await ingest_page(tx, source, version, self.at)
            await settle_source(tx, source, self.at, timedelta(0))
            kept = await tx.sources.page(source.id, name, told.day)
            return await _event_of(tx, kept.id, told)


async def _event_of(tx: Transaction, page_id: int, told: Account) -> int:
    reports = await tx.reports.of_page(page_id)
    return next(
        report.event_id
        for report in reports
        if told in map(_as_told, (report.standing.seen, report.standing.shown))
    )


def _as_told(account: Account | None) -> Account | None:
    """What a page said, without the names that were found in it."""
    return replace(account, names=()) if account else None
