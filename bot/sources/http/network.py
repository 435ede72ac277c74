"""The way to servers: connections, proxies, and the public internet alone for strangers' links."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from ssl import SSLContext
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from bot.errors import PrivateAddress, SourceUnreadable
from bot.sources.http.networks import Address, is_public, literal_address, parse_address

TRUSTED = "dateline_trusted"  # the extension of a request that may go anywhere
PATIENCE = 5.0  # seconds for a connection, while there is another address to try
_KEPT_OPEN = 20  # connections, for as long as a few seconds

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver, the preferred first. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def check_host(host: str) -> Address | None:
    """The address that ``host`` is by itself, None where it is a name.

    Raises PrivateAddress where that is none of the public internet, SourceUnreadable where
    it is impossible.
    """
    try:
        address = literal_address(host)
    except ValueError:
        raise SourceUnreadable(f"{host} is an impossible host name") from None
    if address is not None:
        _check_public(host, [address])
    return address


class Network(httpx.AsyncBaseTransport):
    """Sends requests on their way: to the proxy that the environment names for them, if any;
    else, with ``TRUSTED``, to wherever they lead; else to the public internet only.

    A proxy resolves names itself, so that where they lead is for the proxy to check; hosts
    that are addresses are checked before a request comes here.
    """

    def __init__(self, resolve: Resolve, dial: httpcore.AsyncNetworkBackend) -> None:
        context = httpx.create_ssl_context()
        self._anywhere = Direct(context, dial)
        self._public = Direct(context, PublicOnly(resolve, dial))
        self._proxies = {
            scheme: httpx.AsyncHTTPTransport(verify=context, proxy=_with_scheme(address))
            for scheme, address in getproxies().items()
            if scheme in ("http", "https", "all") and address
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer ``request``."""
        return await self._way(request).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for way in (self._anywhere, self._public, *self._proxies.values()):
            await way.aclose()

    def _way(self, request: httpx.Request) -> httpx.AsyncBaseTransport:
        proxy = self._proxies.get(request.url.scheme) or self._proxies.get("all")
        if proxy is not None and not proxy_bypass(request.url.raw_host.decode("ascii")):
            return proxy
        return self._anywhere if request.extensions.get(TRUSTED) else self._public


class PublicOnly(httpcore.AsyncNetworkBackend):
    """Connects to addresses of the public internet only.

    A name is resolved here, once for each connection, all its addresses are checked, and
    the connection goes to one of these: no answer that comes later can lead it elsewhere.
    The name itself stays what TLS verifies and the server is told.
    """

    def __init__(self, resolve: Resolve, dial: httpcore.AsyncNetworkBackend) -> None:
        self._resolve = resolve
        self._dial = dial

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as httpcore has it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of ``host`` that can be reached.

        Raises PrivateAddress where any of them is not public, else the last one's error.
        """
        *others, last = await self._addresses(host, port)
        for address in others:
            try:
                return await self._dial.connect_tcp(
                    str(address), port, PATIENCE, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._dial.connect_tcp(str(last), port, timeout, local_address, socket_options)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        literal = check_host(host)
        if literal is not None:
            return [literal]
        try:
            found = await self._resolve(host, port)
        except OSError:
            found = []
        if not found:
            raise httpcore.ConnectError(f"no address of {host}")
        addresses = list(map(parse_address, found))
        _check_public(host, addresses)
        return addresses


class Direct(httpx.AsyncBaseTransport):
    """httpx over connections of ours; its own transport leaves no choice of how to connect."""

    def __init__(self, context: SSLContext, backend: httpcore.AsyncNetworkBackend) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_keepalive_connections=_KEPT_OPEN,
            keepalive_expiry=5.0,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer ``request``; its body comes when it is read."""
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        with _as_httpx():
            answer = await self._answered(asked)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def _answered(self, asked: httpcore.Request) -> httpcore.Response:
        """The answer; asked for once more where it is none on a connection that was used before:
        a 304 with a body, which it must not have, leaves that there, and servers close such."""
        dialled = []

        async def note(event: str, _: object) -> None:
            if event.startswith("connection.connect"):
                dialled.append(event)

        asked.extensions = {**asked.extensions, "trace": note}
        try:
            return await self._pool.handle_async_request(asked)
        except httpcore.RemoteProtocolError:
            if dialled:
                raise
            return await self._pool.handle_async_request(asked)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Errors of httpcore as those of httpx, which have the same names."""
    try:
        yield
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        kind: type[httpx.TransportError] = getattr(
            httpx, type(error).__name__, httpx.TransportError
        )
        raise kind(str(error)) from error


def _check_public(host: str, addresses: Iterable[Address]) -> None:
    if not all(map(is_public, addresses)):
        raise PrivateAddress(
            f"{host} is a private address, not one of the internet: to allow such,"
            " set ALLOW_PRIVATE_ADDRESSES=yes"
        )


def _with_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"
