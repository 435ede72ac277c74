"""Who is behind an article: redirects, Wikidata ids, labels and descriptions, in batches.

A link is usable before that, by its title. Two titles that turn out to be one entity are
merged with all their follows and mentions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.core.names import fold
from bot.core.schedule import ALERT_LIFETIME
from bot.errors import SourceError
from bot.services.leading import Lease
from bot.services.naming import LANGUAGE, article_of
from bot.services.outages import Outage
from bot.sources.mediawiki import Item, Resolved
from storage.database import Database, Transaction
from storage.entities import Article
from storage.model import Name

LEASE = "resolve articles"
LEASE_SECONDS = 300.0  # longer than a batch may take
BATCH = 50  # titles or ids a request: the API's limit


ResolveTitles = Callable[[Sequence[str]], Awaitable[Sequence[Resolved]]]
FetchItems = Callable[[Sequence[str]], Awaitable[Sequence[Item]]]


class Resolving:
    """Resolves articles, a batch at a time. ``holder`` names this process among those of one
    database."""

    def __init__(
        self,
        database: Database,
        resolve: ResolveTitles,
        items: FetchItems,
        *,
        clock: Callable[[], datetime],
        holder: str,
    ) -> None:
        self._database = database
        self._resolve = resolve
        self._items = items
        self._clock = clock
        self._lease = Lease(LEASE, holder, LEASE_SECONDS)
        self._outage = Outage("the encyclopedia")

    async def resolve_batch(self) -> int:
        """Resolve the next articles; how many. Nothing happens while another process does so.
        A failure is logged and changes nothing."""
        articles = await self._next()
        if not articles:
            return 0
        try:
            found = {r.title: r for r in await self._resolve([a.title for a in articles])}
            qids = sorted({r.qid for r in found.values() if r.qid})
            items = {item.asked: item for item in await self._items(qids)} if qids else {}
        except SourceError as error:
            self._outage.note(error, self._clock())
            return 0
        self._outage.end(self._clock())
        async with self._database.transaction() as tx:
            await tx.locks.merging()
            for article in articles:
                if (resolved := found.get(article.title)) is not None:
                    await self._apply(tx, article, resolved, items.get(resolved.qid or ""))
            await tx.entities.resolved([article.id for article in articles], self._clock())
        return len(articles)

    async def release(self) -> None:
        """Let another process resolve at once."""
        await self._lease.release(self._database)

    async def _next(self) -> list[Article]:
        """The articles to resolve next, if this process is the one to do so."""
        async with self._database.reading() as tx:  # mostly there are none
            if not await tx.entities.unresolved(1):
                return []
        async with self._database.transaction() as tx:
            if not await self._lease.take(tx):
                return []
            return await tx.entities.unresolved(BATCH)

    async def _apply(
        self, tx: Transaction, article: Article, resolved: Resolved, item: Item | None
    ) -> None:
        # Earlier articles of the batch may have moved this one with their entity.
        current = await article_of(tx, article.title)
        if resolved.article is None:
            return
        qid = item.qid if item else resolved.qid
        if qid:
            entity_id: int | None = await self._by_qid(tx, current, qid, resolved.article)
        else:
            entity_id = await self._by_redirect(tx, current, resolved.article)
        if entity_id is not None:
            await self._describe(tx, entity_id, resolved, item)

    async def _by_qid(self, tx: Transaction, article: Article, qid: str, title: str) -> int:
        """The entity of this Wikidata id, the article's own made one with it."""
        own = await tx.entities.get(article.entity_id)
        holder = await tx.entities.by_qid(qid)
        if own is not None and own.qid in (None, qid):
            return await self._merge(tx, own.id, holder.id) if holder else own.id
        return await tx.entities.move_article(
            article, holder.id if holder else None, title, since=self._still_told()
        )

    async def _by_redirect(self, tx: Transaction, article: Article, title: str) -> int | None:
        """The entity of the article that a redirect without a Wikidata id leads to; None where
        Wikidata knows the two as different ones."""
        target = await article_of(tx, title)
        one, other = article.entity_id, target.entity_id
        known = [await tx.entities.get(number) for number in (one, other)]
        if len({entity.qid for entity in known if entity and entity.qid}) > 1:
            return None
        return await self._merge(tx, one, other)

    async def _merge(self, tx: Transaction, one: int, other: int) -> int:
        return await tx.entities.merge(one, other, since=self._still_told())

    def _still_told(self) -> datetime:
        """From when on announcements may still reach somebody."""
        return self._clock() - ALERT_LIFETIME

    async def _describe(
        self, tx: Transaction, entity_id: int, resolved: Resolved, item: Item | None
    ) -> None:
        labels = item.labels if item else {}
        descriptions = item.descriptions if item else {}
        await tx.entities.describe(
            entity_id,
            labels.get(LANGUAGE) or resolved.article or resolved.title,
            item.qid if item else resolved.qid,
            descriptions.get(LANGUAGE) or resolved.description,
            {code: Name(label, descriptions.get(code)) for code, label in labels.items()},
        )
        if item is not None:
            names = {language: [name] for language, name in labels.items()}
            for language, aliases in item.aliases.items():
                names.setdefault(language, []).extend(aliases)
            await tx.entities.add_aliases(
                entity_id,
                {lang: {n: fold(n) for n in listed if fold(n)} for lang, listed in names.items()},
            )
