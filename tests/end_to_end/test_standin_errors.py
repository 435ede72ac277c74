"""Every refusal of the stand-in, in Telegram's words."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return World(first_id=100, now=clock)


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        StandInServer(world) as server,
        httpx.AsyncClient(base_url=server.url, timeout=HANGING) as client,
    ):
        yield client


@pytest.fixture
def call(http: httpx.AsyncClient) -> Caller:
    return Caller(http, f"/bot{TOKEN}")


def keyboard(*buttons: Mapping[str, object]) -> dict[str, object]:
    return {"inline_keyboard": [[button] for button in buttons]}


async def test_texts_that_are_refused(call: Caller, world: World) -> None:
    ann = world.add_user("Ann", started=True)

    async def error(**params: object) -> str:
        return await call.error("sendMessage", chat_id=ann.id, **params)

    assert await error() == "Bad Request: message text is empty"
    assert await error(text=" \n ") == "Bad Request: message text is empty"
    assert await error(text="<b></b>", parse_mode="HTML") == "Bad Request: message text is empty"
    assert await error(text="x" * 4097) == "Bad Request: message is too long"
    assert await error(text="👍" * 2049) == "Bad Request: message is too long"
    assert await error(text="x", parse_mode="Word") == "Bad Request: unsupported parse_mode"
    assert await error(text="a<foo>", parse_mode="html") == (
        'Bad Request: can\'t parse entities: Unsupported start tag "foo" at byte offset 1'
    )
    assert world.messages(ann) == []


async def test_chats_where_the_bot_may_not_write(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")

    async def error(chat_id: object) -> str:
        return await call.error("sendMessage", chat_id=chat_id, text="x")

    assert await error("") == "Bad Request: chat_id is empty"
    assert await error(77) == "Bad Request: chat not found"
    assert await error("@nobody") == "Bad Request: chat not found"
    assert await error(ann.id) == "Forbidden: bot can't initiate conversation with a user"
    world.start(ann)
    world.block(ann)
    assert await error(ann.id) == "Forbidden: bot was blocked by the user"
    world.deactivate(ann)
    assert await error(ann.id) == "Forbidden: user is deactivated"


async def test_groups_and_channels_where_the_bot_may_not_write(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")
    group = world.add_group("Group", ann)
    super_group = world.add_supergroup("Super", ann)
    channel = world.add_channel("Channel", ann, username="news")

    async def error(chat_id: object) -> str:
        return await call.error("sendMessage", chat_id=chat_id, text="x")

    for chat in (group, super_group):
        world.kick(chat, ann)
    assert await error(group.id) == "Forbidden: bot was kicked from the group chat"
    assert await error(super_group.id) == "Forbidden: bot was kicked from the supergroup chat"
    world.set_status(channel, world.bot, "member")
    assert await error("@News") == "Bad Request: need administrator rights in the channel chat"
    world.set_status(channel, world.bot, "left")
    assert await error(channel.id) == "Forbidden: bot is not a member of the channel chat"


async def test_a_group_that_became_a_supergroup(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")
    old = world.add_group("Group", ann)
    new = world.migrate(old)
    assert await call("sendMessage", chat_id=old.id, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    sent = await call.result("sendMessage", chat_id=new.id, text="x")
    assert sent["chat"] == {"id": new.id, "type": "supergroup", "title": "Group"}


async def test_topics(call: Caller, world: World) -> None:
    forum = world.add_supergroup("Forum", forum=True)
    topic = world.add_topic(forum, "News")

    async def send(thread: int) -> dict[str, object]:
        return await call("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)

    sent = (await send(topic))["result"]
    assert isinstance(sent, dict)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    general = (await send(1))["result"]
    assert isinstance(general, dict)
    assert "message_thread_id" not in general
    assert (await send(4711))["description"] == "Bad Request: message thread not found"
    world.close_topic(forum, topic)
    assert (await send(topic))["description"] == "Bad Request: TOPIC_CLOSED"
    world.delete_topic(forum, topic)
    assert (await send(topic))["description"] == "Bad Request: message thread not found"


async def test_replies(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")
    asked = world.say(ann, "Question")
    params = {"chat_id": ann.id, "text": "x"}
    missing = {"message_id": 4711}
    assert await call.error("sendMessage", **params, reply_parameters=missing) == (
        "Bad Request: message to be replied not found"
    )
    anyway = missing | {"allow_sending_without_reply": True}
    sent = await call.result("sendMessage", **params, reply_parameters=anyway)
    assert "reply_to_message" not in sent
    there = {"message_id": asked.id}
    sent = await call.result("sendMessage", **params, reply_parameters=there)
    assert sent["reply_to_message"]["text"] == "Question"


async def test_edits_that_are_refused(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")
    asked = world.say(ann, "Question")
    sent = await call.result("sendMessage", chat_id=ann.id, text="a <b>b</b>", parse_mode="HTML")

    async def error(method: str = "editMessageText", **params: object) -> str:
        edit: dict[str, object] = {"chat_id": ann.id, "message_id": sent["message_id"]}
        return await call.error(method, **(edit | params))

    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert await error(text=" a <i></i><b>b</b>", parse_mode="HTML") == not_modified
    assert await error("editMessageReplyMarkup") == not_modified
    assert await error(text="x", message_id=4711) == "Bad Request: message to edit not found"
    assert await error(text="x", message_id=asked.id) == "Bad Request: message can't be edited"
    assert await error(text="x", message_id=0) == (
        "Bad Request: message identifier is not specified"
    )
    assert await error(text="") == "Bad Request: message text is empty"
    assert await error(text="x", inline_message_id="1") == "Bad Request: MESSAGE_ID_INVALID"
    assert await error("editMessageCaption", caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )


async def test_media(call: Caller, world: World) -> None:
    ann = world.add_user("Ann", started=True)

    async def error(method: str, **params: object) -> str:
        return await call.error(method, chat_id=ann.id, **params)

    assert await error("sendPhoto") == "Bad Request: there is no photo in the request"
    assert await error("sendDocument", document="x://y") == (
        "Bad Request: wrong HTTP URL specified"
    )
    photo = "https://example.com/p.jpg"
    assert await error("sendPhoto", photo=photo, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )
    sent = await call.result("sendPhoto", chat_id=ann.id, photo=photo, caption="x" * 1024)
    assert await error("editMessageText", message_id=sent["message_id"], text="y") == (
        "Bad Request: there is no text in the message to edit"
    )
    edited = await call.result(
        "editMessageCaption", chat_id=ann.id, message_id=sent["message_id"], caption="#y"
    )
    assert (edited["caption"], len(edited["caption_entities"])) == ("#y", 1)


async def test_deleting(call: Caller, world: World, clock: Clock) -> None:
    group = world.add_group("Group", world.add_user("Ann"))
    ann_says = world.say(world.add_user("Eve"), "hello", group)
    sent = await call.result("sendMessage", chat_id=group.id, text="x")

    async def delete(message_id: int) -> dict[str, object]:
        return await call("deleteMessage", chat_id=group.id, message_id=message_id)

    refused = "Bad Request: message can't be deleted for everyone"
    assert (await delete(ann_says.id))["description"] == refused
    clock.time += timedelta(hours=49)
    assert (await delete(sent["message_id"]))["description"] == refused
    world.set_status(group, world.bot, "administrator")
    assert (await delete(sent["message_id"]))["result"] is True
    assert (await delete(sent["message_id"]))["description"] == (
        "Bad Request: message to delete not found"
    )
    assert [one.id for one in world.messages(group)] == [ann_says.id]


async def test_queries_that_cannot_be_answered(call: Caller, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await call.error("answerCallbackQuery", callback_query_id="1") == too_old
    assert await call.error("answerInlineQuery", inline_query_id="1", results=[]) == too_old
    button = {"text": "Yes", "callback_data": "y"}
    await call.result("sendMessage", chat_id=ann.id, text="?", reply_markup=keyboard(button))
    press = world.press(ann, world.sent(ann)[-1], "y")
    answer = {"callback_query_id": press.id}
    assert await call.error("answerCallbackQuery", **answer, text="x" * 201) == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    assert await call.result("answerCallbackQuery", **answer, text="x" * 200, show_alert=True)
    for url in ("https://example.com", "https://t.me/another_bot?start=y"):
        refused = await call.error("answerCallbackQuery", **answer, url=url)
        assert refused == "Bad Request: URL_INVALID"
    world.expire_presses()
    assert await call.error("answerCallbackQuery", **answer) == too_old


async def test_members_and_other_chat_questions(call: Caller, world: World) -> None:
    ann, eve = world.add_user("Ann", started=True), world.add_user("Eve")
    group = world.add_group("Group", ann)

    async def error(method: str, **params: object) -> str:
        return await call.error(method, **params)

    member = await call.result("getChatMember", chat_id=group.id, user_id=ann.id)
    assert (member["status"], member["user"]["first_name"]) == ("creator", "Ann")
    assert (await call.result("getChatMember", chat_id=group.id, user_id=eve.id))["status"] == (
        "left"
    )
    administrators = await call.result("getChatAdministrators", chat_id=group.id)
    assert [one["user"]["id"] for one in administrators] == [ann.id]
    assert await error("getChatMember", chat_id=group.id, user_id=4711) == (
        "Bad Request: PARTICIPANT_ID_INVALID"
    )
    assert await error("getChatAdministrators", chat_id=ann.id) == (
        "Bad Request: there are no administrators in the private chat"
    )
    assert await error("sendChatAction", chat_id=ann.id, action="dancing") == (
        "Bad Request: wrong parameter action in request"
    )
    assert await call.result("leaveChat", chat_id=group.id) is True
    assert await error("getChat", chat_id=group.id) == (
        "Forbidden: bot is not a member of the group chat"
    )


async def test_pinning(call: Caller, world: World) -> None:
    group = world.add_group("Group")
    sent = await call.result("sendMessage", chat_id=group.id, text="x")
    pin = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert await call.error("pinChatMessage", **pin) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )
    assert await call.error("pinChatMessage", **(pin | {"message_id": 4711})) == (
        "Bad Request: message to pin not found"
    )
    world.set_status(group, world.bot, "administrator")
    assert await call.result("pinChatMessage", **pin) is True
