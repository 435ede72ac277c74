"""The stand-in's chat page as its clients see it: a client, a bot's call, a stream of events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.app.trial import reader_id
from bot.standin import TOKEN, StandInServer, World
from bot.standin.page import ChatPage

READER = reader_id("reader")
ONE_BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


@asynccontextmanager
async def client_of(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a stand-in with a page."""
    page = ChatPage(world, reader_id)
    async with (
        StandInServer(world, page=page) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False) as client,
    ):
        yield client


async def call(web: httpx.AsyncClient, method: str, **params: object) -> Any:
    """What the bot gets for a call."""
    answer = await web.post(f"/bot{TOKEN}/{method}", json=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


class Events:
    """The events of one stream, one at a time."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self, name: str) -> Any:
        """The next event of this name; others on the way are passed over."""
        async with asyncio.timeout(10):
            while True:
                if await anext(self._lines) == f"event: {name}":
                    return json.loads((await anext(self._lines)).removeprefix("data: "))
