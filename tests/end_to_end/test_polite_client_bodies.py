"""The polite client against bodies: packed, endless, slow, cut off, and none of what they say."""

from __future__ import annotations

import gzip
import random
import sys
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable

import brotli  # type: ignore[import-untyped]  # it ships neither stubs nor a py.typed marker
import pytest

from bot.errors import SourceError, SourceUnreachable, SourceUnreadable
from bot.sources.http import PoliteClient
from tests.support.hostile import (
    AGENT,
    Script,
    Server,
    goes_on,
    is_silent,
    says,
    says_bytes,
    server,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["server"]  # a fixture

MEGABYTE = 2**20
TEXT = "Ein Satz über Schäden. ".encode() * 20_000
NOISE = random.Random(1).randbytes(200_000)


def _deflate_bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _brotli(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=5)
    return packed


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without its frame": ("deflate", _deflate_bare),
    "br": ("br", _brotli),
    "zstd": ("zstd", zstd.compress),
    "two, one over the other": ("gzip, br", lambda data: _brotli(gzip.compress(data))),
    "the same twice": ("zstd , zstd", lambda data: zstd.compress(zstd.compress(data))),
    "none": ("identity", bytes),
}
_each = pytest.mark.parametrize("packing", PACKERS)


@pytest.fixture
async def client() -> AsyncIterator[PoliteClient]:
    async with PoliteClient(AGENT, allow_private=True) as opened:
        yield opened


def _packed(packing: str, data: bytes) -> tuple[bytes, str]:
    encoding, pack = PACKERS[packing]
    return pack(data), encoding


@_each
@pytest.mark.parametrize("data", [b"", b"a", TEXT, NOISE], ids=["empty", "a", "text", "noise"])
async def test_packed_bodies_are_unpacked(
    server: Server, client: PoliteClient, packing: str, data: bytes
) -> None:
    body, encoding = _packed(packing, data)
    url = server.plays("/", says(200, body, content_encoding=encoding))
    assert (await client.get(url, max_bytes=len(data))).body == data
    assert server.requests[0].headers["accept-encoding"] == "gzip, deflate, br, zstd"


@_each
async def test_bodies_may_come_in_any_pieces(
    server: Server, client: PoliteClient, packing: str
) -> None:
    body, encoding = _packed(packing, TEXT[:2000])
    pieces = b"".join(b"1\r\n" + bytes([byte]) + b"\r\n" for byte in body) + b"0\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-encoding: {encoding}\r\n\r\n"
    url = server.plays("/", says_bytes(head.encode() + pieces))
    assert (await client.get(url)).body == TEXT[:2000]


async def test_packed_streams_may_follow_each_other(server: Server, client: PoliteClient) -> None:
    members = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(7)
    url = server.plays("/", says(200, members, content_encoding="gzip"))
    assert (await client.get(url)).body == b"one two"
    url = server.plays(
        "/", says(200, zstd.compress(b"one ") + zstd.compress(b"two"), content_encoding="zstd")
    )
    assert (await client.get(url)).body == b"one two"


async def test_an_answer_without_a_body_is_packed_by_nothing(
    server: Server, client: PoliteClient
) -> None:
    url = server.plays("/", says(200, content_encoding="br, gzip"))
    assert (await client.get(url)).body == b""


@pytest.mark.parametrize(
    "encoding", ["none", "UTF-8", "binary", "8bit", "aws-chunked", "identity", "utf-8, none", ""]
)
async def test_what_packs_nothing_is_taken_as_it_is(
    server: Server, client: PoliteClient, encoding: str
) -> None:
    url = server.plays("/", says(200, TEXT, content_encoding=encoding))
    assert (await client.get(url)).body == TEXT
    url = server.plays("/", says(200, gzip.compress(TEXT), content_encoding=f"gzip,{encoding}"))
    assert (await client.get(url)).body == TEXT


# --- Too much


@_each
async def test_the_limit_is_that_of_the_unpacked_body(
    server: Server, client: PoliteClient, packing: str
) -> None:
    body, encoding = _packed(packing, TEXT)
    url = server.plays("/", says(200, body, content_encoding=encoding))
    with pytest.raises(SourceUnreadable, match=f"more than {len(TEXT) - 1} bytes"):
        await client.get(url, max_bytes=len(TEXT) - 1)


@_each
async def test_the_beginning_of_a_body_can_be_enough(
    server: Server, client: PoliteClient, packing: str
) -> None:
    body, encoding = _packed(packing, TEXT)
    url = server.plays("/", says(200, body, content_encoding=encoding))
    for most in (0, 1000, len(TEXT) - 1, len(TEXT), len(TEXT) + 1):
        answer = await client.get(url, max_bytes=most, truncate=True)
        assert answer.body == TEXT[:most]
    url = server.plays("/", goes_on(b"a" * 1000))
    assert (await client.get(url, max_bytes=5000, truncate=True)).body == b"a" * 5000


