"""Telegram's limits: just within is taken, just beyond is refused in Telegram's words."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING

Button = dict[str, object]


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
async def call(world: World) -> AsyncIterator[Caller]:
    async with StandInServer(world) as server, httpx.AsyncClient(timeout=HANGING) as http:
        yield Caller(http, f"{server.url}/bot{TOKEN}")


def data(text: str) -> Button:
    return {"text": "x", "callback_data": text}


async def send(call: Caller, world: World, rows: list[list[Button]], text: str = "x") -> str:
    """The refusal of a message with these buttons, or "" where it is taken."""
    ann = world.add_user("Ann", started=True)
    markup = {"inline_keyboard": rows}
    body = await call("sendMessage", chat_id=ann.id, text=text, reply_markup=markup)
    return str(body.get("description", "")).removeprefix("Bad Request: ")


@pytest.mark.parametrize("text", ["x" * 4096, "👍" * 2048, "<b>" + "x" * 4096 + "</b>"])
async def test_the_longest_text(call: Caller, world: World, text: str) -> None:
    ann = world.add_user("Ann", started=True)
    sent = await call.result("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert len(sent["text"].encode("utf-16-le")) == 2 * 4096


@pytest.mark.parametrize(
    "button",
    [
        data("x" * 64),
        data("é" * 32),
        {"text": "x", "url": "https://example.com/?a=b"},
        {"text": "x", "url": "t.me/dateline_bot?start=e-1"},
        {"text": "x", "url": "tg://user?id=1"},
        {"text": "x", "copy_text": {"text": "x" * 256}},
        {"text": "x", "switch_inline_query": ""},
    ],
)
async def test_buttons_that_are_taken(call: Caller, world: World, button: Button) -> None:
    assert await send(call, world, [[button]]) == ""


_NO_TEXT_BUTTONS = (
    "can't parse InlineKeyboardButton: Text buttons are not allowed in the inline keyboard"
)


@pytest.mark.parametrize(
    ("button", "problem"),
    [
        (data("x" * 65), "BUTTON_DATA_INVALID"),
        (data("é" * 33), "BUTTON_DATA_INVALID"),
        (data(""), _NO_TEXT_BUTTONS),
        ({"text": "x"}, _NO_TEXT_BUTTONS),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"callback_data": "x"}, "can't parse InlineKeyboardButton: Can't find field \"text\""),
        (
            {"text": "x", "callback_data": 5},
            'can\'t parse InlineKeyboardButton: Field "callback_data" must be of type String',
        ),
        ({"text": "x", "callback_data": "x", "url": "https://a.de"}, "BUTTON_TYPE_INVALID"),
        (
            {"text": "x", "url": "http://localhost:80/"},
            "inline keyboard button URL 'http://localhost:80/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "http://a.de:port/"},
            "inline keyboard button URL 'http://a.de:port/' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "copy_text": "x"},
            'can\'t parse InlineKeyboardButton: Field "copy_text" must be of type Object '
            'with a "text"',
        ),
    ],
)
async def test_buttons_that_are_refused(
    call: Caller, world: World, button: Button, problem: str
) -> None:
    assert await send(call, world, [[button]]) == problem


@pytest.mark.parametrize("how", ["", "_current_chat", "_chosen_chat"])
async def test_channels_have_no_buttons_that_begin_an_inline_query(
    call: Caller, world: World, how: str
) -> None:
    ann = world.add_user("Ann")
    channel, group = world.add_channel("News", ann), world.add_group("Friends", ann)
    query: object = {"query": "x"} if how == "_chosen_chat" else "x"
    markup = {"inline_keyboard": [[data("x")], [{"text": "x", f"switch_inline_query{how}": query}]]}
    assert await call.result("sendMessage", chat_id=group.id, text="x", reply_markup=markup)
    post = {"chat_id": channel.id, "text": "x"}
    sent = await call.result("sendMessage", **post)
    post |= {"text": "y", "reply_markup": markup}
    for refused in (
        await call("sendMessage", **post),
        await call("editMessageText", message_id=sent["message_id"], **post),
    ):
        name = "switch_inline_query_current_chat" if "current" in how else "switch_inline_query"
        assert refused["description"] == (
            f"Bad Request: can't use {name} button in a channel chat, because users will not be "
            "able to use the button without knowing bot's username"
        )


async def test_number_of_buttons(call: Caller, world: World) -> None:
    row = [data("x")] * 8
    assert await send(call, world, [row] * 12 + [row[:4], []]) == ""
    assert await send(call, world, [row] * 12 + [row[:5]]) == "REPLY_MARKUP_TOO_LONG"
    assert await send(call, world, [[*row, data("x")]]) == "REPLY_MARKUP_TOO_LONG"


async def test_keyboards_that_are_none(call: Caller, world: World) -> None:
    problem = 'can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array'
    assert await send(call, world, [data("x")]) == problem  # type: ignore[list-item]  # the fault
    ann = world.add_user("Ann", started=True)
    sent = await call.result(
        "sendMessage", chat_id=ann.id, text="x", reply_markup={"force_reply": True}
    )
    assert "reply_markup" not in sent


def command(name: str = "today", description: str = "x") -> dict[str, str]:
    return {"command": name, "description": description}


async def test_commands(call: Caller) -> None:
    many = [command(f"c{number}") for number in range(100)]
    longest = [command("x" * 32, "👍" * 128)]
    assert await call.result("setMyCommands", commands=many)
    assert await call.result("getMyCommands") == many
    german = {"scope": {"type": "all_private_chats"}, "language_code": "de"}
    assert await call.result("setMyCommands", commands=longest, **german)
    assert await call.result("getMyCommands", **german) == longest
    assert await call.result("deleteMyCommands", **german)
    assert await call.result("getMyCommands", **german) == []


@pytest.mark.parametrize(
    ("commands", "problem"),
    [
        ([command()] * 101, "BOT_COMMANDS_TOO_MUCH"),
        ([command("x" * 33)], "BOT_COMMAND_INVALID"),
        ([command("Today")], "BOT_COMMAND_INVALID"),
        ([command("")], "BOT_COMMAND_INVALID"),
        ([command(description="x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([command(description="")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x"}], "can't parse BotCommand: Can't find field \"description\""),
        (["x"], "can't parse BotCommand: expected an Object"),
    ],
)
async def test_commands_that_are_refused(
    call: Caller, commands: list[object], problem: str
) -> None:
    assert await call.error("setMyCommands", commands=commands) == f"Bad Request: {problem}"


async def test_descriptions(call: Caller) -> None:
    assert await call.result("setMyDescription", description="x" * 512)
    assert await call.result("setMyShortDescription", short_description="x" * 120)
    assert len((await call.result("getMyDescription"))["description"]) == 512
    assert len((await call.result("getMyShortDescription"))["short_description"]) == 120
    assert await call.error("setMyDescription", description="x" * 513) == (
        "Bad Request: description is too long"
    )
    assert await call.error("setMyShortDescription", short_description="x" * 121) == (
        "Bad Request: short description is too long"
    )


async def test_webhook_settings(call: Caller) -> None:
    url = "https://example.com/hook"
    assert await call.result("setWebhook", url=url, secret_token="A-z_9" * 51)
    info = await call.result("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (url, 40)
    secret = "Bad Request: secret token contains unallowed characters"
    for bad in ("x" * 257, "a b", "é"):
        assert await call.error("setWebhook", url=url, secret_token=bad) == secret
    assert await call.error("setWebhook", url="ftp://example.com") == (
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
    assert await call.result("setWebhook", url="") is True
    assert (await call.result("getWebhookInfo"))["url"] == ""


def result(number: object) -> dict[str, object]:
    content = {"message_text": "x"}
    return {"type": "article", "id": number, "title": "x", "input_message_content": content}


async def test_inline_results(call: Caller, world: World) -> None:
    query = world.ask_inline(world.add_user("Ann"), "merkel")
    fifty = [result(str(number)) for number in range(50)]
    assert await call.result("answerInlineQuery", inline_query_id=query, results=fifty)
    assert world.inline_queries[query] == fifty
    for bad, problem in (
        ([*fifty, result("50")], "RESULTS_TOO_MUCH"),
        ([result("x" * 65)], "RESULT_ID_INVALID"),
        ([result(5)], "RESULT_ID_INVALID"),
        ([result("1"), result("1")], "RESULT_ID_DUPLICATE"),
    ):
        found = await call.error("answerInlineQuery", inline_query_id=query, results=bad)
        assert found == f"Bad Request: {problem}"


async def test_deep_links(world: World) -> None:
    ann = world.add_user("Ann")
    assert world.start(ann, "A-z_9" * 12).text == "/start " + "A-z_9" * 12
    for payload in ("x" * 65, "a b", "é"):
        with pytest.raises(ValueError, match="no app opens"):
            world.start(ann, payload)
