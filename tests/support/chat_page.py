"""The stand-in's chat page as its clients see it: a client, a bot's call, a stream of events."""

from __future__ import annotations

import asyncio
import json
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.standin import TOKEN, StandInServer, World
from bot.standin.local import reader_id
from bot.standin.page import ChatPage

READER = reader_id("reader")
HANGING = 60.0  # seconds after which what does not come never will, however busy the machine
ONE_BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


@asynccontextmanager
async def client_of(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a stand-in with a page."""
    page = ChatPage(world)
    async with (
        StandInServer(world, page=page) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=HANGING) as client,
    ):
        yield client


async def call(web: httpx.AsyncClient, method: str, **params: object) -> Any:
    """What the bot gets for a call."""
    answer = await web.post(f"/bot{TOKEN}/{method}", json=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


async def post(web: httpx.AsyncClient, path: str, **body: object) -> Any:
    """What the page gets for a request."""
    answer = await web.post(f"/api/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refusal(web: httpx.AsyncClient, path: str, **body: object) -> tuple[int, str]:
    """The status and the sentence with which the page's request is refused."""
    answer = await web.post(f"/api/{path}", json=body)
    assert answer.status_code >= 400, answer.text
    return answer.status_code, answer.json()["error"]


def png(width: int = 4, height: int = 3) -> bytes:
    """A picture of one colour (PNG specification: chunk layout)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x17\x62\x7d" * width) * height)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


class Events:
    """The events of one stream, one at a time."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self, name: str) -> Any:
        """The next event of this name; others on the way are passed over."""
        async with asyncio.timeout(HANGING):
            while True:
                if await anext(self._lines) == f"event: {name}":
                    return json.loads((await anext(self._lines)).removeprefix("data: "))

    async def end(self) -> None:
        """Read on until the server has ended the stream; an error where it is cut off."""
        async with asyncio.timeout(HANGING):
            async for _ in self._lines:
                continue
