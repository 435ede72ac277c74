"""A browser on the stand-in's chat page, with the real bot at work behind it."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect

from bot.app.trial import reader_id
from bot.standin import StandInServer, World
from bot.standin.page import ChatPage
from bot.telegram import texts
from bot.telegram.api import call
from storage.database import Database
from tests.support.story import Story
from tests.support.talk import Talk, talking

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESK, PHONE = (1180, 820), (360, 740)


def _chromium() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    return found


@asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """The system's Chromium; tests are skipped, saying so, where there is none."""
    path = _chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        await launched.close()


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
        width, height = size
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=locale,
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            has_touch=size == PHONE,
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        await page.route("**", self._only_loopback)
        await page.goto(self.server.url)
        await expect(page.locator("#state")).to_have_text("bot · on this computer")
        return page

    def let_pass(self, **span: float) -> None:
        """Let time pass in the bot and in the news."""
        self.talk.clock.pass_by(**span)
        self.story.at = self.talk.clock.now

    async def send(self) -> None:
        """Let the bot send what is due."""
        async with self.busy:
            await self.talk.send()

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(text)

    async def _only_loopback(self, route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            await route.continue_()
            return
        self.problems.append(f"asked for {route.request.url}")
        await route.abort()


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
async def opened_town(database: Database, browser: Browser) -> AsyncIterator[Town]:
    """A town whose browser shows the page; what went wrong in it fails the test at the end."""
    world = World()
    page = ChatPage(world, reader_id)
    async with talking(database, world=world) as talk, StandInServer(world, page=page) as server:
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


async def say(page: Page, text: str) -> None:
    """Type and press Enter."""
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")


def newest(page: Page) -> Locator:
    """The bot's newest message."""
    return page.locator(".message.theirs").last


async def is_at_bottom(page: Page) -> bool:
    script = "s => s.scrollHeight - s.scrollTop - s.clientHeight < 4"
    return bool(await page.locator("#scroll").evaluate(script))


async def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    script = "() => document.documentElement.scrollWidth <= innerWidth"
    inside = "s => s.scrollWidth <= s.clientWidth"
    return bool(await page.evaluate(script)) and bool(
        await page.locator("#scroll").evaluate(inside)
    )
