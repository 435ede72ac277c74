"""What a web page says of itself in its head, read. Pure: bytes in, data out."""

from bot.sources.pages.reading import HEAD_BYTES, read_head

__all__ = ["HEAD_BYTES", "read_head"]
