"""Asking politely."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpcore
import httpx

from bot.core.counting import lasting
from bot.errors import PrivateAddress, SourceBusy, SourceGone, SourceUnreachable, SourceUnreadable
from bot.sources.http.freshness import fresh_for
from bot.sources.http.network import TRUSTED, Network, Resolve, check_host, resolve
from bot.sources.http.pacing import HostPace, Limiter
from bot.sources.http.redirects import Way, host_of, origin_of
from bot.sources.http.response import Response, Validators, headers_of
from bot.sources.http.retrying import retry_seconds
from bot.sources.http.unpacking import ACCEPTED, unpacked

MAX_BYTES = 10 * 1024 * 1024  # after decompression
TIMEOUT = 30.0  # seconds for a whole request, redirects and body included
MAX_AT_ONCE = 3  # Wikimedia API: Etiquette
_LONG = 86_400.0  # seconds: who asks for more is named in the log
_NO_VALIDATORS = Validators()

log = logging.getLogger(__name__)

Params = Mapping[str, str]


class PoliteClient:
    """GET requests that name us, within limits of number, time and size, to where they may go.

    An async context manager. ``user_agent`` names the bot and a contact, as Wikimedia's
    policy asks; ``at_once`` requests go at once at most. A host is left alone for as long as it
    asks, by all clients of one ``per_host``. With that, each host is asked one request at a
    time, with a rest between two, unless the client is not to ask ``in_turn``.
    ``now`` (UTC) is asked for dates in Retry-After. No cookies are kept.

    Nothing but the public internet is reached, also after redirects and whatever a name
    resolves to at the time, except for the origin (scheme, host, port) of an address that is
    the operator's own. All that is asked for is, unless the client is ``public_only``: so let
    it be where readers, feeds or pages name addresses. ``allow_private`` lifts all of this.
    Names are resolved by ``resolve``, connections made by ``dial``. Where the environment
    configures a proxy for an address, or with a ``transport``, names are resolved there, and
    only hosts that are addresses themselves are checked.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        at_once: int = MAX_AT_ONCE,
        per_host: HostPace | None = None,
        in_turn: bool = True,
        public_only: bool = False,
        allow_private: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
        resolve: Resolve = resolve,
        dial: httpcore.AsyncNetworkBackend | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._now = now
        self._at_once = asyncio.Semaphore(at_once)
        self._per_host = per_host or HostPace()
        self._in_turn = in_turn and per_host is not None
        self._public_only = public_only
        self._allow_private = allow_private
        self._headers = {"user-agent": user_agent, "accept": "*/*", "accept-encoding": ACCEPTED}
        # No client of httpx's: that looks at where a redirect leads before we may.
        self._transport = transport or Network(resolve, dial or httpcore.AnyIOBackend())

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)

    async def get(
        self,
        url: str,
        params: Params | None = None,
        *,
        validators: Validators = _NO_VALIDATORS,
        max_bytes: int = MAX_BYTES,
        truncate: bool = False,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - part of the interface, used as a scope below
        limiter: Limiter | None = None,
        own: bool = False,
    ) -> Response:
        """Ask for ``url``, only for what has changed since ``validators``.

        ``limiter`` is awaited first; waiting for it, for a host's turn and for other requests
        takes nothing of ``timeout`` seconds. Redirects are followed, five at most; another
        host gets no ``validators``. With ``truncate``, a body ends after ``max_bytes``, however
        long it is. ``own``: the address is the operator's own word, and its origin may be
        private.

        Answers with status 2xx come back, and 304 to a conditional request. Raises SourceBusy
        on 429, on 503 with Retry-After, and from then on without asking; SourceUnreachable on
        other 5xx, without a connection and after ``timeout``; SourceGone on 410, unless a
        temporary redirect led there; PrivateAddress where an address may not be reached;
        SourceUnreadable on any other status, on a body of more than ``max_bytes`` once
        unpacked, on one that cannot be unpacked, and where an address is impossible.
        """
        way = Way.to(url, params)
        is_own = own or not self._public_only
        allowance = _Allowance(timeout)
        asked = _Asked(validators, max_bytes, truncate, is_own, allowance)
        self._per_host.check(host_of(way.at))
        if limiter is not None:
            await limiter()
        while True:
            outcome = await self._further(way, asked)
            if isinstance(outcome, Response):
                return outcome
            way = outcome

    def leave_alone(self, response: Response) -> float:
        """Ask the host of a readable answer nothing for as many seconds as that names, 60 where
        it names none; how many."""
        return self._left_alone(httpx.URL(response.url), response.headers.get("retry-after"))

    def _left_alone(self, url: httpx.URL, retry_after: str | None) -> float:
        """Ask the host of ``url`` nothing for as many seconds as the header names; how many."""
        wait = retry_seconds(retry_after, self._now())
        self._per_host.leave_alone(host_of(url), wait)
        if wait > _LONG:
            log.warning(
                "%s asks us to wait %s, and is not asked until then", url.host, lasting(wait)
            )
        return wait

    async def _further(self, way: Way, asked: _Asked) -> Way | Response:
        """The way after one more request, or the answer at its end."""
        try:
            self._check(way, asked)
            async with self._turn(way), self._at_once, asked.allowance.running(way.at.host):
                self._per_host.check(host_of(way.at))  # others may have been told meanwhile
                return await self._ask(way, asked)
        except PrivateAddress as error:
            raise PrivateAddress(str(error), is_given=not way.redirects) from None

    def _turn(self, way: Way) -> AbstractAsyncContextManager[None]:
        return self._per_host.turn(host_of(way.at)) if self._in_turn else nullcontext()

    def _check(self, way: Way, asked: _Asked) -> None:
        """Refuse a host that is an address which may not be reached, before anybody waits."""
        if not self._trusts(way, asked):
            check_host(way.at.raw_host.decode("ascii"))

    def _trusts(self, way: Way, asked: _Asked) -> bool:
        return self._allow_private or (asked.is_own and origin_of(way.at) == origin_of(way.start))

    async def _ask(self, way: Way, asked: _Asked) -> Way | Response:
        """The way on, or the answer at its end."""
        headers = way.conditions(asked.validators.as_headers())
        answer = await self._send(way, headers, is_trusted=self._trusts(way, asked))
        try:
            further = way.after(answer)
            if further is not None:
                return further
            self._check_status(answer, way, is_conditional=bool(headers))
            return await _response(answer, way, asked, self._now())
        finally:
            await answer.aclose()

    async def _send(
        self, way: Way, headers: Mapping[str, str], *, is_trusted: bool
    ) -> httpx.Response:
        request = httpx.Request(
            "GET",
            way.at,
            headers={**self._headers, **way.credentials(), **headers},
            extensions={TRUSTED: is_trusted},
        )
        answer = await self._transport.handle_async_request(request)
        answer.request = request
        return answer

    def _check_status(self, answer: httpx.Response, way: Way, *, is_conditional: bool) -> None:
        status, host = answer.status_code, way.at.host
        retry_after = answer.headers.get("retry-after")
        if status == httpx.codes.TOO_MANY_REQUESTS or (
            status == httpx.codes.SERVICE_UNAVAILABLE and retry_after
        ):
            wait = self._left_alone(way.at, retry_after)
            raise SourceBusy(f"{host} asks us to wait {lasting(wait)} (status {status})", wait)
        if status >= 500:
            raise SourceUnreachable(f"{host} answers with status {status}")
        if status == httpx.codes.GONE and way.is_permanent:
            raise SourceGone(f"{host} answers with status {status}")
        if status == httpx.codes.NOT_MODIFIED and not is_conditional:
            raise SourceUnreadable(f"{host} answers a first request with status {status}")
        if not (answer.is_success or status == httpx.codes.NOT_MODIFIED):
            raise SourceUnreadable(f"{host} answers with status {status}")


