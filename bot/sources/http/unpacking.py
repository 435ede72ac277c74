"""Bodies unpacked piece by piece, given up as soon as they are too large.

A packed body of some kilobytes may hold gigabytes, so each decoder hands out little at a
time, and what goes into and comes out of each is counted.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it ships neither stubs nor a py.typed marker
import httpx

from bot.core.counting import sized
from bot.errors import SourceUnreachable, SourceUnreadable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
MAX_ENCODINGS = 2  # one over the other
_PIECE = 64 * 1024  # bytes
_SLACK = 64 * 1024  # by which a packed body may be larger than what is in it
_MAX_MEMBERS = 1000  # packed streams one after the other; each costs time, though it may be empty
_WINDOW_LOG = 23  # RFC 9659: zstd as a content coding uses windows of 8 MB at most
_SHOWN = 40  # characters of an encoding's name


class _Unpacker(Protocol):
    """Undoes one encoding. ``is_complete``: the packed stream has come to its end."""

    @property
    def is_complete(self) -> bool: ...

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What is in ``data``, in pieces of little more than 64 KB."""
        ...


class _Gzip:
    """Members one after the other (RFC 1952, 2.2); what else follows the last is ignored."""

    _MAGIC = b"\x1f"

    def __init__(self) -> None:
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._members = 1

    @property
    def is_complete(self) -> bool:
        return self._member.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._member.eof:
                if not data.startswith(self._MAGIC):
                    return
                self._next()
            yield from _inflated(self._member, data)
            if not self._member.eof:
                return
            data = self._member.unused_data

    def _next(self) -> None:
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise zlib.error("too many members")
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)


class _Deflate:
    """The zlib format (RFC 9110, 8.4.1.2), or what some servers send: without its frame."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None
        self._head = b""

    @property
    def is_complete(self) -> bool:
        return self._stream is not None and self._stream.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._head = self._head, b""
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if _has_frame(data) else -15)
        if not self._stream.eof:
            yield from _inflated(self._stream, data)


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def is_complete(self) -> bool:
        return bool(self._stream.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        piece = self._stream.process(data, output_buffer_limit=_PIECE)
        while piece or not self._stream.can_accept_more_data():
            yield piece
            if self._stream.is_finished():
                return
            piece = self._stream.process(b"", output_buffer_limit=_PIECE)


class _Zstd:
    """Frames one after the other (RFC 8878, 3.1)."""

    def __init__(self) -> None:
        self._frames = 0
        self._next()

    @property
    def is_complete(self) -> bool:
        return self._frame.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data or not (self._frame.eof or self._frame.needs_input):
            if self._frame.eof:
                self._next()
            yield self._frame.decompress(data, max_length=_PIECE)
            data = self._frame.unused_data if self._frame.eof else b""

    def _next(self) -> None:
        self._frames += 1
        if self._frames > _MAX_MEMBERS:
            raise zstd.ZstdError("too many frames")
        most = {int(zstd.DecompressionParameter.window_log_max): _WINDOW_LOG}
        self._frame = zstd.ZstdDecompressor(options=most)


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
# What servers write that pack nothing: how the text is encoded, or how it travelled to them.
_NO_PACKING = frozenset(
    ("", "identity", "none", "utf-8", "utf8", "binary", "7bit", "8bit", "aws-chunked")
)
_WRONG = (zlib.error, brotli.error, zstd.ZstdError)


class _TooLarge(Exception):
    """More bytes than are allowed at some stage."""


class _Body:
    """A body on its way through its encodings."""

    def __init__(self, unpackers: Sequence[_Unpacker], max_bytes: int) -> None:
        self.bytes = bytearray()
        self._unpackers = unpackers
        self._counts = [0] * len(unpackers)
        self._max_bytes = max_bytes

    def add(self, data: bytes, stage: int = 0) -> None:
        """Let ``data`` through the encodings from ``stage`` on."""
        if stage == len(self._unpackers):
            self.bytes += data
            if len(self.bytes) > self._max_bytes:
                raise _TooLarge
            return
        self._counts[stage] += len(data)
        if self._counts[stage] > self._max_bytes + _SLACK:
            raise _TooLarge
        for piece in self._unpackers[stage].pieces(data):
            self.add(piece, stage + 1)

    @property
    def is_complete(self) -> bool:
        """Whether all packed streams have ended; a body of no bytes at all is packed by none."""
        begun = zip(self._unpackers, self._counts, strict=True)
        return all(unpacker.is_complete or not count for unpacker, count in begun)


async def unpacked(answer: httpx.Response, max_bytes: int, *, truncate: bool = False) -> bytes:
    """The body of ``answer``, at most ``max_bytes``; what comes after these is not read.

    Raises SourceUnreadable where it is larger (unless ``truncate``), packed wrongly or in
    another way than we accept, and SourceUnreachable where its end is missing.
    """
    host = answer.url.host
    body = _Body(_unpackers(answer), max_bytes)
    try:
        async for chunk in answer.aiter_raw(_PIECE):
            body.add(chunk)
    except _TooLarge:
        if truncate and len(body.bytes) > max_bytes:
            return bytes(body.bytes[:max_bytes])
        raise SourceUnreadable(f"{host} sends more than {sized(max_bytes)}") from None
    except _WRONG:
        raise SourceUnreadable(f"{host} packs its answer wrongly") from None
    if not body.is_complete:
        raise SourceUnreachable(f"{host} sends only part of its answer")
    return bytes(body.bytes)


def _unpackers(answer: httpx.Response) -> list[_Unpacker]:
    """Those for the encodings of ``answer``, the one that was put on last first."""
    named = answer.headers.get("content-encoding", "").lower().split(",")
    encodings = [name.strip() for name in named if name.strip() not in _NO_PACKING]
    unknown = [name for name in encodings if name not in _UNPACKERS]
    if unknown or len(encodings) > MAX_ENCODINGS:
        said = " ".join((unknown or encodings)[0].split())[:_SHOWN]
        how = f"as {said}" if unknown and said.isprintable() else "in a way that we cannot undo"
        raise SourceUnreadable(f"{answer.url.host} packs its answer {how}")
    return [_UNPACKERS[name]() for name in reversed(encodings)]


def _inflated(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """What is in ``data``; a full piece may have left some of it inside of the stream."""
    while True:
        piece = stream.decompress(data, _PIECE)
        yield piece
        data = stream.unconsumed_tail
        if stream.eof or not (data or len(piece) == _PIECE):
            return


def _has_frame(data: bytes) -> bool:
    """Whether ``data`` begins as the zlib format does (RFC 1950, 2.2)."""
    return data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
