"""The sample week on the chat page: its bot at work, and windows of several kinds on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from playwright.async_api import Browser, Page

from bot.app.clock import utc_now
from bot.errors import SourceError
from bot.services.digesting import Digesting
from bot.services.polling import Polling
from bot.services.sample import SAMPLE_NOW, sample_portal
from bot.services.sampling import Clock, Sampling
from storage.database import Database
from tests.support.browser import DESK, PHONE
from tests.support.post import no_weekly
from tests.support.town import Town, opened_town

KINDS = [(size, scheme) for size in (DESK, PHONE) for scheme in ("light", "dark")]


@dataclass
class Tour:
    """A bot that serves the sample week, and the windows in which one reader sees it.

    ``windows`` are on a desk and on a phone, light and dark, in the order of ``KINDS``.
    """

    town: Town
    polling: Polling
    digesting: Digesting
    windows: list[Page] = field(default_factory=list)

    async def enter(self) -> None:
        """Open all windows."""
        visits = (self.town.visit(size, scheme) for size, scheme in KINDS)
        self.windows = await asyncio.gather(*visits)

    def window(self, size: tuple[int, int], scheme: str) -> Page:
        """The window of this kind."""
        return self.windows[KINDS.index((size, scheme))]

    async def everywhere(self, check: Callable[[Page], Awaitable[None]]) -> None:
        """Check something in all windows."""
        await asyncio.gather(*map(check, self.windows))

    async def minute(self, minute: int) -> None:
        """So many minutes of the week have passed: what is new is read and sent."""
        await self.at(SAMPLE_NOW + timedelta(minutes=minute))

    async def at(self, time: datetime) -> None:
        """It is this time: all that is due is done."""
        async with self.town.busy:
            self.town.talk.clock.now = time
            await self.polling.poll()
            await self.digesting.tick()
            await self.town.talk.send()


async def _unreachable() -> None:
    raise SourceError("there is no network here")


@asynccontextmanager
async def opened_tour(database: Database, browser: Browser) -> AsyncIterator[Tour]:
    """A tour at the week's beginning, without windows yet."""
    async with opened_town(database, browser) as town:
        sampling = Sampling(database, Clock(utc_now), _unreachable, "tour")
        await sampling.begin(allowed=True)
        clock = town.talk.clock
        clock.now = SAMPLE_NOW
        polling = Polling(
            database,
            sample_portal(clock),
            hold=timedelta(0),
            clock=clock,
            holder="tour",
        )
        yield Tour(town, polling, Digesting(database, clock=clock, weekly=no_weekly))
