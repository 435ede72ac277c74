"""Connections that are used again, and what answers leave behind on them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

import pytest

from bot.errors import SourceUnreachable
from bot.sources.http import PoliteClient, Validators
from tests.support.hostile import AGENT

_UNCHANGED = b"HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n"
_WHOLE = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
_ETAG = Validators(etag='"1"')


@dataclass
class _Keeper:
    """A server that gives these answers, the last again and again, and keeps its connections;
    "" for the end of one."""

    answers: list[bytes]
    requests: int = 0
    connections: list[asyncio.Task[None]] = field(default_factory=list)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.append(asyncio.ensure_future(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                self.requests += 1
                answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                if not answer:
                    break
                writer.write(answer)
                await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def _serving(answers: Iterable[bytes]) -> AsyncIterator[tuple[_Keeper, str]]:
    keeper = _Keeper(list(answers))
    server = await asyncio.start_server(keeper.accept, "127.0.0.1", 0)
    try:
        yield keeper, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        await asyncio.gather(*keeper.connections)


async def test_a_body_that_not_modified_must_not_have_spoils_no_later_answer() -> None:
    async with _serving([_UNCHANGED + b"stray"]) as (keeper, url), PoliteClient(AGENT) as client:
        statuses = [(await client.get(url, validators=_ETAG)).status for _ in range(4)]
        assert statuses == [304, 304, 304, 304]
        assert len(keeper.connections) > 1


async def test_a_connection_that_ends_when_it_is_used_again_is_replaced() -> None:
    async with _serving([_WHOLE, b"", _WHOLE]) as (keeper, url), PoliteClient(AGENT) as client:
        assert [(await client.get(url)).body for _ in range(2)] == [b"ok", b"ok"]
        assert (len(keeper.connections), keeper.requests) == (2, 3)


@pytest.mark.parametrize("answer", [b"", b"no HTTP\r\n\r\n"])
async def test_what_answers_nothing_at_first_is_not_asked_twice(answer: bytes) -> None:
    async with _serving([answer, _WHOLE]) as (keeper, url), PoliteClient(AGENT) as client:
        with pytest.raises(SourceUnreachable):
            await client.get(url)
        assert keeper.requests == 1
