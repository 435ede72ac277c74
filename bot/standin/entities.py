"""Formatted text: plain text with entities, cleaned and trimmed as Telegram stores it.

Offsets and lengths are UTF-16 code units (Bot API: MessageEntity).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

MAX_ENTITIES = 100

_MERGED = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_CODE = {"code", "pre"}
_QUOTES = {"blockquote", "expandable_blockquote"}
# Telegram turns control characters and tabs into spaces, and drops carriage returns,
# direction overrides and the combining lines that make text unreadable.
_TO_SPACE = dict.fromkeys([*range(10), *range(11, 13), *range(14, 32)], " ")
_DROPPED = dict.fromkeys([13, *range(0x2028, 0x202F), 0x333, 0x33F, 0x30A])
_CLEANING = _TO_SPACE | _DROPPED


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity; `kind` is the Bot API's `type`, `details` its further fields."""

    kind: str
    offset: int
    length: int
    details: tuple[tuple[str, Any], ...] = ()

    @property
    def end(self) -> int:
        """The first UTF-16 unit after the entity."""
        return self.offset + self.length

    def as_json(self) -> dict[str, Any]:
        """A MessageEntity."""
        place = {"type": self.kind, "offset": self.offset, "length": self.length}
        return place | dict(self.details)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text after entity parsing; this is what Telegram's limits count."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """UTF-16 code units."""
        return utf16_length(self.text)

    def part(self, entity: Entity) -> str:
        """The text that the entity covers."""
        units = self.text.encode("utf-16-le", "surrogatepass")
        return units[entity.offset * 2 : entity.end * 2].decode("utf-16-le", "replace")


def utf16_length(text: str) -> int:
    """UTF-16 code units of the text."""
    return len(text) + sum(char > "\uffff" for char in text)


def tidy(formatted: Formatted) -> Formatted:
    """What Telegram makes of a text that it accepts: cleaned, trimmed, at most 100 entities.

    Leading white space goes up to the first entity, trailing white space always; entities over
    nothing but white space vanish, adjoining ones of one simple kind become one.
    """
    cleaned = _clean(formatted)
    trimmed = _trim_start(_trim_end(cleaned))
    kept = [entity for entity in trimmed.entities if trimmed.part(entity).strip(" \n")]
    merged = _merge(_without_nested(sorted(kept, key=_order)))
    return Formatted(trimmed.text, tuple(merged[:MAX_ENTITIES]))


def _order(entity: Entity) -> tuple[int, int, bool, str]:
    return entity.offset, -entity.length, entity.kind not in _QUOTES, entity.kind


def _clean(formatted: Formatted) -> Formatted:
    before = [0, *accumulate(1 + (char > "\uffff") for char in formatted.text)]
    lengths = [utf16_length(char.translate(_CLEANING)) for char in formatted.text]
    after = dict(zip(before, [0, *accumulate(lengths)], strict=True))
    moved = [
        replace(
            entity, offset=after[entity.offset], length=after[entity.end] - after[entity.offset]
        )
        for entity in formatted.entities
        if entity.offset in after and entity.end in after
    ]
    return Formatted(formatted.text.translate(_CLEANING), tuple(moved))


def _trim_end(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip(" \n")
    end = utf16_length(text)
    cut = [
        replace(entity, length=min(entity.end, end) - entity.offset)
        for entity in formatted.entities
        if entity.offset < end
    ]
    return Formatted(text, tuple(cut))


def _trim_start(formatted: Formatted) -> Formatted:
    blank = len(formatted.text) - len(formatted.text.lstrip(" \n"))
    first = min((entity.offset for entity in formatted.entities), default=blank)
    gone = min(blank, first)
    moved = [replace(entity, offset=entity.offset - gone) for entity in formatted.entities]
    return Formatted(formatted.text[gone:], tuple(moved))


def _without_nested(entities: Iterable[Entity]) -> list[Entity]:
    """Code holds no other entity, a quotation no further quotation (Bot API: formatting)."""
    kept: list[Entity] = []
    for entity in entities:
        around = [one for one in kept if one.offset <= entity.offset < one.end]
        in_code = any(one.kind in _CODE for one in around)
        in_quote = entity.kind in _QUOTES and any(one.kind in _QUOTES for one in around)
        if not in_code and not in_quote:
            kept.append(entity)
    return kept


def _merge(entities: Iterable[Entity]) -> list[Entity]:
    merged: list[Entity] = []
    last: dict[str, int] = {}
    for entity in entities:
        at = last.get(entity.kind)
        if entity.kind in _MERGED and at is not None and merged[at].end >= entity.offset:
            end = max(merged[at].end, entity.end)
            merged[at] = replace(merged[at], length=end - merged[at].offset)
            continue
        last[entity.kind] = len(merged)
        merged.append(entity)
    return merged


# --- entities that Telegram finds by itself ---

_NAME = r"[A-Za-z0-9_]"
_SUFFIXES = "com|org|net|info|edu|gov|int|io|eu|uk|de|fr|es|it|jp|cn|ru|ua|us|ca|au|me|news|test"
_HIDES_OTHERS = _CODE | {"text_link", "text_mention", "custom_emoji", "url", "email"}
_FOUND = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?![\w@])")),
    ("url", re.compile(r"(?<![\w@])(?:https?|ftp|tg|ton)://[^\s<>\"«»]+", re.IGNORECASE)),
    (
        "url",
        re.compile(
            rf"(?<![\w@.:/-])(?:[\w-]+\.)+(?:{_SUFFIXES})(?![\w@-])(?::\d+)?(?:[/?#][^\s<>\"«»]*)?",
            re.IGNORECASE,
        ),
    ),
    ("mention", re.compile(rf"(?<!\w)@{_NAME}{{5,32}}(?!\w)")),
    (
        "bot_command",
        re.compile(rf"(?<![\w/<>@])/{_NAME}{{1,64}}(?:@{_NAME}{{3,32}})?(?![\w/<>@])"),
    ),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?!\w)")),
    ("cashtag", re.compile(r"(?<!\w)\$[A-Z]{1,8}(?!\w)")),
)


def detect(formatted: Formatted) -> Formatted:
    """Add the links, e-mail addresses, mentions, commands and tags that Telegram finds itself."""
    entities = list(formatted.entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(formatted.text):
            found = _entity_at(kind, match)
            if not any(_hides(entity, found) for entity in entities):
                entities.append(found)
    entities.sort(key=_order)
    return Formatted(formatted.text, tuple(entities[:MAX_ENTITIES]))


def _entity_at(kind: str, match: re.Match[str]) -> Entity:
    found = _without_punctuation(match[0]) if kind == "url" else match[0]
    return Entity(kind, utf16_length(match.string[: match.start()]), utf16_length(found))


def _without_punctuation(url: str) -> str:
    """The sentence's own punctuation off; a bracket closed within the address belongs to it."""
    while url[-1] in ".,;:!?'" or (url[-1] in ")]" and not _closes(url)):
        url = url[:-1]
    return url


def _closes(url: str) -> bool:
    opening = {")": "(", "]": "["}[url[-1]]
    return url.count(opening) >= url.count(url[-1])


def _hides(entity: Entity, found: Entity) -> bool:
    overlaps = entity.offset < found.end and found.offset < entity.end
    return overlaps and entity.kind in _HIDES_OTHERS
