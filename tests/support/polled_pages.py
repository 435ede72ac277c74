"""A portal whose pages a test writes, and processes that poll it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.errors import SourceUnreachable
from bot.services.polling import PolledPortal, Polling
from bot.sources.mediawiki import PageVersion
from bot.sources.wikipedia import page_name, read_page
from storage.database import Database
from storage.model import Event, PageReading
from tests.support.day_pages import bullet, page_text
from tests.support.portal import HOLD, START, events_of
from tests.support.post import Clock

TODAY = START.date()
FLOOD = bullet("A flood reaches [[Springfield]].", ("Paper", "https://paper.example/flood"))
BRIDGE = bullet("[[Jo Mayor]] opens a bridge.", ("Wire", "https://wire.example/bridge"))
VOTE = bullet("[[Malta]] votes on its budget.", ("Post", "https://post.example/vote"))


Fetch = Callable[[Sequence[str]], Awaitable[Sequence[PageVersion]]]
Read = Callable[[str, str], PageReading]


@dataclass
class PolledPages:
    """A portal whose pages a test writes, and a process that polls it."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    pages: dict[str, PageVersion] = field(default_factory=dict)
    asked: list[Sequence[str]] = field(default_factory=list)
    down: bool = False
    polling: Polling = field(init=False)

    def __post_init__(self) -> None:
        self.polling = self.process("one")

    def process(
        self, holder: str, *, fetch: Fetch | None = None, read: Read = read_page
    ) -> Polling:
        """A process that polls."""
        portal = PolledPortal("en", page_name, fetch or self.fetch, read)
        return Polling(self.database, portal, hold=HOLD, clock=self.clock, holder=holder)

    def write(self, *bullets: str, day: date = TODAY) -> None:
        """A new revision of a day's page."""
        self.write_text(page_text(day, bullets), day)

    def write_text(self, text: str | None, day: date = TODAY) -> None:
        """A new revision, whatever it is."""
        name = page_name(day)
        before = self.pages.get(name)
        self.pages[name] = PageVersion(name, ((before and before.revision) or 0) + 1, text)

    async def fetch(self, names: Sequence[str]) -> list[PageVersion]:
        self.asked.append(names)
        if self.down:
            raise SourceUnreachable("no connection")
        return [self.pages.get(name, PageVersion(name)) for name in names]

    async def poll(self, minutes: float = 0) -> list[int]:
        """Poll after so many minutes."""
        self.clock.pass_by(minutes * 60)
        return await self.polling.poll()

    async def stand(self) -> list[int]:
        """Poll now and when what is new has stood for its hold."""
        return [*await self.poll(1), *await self.poll(10)]


@pytest.fixture
async def paper(database: Database) -> PolledPages:
    """A portal that was read once: what stood there pushes nothing."""
    newspaper = PolledPages(database)
    newspaper.write(FLOOD)
    await newspaper.poll()
    return newspaper


async def events(paper: PolledPages, day: date = TODAY) -> list[Event]:
    return await events_of(paper.database, day)
