"""Readers and chats of this machine alone, of whom Telegram knows nothing: their ids."""

from __future__ import annotations

import hashlib

# Telegram's ids have at most 52 significant bits: those beyond are local chats' alone.
LOCAL = 2**52
LONGEST_ID = 16  # digits


def reader_id(name: str) -> int:
    """The chat id of a local reader: the number itself, or one made from the name."""
    if len(name) <= LONGEST_ID and name.isdecimal() and 0 < int(name) < LOCAL:
        return int(name)
    digest = hashlib.sha256(name.strip().casefold().encode()).digest()
    return LOCAL + int.from_bytes(digest[:5])
