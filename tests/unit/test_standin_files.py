"""Sizes of pictures, and how much of the files the stand-in keeps."""

from __future__ import annotations

import pytest

from bot.standin.files import Files
from bot.standin.model import Upload
from bot.standin.pictures import UNKNOWN_SIDES, sides_of

# Start of image; a segment of four bytes; the header of a progressive frame of 300 × 200.
JPEG = bytes.fromhex("ffd8 ffe0 0004 0000 ffc2 0011 08 00c8 012c 03")


@pytest.mark.parametrize(
    ("content", "sides"),
    [
        (JPEG, (300, 200)),
        (JPEG[:12], None),
        (b"\xff\xd8\xff\xd9", None),
        (b"GIF89a\x2c\x01\xc8\x00", (300, 200)),
        (b"GIF89a\x00\x00\xc8\x00", None),
        (b"RIFF\0\0\0\0WEBP", UNKNOWN_SIDES),
        (b"<svg></svg>", None),
        (b"", None),
    ],
)
def test_sides_of_pictures(content: bytes, sides: tuple[int, int] | None) -> None:
    assert sides_of(content) == sides


def test_oldest_contents_are_forgotten_first() -> None:
    files = Files(most=10)
    first = files.keep(Upload("a", "text/plain", b"aaaa"), 1)
    second = files.keep(Upload("b", "text/plain", b"bbbb"), 2)
    again = files.keep(Upload("c", "text/plain", b"aaaa"), 3)
    assert (again.unique_id, again.id) == (first.unique_id, "file-3")
    third = files.keep(Upload("d", "text/plain", b"dddd"), 4)
    assert files.content(second) is None
    assert [files.content(one) for one in (first, again, third)] == [b"aaaa", b"aaaa", b"dddd"]
    large = files.keep(Upload("e", "text/plain", b"x" * 11), 5)
    assert files.content(large) == b"x" * 11
    assert files.content(third) is None
    assert files.find(third.id) == third
