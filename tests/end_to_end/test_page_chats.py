"""Groups, channels and inline mode on the chat page in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.support.browser import (
    PHONE,
    Hall,
    add_chat,
    fits,
    last,
    open_menu,
    opened_browser,
    opened_hall,
    say,
)
from tests.support.chat_page import ONE_BUTTON, READER

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def hall(browser: Browser) -> AsyncIterator[Hall]:
    async with opened_hall(browser) as opened:
        yield opened


async def test_two_members_of_a_group_speak_and_one_presses(hall: Hall) -> None:
    ada = hall.page.add_reader("Ada")
    page = await hall.visit()
    await add_chat(page, "Friends")
    come = await hall.update("my_chat_member")
    group = come["chat"]["id"]
    assert (come["from"]["id"], come["new_chat_member"]["status"]) == (READER, "member")
    assert group < -(2**52)

    await open_menu(page)
    await page.get_by_role("button", name="+ Ada").click()
    await expect(page.get_by_label("Ada", exact=True)).to_have_value("member")
    await page.get_by_label("Ada", exact=True).select_option("Administrator")
    await page.keyboard.press("Escape")
    await expect(page.locator("#state")).to_have_text("group · 2 members · bot is a member")
    await say(page, "/today")
    await expect(last(page, "own")).to_contain_text("/today")
    await page.get_by_label("Speaking as").select_option("Ada (admin)")
    await expect(page.locator("#me")).to_have_text("Ada")
    await say(page, "And I am Ada")
    await expect(last(page, "own")).to_contain_text("And I am Ada")
    await expect(last(page, "others")).to_contain_text("reader")
    assert [one.sender and one.sender.id for one in hall.world.messages(group)[-2:]] == [
        READER,
        ada.id,
    ]
    await hall.call("sendMessage", chat_id=group, text="Events", reply_markup=ONE_BUTTON)
    other = await hall.visit()
    await other.locator("#chats button").click()
    await other.get_by_label("Speaking as").select_option("Ada (admin)")
    await page.get_by_role("button", name="Go").click()
    press = await hall.update("callback_query")
    assert (press["from"]["id"], press["message"]["chat"]["id"]) == (ada.id, group)
    await hall.call("answerCallbackQuery", callback_query_id=press["id"], text="Pressed by Ada")
    await expect(page.locator("#toast")).to_have_text("Pressed by Ada")
    await expect(other.locator(".message.theirs")).to_have_count(1)
    await expect(other.locator("#toast")).to_be_hidden()
    await expect(page.locator(".busy")).to_have_count(0)


async def test_an_administrator_writes_as_the_group(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    group = (await hall.update("my_chat_member"))["chat"]["id"]
    await page.get_by_label("anonymously").check()
    await say(page, "We are the group")
    await expect(last(page, "others").locator(".name")).to_have_text("Friends")
    assert hall.world.messages(group)[-1].as_chat


async def test_the_bot_is_thrown_out_and_taken_back(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    await open_menu(page)
    await page.get_by_label("Dateline", exact=True).select_option("Not in this chat")
    await expect(page.locator("#state")).to_contain_text("bot is not here")
    await page.get_by_label("Dateline", exact=True).select_option("Administrator")
    await expect(page.locator("#state")).to_contain_text("bot is administrator")
    statuses = [
        one["my_chat_member"]["new_chat_member"]["status"]
        for one in hall.world.updates.pending
        if "my_chat_member" in one
    ]
    assert statuses == ["member", "kicked", "administrator"]


async def test_a_group_becomes_a_forum(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    await open_menu(page)
    await page.get_by_role("checkbox", name="Use topics").check()
    await expect(page.locator("#state")).to_contain_text("supergroup")
    await page.get_by_label("New topic").fill("Politics")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Close").last.click()
    await expect(page.locator(".happening")).to_have_text(["This supergroup was a group"])
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await page.get_by_role("button", name="Politics").focus()
    await page.keyboard.press("Enter")
    await say(page, "In the topic")
    topic = page.locator(".message.own")
    await expect(topic).to_contain_text("In the topic")
    await page.keyboard.press("Shift+Tab")
    await page.get_by_role("button", name="Politics").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("button", name="General")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(topic).to_have_count(0)
    said = hall.world.updates.pending[-1]["message"]
    assert (said["text"], said["is_topic_message"]) == ("In the topic", True)
    assert said["chat"]["is_forum"] is True


async def test_a_channel_is_written_to_by_administrators_only(hall: Hall) -> None:
    hall.page.add_reader("Ada")
    page = await hall.visit(PHONE, "dark")
    await page.get_by_role("button", name="Chatting as").click()
    await add_chat(page, "Daily", "Channel")
    await say(page, "/today@dateline_bot")
    post = await hall.update("channel_post")
    assert (post["sender_chat"]["title"], "from" in post) == ("Daily", False)
    await hall.call("sendMessage", chat_id=post["chat"]["id"], text="Digest")
    await expect(last(page, "theirs")).to_contain_text("Digest")

    await open_menu(page)
    await page.get_by_role("button", name="+ Ada").click()
    await page.keyboard.press("Escape")
    await page.get_by_label("Speaking as").select_option("Ada")
    await expect(page.locator("#silent")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    assert await fits(page)


def article(number: int) -> dict[str, object]:
    return {
        "type": "article",
        "id": str(number),
        "title": f"Event {number}",
        "description": f"What happened {number}",
        "input_message_content": {"message_text": f"<b>Event {number}</b>", "parse_mode": "HTML"},
        "reply_markup": {"inline_keyboard": [[{"text": "Follow", "callback_data": "f"}]]},
    }


async def test_inline_results_are_chosen_by_keyboard(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    await page.get_by_role("textbox", name="Message").fill("@Dateline_Bot  sudan")
    query = await hall.update("inline_query")
    assert (query["query"], query["offset"], query["chat_type"]) == ("sudan", "", "group")
    results = [article(number) for number in range(2)]
    await hall.call(
        "answerInlineQuery", inline_query_id=query["id"], results=results, next_offset="2"
    )
    found = page.get_by_role("group", name="Inline results")
    await expect(found.get_by_role("button")).to_have_count(3)
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    more = await hall.update("inline_query")
    assert (more["query"], more["offset"]) == ("sudan", "2")
    await hall.call("answerInlineQuery", inline_query_id=more["id"], results=[article(2)])
    await expect(found.get_by_role("button", name="Event 2")).to_be_focused()
    await page.keyboard.press("Enter")
    own = page.locator(".message.own")
    await expect(own.locator("strong")).to_have_text("Event 2")
    await expect(own.locator(".via")).to_have_text("via @dateline_bot")
    await expect(found).to_be_hidden()
    said = await hall.update("message")
    assert (said["via_bot"]["username"], said["from"]["id"]) == ("dateline_bot", READER)

    await own.get_by_role("button", name="Follow").click()
    press = await hall.update("callback_query")
    assert "message" not in press
    await hall.call("editMessageText", inline_message_id=press["inline_message_id"], text="Edited")
    await expect(own.locator(".text")).to_have_text("Edited")


async def test_a_button_asks_inline_in_a_chat_that_is_chosen(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Friends")
    await page.get_by_role("button", name="reader", exact=True).click()
    rows = [
        [{"text": "Share", "switch_inline_query": "e5"}],
        [{"text": "Here", "switch_inline_query_current_chat": "e6"}],
    ]
    markup = {"inline_keyboard": rows}
    await hall.call("sendMessage", chat_id=READER, text="Event", reply_markup=markup)
    await page.get_by_role("button", name="Here").click()
    here = await hall.update("inline_query")
    assert (here["query"], here["chat_type"]) == ("e6", "sender")
    button = {"text": "Sign in", "start_parameter": "in"}
    await hall.call("answerInlineQuery", inline_query_id=here["id"], results=[], button=button)
    await page.get_by_role("button", name="Sign in").click()
    assert (await hall.update("message"))["text"] == "/start in"

    await page.get_by_role("button", name="Share").click()
    await page.get_by_role("dialog").get_by_role("button", name="Friends").click()
    await expect(page.locator("#bot")).to_have_text("Friends")
    assert (await hall.update("inline_query"))["query"] == "e5"
    await page.get_by_role("textbox", name="Message").fill("")


async def test_commands_and_language_are_the_readers_own(hall: Hall) -> None:
    for code, text in (("", "Events"), ("de", "Ereignisse")):
        command = {"command": "today", "description": text}
        await hall.call("setMyCommands", commands=[command], language_code=code)
    page = await hall.visit(PHONE)
    await open_menu(page)
    await page.get_by_label("Language of reader’s Telegram").select_option("Deutsch")
    await page.get_by_role("button", name="Block the bot").click()
    await expect(page.get_by_role("button", name="Unblock the bot")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Commands").click()
    await expect(page.get_by_role("group", name="Commands")).to_contain_text("Ereignisse")
    await page.keyboard.press("Enter")
    said = await hall.update("message")
    assert (said["text"], said["from"]["language_code"]) == ("/today", "de")


async def test_news_in_another_topic_are_marked(hall: Hall) -> None:
    page = await hall.visit()
    await add_chat(page, "Forum", "Group with topics")
    chat = (await hall.update("my_chat_member"))["chat"]
    assert (chat["type"], chat["is_forum"]) == ("supergroup", True)
    forum = hall.world.roster.chats[chat["id"]]
    topic = hall.world.add_topic(forum, "أخبار", READER)
    tab = page.get_by_role("navigation", name="Topics").get_by_role("button", name="أخبار")
    await hall.call("sendMessage", chat_id=forum.id, text="There", message_thread_id=topic)
    await expect(tab.get_by_role("img", name="new messages")).to_be_visible()
    await tab.click()
    await expect(last(page, "theirs")).to_contain_text("There")
    await expect(tab.get_by_role("img")).to_have_count(0)
    await page.get_by_label("Speaking as").focus()
    hall.world.delete_topic(forum, topic)
    await expect(page.get_by_role("navigation").get_by_role("button")).to_have_text(["General"])
    await expect(page.locator(".message")).to_have_count(0)


async def test_a_button_may_ask_inline_in_groups_only(hall: Hall) -> None:
    page = await hall.visit()
    for title, kind in (("Friends", "Group"), ("Daily", "Channel")):
        await add_chat(page, title, kind)
    await page.get_by_role("button", name="reader", exact=True).click()
    where = {"query": "e5", "allow_group_chats": True}
    markup = {"inline_keyboard": [[{"text": "Share", "switch_inline_query_chosen_chat": where}]]}
    await hall.call("sendMessage", chat_id=READER, text="Event", reply_markup=markup)
    await page.get_by_role("button", name="Share").click()
    offered = page.locator("#choose-list").get_by_role("button")
    await expect(offered).to_have_text(["Friends"])
    await page.keyboard.press("Escape")
    await expect(offered).to_be_hidden()


async def test_the_lists_are_walked_by_arrow_keys(hall: Hall) -> None:
    for name in ("Ada", "علي"):
        hall.page.add_reader(name)
    page = await hall.visit(PHONE, "dark")
    switch = page.get_by_role("button", name="Chatting as")
    await switch.focus()
    await page.keyboard.press("Enter")
    readers = page.locator("#readers").get_by_role("button")
    await expect(readers.first).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(readers.last).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.locator("#me")).to_have_text("Ada")
    await expect(page.locator("#people")).to_be_hidden()
    await switch.click()
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await expect(page.locator("#me")).to_have_text("علي")
    await open_menu(page)
    await expect(page.get_by_role("dialog")).to_contain_text("Language of علي’s Telegram")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Chat menu")).to_be_focused()
    assert await fits(page)