class _Allowance:
    """The seconds that one request may still take, all its redirects together."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._left = seconds

    @asynccontextmanager
    async def running(self, host: str) -> AsyncIterator[None]:
        """Time passes within the context. What goes wrong in it, there or outside of us, is
        told as an error of a source."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError:
            raise SourceUnreachable(f"{host} took more than {self._seconds:g} s") from None
        except UnicodeError:  # a resolver looks at a name when it is used
            raise SourceUnreadable(f"{host} is an impossible host name") from None
        except httpx.HTTPError as error:
            raise SourceUnreachable(f"{host} cannot be reached: {_said(error)}") from None
        finally:
            self._left -= loop.time() - began


@dataclass(frozen=True)
class _Asked:
    """What a caller of ``get`` wants."""

    validators: Validators
    max_bytes: int
    truncate: bool
    is_own: bool
    allowance: _Allowance


async def _response(answer: httpx.Response, way: Way, asked: _Asked, now: datetime) -> Response:
    headers = headers_of(answer)
    validators = Validators.of(answer.headers)
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        validators = validators.or_else(asked.validators)  # what it leaves out has not changed
    return Response(
        answer.status_code,
        str(way.at),
        headers,
        await unpacked(answer, asked.max_bytes, truncate=asked.truncate),
        validators,
        way.to_remember(),
        fresh_for(headers, now),
    )


def _said(error: httpx.HTTPError) -> str:
    """What went wrong, in words."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "no connection"
    if isinstance(error, httpx.NetworkError):
        return "the connection broke off"
    if isinstance(error, httpx.ProtocolError):
        return "its answer is cut off, or no HTTP"
    return f"the request failed ({type(error).__name__})"
