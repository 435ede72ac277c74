"""The Bot API over HTTP: requests in, answers out, failures where they are planned."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from bot.standin.backend import Backend
from bot.standin.bodies import read_parameters
from bot.standin.faults import Fault
from bot.standin.methods import carry_out, proper_name
from bot.standin.model import Call, JsonObject
from bot.standin.page import ChatPage
from bot.standin.page.guard import Guard
from bot.standin.params import Params, decode
from bot.standin.refusal import Refusal
from bot.standin.webhook import deliver_forever

ABORT = "standin.abort"  # the key under which the server puts a connection's abort in the scope
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)


class Dropped(Response):
    """No answer at all: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        abort: Callable[[], None] | None = scope.get("extensions", {}).get(ABORT)
        if not abort:
            raise ConnectionResetError("this server cannot close a connection without an answer")
        abort()
        while (await receive())["type"] != "http.disconnect":
            continue


def create_app(world: Backend, token: str, page: ChatPage | None = None) -> Starlette:
    """The Bot API of this world for one bot, under `/bot<token>/METHOD`; the page, if any, at `/`.

    Where there is a page, browsers come: other sites' requests are refused then. The app's
    lifespan posts updates to the webhook. Long polls end with `world.updates.close()`.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        delivery = asyncio.create_task(deliver_forever(world))
        yield
        delivery.cancel()
        with suppress(asyncio.CancelledError):
            await delivery

    routes: list[BaseRoute] = [
        Route("/bot{token}/{method}", _endpoint(world, token), methods=["GET", "POST"]),
        Route("/file/bot{token}/{kind}/{file_id}", _download(world, token), methods=["GET"]),
    ]
    if page:
        routes.append(Mount("/", page.app))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard)] if page else [],
        lifespan=lifespan,
        exception_handlers={404: _not_found},
    )


async def _not_found(request: Request, _: Exception) -> Response:
    return _refused(Refusal(404, "Not Found"))


def _endpoint(world: Backend, token: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.path_params["token"] != token:
            return _refused(Refusal(401, "Unauthorized"))
        try:
            await request.body()
        except ClientDisconnect:  # who asked has died in mid-sentence: that is no request
            return Response(status_code=400)
        name = proper_name(request.path_params["method"])
        return await _Exchange(world, name).answer(request)

    return answer


def _download(world: Backend, token: str) -> Callable[[Request], Awaitable[Response]]:
    """The files that getFile gave a path for (Bot API: getFile)."""

    async def answer(request: Request) -> Response:
        if request.path_params["token"] != token:
            return _refused(Refusal(401, "Unauthorized"))
        file = world.files.find(request.path_params["file_id"])
        content = world.files.content(file) if file else None
        if not file or content is None or not file.path.startswith(request.path_params["kind"]):
            return _refused(Refusal(404, "Not Found"))
        return Response(content, media_type="application/octet-stream")

    return answer


def _refused(refusal: Refusal) -> Response:
    return JSONResponse(refusal.as_json(), refusal.code)


async def _read(request: Request) -> JsonObject:
    kind = request.headers.get("content-type", "")
    return read_parameters(request.url.query, kind, await request.body())


class _Exchange:
    """One call and its answer, logged."""

    def __init__(self, world: Backend, name: str) -> None:
        self.world = world
        self.name = name
        self.number = -1

    async def answer(self, request: Request) -> Response:
        try:
            params = await self._parameters(request)
            fault = self.world.faults.take(self.name, params.values.get("chat_id"))
            if fault:
                return await self._failing(fault, params)
            return self._accepted(await carry_out(self.world, self.name, params))
        except Refusal as refusal:
            self.world.settle(self.number, False, refusal.code, refusal.description)
            return _refused(refusal)

    async def _parameters(self, request: Request) -> Params:
        """The call's parameters; logs it as far as it could be read, before it is answered."""
        values: JsonObject = {}
        try:
            values = await _read(request)
            values = decode(values)
        finally:
            self.number = self.world.record(Call(self.name, values))
        return Params(values)

    def _accepted(self, result: object) -> Response:
        self.world.settle(self.number, True, 200, None)
        return JSONResponse({"ok": True, "result": result})

    async def _failing(self, fault: Fault, params: Params) -> Response:
        refusal = fault.refusal()
        if refusal:
            raise refusal
        match fault.kind:
            case "slow":
                await fault.release.wait()
                return self._accepted(await carry_out(self.world, self.name, params))
            case "reset_after":
                await carry_out(self.world, self.name, params)
                return self._dropped()
            case "reset_before":
                return self._dropped()
            case "server_error":
                return self._settled(HTMLResponse(_BAD_GATEWAY, 502))
        return self._settled(PlainTextResponse("this is no JSON {"))

    def _dropped(self) -> Response:
        self.world.settle(self.number, False, None, "connection closed")
        return Dropped()

    def _settled(self, response: Response) -> Response:
        self.world.settle(self.number, False, response.status_code, "planned failure")
        return response
