"""The polite client: identified, paced, and never taking more than it asked for.

A kind of source asks through :class:`PoliteClient` and gets a :class:`Response` or one of
the errors of ``bot.errors``; it never sees the HTTP library. Messages of errors name the
host only, since addresses may carry secrets.
"""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx

from bot.core.pace import Budget
from bot.errors import SourceBusy, SourceUnreachable, SourceUnreadable

MAX_BYTES = 10 * 1024 * 1024  # after decompression
TIMEOUT = 30.0  # seconds for a whole request, redirects and body included
MAX_REDIRECTS = 5
MAX_AT_ONCE = 3  # Wikimedia API: Etiquette
DEFAULT_RETRY = 60.0  # seconds, where a busy server names no time
_MAX_RETRY = 86_400.0
_CHUNK = 64 * 1024

# Only what we unpack piece by piece: a packed body of some kilobytes may hold gigabytes.
_ENCODING = "gzip"
_GZIP = 16 + zlib.MAX_WBITS

Limiter = Callable[[], Awaitable[None]]
Params = Mapping[str, str]


@dataclass(frozen=True)
class Response:
    """What a server answered: ``headers`` by lower-case name, ``body`` unpacked."""

    status: int
    url: str  # after redirects
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type in lower case, without its parameters; "" if none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server names; UTF-8 if none."""
        header = Message()
        header["content-type"] = self.headers.get("content-type", "")
        return header.get_content_charset("utf-8")

    def text(self) -> str:
        """The body as text. Raises SourceUnreadable where it is not in its charset."""
        try:
            return self.body.decode(self.charset)
        except (UnicodeDecodeError, LookupError):
            raise SourceUnreadable(f"the answer is not {self.charset} text") from None

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises SourceUnreadable where it is none."""
        if not (self.content_type == "application/json" or self.content_type.endswith("+json")):
            raise SourceUnreadable(f"expected JSON, the answer is {self.content_type or 'untyped'}")
        try:
            value = json.loads(self.text())
        except (ValueError, RecursionError):
            raise SourceUnreadable("the answer is no valid JSON") from None
        if not isinstance(value, dict):
            raise SourceUnreadable("the answer is no JSON object")
        return value


class Pace:
    """Waits until a budget allows one more request; awaited before each.

    Raises SourceBusy instead of waiting longer than ``max_wait`` seconds.
    """

    def __init__(
        self,
        budget: Budget,
        *,
        max_wait: float = float("inf"),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._budget = budget
        self._max_wait = max_wait
        self._monotonic = monotonic
        self._sleep = sleep

    async def __call__(self) -> None:
        now = self._monotonic()
        wait = self._budget.wait(now)
        if wait > self._max_wait:
            raise SourceBusy("our own budget of requests is spent: try again later", wait)
        self._budget = self._budget.spent(now)
        if wait > 0:
            await self._sleep(wait)


class PoliteClient:
    """GET requests that name us, three at once, within limits of time and size.

    An async context manager. ``user_agent`` names the bot and a contact, as Wikimedia's
    policy asks. Proxies come from the environment unless a ``transport`` is given;
    ``now`` (UTC) is asked for dates in Retry-After.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._now = now
        self._at_once = asyncio.Semaphore(MAX_AT_ONCE)
        self._client = httpx.AsyncClient(
            headers={"User-Agent": user_agent, "Accept-Encoding": _ENCODING},
            transport=transport,
            timeout=None,  # noqa: S113 - each request has one limit for all of its phases
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def get(
        self,
        url: str,
        params: Params | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - part of the interface, used as a scope below
        limiter: Limiter | None = None,
    ) -> Response:
        """Ask for ``url``; ``limiter`` is awaited first.

        Answers with status 2xx and 304 come back. Raises SourceBusy on 429, and on 503
        with Retry-After; SourceUnreachable on other 5xx, without a connection and after
        ``timeout`` seconds; SourceUnreadable on any other status, on a body of more than
        ``max_bytes`` once unpacked, and on one that cannot be unpacked.
        """
        if limiter is not None:
            await limiter()
        async with self._at_once:
            try:
                async with asyncio.timeout(timeout):
                    return await self._get(url, params, headers, max_bytes)
            except TimeoutError:
                raise SourceUnreachable(f"{_host(url)} took more than {timeout:g} s") from None
            except httpx.TooManyRedirects:
                raise SourceUnreadable(f"{_host(url)} redirects too often") from None
            except UnicodeError:  # of a redirect, too: the name is looked at when it is used
                raise SourceUnreadable(f"{_host(url)} leads to an impossible host name") from None
            except (httpx.InvalidURL, httpx.UnsupportedProtocol):
                raise SourceUnreadable("not an http or https address") from None
            except httpx.HTTPError as error:
                problem = type(error).__name__
                raise SourceUnreachable(f"{_host(url)} cannot be reached: {problem}") from None

    def wait_asked(self, response: Response) -> float:
        """The seconds that a readable answer asks to wait for, 60 where it names none."""
        return retry_seconds(response.headers.get("retry-after"), self._now())

    async def _get(
        self, url: str, params: Params | None, headers: Mapping[str, str] | None, max_bytes: int
    ) -> Response:
        async with self._client.stream("GET", url, params=params, headers=headers) as answer:
            self._check(answer)
            body = await _unpacked(answer, max_bytes)
            names = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, str(answer.url), names, body)

    def _check(self, answer: httpx.Response) -> None:
        status, host = answer.status_code, answer.url.host
        retry_after = answer.headers.get("retry-after")
        if status == httpx.codes.TOO_MANY_REQUESTS or (
            status == httpx.codes.SERVICE_UNAVAILABLE and retry_after
        ):
            wait = retry_seconds(retry_after, self._now())
            raise SourceBusy(f"{host} asks us to wait {wait:g} s (status {status})", wait)
        if status >= 500:
            raise SourceUnreachable(f"{host} answers with status {status}: try again later")
        if not (answer.is_success or status == httpx.codes.NOT_MODIFIED):
            raise SourceUnreadable(f"{host} answers with status {status}")


def retry_seconds(value: str | None, now: datetime) -> float:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3), 1 s to a day."""
    text = (value or "").strip()
    try:
        wait = float(text) if text.isdecimal() else _until(text, now)
    except ValueError:
        wait = DEFAULT_RETRY
    return min(max(wait, 1.0), _MAX_RETRY)


def _until(text: str, now: datetime) -> float:
    date = parsedate_to_datetime(text)
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now.timestamp()


async def _unpacked(answer: httpx.Response, max_bytes: int) -> bytes:
    """The body of ``answer``, given up as soon as it is too large."""
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in (_ENCODING, "identity", ""):
        raise SourceUnreadable(f"{answer.url.host} packs its answer as {encoding}")
    gunzip = zlib.decompressobj(_GZIP) if encoding == _ENCODING else None
    body = bytearray()
    async for chunk in answer.aiter_raw(_CHUNK):
        try:
            body += gunzip.decompress(chunk, max_bytes + 1 - len(body)) if gunzip else chunk
        except zlib.error:
            raise SourceUnreadable(f"{answer.url.host} packs its answer wrongly") from None
        if len(body) > max_bytes:
            raise SourceUnreadable(f"{answer.url.host} sends more than {max_bytes} bytes")
    if gunzip and not gunzip.eof and body:
        raise SourceUnreachable(f"{answer.url.host} sends only part of its answer")
    return bytes(body)


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host or "the address"
    except httpx.InvalidURL:
        return "the address"
