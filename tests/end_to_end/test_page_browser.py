"""The chat page in a browser, against the real bot: as a newcomer, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.standin.local import reader_id
from bot.telegram import texts
from bot.telegram.api import call
from storage.database import Database
from storage.model import Telling
from tests.support.browser import DESK, PHONE, fits, is_at_bottom, opened_browser, say
from tests.support.story import account
from tests.support.town import Town, newest, opened_town

MEMORIAL = account(
    "2017-11-05",
    "A memorial for [[Vladimir the Great]] is opened in [[Moscow]] by [[Vladimir Putin]].",
)
MEETING = account(
    "2017-11-23",
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]] in [[Sochi]]. He asks "
    "for protection from what he calls aggressive acts of the United States.",
    topics=["[[Foreign relations of Russia]]"],
    sources=[
        ("Al Jazeera", "https://aljazeera.example/news/2017/11/bashir-putin"),
        ("Reuters", "https://reuters.example/article/sudan-russia"),
    ],
)
REWORDED = (
    "[[Omar al-Bashir]], President of [[Sudan]], meets [[Vladimir Putin]] in [[Sochi]] and asks "
    "for protection from the United States."
)
HAPPENING = (
    "[[Person {0}]] opens the bridge number {0} over the long and winding river in town {0}."
)


@pytest_asyncio.fixture
async def town(database: Database) -> AsyncIterator[Town]:
    async with opened_browser() as browser, opened_town(database, browser) as opened:
        yield opened


async def test_a_newcomer_follows_and_gets_an_alert_and_its_edit(town: Town) -> None:
    await town.story.tell(MEMORIAL)
    page = await town.visit(DESK, "light")
    await expect(page.locator("#empty")).to_contain_text("Dateline tells you what happened")
    await page.get_by_role("button", name="/start", exact=True).click()
    await expect(newest(page)).to_contain_text(texts.starting.WELCOME)
    await expect(page.locator("#empty")).to_be_hidden()
    await say(page, "/follow Vladimir Putin")
    await expect(newest(page)).to_contain_text("You follow Vladimir Putin now.")

    town.let_pass(minutes=12)
    await town.story.tell(MEETING, telling=Telling.PUSH)
    await town.send()
    alert = newest(page)
    await expect(alert.locator("strong").first).to_have_text("Vladimir Putin")
    await expect(alert.locator(".preview b")).to_have_text("aljazeera.example")
    await expect(page.locator("#announcer")).to_contain_text("Omar al-Bashir")
    assert await is_at_bottom(page)

    town.let_pass(minutes=12)
    await town.story.reword(MEETING, REWORDED)
    await town.send()
    await expect(alert).to_contain_text("and asks for protection")
    await expect(alert.locator(".edited")).to_be_visible()
    assert await fits(page)

    await alert.get_by_role("button", name="Follow Omar al-Bashir").click()
    await expect(page.locator("#toast")).to_contain_text("You follow Omar al-Bashir now.")
    await expect(alert.get_by_role("button", name="Follow Omar al-Bashir")).to_have_count(0)


async def test_on_a_phone_a_command_in_a_text_is_pressed_and_an_alert_replied_to(
    town: Town,
) -> None:
    await town.story.tell(MEMORIAL)
    number = await town.story.tell(MEETING)
    page = await town.visit(PHONE, "dark")
    await say(page, "/search Bashir")
    await newest(page).get_by_role("button", name=f"/event_{number}").click()
    await expect(newest(page)).to_contain_text("Politics and elections")
    await expect(page.locator(".message.own").last).to_contain_text(f"/event_{number}")

    await newest(page).get_by_role("button", name="Reply").click()
    await expect(page.locator("#reply-text")).to_have_text(re.compile("^Omar al-Bashir, President"))
    await say(page, "/related")
    await expect(page.locator(".message.own").last.locator(".quote")).to_contain_text("al-Bashir")
    await expect(newest(page)).to_contain_text("Context: Vladimir Putin")
    await expect(page.locator("#replying")).to_be_hidden()
    assert await fits(page)


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk", "phone"]
)
async def test_pages_of_a_day_turn_in_place_by_keyboard(
    town: Town, size: tuple[int, int], scheme: str
) -> None:
    await town.story.tell_all([account("2017-11-24", HAPPENING.format(n)) for n in range(60)])
    page = await town.visit(size, scheme)
    await say(page, "/today")
    shown = newest(page)
    before = await shown.locator(".text").inner_text()
    await shown.get_by_role("button", name="Next page").focus()
    await page.keyboard.press("Enter")
    await expect(shown.get_by_role("button", name="Earlier page")).to_be_visible()
    assert await shown.locator(".text").inner_text() != before
    await expect(shown.locator(".key").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(shown.locator(".text")).to_have_text(before, use_inner_text=True)
    assert await page.locator(".message.theirs").count() == 1
    assert await fits(page)


async def test_commands_are_found_by_keyboard(town: Town) -> None:
    page = await town.visit()
    field = page.get_by_role("textbox", name="Message")
    await field.press_sequentially("/fol")
    menu = page.get_by_role("group", name="Commands")
    await expect(menu.get_by_role("button")).to_have_count(2)
    await page.keyboard.press("Tab")
    await expect(field).to_have_value("/follow ")
    await field.fill("/")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(newest(page)).to_contain_text(texts.starting.HELP_HEAD)
    await field.fill("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await expect(field).to_have_value("one\ntwo")


async def test_a_press_that_is_refused_is_explained_in_a_box(town: Town) -> None:
    page = await town.visit(PHONE, "dark")
    key = {"text": "Old", "callback_data": "no such thing"}
    message = {"chat_id": reader_id("reader"), "text": "From before"}
    markup = {"inline_keyboard": [[key]]}
    await call(town.talk.bot, "sendMessage", {**message, "reply_markup": markup})
    await page.get_by_role("button", name="Old").click()
    box = page.get_by_role("dialog")
    await expect(box).to_contain_text(texts.reading.STALE)
    await page.keyboard.press("Escape")
    await expect(box).to_be_hidden()
    await expect(page.locator(".busy")).to_have_count(0)


async def test_nothing_that_is_sent_becomes_markup_or_script(town: Town) -> None:
    page = await town.visit()
    await say(page, "<img src=x onerror=alert(1)> <script>alert(2)</script> <b>bold</b>")
    own = page.locator(".message.own").last
    await expect(own).to_contain_text("<script>alert(2)</script> <b>bold</b>")
    await expect(newest(page)).to_contain_text("<script>alert(2)</script>")
    hostile = {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(3)"}
    reader = reader_id("reader")
    evil = {"chat_id": reader, "text": "here it is", "entities": [hostile]}
    preview = {"url": "javascript:alert(4)"}
    await call(town.talk.bot, "sendMessage", {**evil, "link_preview_options": preview})
    await expect(newest(page)).to_contain_text("here it is")
    assert await newest(page).locator("a").count() == 0
    assert await page.locator("main img, main script").count() == 0


async def test_formatting_files_and_right_to_left(town: Town) -> None:
    page = await town.visit(PHONE)
    reader = reader_id("reader")
    quoted = "\n".join(f"line {n}" for n in range(12))
    html = (
        '<b>bold <i>both</i></b> <s>gone</s> <code>code</code> <a href="https://a.example/x">link'
        f"</a>\n<blockquote expandable>{quoted}</blockquote>\nafter 😀 /help"
    )
    message = {"chat_id": reader, "text": html, "parse_mode": "HTML"}
    await call(town.talk.bot, "sendMessage", message)
    shown = newest(page)
    await expect(shown.locator("strong em")).to_have_text("both")
    await expect(shown.locator("s")).to_have_text("gone")
    await expect(shown.locator(".text a")).to_have_attribute("href", "https://a.example/x")
    await expect(shown.locator(".text .inline")).to_have_text("/help")
    folded = await shown.bounding_box()
    await shown.get_by_role("button", name="Show more").click()
    unfolded = await shown.bounding_box()
    assert folded and unfolded and unfolded["height"] > folded["height"]

    await call(town.talk.bot, "sendMessage", {"chat_id": reader, "text": "مرحبا بالعالم"})
    direction = "text => getComputedStyle(text).direction"
    await expect(newest(page)).to_contain_text("مرحبا")
    assert await newest(page).locator(".text").evaluate(direction) == "rtl"
    file = {"chat_id": reader, "document": "https://a.example/week.json", "caption": "Yours"}
    await call(town.talk.bot, "sendDocument", file)
    await expect(newest(page).locator(".file")).to_contain_text("week.json")
    assert await fits(page)


async def test_older_messages_are_read_in_peace(town: Town) -> None:
    page = await town.visit(PHONE)
    reader = reader_id("reader")
    for n in range(30):
        await call(town.talk.bot, "sendMessage", {"chat_id": reader, "text": f"Message {n}"})
    await expect(newest(page)).to_contain_text("Message 29")
    assert await is_at_bottom(page)
    await page.locator("#scroll").evaluate("s => s.scrollTo(0, 0)")
    assert await fits(page)
    town.talk.clock.pass_by(days=1)
    await call(town.talk.bot, "sendMessage", {"chat_id": reader, "text": "The newest"})
    down = page.get_by_role("button", name="New messages")
    await expect(down).to_be_visible()
    assert not await is_at_bottom(page)
    await down.click()
    await expect(down).to_be_hidden()
    assert await is_at_bottom(page)
    days = page.locator(".day")
    await expect(days).to_have_text(["Friday, 24 November 2017", "Saturday, 25 November 2017"])


async def test_readers_are_added_picked_and_remembered(town: Town) -> None:
    page = await town.visit(PHONE)
    switch = page.get_by_role("button", name="Chatting as")
    await switch.click()
    await page.get_by_label("Add a reader").fill("Grace")
    await page.keyboard.press("Enter")
    await expect(page.locator("#me")).to_have_text("Grace")
    await say(page, "/help")
    await expect(newest(page)).to_contain_text(texts.starting.HELP_HEAD)
    await page.reload()
    await expect(page.locator("#me")).to_have_text("Grace")
    await expect(newest(page)).to_contain_text(texts.starting.HELP_HEAD)

    await switch.click()
    await page.get_by_role("button", name=re.compile("reader$")).click()
    await expect(page.locator("#me")).to_have_text("reader")
    await expect(page.locator("#empty")).to_be_visible()
    news = {"chat_id": reader_id("Grace"), "text": "For Grace"}
    await call(town.talk.bot, "sendMessage", news)
    await switch.click()
    await expect(page.get_by_role("img", name="new messages")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(switch).to_be_focused()


async def test_a_bot_that_was_away_is_found_again(town: Town) -> None:
    page = await town.visit()
    await town.server.__aexit__(None, None, None)
    await expect(page.locator("#state")).to_have_text("connecting …")
    await say(page, "/help")
    await expect(page.locator("#toast")).to_contain_text("dateline run")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("/help")
    meanwhile = {"chat_id": reader_id("reader"), "text": "While you were away"}
    await call(town.talk.bot, "sendMessage", meanwhile)
    await town.server.__aenter__()
    await expect(newest(page)).to_contain_text("While you were away")
    await page.get_by_role("textbox", name="Message").press("Enter")
    await expect(newest(page)).to_contain_text(texts.starting.HELP_HEAD)
    assert all("ERR_" in problem for problem in town.problems), town.problems
    town.problems.clear()  # browsers note each connection that was refused
