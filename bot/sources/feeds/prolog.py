"""What stands before a feed's first element, and which element that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

NAME = r"[A-Za-z_][A-Za-z0-9_.-]*+(?::[A-Za-z_][A-Za-z0-9_.-]*+)?"
_FIRST_TAG = re.compile(rf"<({NAME})(?=[\s/>])")
_FEED_ROOT = re.compile(
    r"<((?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|rdf|feed|channel|item|entry))(?=[\s>])", re.I
)
_SUBSET_END = re.compile(r"\]\s*>")
_DECLARATION = re.compile(
    r"<!ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+"
    r"(?:\"([^\"&%<]{0,200}|&#\w{1,8};)\"|'([^'&%<]{0,200}|&#\w{1,8};)')\s*>"
)
_MAX_ENTITIES = 300
_MAX_PIECES = 200  # before the root
_LOOKED_AT = 64 * 1024  # characters in which a feed must have begun


@dataclass(frozen=True)
class Prolog:
    """Where the root stands and its name ("" for none), whether it is a feed's, and the
    simple entities that the document declares.

    An entity whose text has references or markup in it is not declared here, so none can
    grow; external ones are never looked at.
    """

    root: str
    place: int
    is_feed: bool
    entities: Mapping[str, str] = field(default_factory=dict)


def read_prolog(text: str) -> Prolog:
    """Find a document's root; words before it, as scripts write in error, are passed over."""
    place, entities = _passed(text)
    first = _FIRST_TAG.search(text, place, place + _LOOKED_AT)
    if first is None:
        return Prolog("", len(text), is_feed=False)
    name = first[1]
    if name.lower() != "html":
        root = _FEED_ROOT.search(text, first.start(), first.start() + _LOOKED_AT)
        if root and (root.start() == first.start() or _is_near(text, root.start())):
            return Prolog(root[1], root.start(), is_feed=True, entities=entities)
    return Prolog(name, first.start(), is_feed=False)


def _is_near(text: str, place: int) -> bool:
    """Whether a root that is not the first element still is one: a document begins there."""
    before = text[max(0, place - 4096) : place]
    return "<?xml" in before or len(before) < 2048


def _passed(text: str) -> tuple[int, dict[str, str]]:
    """Where the prolog ends, and the entities that its document type declares."""
    place, entities = 0, dict[str, str]()
    for _ in range(_MAX_PIECES):
        start = text.find("<", place)
        if start < 0:
            break
        if text.startswith("<?", start):
            end = text.find("?>", start, start + _LOOKED_AT)
        elif text.startswith("<!--", start):
            end = text.find("-->", start, start + _LOOKED_AT)
        elif text.startswith("<!", start):
            end, found = _declared(text, start)
            entities.update(found)
        else:
            return start, entities
        place = start + 2 if end < 0 else end + 1
    return place, entities


def _declared(text: str, start: int) -> tuple[int, dict[str, str]]:
    """Where a declaration ends (at its ">"; -1: nowhere), and its entities if it is a DOCTYPE."""
    end = text.find(">", start, start + _LOOKED_AT)
    bracket = text.find("[", start, end)
    if bracket < 0:
        return end, {}
    subset_end = _SUBSET_END.search(text, bracket, bracket + _LOOKED_AT)
    if subset_end is None:
        return end, {}
    entities: dict[str, str] = {}
    for match in _DECLARATION.finditer(text, bracket, subset_end.start()):
        entities.setdefault(match[1], unescape(match[2] or match[3] or ""))
        if len(entities) == _MAX_ENTITIES:
            break
    return subset_end.end() - 1, entities
