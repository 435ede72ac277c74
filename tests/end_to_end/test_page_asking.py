"""Inline mode and sharing a place on the chat page, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.standin import StandInServer, World
from bot.standin.page import ChatPage
from tests.support.chat_page import HANGING, READER, call, client_of, post, refusal


@pytest.fixture
def world() -> World:
    return World()


@pytest_asyncio.fixture
async def web(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(world) as client:
        yield client


def told(world: World, kind: str) -> list[Any]:
    """The updates of this kind that wait for the bot."""
    return [one[kind] for one in world.updates.pending if kind in one]


async def test_inline_results_come_when_the_bot_answers(
    web: httpx.AsyncClient, world: World
) -> None:
    group = (await post(web, "chats", reader=READER, kind="group", title="Friends"))["id"]
    mine = {"chat": group, "reader": READER}
    asking = asyncio.create_task(post(web, "inline", **mine, query="sudan", offset=""))
    await world.until(lambda: bool(told(world, "inline_query")))
    query = told(world, "inline_query")[0]
    result = {
        "type": "article",
        "id": "5",
        "title": "Sudan",
        "input_message_content": {"message_text": "Event"},
    }
    await call(web, "answerInlineQuery", inline_query_id=query["id"], results=[result])
    assert await asking == {
        "query": query["id"],
        "results": [{"id": "5", "title": "Sudan", "description": ""}],
        "next_offset": "",
        "button": None,
    }
    await post(web, "choose", **mine, query=query["id"], result="5")
    assert told(world, "message")[-1]["via_bot"]["id"] == world.bot.id
    assert (await refusal(web, "choose", **mine, query=query["id"], result="6"))[0] == 404
    assert (await refusal(web, "inline", **mine, query="x" * 257, offset=""))[0] == 400


async def test_an_inline_query_does_not_keep_the_stand_in_from_stopping(world: World) -> None:
    page = ChatPage(world)
    async with httpx.AsyncClient(trust_env=False, timeout=HANGING) as client:
        async with StandInServer(world, page=page) as server:
            body = {"chat": READER, "query": "x", "offset": ""}
            asking = asyncio.create_task(client.post(f"{server.url}/api/inline", json=body))
            await world.until(lambda: bool(told(world, "inline_query")))
        assert (await asking).json()["results"] is None


async def test_a_place_is_shared(web: httpx.AsyncClient, world: World) -> None:
    here = {"chat": READER, "reader": READER}
    await post(web, "location", **here, latitude=52.5, longitude=13)
    assert told(world, "message")[-1]["location"] == {"latitude": 52.5, "longitude": 13.0}
    for latitude in (91, "x", None, True):
        refused = await refusal(web, "location", **here, latitude=latitude, longitude=0)
        assert refused[0] == 400
