"""The stand-in's chat page in a browser, with the real bot at work behind it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, Locator, Page

from bot.standin import StandInServer, World
from bot.standin.page import ChatPage
from bot.telegram.api import call
from bot.telegram.texts import commands as texts
from storage.database import Database
from tests.support.browser import DESK, visit
from tests.support.story import Story
from tests.support.talk import Talk, talking


@dataclass
class Town:
    """A bot at work, the server of its page, and the browser to look at it."""

    talk: Talk
    story: Story
    server: StandInServer
    browser: Browser
    problems: list[str] = field(default_factory=list)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def visit(
        self, size: tuple[int, int] = DESK, scheme: str = "light", locale: str = "en-GB"
    ) -> Page:
        """A newcomer's window. What goes wrong in it is noted."""
        return await visit(self.browser, self.server.url, self.problems, size, scheme, locale)

    def let_pass(self, **span: float) -> None:
        """Let time pass in the bot and in the news."""
        self.talk.clock.pass_by(**span)
        self.story.at = self.talk.clock.now

    async def send(self) -> None:
        """Let the bot send what is due."""
        async with self.busy:
            await self.talk.send()


async def _work(town: Town) -> None:
    """Answer whatever the people do, as soon as they do it."""
    talk, world = town.talk, town.talk.world
    while True:
        if any(update["update_id"] >= talk.offset for update in world.updates.pending):
            async with town.busy:
                await talk.work()
        else:
            await world.changed.wait()


@asynccontextmanager
async def opened_town(
    database: Database, browser: Browser, operators: frozenset[int | str] = frozenset()
) -> AsyncIterator[Town]:
    """A town whose browser shows the page; what went wrong in it fails the test at the end."""
    world = World()
    page = ChatPage(world)
    async with (
        talking(database, world=world, operators=operators) as talk,
        StandInServer(world, page=page) as server,
    ):
        world.now = talk.clock
        commands = [{"command": c, "description": what} for c, what in texts.COMMANDS.items()]
        await call(talk.bot, "setMyCommands", {"commands": commands})
        town = Town(talk, Story(database), server, browser)
        working = asyncio.create_task(_work(town))
        try:
            yield town
        finally:
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working
        for context in browser.contexts:
            await context.close()
        assert town.problems == []
        assert [c for c in world.calls if not c.ok] == []


def newest(page: Page) -> Locator:
    """The bot's newest message."""
    return page.locator(".message.theirs").last
