"""Inline mode: asking, answering, choosing, and messages that the bot knows by number only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import User
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING, ONE_BUTTON


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
def ann(world: World) -> User:
    return world.add_user("Ann")


@pytest.fixture
async def call(world: World) -> AsyncIterator[Caller]:
    async with StandInServer(world) as server, httpx.AsyncClient(timeout=HANGING) as http:
        yield Caller(http, f"{server.url}/bot{TOKEN}")


def article(**changes: object) -> dict[str, Any]:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    basis = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    return basis | changes


def text(message_text: str, **more: object) -> dict[str, Any]:
    return {"input_message_content": {"message_text": message_text} | more}


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        (article(id=""), "RESULT_ID_INVALID"),
        (article(id="é" * 33), "RESULT_ID_INVALID"),
        (article(type="essay"), "RESULT_TYPE_INVALID"),
        (article(title=" "), "ARTICLE_TITLE_EMPTY"),
        (article(**text("")), "message text is empty"),
        (article(**text("x" * 4097)), "message is too long"),
        (
            article(**text("<b>", parse_mode="HTML")),
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            article(reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}),
            "BUTTON_DATA_INVALID",
        ),
        (
            {"type": "article", "id": "1", "title": "x"},
            "can't parse InlineQueryResult: Input message content is not specified",
        ),
        ({"type": "photo", "id": "1", "caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_results_that_are_refused(
    call: Caller, world: World, ann: User, result: dict[str, Any], problem: str
) -> None:
    query = world.ask_inline(ann, "x")
    refused = await call.error("answerInlineQuery", inline_query_id=query, results=[result])
    assert refused == f"Bad Request: {problem}"
    assert query not in world.inline_answers


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "", "start_parameter": "x"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "x"}}, "START_PARAM_INVALID"),
    ],
)
async def test_what_goes_with_results_and_is_refused(
    call: Caller, world: World, ann: User, more: dict[str, object], problem: str
) -> None:
    query = world.ask_inline(ann, "x")
    answer = {"inline_query_id": query, "results": [article()]}
    assert await call.error("answerInlineQuery", **answer, **more) == f"Bad Request: {problem}"


async def test_a_choice_is_sent_in_the_persons_name(call: Caller, world: World, ann: User) -> None:
    group = world.add_group("Group", ann)
    query = world.ask_inline(ann, "sudan", "20", "group")
    asked = world.updates.pending[0]["inline_query"]
    assert (asked["offset"], asked["chat_type"]) == ("20", "group")
    button = {"text": "Open", "start_parameter": "A-z_9" * 12}
    results = [article(), article(id="é" * 32, **text("x" * 4096))]
    await call.result(
        "answerInlineQuery",
        inline_query_id=query,
        results=results,
        next_offset="x" * 64,
        button=button,
    )
    answer = world.inline_answers[query]
    assert (len(answer.results), answer.next_offset, answer.button) == (2, "x" * 64, button)
    chosen = world.choose_inline(ann, query, "1", group)
    told = world.updates.pending[-1]["message"]
    assert (told["text"], told["entities"][0]["type"]) == ("x", "bold")
    assert (told["from"]["id"], told["via_bot"]["id"]) == (ann.id, world.bot.id)
    assert chosen.inline_id is None
    with pytest.raises(LookupError, match="no result '3'"):
        world.choose_inline(ann, query, "3", group)


async def test_inline_messages_are_edited_by_their_number(
    call: Caller, world: World, ann: User
) -> None:
    eve = world.add_user("Eve")
    elsewhere = world.add_group("Without the bot", ann, [eve], bot="left")
    query = world.ask_inline(ann, "x")
    results = [article(reply_markup=ONE_BUTTON)]
    await call.result("answerInlineQuery", inline_query_id=query, results=results)
    chosen = world.choose_inline(ann, query, "1", elsewhere)
    world.updates.pending.clear()
    world.press(eve, chosen, "go", elsewhere)
    ((press,),) = [[one["callback_query"] for one in world.updates.pending]]
    assert "message" not in press
    inline_id = press["inline_message_id"]
    edit = {"inline_message_id": inline_id, "reply_markup": ONE_BUTTON}
    assert await call.result("editMessageText", **edit, text="Edited") is True
    assert world.messages(elsewhere)[-1].text == "Edited"
    assert (await call.error("editMessageText", **edit, text="Edited")).startswith(
        "Bad Request: message is not modified"
    )
    assert await call.error("editMessageText", inline_message_id="x", text="x") == (
        "Bad Request: MESSAGE_ID_INVALID"
    )
    by_chat = {"chat_id": world.add_group("Other").id, "message_id": chosen.id}
    assert await call.error("editMessageText", **by_chat, text="x") == (
        "Bad Request: message to edit not found"
    )


async def test_in_privacy_mode_the_bot_sees_what_was_sent_via_it(ann: User) -> None:
    world = World(reads_all=False)
    ann = world.add_user("Ann")
    group = world.add_group("Group", ann)
    async with StandInServer(world) as server, httpx.AsyncClient(timeout=HANGING) as http:
        query = world.ask_inline(ann, "x")
        call = Caller(http, f"{server.url}/bot{TOKEN}")
        await call.result("answerInlineQuery", inline_query_id=query, results=[article()])
    world.updates.pending.clear()
    world.say(ann, "talk", group)
    world.choose_inline(ann, query, "1", group)
    assert [one["message"]["text"] for one in world.updates.pending] == ["x"]
