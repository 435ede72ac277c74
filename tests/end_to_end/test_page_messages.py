"""What messages look like on the chat page in a browser: quotes, files, places, links."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.support.browser import (
    DESK,
    PHONE,
    Hall,
    add_chat,
    fits,
    is_at_bottom,
    last,
    open_menu,
    opened_browser,
    opened_hall,
    say,
)
from tests.support.chat_page import READER, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUOTE = "\n".join(f"line {number}" for number in range(12))


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def hall(browser: Browser) -> AsyncIterator[Hall]:
    async with opened_hall(browser) as opened:
        yield opened


async def test_replying_to_the_bot_shows_its_words(hall: Hall) -> None:
    page = await hall.visit(PHONE)
    await hall.call(
        "sendMessage", chat_id=READER, text="An event <b>of</b> note", parse_mode="HTML"
    )
    await page.get_by_role("button", name="Reply").click()
    await expect(page.locator("#reply-who")).to_have_text("Dateline")
    await say(page, "/related")
    said = await hall.update("message")
    assert said["reply_to_message"]["text"] == "An event of note"
    await expect(page.locator(".message.own .quote")).to_contain_text("An event of note")
    await hall.call(
        "sendMessage", chat_id=READER, text="Which one?", reply_markup={"force_reply": True}
    )
    await expect(page.locator("#reply-text")).to_have_text("Which one?")


async def test_a_location_is_shared_by_a_key_of_the_keyboard(hall: Hall) -> None:
    page = await hall.visit(PHONE)
    keys = [[{"text": "Here I am", "request_location": True}], ["Europe/Berlin"]]
    markup = {"keyboard": keys, "one_time_keyboard": True, "input_field_placeholder": "A city"}
    await hall.call("sendMessage", chat_id=READER, text="Where?", reply_markup=markup)
    await expect(page.get_by_placeholder("A city")).to_be_visible()
    assert await is_at_bottom(page)
    await page.get_by_role("button", name="Here I am").click()
    await page.get_by_role("button", name="Kathmandu").click()
    assert await fits(page)
    await page.get_by_role("button", name="Share").click()
    said = await hall.update("message")
    assert said["location"] == {"latitude": 27.7172, "longitude": 85.324}
    await expect(page.locator(".message.own")).to_contain_text("27.7172, 85.324")
    await expect(page.locator("#keys")).to_be_hidden()

    await page.get_by_role("button", name="Keyboard").click()
    await page.get_by_role("button", name="Europe/Berlin").click()
    assert (await hall.update("message"))["text"] == "Europe/Berlin"
    await open_menu(page)
    await page.get_by_role("button", name="Share a location").click()
    await page.get_by_label("Latitude").fill("48.2")
    await page.get_by_label("Longitude").fill("-16.37")
    await page.keyboard.press("Enter")
    assert (await hall.update("message"))["location"] == {"latitude": 48.2, "longitude": -16.37}
    removed = {"remove_keyboard": True}
    await hall.call("sendMessage", chat_id=READER, text="Thank you", reply_markup=removed)
    await expect(page.get_by_role("button", name="Keyboard")).to_be_hidden()


async def test_photos_and_files_are_shown_and_saved(hall: Hall, tmp_path: Path) -> None:
    page = await hall.visit(PHONE, "dark")
    picture = {"photo": ("week.png", png(640, 300), "image/png")}
    await hall.call(
        "sendPhoto",
        files=picture,
        chat_id=READER,
        caption="The week",
        show_caption_above_media="true",
    )
    image = page.get_by_role("img", name="Photo")
    await expect(image).to_have_js_property("naturalWidth", 640)
    await expect(page.locator(".message .text + .photo")).to_be_visible()
    await expect(page.locator(".message .text")).to_have_text("The week")
    assert await is_at_bottom(page)
    content = b'{"follows": []}'
    file = {"document": ("my data.json", content, "application/json")}
    await hall.call("sendDocument", files=file, chat_id=READER)
    await expect(page.locator(".file small")).to_have_text("application/json · 15 B")
    assert await fits(page)
    async with page.expect_download() as started:
        await page.get_by_title("Save my data.json").click()
    download = await started.value
    assert download.suggested_filename == "my data.json"
    await download.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == content


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_right_to_left_texts_and_long_quotations(hall: Hall, size: tuple[int, int]) -> None:
    page = await hall.visit(size)
    text = f"مرحبا بالعالم\nEnglish\n<blockquote expandable>{QUOTE}</blockquote>"
    key = {"inline_keyboard": [[{"text": "متابعة", "callback_data": "f"}]]}
    await hall.call("sendMessage", chat_id=READER, text=text, parse_mode="HTML", reply_markup=key)
    shown = last(page, "theirs")
    words = shown.locator(".text")
    assert await words.evaluate("text => getComputedStyle(text).direction") == "rtl"
    quote = shown.locator("blockquote")
    assert await quote.evaluate("quote => getComputedStyle(quote).direction") == "ltr"
    folded = await quote.bounding_box()
    more = quote.get_by_role("button")
    await more.press("Enter")
    await expect(more).to_have_attribute("aria-expanded", "true")
    unfolded = await quote.bounding_box()
    assert folded and unfolded and unfolded["height"] > 2 * folded["height"]
    assert await fits(page)


async def test_links_to_the_bot_and_to_messages_stay_on_the_page(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    group = (await hall.update("my_chat_member"))["chat"]["id"]
    first = await hall.call("sendMessage", chat_id=group, text="First")
    deep = "https://t.me/dateline_bot?start=e5"
    there = f"https://t.me/c/{-group}/{first['message_id']}"
    text = f'<a href="{there}">there</a>'
    key = {"inline_keyboard": [[{"text": "Event", "url": deep}]]}
    await hall.call("sendMessage", chat_id=group, text=text, parse_mode="HTML", reply_markup=key)
    await page.get_by_role("button", name="there").click()
    await expect(page.locator(".found")).to_contain_text("First")
    await page.get_by_role("button", name="Event").click()
    started = await hall.update("message")
    while started.get("text") is None:
        started = await hall.update("message")
    assert (started["text"], started["chat"]["id"]) == ("/start e5", READER)
    await expect(page.locator("#bot")).to_have_text("Dateline")


async def test_many_messages_stay_quick_to_walk_and_at_the_end(hall: Hall) -> None:
    for number in range(200):
        await hall.call("sendMessage", chat_id=READER, text=f"Message {number}\nwith two lines")
    page = await hall.visit(PHONE)
    await expect(page.locator(".message")).to_have_count(200)
    await expect(page.locator(".message").last).to_be_in_viewport()
    await asyncio.gather(
        *(hall.call("deleteMessage", chat_id=READER, message_id=n) for n in (1, 2))
    )
    await expect(page.locator(".message")).to_have_count(198)
    await expect(page.locator(".message").first).to_have_text(re.compile("Message 2"))
    assert await fits(page)


async def test_a_long_answer_is_read_from_its_beginning(hall: Hall) -> None:
    page = await hall.visit(PHONE)
    for number in range(20):
        await hall.call("sendMessage", chat_id=READER, text=f"Message {number}")
    await expect(page.locator(".message").last).to_contain_text("Message 19")
    assert await is_at_bottom(page)
    text = "The first line\n" + "and more\n" * 100 + "The end"
    await hall.call("sendMessage", chat_id=READER, text=text)
    await expect(page.locator(".message").last).to_contain_text("The first line")
    top = "e => e.getBoundingClientRect().top - document.querySelector('#scroll').offsetTop"
    assert -1 <= await page.locator(".message").last.evaluate(top) < 100
    await hall.call("sendMessage", chat_id=READER, text="The next")
    await expect(page.get_by_role("button", name="New messages")).to_be_visible()


async def test_on_a_phone_the_head_of_a_chat_stays_low_beside_a_long_name(hall: Hall) -> None:
    page = await hall.visit(PHONE)
    whole = "e => e.scrollWidth <= e.clientWidth"
    assert await page.locator("#switch").evaluate(whole)  # a short name is not cut
    hall.page.add_reader("Bartholomew Featherstonehaugh")
    switch = page.get_by_role("button", name="Chatting as")
    await switch.click()
    await page.get_by_role("button", name="Bartholomew").click()
    await expect(switch).to_contain_text("Bartholomew")
    line = "e => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight)"
    await expect(page.locator("#state")).to_have_text("bot · on this computer")
    assert round(await page.locator("#state").evaluate(line)) == 1
    assert await fits(page)


async def test_an_answer_may_start_the_bot_and_a_link_take_it_into_a_group(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    group = (await hall.update("my_chat_member"))["chat"]["id"]
    hall.world.kick(hall.world.roster.chats[group], READER)
    await page.get_by_role("button", name="reader", exact=True).click()
    add = {"text": "Add me", "url": "https://t.me/dateline_bot?startgroup=g7"}
    keys = [[{"text": "More", "callback_data": "more"}, add]]
    markup = {"inline_keyboard": keys}
    await hall.call("sendMessage", chat_id=READER, text="Event", reply_markup=markup)
    await page.get_by_role("button", name="More").click()
    press = await hall.update("callback_query")
    url = "t.me/dateline_bot?start=e7"
    await hall.call("answerCallbackQuery", callback_query_id=press["id"], url=url)
    assert (await hall.update("message"))["text"] == "/start e7"

    await page.get_by_role("button", name="Add me").click()
    await page.get_by_role("dialog").get_by_role("button", name="Friends").click()
    await expect(page.locator(".message.own")).to_have_text(re.compile("/start@dateline_bot g7"))
    assert hall.world.roster.status(group, hall.world.bot.id) == "member"


async def test_copying_says_so_and_other_apps_buttons_are_off(hall: Hall) -> None:
    page = await hall.visit()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = {"text": "Copy", "copy_text": {"text": "e5 👍"}}
    pay = {"text": "Game", "callback_game": {}}
    markup = {"inline_keyboard": [[copy, pay]]}
    await hall.call("sendMessage", chat_id=READER, text="Event", reply_markup=markup)
    await page.get_by_role("button", name="Copy").click()
    await expect(page.locator("#toast")).to_have_text("Copied.")
    assert await page.evaluate("() => navigator.clipboard.readText()") == "e5 👍"
    await expect(page.get_by_role("button", name="Game")).to_be_disabled()
