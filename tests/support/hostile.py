"""A server that answers byte for byte as a test wants, and an internet that leads to it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpcore
import pytest

from bot.sources.http import HostPace, PoliteClient

AGENT = "Dateline/0 (tests@example.org)"
NOW = datetime(2017, 11, 23, 12, tzinfo=UTC)
HOME = "93.184.216.34"  # where the names of a test lead, if it does not say otherwise

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    target: str
    headers: Mapping[str, str]


class Server:
    """Plays one script for each request, by path; the last of a path's scripts again and again."""

    def __init__(self) -> None:
        self.port = 0
        self.requests: list[Asked] = []
        self.first_bytes: list[bytes] = []  # of connections that speak no HTTP
        self.at_once = 0
        self.most_at_once = 0
        self.arrival = asyncio.Condition()  # told of each request that arrives
        self._scripts: dict[str, list[Script]] = {}
        self._running: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.target for asked in self.requests]

    def plays(self, path: str, *scripts: Script) -> str:
        """Let ``path`` be answered so; its address."""
        self._scripts[path] = list(scripts)
        return self.url + path

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """End what still goes on."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._answer(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.read(64 * 1024)
        if not head.startswith(b"GET "):
            self.first_bytes.append(head)
            return
        lines = head.decode("latin-1").split("\r\n")
        target = lines[0].split(" ")[1]
        fields = (line.partition(": ") for line in lines[1:] if line)
        self.requests.append(Asked(target, {name.lower(): value for name, _, value in fields}))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        async with self.arrival:
            self.arrival.notify_all()
        scripts = self._scripts.get(target.partition("?")[0], [says(404)])
        script = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        try:
            await script(writer)
        finally:
            self.at_once -= 1


# --- What a server may say --------------------------------------------------------------


def says(status: int, body: bytes = b"", **headers: str) -> Script:
    """A whole answer; ``content_length="9"`` sends ``content-length: 9``, true or not."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("content-length", str(len(body)))
    return says_bytes(_head(status, named) + body)


def says_bytes(answer: bytes) -> Script:
    """These bytes, then the end of the connection."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    return script


def leads_to(location: str, status: int = 302) -> Script:
    """A redirect."""
    return says(status, location=location)


def is_silent(begins: bytes = b"") -> Script:
    """Nothing after these bytes, for ever."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(begins)
        await asyncio.Event().wait()

    return script


def goes_on(piece: bytes, **headers: str) -> Script:
    """A body without an end, of this again and again."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(_head(200, named))
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    return script


def waits_for(release: asyncio.Event, status: int = 200) -> Script:
    """An answer once the test allows it."""

    async def script(writer: asyncio.StreamWriter) -> None:
        await release.wait()
        await says(status)(writer)

    return script


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", "connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


# --- The internet around it -------------------------------------------------------------


@dataclass
class Names:
    """A resolver: the answers for each name, one after the other, the last again and again.

    A name without answers is unknown, unless there is a place for ``all_others``.
    """

    answers: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    all_others: Sequence[str] = (HOME,)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        known = self.answers.get(host, [self.all_others])
        found = known[min(self.asked.count(host), len(known)) - 1]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return found


class Streets(httpcore.AsyncNetworkBackend):
    """Connections to any address and port lead to one local server.

    At ``closed`` addresses nobody answers: whoever has limited patience gives up.
    """

    def __init__(self, server: Server, closed: Iterable[str] = ()) -> None:
        self.dialled: list[str] = []
        self._server = server
        self._closed = frozenset(closed)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as httpcore has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        if host in self._closed:
            raise httpcore.ConnectError("refused") if timeout is None else httpcore.ConnectTimeout()
        return await self._inner.connect_tcp("127.0.0.1", self._server.port, timeout)


@dataclass
class Clock:
    """A clock that moves only while somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def pace(self) -> HostPace:
        """The pace of hosts by this clock."""
        return HostPace(monotonic=self, sleep=self.sleep)


def client_for(
    server: Server,
    names: Names | None = None,
    *,
    closed: Iterable[str] = (),
    public_only: bool = True,
    per_host: HostPace | None = None,
    at_once: int = 3,
) -> PoliteClient:
    """A client for strangers' addresses, to which all the internet is ``server``."""
    return PoliteClient(
        AGENT,
        public_only=public_only,
        per_host=per_host,
        at_once=at_once,
        resolve=names or Names(),
        dial=Streets(server, closed),
        now=lambda: NOW,
    )


@contextlib.asynccontextmanager
async def hostile_server() -> AsyncIterator[Server]:
    """A server on loopback until the context ends."""
    server = Server()
    listening = await asyncio.start_server(server.accept, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await server.close()
        await listening.wait_closed()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server of the test's own."""
    async with hostile_server() as served:
        yield served
