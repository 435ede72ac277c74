"""A browser on the stand-in's chat page: whoever tests the page alone is the bot."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, Route, async_playwright, expect

from bot.standin import TOKEN, StandInServer, World
from bot.standin.page import ChatPage
from tests.support.chat_page import HANGING

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESK, PHONE = (1180, 820), (360, 740)
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST_PICTURE = 150_000  # bytes
# Of a message that is taller than the window, its beginning is shown.
_BEGINNING = """() => {
  const scroll = document.querySelector("#scroll");
  const newest = [...document.querySelectorAll(".message")].at(-1);
  const above = newest.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
  if (above < 0) scroll.scrollBy(0, above - 12);
  document.activeElement.blur();
}"""

Picture = Callable[[Page, str], Awaitable[None]]


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
        expect.set_options(timeout=HANGING * 1000)
        launched = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        await launched.close()


async def _watch(page: Page, problems: list[str]) -> None:
    """Note what the page complains of, and what it asks of others, which it does not get."""

    def note(kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            problems.append(text)

    async def only_loopback(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            await route.continue_()
            return
        problems.append(f"asked for {route.request.url}")
        await route.abort()

    page.on("console", lambda said: note(said.type, said.text))
    page.on("pageerror", lambda error: note("error", str(error)))
    await page.route("**", only_loopback)


async def visit(
    browser: Browser,
    url: str,
    problems: list[str],
    size: tuple[int, int] = DESK,
    scheme: str = "light",
    locale: str = "en-GB",
) -> Page:
    """A newcomer's window with the page in it. What goes wrong there joins the problems."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
        has_touch=size == PHONE,
    )
    page = await context.new_page()
    page.set_default_timeout(HANGING * 1000)
    await _watch(page, problems)
    await page.goto(url)
    await expect(page.locator("#state")).to_have_text("bot · on this computer")
    return page


@dataclass
class Hall:
    """The page alone: whoever tests it is the bot, by calls of the Bot API."""

    world: World
    page: ChatPage
    server: StandInServer
    browser: Browser
    http: httpx.AsyncClient
    problems: list[str] = field(default_factory=list)

    async def visit(self, size: tuple[int, int] = DESK, scheme: str = "light") -> Page:
        """A newcomer's window. What goes wrong in it is noted."""
        return await visit(self.browser, self.server.url, self.problems, size, scheme)

    async def call(
        self, method: str, files: dict[str, tuple[str, bytes, str]] | None = None, **params: Any
    ) -> Any:
        """What the bot gets for a call; with files it goes as a multipart form."""
        form, body = (params, None) if files else (None, params)
        url = f"/bot{TOKEN}/{method}"
        answer = await self.http.post(url, data=form, files=files, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    async def update(self, kind: str) -> Any:
        """The next update of this kind, once it is there; those before it are forgotten."""
        pending = self.world.updates.pending
        await self.world.until(lambda: any(kind in one for one in pending))
        while kind not in pending[0]:
            del pending[0]
        return pending.pop(0)[kind]


@asynccontextmanager
async def opened_hall(browser: Browser) -> AsyncIterator[Hall]:
    """A page without a bot behind it; what went wrong in it fails the test at the end."""
    world = World()
    page = ChatPage(world)
    async with (
        StandInServer(world, page=page) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=HANGING) as http,
    ):
        hall = Hall(world, page, server, browser, http)
        yield hall
        for context in browser.contexts:
            await context.close()
    assert hall.problems == []


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Takes a picture for the documentation, by its name, where the run asks for that."""
    wanted = bool(request.config.getoption("--update-golden", default=False))

    async def take(page: Page, name: str) -> None:
        if wanted:
            path = PICTURES / f"{name}.png"
            await page.mouse.move(0, 0)
            await expect(page.locator("#toast")).to_be_hidden(timeout=HANGING * 1000)
            await page.evaluate(_BEGINNING)
            await page.screenshot(path=path)
            assert path.stat().st_size < LARGEST_PICTURE

    return take


async def say(page: Page, text: str) -> None:
    """Type and press Enter."""
    await page.get_by_role("textbox", name="Message").fill(text)
    await page.keyboard.press("Enter")


async def is_at_bottom(page: Page) -> bool:
    script = "s => s.scrollHeight - s.scrollTop - s.clientHeight < 4"
    return bool(await page.locator("#scroll").evaluate(script))


async def fits(page: Page) -> bool:
    """Whether nothing is wider than the window, nor taller but for what scrolls in it."""
    script = """() => {
      const { scrollWidth, scrollHeight } = document.body;
      return scrollWidth <= innerWidth && scrollHeight <= innerHeight;
    }"""
    inside = "s => s.scrollWidth <= s.clientWidth"
    return bool(await page.evaluate(script)) and bool(
        await page.locator("#scroll").evaluate(inside)
    )


async def add_chat(page: Page, title: str, kind: str = "Group") -> None:
    """Make a group or channel, as the owner."""
    await page.get_by_label("New group or channel").fill(title)
    await page.get_by_label("Kind").select_option(kind)
    await page.get_by_role("button", name="Create").click()
    await expect(page.locator("#bot")).to_have_text(title)


async def open_menu(page: Page) -> None:
    """Open what can be done with the chat."""
    await page.get_by_role("button", name="Chat menu").click()


def last(page: Page, side: str) -> Locator:
    """The newest message of one side: own, theirs (the bot's, a channel's) or others."""
    return page.locator(f".message.{side}").last
