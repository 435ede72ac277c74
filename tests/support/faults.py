"""What a server may do instead of answering, each as an ASGI application."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.types import Receive, Scope, Send

_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Fault:
    """An answer as it stands. Headers that lie are sent as they are.

    With a ``release``, the answer begins and goes on only once that is set; with ``cut``
    the connection ends before the body that ``Content-Length`` promises.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = _JSON
    chunks: int = 1  # how many times the body is sent
    cut: bool = False
    release: asyncio.Event | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"content-type": self.content_type, **self.headers}
        if self.cut:
            headers["content-length"] = str(len(self.body) * self.chunks + 1000)
        await send(
            {"type": "http.response.start", "status": self.status, "headers": _encoded(headers)}
        )
        if self.release is not None:
            await send({"type": "http.response.body", "body": b"", "more_body": True})
            await self.release.wait()
        for left in range(self.chunks - 1, -1, -1):
            await send({"type": "http.response.body", "body": self.body, "more_body": left > 0})


def _encoded(headers: Mapping[str, str]) -> Sequence[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def status(code: int, **headers: str) -> Fault:
    """An error page; ``retry_after="5"`` sends ``Retry-After: 5``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(code, b"<h1>sorry</h1>", named, "text/html")


def slow(release: asyncio.Event) -> Fault:
    """Begins at once and ends when the test releases it."""
    return Fault(release=release)


def cut_off() -> Fault:
    """Ends in the middle of the promised body."""
    return Fault(body=b'{"query":', cut=True)


def huge(megabytes: int) -> Fault:
    """A body of so many megabytes of spaces."""
    return Fault(body=b" " * 2**20, chunks=megabytes)


def bomb(megabytes: int) -> Fault:
    """A small packed body that is large once unpacked."""
    packed = gzip.compress(b" " * (megabytes * 2**20))
    return Fault(body=packed, headers={"content-encoding": "gzip"})


def half_packed() -> Fault:
    """A packed body whose end is missing, though its length is right."""
    return Fault(body=gzip.compress(b'{"query": {}}')[:-9], headers={"content-encoding": "gzip"})


def not_packed() -> Fault:
    """A plain body that is said to be packed."""
    return Fault(body=b'{"query": {}}', headers={"content-encoding": "gzip"})


def packed_as(encoding: str) -> Fault:
    """A body in an encoding that was not asked for."""
    return Fault(body=b"\x0b\x02\x80{}\x03", headers={"content-encoding": encoding})


def typed(content_type: str) -> Fault:
    """A good body under another media type."""
    return Fault(body=b'{"query": {"pages": []}}', content_type=content_type)


def raw(body: bytes) -> Fault:
    """JSON by its type, whatever its bytes are."""
    return Fault(body=body)