@pytest.mark.parametrize("packing", [name for name in PACKERS if name != "none"])
async def test_a_bomb_is_given_up_before_it_fills_the_memory(
    server: Server, client: PoliteClient, packing: str
) -> None:
    body, encoding = _packed(packing, bytes(100 * MEGABYTE))
    url = server.plays("/", says(200, body, content_encoding=encoding))
    tracemalloc.start()
    try:
        with pytest.raises(SourceUnreadable, match=r"more than 10 MB$"):
            await client.get(url)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16 * MEGABYTE


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"") * 20_000),
        ("zstd", zstd.compress(b"") * 20_000),
        ("gzip, br", _brotli(gzip.compress(b"") * 400_000)),
        # Nothing comes of it, however much is packed into the outer one.
        ("deflate, gzip", gzip.compress(b"\x78\x9c" + b"\0\0\0\xff\xff" * (3 * MEGABYTE))),
    ],
    ids=["gzip", "zstd", "gzip in br", "deflate in gzip"],
)
async def test_much_that_holds_nothing_is_given_up(
    server: Server, client: PoliteClient, encoding: str, body: bytes
) -> None:
    url = server.plays("/", says(200, body, content_encoding=encoding))
    with pytest.raises(SourceUnreadable, match=r"packs its answer wrongly|sends more than"):
        await client.get(url)


async def test_a_body_without_end_is_given_up(server: Server, client: PoliteClient) -> None:
    url = server.plays("/", goes_on(b" " * MEGABYTE))
    with pytest.raises(SourceUnreadable, match="more than"):
        await client.get(url)
    url = server.plays("/", goes_on(b"\x1f\x8b\x08" + bytes(7), content_encoding="br"))
    with pytest.raises(SourceUnreadable, match="wrongly"):
        await client.get(url)


# --- Too little, or wrong


@pytest.mark.parametrize("packing", [name for name in PACKERS if name != "none"])
async def test_a_packed_body_without_its_end_is_to_be_tried_again(
    server: Server, client: PoliteClient, packing: str
) -> None:
    body, encoding = _packed(packing, NOISE)
    for kept in (1, len(body) // 2, len(body) - 1):
        url = server.plays("/", says(200, body[:kept], content_encoding=encoding))
        with pytest.raises(SourceUnreachable, match="only part"):
            await client.get(url)


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd", "two, one over the other"])
async def test_a_corrupt_body_is_refused(
    server: Server, client: PoliteClient, packing: str
) -> None:
    body, encoding = _packed(packing, TEXT)
    middle = len(body) // 2
    # A change may also look like the end that is missing.
    for wrong in (b"\xff" * 40 + body, body[:middle] + b"\xff" * 40 + body[middle + 40 :]):
        url = server.plays("/", says(200, wrong, content_encoding=encoding))
        with pytest.raises(SourceError, match=r"wrongly|only part"):
            await client.get(url)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "br, gzip"])
async def test_a_plain_body_that_is_said_to_be_packed(
    server: Server, client: PoliteClient, encoding: str
) -> None:
    url = server.plays("/", says(200, b"<rss><channel/></rss>" * 9, content_encoding=encoding))
    with pytest.raises(SourceUnreadable, match="packs its answer wrongly"):
        await client.get(url)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("compress", "as compress"),
        ("gzip, aes128gcm", "as aes128gcm"),
        ("x" * 5000, "as " + "x" * 40),
        ("gzip, gzip, gzip", "in a way that we cannot undo"),
        ("\xadz", "in a way that we cannot undo"),
    ],
)
async def test_an_encoding_that_was_not_asked_for(
    server: Server, client: PoliteClient, encoding: str, told: str
) -> None:
    url = server.plays("/", says(200, b"{}", content_encoding=encoding))
    with pytest.raises(SourceUnreadable) as raised:
        await client.get(url)
    assert str(raised.value) == f"127.0.0.1 packs its answer {told}"


async def test_a_zstd_window_larger_than_the_web_allows(
    server: Server, client: PoliteClient
) -> None:
    options = {int(zstd.CompressionParameter.window_log): 27}
    packer = zstd.ZstdCompressor(options=options)
    body = packer.compress(NOISE) + packer.flush()
    url = server.plays("/", says(200, body, content_encoding="zstd"))
    with pytest.raises(SourceUnreadable, match="wrongly"):
        await client.get(url)


# --- Slow, and cut off


@pytest.mark.parametrize(
    "script",
    [
        is_silent(),
        is_silent(b"HTTP/1.1 200 OK\r\nx: "),
        is_silent(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"),
        goes_on(b" "),
        goes_on(b"", content_encoding="gzip"),
    ],
    ids=["no headers", "half a header", "half a body", "dripping", "nothing"],
)
async def test_slowness_is_given_up(server: Server, client: PoliteClient, script: Script) -> None:
    url = server.plays("/", script)
    with pytest.raises(SourceUnreachable, match=r"127\.0\.0\.1 took more than 0\.05 s"):
        await client.get(url, timeout=0.05)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\1\2\3",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"a" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfar\r\nabc\r\n",
    ],
)
async def test_what_is_no_whole_answer_is_to_be_tried_again(
    server: Server, client: PoliteClient, answer: bytes
) -> None:
    url = server.plays("/", says_bytes(answer))
    with pytest.raises(SourceUnreachable, match=r"127\.0\.0\.1 cannot be reached: "):
        await client.get(url)


async def test_what_comes_after_the_length_is_not_of_the_body(
    server: Server, client: PoliteClient
) -> None:
    url = server.plays("/", says(200, b"abcdef", content_length="3"))
    assert (await client.get(url)).body == b"abc"
