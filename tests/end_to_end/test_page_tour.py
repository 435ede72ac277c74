"""The sample week as readers see it in a browser: on a desk and on a phone, light and dark.

With ``--update-golden`` the README's pictures are taken on the way.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from bot.services.sample import SAMPLE_NOW
from bot.telegram import texts
from bot.telegram.wording import Wording
from storage.database import Database
from tests.support.browser import (
    DESK,
    PHONE,
    Picture,
    add_chat,
    fits,
    last,
    open_menu,
    opened_browser,
    picture,
    say,
)
from tests.support.tour import Tour, opened_tour
from tests.support.town import newest

__all__ = ["picture"]  # a fixture
pytestmark = pytest.mark.asyncio(loop_scope="module")

GROUP = "Africa desk"
FIRST, REWORDED = "wants Russia to shield his country", "It is his first such visit"


@pytest.fixture
def database_url(tmp_path: Path, migrated_file: Path) -> str:
    """One engine is enough here: the services' own tests run on both."""
    shutil.copy(migrated_file, tmp_path / "dateline.db")
    return f"sqlite:///{tmp_path}/dateline.db"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def tour(database_url: str, browser: Browser) -> AsyncIterator[Tour]:
    database = await Database.open(database_url)
    async with opened_tour(database, browser) as opened:
        yield opened
    await database.close()


def key(message: Locator, label: str) -> Locator:
    """A button under a message."""
    return message.get_by_role("button", name=label, exact=True)


async def shows(tour: Tour, text: str) -> None:
    """The bot's newest message says so in all windows, and nothing is too wide for them."""

    async def check(page: Page) -> None:
        await expect(newest(page)).to_contain_text(text)
        assert await fits(page)

    await tour.everywhere(check)


async def follow(tour: Tour, page: Page, *names: str) -> None:
    for name in names:
        await say(page, f"/follow {name}")
        await shows(tour, f"You follow {name} now.")


async def open_group(page: Page) -> None:
    """Go into the group, wherever the list of chats is."""
    switch = page.get_by_role("button", name="Chatting as")
    if await switch.is_visible():
        await switch.click()
    await page.get_by_role("button", name=re.compile(GROUP)).click()
    await expect(page.locator("#bot")).to_have_text(GROUP)


async def test_a_newcomer_chooses_by_button(tour: Tour, picture: Picture) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "light"), tour.window(PHONE, "dark")
    await desk.get_by_role("button", name="/start", exact=True).click()
    await shows(tour, texts.starting.WELCOME_BUSY)
    welcome = newest(phone)
    lines = (await welcome.locator(".text").inner_text()).splitlines()
    assert [line for line in lines if line] == [
        texts.starting.WELCOME,
        texts.starting.WELCOME_HOW,
        texts.starting.WELCOME_BUSY,
    ]
    await expect(welcome.locator(".key")).to_have_count(7)
    await picture(phone, "start")

    syria = welcome.get_by_role("button", name=re.compile("^Syria"))
    await syria.click()
    await expect(phone.locator("#toast")).to_contain_text("You follow Syria now.")
    await expect(syria).to_have_count(0)
    await key(newest(desk), texts.starting.BUTTON_TO_DIGEST).click()
    await shows(tour, "Shall I also sum up each day")
    await key(newest(phone), "18:00").click()
    await shows(tour, "And where are you?")
    await newest(desk).get_by_role("button", name=re.compile("^London")).click()
    await shows(tour, "Your digest comes daily at 18:00")
    await tour.minute(4)
    await shows(tour, "Hassan Rouhani come to Sochi")
    await expect(newest(desk).locator("strong").first).to_have_text("Syria")


async def test_an_alert_arrives_by_itself_and_changes_in_place(
    tour: Tour, picture: Picture
) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "dark"), tour.window(PHONE, "light")
    await say(phone, "Omar al-Bashir")
    await shows(tour, "President of Sudan")
    await key(newest(phone), "Follow Omar al-Bashir").click()
    await expect(key(newest(phone), "Unfollow")).to_be_visible()
    await tour.minute(2)
    before = await phone.locator(".message").count()
    await tour.minute(3)
    await shows(tour, FIRST)
    await expect(newest(phone).locator(".text a", has_text="France 24")).to_have_attribute(
        "href", re.compile("^http://www.france24.com/")
    )
    assert await phone.locator(".message").count() == before + 1
    await picture(phone, "alert")

    await tour.minute(5)
    await shows(tour, REWORDED)
    await shows(tour, "France 24, Deutsche Welle")
    await expect(newest(desk).locator(".edited")).to_be_visible()
    assert await phone.locator(".message").count() == before + 1
    await picture(desk, "edit")


