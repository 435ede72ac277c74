"""Wikipedia and Wikidata, asked politely and within the operator's budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.config import Settings
from bot.core.pace import Budget
from bot.errors import SourceUnreachable
from bot.services.naming import LANGUAGE
from bot.services.polling import PolledPortal
from bot.sources.http import HostPace, Pace, PoliteClient
from bot.sources.mediawiki import FoundArticle, Item, PageVersion, Resolved, Wikidata, Wikipedia
from bot.sources.wikipedia import page_name, page_title, read_page
from bot.telegram.wording import LANGUAGES

HOUR = 3600.0
PROBE_SECONDS = 5.0
SEARCHES_A_MINUTE = 30
SEARCH_PATIENCE = 2.5  # seconds: a reader waits three at most


@dataclass(frozen=True)
class Wikimedia:
    """One Wikipedia and Wikidata. ``background`` is paced apart from ``wikipedia``, so that
    looking articles up never delays reading the portal."""

    wikipedia: Wikipedia
    background: Wikipedia
    wikidata: Wikidata

    async def pages(self, names: Sequence[str]) -> list[PageVersion]:
        """The newest versions of the portal's day pages of these names."""
        titles = {page_title(name): name for name in names}
        versions = await self.wikipedia.pages(list(titles))
        return [replace(version, page=titles[version.page]) for version in versions]

    async def resolve(self, titles: Sequence[str]) -> list[Resolved]:
        """Where article titles lead."""
        return await self.background.resolve(titles)

    async def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """What Wikidata says of these ids."""
        return await self.wikidata.entities(qids, LANGUAGES)

    async def search(self, words: str) -> Sequence[FoundArticle]:
        """Articles for a reader's words; nothing but real articles."""
        found = await self.wikipedia.search(words)
        return [article for article in found if not article.is_disambiguation]

    async def probe(self) -> None:
        """Ask the portal for today's page, within ``PROBE_SECONDS``.

        Raises ``SourceError`` where it can't be reached.
        """
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await self.pages([page_name(datetime.now(UTC).date())])
        except TimeoutError as error:
            raise SourceUnreachable(f"no answer within {PROBE_SECONDS:.0f} s") from error

    def portal(self) -> PolledPortal:
        """The portal of current events, as the polling takes it."""
        return PolledPortal(key=LANGUAGE, page_name=page_name, fetch=self.pages, read=read_page)


@asynccontextmanager
async def open_wikimedia(
    settings: Settings, hosts: HostPace | None = None
) -> AsyncIterator[Wikimedia]:
    """A client of Wikimedia's, closed at the end. With the ``hosts`` of other clients, what
    each is told by a host to wait counts for all."""
    async with PoliteClient(settings.user_agent, per_host=hosts, in_turn=False) as client:
        yield wikimedia_of(client, settings)


def wikimedia_of(client: PoliteClient, settings: Settings) -> Wikimedia:
    """Wikimedia over a client, with the budgets that the settings give."""
    rate = settings.wikimedia_rate
    polls = timedelta(hours=1) / settings.poll_interval
    rest = max(rate - polls, rate / 10)
    background = Pace(Budget.of(rest, HOUR, burst=4))
    searches = Pace(Budget.of(SEARCHES_A_MINUTE, 60.0), max_wait=SEARCH_PATIENCE)
    return Wikimedia(
        wikipedia=Wikipedia(
            client,
            settings.wikipedia_api_url,
            limiter=Pace(Budget.of(rate, HOUR, burst=10)),
            search_limiter=searches,
        ),
        background=Wikipedia(client, settings.wikipedia_api_url, limiter=background),
        wikidata=Wikidata(client, settings.wikidata_api_url, limiter=background),
    )
