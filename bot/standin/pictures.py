"""The size of a picture, read from its first bytes."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
# Pictures without their size in a fixed place; Telegram takes them all the same.
_OTHERS = (b"BM", b"RIFF")
UNKNOWN_SIDES = (640, 640)
# Markers of a JPEG without a segment behind them, and those of a frame (ITU-T T.81, table B.1).
_BARE = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def sides_of(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where the content is no picture."""
    if content.startswith(_PNG):
        return _checked(content[16:20], content[20:24])
    if content.startswith(_GIF):
        return _checked(content[6:8][::-1], content[8:10][::-1])
    if content.startswith(_JPEG):
        return _jpeg(content)
    return UNKNOWN_SIDES if content.startswith(_OTHERS) else None


def _checked(width: bytes, height: bytes) -> tuple[int, int] | None:
    sides = int.from_bytes(width), int.from_bytes(height)
    return sides if all(sides) else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walk from segment to segment to the frame header, which has height before width."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            return _checked(content[at + 7 : at + 9], content[at + 5 : at + 7])
        length = 0 if marker in _BARE else int.from_bytes(content[at + 2 : at + 4])
        at += 2 + length
    return None
