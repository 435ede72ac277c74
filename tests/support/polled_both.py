"""Publishers' feeds beside the portal's page of the day, both polled by one process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.services.polling import PolledPortal, Polling
from bot.sources.mediawiki import PageVersion
from bot.sources.wikipedia import page_name, read_page
from tests.support.day_pages import page_text
from tests.support.polled_feeds import START, PolledFeeds
from tests.support.portal import HOLD

DAY = START.date()


@dataclass
class PolledBoth(PolledFeeds):
    """``bullets`` are what the portal's page lists."""

    bullets: list[str] = field(default_factory=list)

    async def read_portal(self, *bullets: str, minutes: float = 0) -> list[int]:
        """Let so many minutes pass, and find these bullets on the page; the events changed."""
        self.now += timedelta(minutes=minutes)
        self.bullets = list(bullets)
        polling = Polling(
            self.database,
            PolledPortal("en", page_name, self._fetch, read_page),
            hold=HOLD,
            clock=lambda: self.now,
            holder="here",
            joining=self.joining,
        )
        return await polling.poll()

    async def _fetch(self, names: Sequence[str]) -> list[PageVersion]:
        text, page = page_text(DAY, self.bullets), page_name(DAY)
        return [PageVersion(page, hash(text) % 10**9, text)] if page in names else []
