"""The stand-in on a port of the loopback interface, in the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.standin.app import ABORT, create_app
from bot.standin.backend import Backend
from bot.standin.page import ChatPage

# A token in Telegram's form (id, colon, 35 characters) that opens nothing but stand-ins.
TOKEN = "1:standin_for_telegram_on_loopback_00"  # noqa: S105
# Seconds for which an idle connection is kept. Clients keep theirs for less, mostly five: who
# closes first must be the client, else a request may meet a connection that is being closed.
KEPT_ALIVE = 75


class _Protocol(H11Protocol):
    """HTTP that lets the app abort its connection, to play a reset."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        # uvicorn narrows the argument in the same way
        super().connection_made(transport)
        self.app = _with_abort(self.app, transport)


def _with_abort(app: ASGIApp, transport: asyncio.Transport) -> ASGIApp:
    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[ABORT] = transport.abort
        await app(scope, receive, send)

    return called


class _Server(uvicorn.Server):
    """A server that leaves the process's signal handlers alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(port: int) -> socket.socket:
    """Listening already, so that nobody has to wait for the server: early calls queue."""
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it every answer
    # would wait 40 ms for the client's delayed acknowledgement.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    listening.listen()
    return listening


class StandInServer:
    """Serves a world on 127.0.0.1, as an async context manager.

    `port` 0 takes any free one. `url` is the root before `/bot<token>/METHOD`, and the address of
    the `page`, if there is one. Leaving ends long polls and streams with what there is and lets
    requests held by slow faults go on.
    """

    def __init__(
        self,
        world: Backend,
        port: int = 0,
        token: str = TOKEN,
        *,
        page: ChatPage | None = None,
    ) -> None:
        self.world = world
        self.token = token
        self._port = port
        self._page = page
        self._app = create_app(world, token, page)
        self._socket: socket.socket | None = None
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`; RuntimeError before the server is entered."""
        if not self._socket:
            raise RuntimeError("the stand-in has no address yet: enter it with `async with`")
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        self._socket = _listen(self._port)
        self._port = self._socket.getsockname()[1]
        self._server = _Server(self._config())
        self.world.updates.open()
        if self._page:
            self._page.open()
        self._serving = asyncio.create_task(self._server.serve([self._socket]))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._server or not self._serving:
            return
        self.world.updates.close()
        if self._page:
            self._page.close()
        self.world.faults.clear()
        self._server.should_exit = True
        await self._serving

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self._app,
            http=_Protocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEPT_ALIVE,
            timeout_graceful_shutdown=2,
        )
