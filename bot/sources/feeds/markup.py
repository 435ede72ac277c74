"""Pieces of XML as feeds really write it: tags, attributes and text, mended as they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from bot.sources.feeds.prolog import NAME
from bot.sources.references import decoded

TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{NAME})(?P<rest>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
_BROKEN_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{NAME})(?P<rest>[^<>]*+)>")
_ATTRIBUTE = re.compile(  # no name begins within another: else a long one is read at each letter
    rf"(?<![A-Za-z0-9_.-])({NAME})\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>/]++))"
)
_INLINE = re.compile(r"</?[A-Za-z][^<>]*+>")
_ASIDE = re.compile(r"<!--|<\?")
_ASIDE_ENDS = {"<!--": "-->", "<?": "?>"}
_CDATA, _CDATA_END = "<![CDATA[", "]]>"

_MAX_ATTRIBUTES = 100
MAX_TAG = 16_000  # characters
_MAX_VALUE = 4_000  # characters of an attribute
_KEPT = frozenset(
    """base lang version rel type href hreflang url uri mode about ispermalink medium width height
    term label""".split()
)


def match_tag(text: str, place: int) -> re.Match[str] | None:
    """The tag that begins at ``place``, if one does and it is not absurdly long."""
    limit = place + MAX_TAG
    return TAG.match(text, place, limit) or _BROKEN_TAG.match(text, place, limit)


def local_name(name: str) -> str:
    """A name without its prefix, in lower case."""
    return name.rpartition(":")[2].lower()


def attributes_of(rest: str, entities: Mapping[str, str]) -> dict[str, str]:
    """The attributes of a tag that reading a feed needs, decoded; the first of each name."""
    if "=" not in rest:
        return {}
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        name = match[1]
        value = next((part for part in match.groups()[1:] if part is not None), "")
        if name in found or len(value) > _MAX_VALUE or not _is_kept(name):
            continue
        found[name] = " ".join(decoded(value, entities).split())
        if len(found) == _MAX_ATTRIBUTES:
            break
    return found


def _is_kept(name: str) -> bool:
    return name == "xmlns" or name.startswith("xmlns:") or local_name(name) in _KEPT


def content_of(inner: str, entities: Mapping[str, str]) -> tuple[str, bool]:
    """What an element says, decoded once; and whether it has elements inside.

    If it has, what comes back is their markup as HTML.
    """
    if "<" not in inner:
        return decoded(inner, entities), False
    outside, sections = _parted(inner)
    if not any(_INLINE.search(piece) for piece in outside):
        plain = [decoded(piece, entities) for piece in outside]
        return _woven(plain, sections), False
    return _woven(outside, [escape(section) for section in sections]), True


def _parted(inner: str) -> tuple[list[str], list[str]]:
    """The pieces outside of CDATA sections, one more than there are sections, and those."""
    outside, sections = [], []
    place = 0
    while (start := inner.find(_CDATA, place)) >= 0:
        outside.append(_without_asides(inner[place:start]))
        start += len(_CDATA)
        end = inner.find(_CDATA_END, start)
        end = len(inner) if end < 0 else end
        sections.append(inner[start:end])
        place = end + len(_CDATA_END)
    outside.append(_without_asides(inner[place:]))
    return outside, sections


def _without_asides(text: str) -> str:
    """``text`` without the comments and instructions in it, but for those that never end.

    One pattern for both would look through the whole text for the end of each of those.
    """
    last_ends = {opening: text.rfind(end) for opening, end in _ASIDE_ENDS.items()}
    kept: list[str] = []
    place = 0
    for opening in _ASIDE.finditer(text):
        if place <= opening.start() and opening.end() <= last_ends[opening[0]]:
            kept.append(text[place : opening.start()])
            end = _ASIDE_ENDS[opening[0]]
            place = text.find(end, opening.end()) + len(end)
    return "".join([*kept, text[place:]])


def _woven(outside: list[str], sections: list[str]) -> str:
    pairs = zip(outside, [*sections, ""], strict=True)
    return "".join(piece for pair in pairs for piece in pair)