async def test_a_day_its_pages_and_its_calendar(tour: Tour, picture: Picture) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "light"), tour.window(PHONE, "dark")
    await say(desk, "/today")
    await shows(tour, "Armed conflicts and attacks")
    await tour.minute(24)
    await say(phone, "/today")
    await shows(tour, "Page 1 of 2")
    await key(newest(phone), texts.labels.BUTTON_ON).click()
    await shows(tour, "Page 2 of 2")
    await expect(newest(desk)).not_to_contain_text("Armed conflicts and attacks")
    await picture(desk, "today")
    await key(newest(desk), texts.days.BUTTON_PICK_DAY).click()
    await shows(tour, "November 2017: which day?")
    await picture(phone, "calendar")
    await key(newest(phone), "19").click()
    await shows(tour, "19 November 2017")
    await expect(phone.locator(".message.theirs")).to_have_count(2)


async def test_what_is_related_and_a_chart(tour: Tour, picture: Picture) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "dark"), tour.window(PHONE, "light")
    await follow(tour, desk, "Vladimir Putin", "Syria", "Omar al-Bashir")
    for minute in (3, 9):
        await tour.minute(minute)
    await shows(tour, "They agree to watch over the ceasefire in Syria")
    await newest(phone).get_by_role("button", name="Reply").click()
    await say(phone, "/related")
    await shows(tour, "Context: Vladimir Putin, Sochi, Syria")
    await picture(phone, "related")
    await say(desk, "/week")
    await shows(tour, "events from 17 Nov 2017 to 23 Nov 2017")
    await expect(newest(desk).locator("img")).to_have_js_property("complete", True)
    await picture(desk, "week")


async def test_a_digest_at_the_readers_hour(tour: Tour, picture: Picture) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "light"), tour.window(PHONE, "dark")
    await follow(tour, desk, "Vladimir Putin", "Zimbabwe")
    await say(desk, "/following")
    await shows(tour, "Zimbabwe")
    await newest(desk).get_by_role("button", name="Zimbabwe").click()
    await key(newest(phone), texts.follows.BUTTON_IN_DIGEST).click()
    await expect(key(newest(desk), f"✓ {texts.follows.BUTTON_IN_DIGEST}")).to_be_visible()
    await say(desk, "/digest 18:00")
    await shows(tour, "18:00")
    for minute in (3, 9, 24):
        await tour.minute(minute)
    await expect(desk.locator(".message", has_text="Emmerson Mnangagwa")).to_have_count(0)
    await tour.at(SAMPLE_NOW + timedelta(hours=6))
    await shows(tour, "Your digest · Thursday 23 November")
    await shows(tour, "Emmerson Mnangagwa lands in Zimbabwe")
    await shows(tour, "You have had 2 alerts")
    await shows(tour, "Also in the news")
    await picture(phone, "digest")


async def test_in_a_group_everybody_asks_and_administrators_follow(
    tour: Tour, picture: Picture
) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "light"), tour.window(PHONE, "dark")
    await add_chat(desk, GROUP)
    await open_menu(desk)
    await desk.get_by_role("button", name="+ Ada").click()
    await desk.keyboard.press("Escape")
    await tour.everywhere(open_group)
    await phone.get_by_label("Speaking as").select_option("Ada")
    await say(phone, "/today")
    await shows(tour, "Armed conflicts and attacks")
    await say(phone, "/follow Vladimir Putin")
    await expect(last(desk, "others")).to_contain_text("/follow Vladimir Putin")
    await shows(tour, texts.groups.NOT_ADMIN_FOLLOWS)
    await say(desk, "/follow Vladimir Putin")
    await shows(tour, "Vladimir Putin is followed from now on.")
    await picture(desk, "group")
    await tour.minute(3)
    await shows(tour, FIRST)
    await say(phone, "/related")
    await shows(tour, "Context: Vladimir Putin, Sochi")
    await expect(last(desk, "others").locator(".name")).to_have_text("Ada")


async def test_a_reader_of_arabic(tour: Tour, picture: Picture) -> None:
    await tour.enter()
    desk, phone = tour.window(DESK, "dark"), tour.window(PHONE, "light")
    await open_menu(desk)
    await desk.get_by_label("Language of reader’s Telegram").select_option("العربية")
    await desk.keyboard.press("Escape")
    await say(phone, "/start")
    words = Wording().of("ar")
    assert words(texts.starting.WELCOME) != texts.starting.WELCOME
    await shows(tour, words(texts.starting.WELCOME))
    await say(phone, "/follow عمر البشير")
    await shows(tour, "عمر البشير")
    await tour.minute(5)
    await shows(tour, REWORDED)
    direction = "text => getComputedStyle(text).direction"
    assert await newest(phone).locator(".text").evaluate(direction) == "rtl"
    await picture(phone, "arabic")
