"""References to characters and entities in XML as it is really written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.entities import html5

_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][\w.-]{0,40}));")


def decoded(text: str, entities: Mapping[str, str]) -> str:
    """``text`` with references to characters and to known entities replaced, once.

    ``entities`` are those that the document declares; those of HTML are known as well,
    since feeds use them undeclared. An ampersand that begins none stays one.
    """
    return _ENTITY.sub(_replacing(entities), text) if "&" in text else text


def _replacing(entities: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        if match[3]:
            return entities.get(match[3]) or html5.get(match[3] + ";") or match[0]
        code = int(match[1]) if match[1] else int(match[2], 16)
        return chr(code) if _is_character(code) else ""

    return replaced


def _is_character(code: int) -> bool:
    """Whether XML has a place for it (XML 1.0, section 2.2)."""
    return code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or (
        0x10000 <= code < 0x110000
    )  # fmt: skip
