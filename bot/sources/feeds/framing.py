"""What stands around the entries of a feed that was tidied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sources.feeds.elements import ENTRIES
from bot.sources.feeds.markup import attributes_of, local_name
from bot.sources.feeds.writing import USUAL

_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.S)
_TAG = re.compile(r"<(/?)([^\s<>/]+)([^<>]*)>(?=(<[^/])?)")
_AROUND = frozenset({"rss", "feed", "channel"})
# A feed's own text in one of these makes feedparser take the first entry's for another kind.
_LASTING = frozenset({"summary", "content", "encoded", "fullitem", "body"})
# The usual prefixes that mean to feedparser what they say, whether they are declared or not.
_HARMLESS = {
    f"xmlns:{prefix}": uri for prefix, uri in USUAL.items() if prefix not in {"atom", "rdf"}
}
_DECLARATION = re.compile(r"(xmlns:[\w.-]+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")


@dataclass(frozen=True)
class _Tag:
    is_end: bool
    local: str
    attributes: str
    markup: str
    has_elements: bool

    @property
    def is_entry(self) -> bool:
        return self.local in ENTRIES


def frame_of(xml: str, count: int, declared: Mapping[str, str]) -> str | None:
    """The start tags within which the ``count`` entries of a tidied feed stand, root first.

    ``declared`` are the ``namespaces_of`` what stands before the entries; others are not in
    the frame. None where an entry
    could be read otherwise for another's sake, or for what stands before it: where entries
    are lost, bring namespaces of their own, or open what a feed does.
    """
    tags = [_made(match) for match in _TAG.finditer(_CDATA.sub("", xml))]
    first = next((place for place, tag in enumerate(tags) if tag.is_entry), len(tags))
    if any(tag.local in _LASTING for tag in tags[:first]):
        return None
    entries = [tag for tag in tags[first:] if not tag.is_end]
    if sum(tag.is_entry for tag in entries) != count or any(map(_reaches_out, entries)):
        return None
    around = _opened(tags[:first])
    if not around or any(tag.local not in _AROUND for tag in around):
        return None
    found = _declarations(around[0].attributes)
    if not all(_is_harmless(name, uri, declared) for name, uri in found.items()):
        return None
    frame = "".join(tag.markup for tag in around)
    for name in found.keys() - declared.keys():  # for some of the entries
        frame = frame.replace(f' {name}="{found[name]}"', "", 1)
    return frame


def namespaces_of(xml: str) -> Mapping[str, str]:
    """The attributes by which the root of a tidied feed declares namespaces."""
    root = _TAG.match(xml)
    return _declarations(root[3]) if root else {}


def brings_namespaces(entry: str, declared: Mapping[str, str]) -> bool:
    """Whether an entry's markup declares a prefix other than all of its feed may."""
    found = _DECLARATION.findall(entry)
    return len(found) != entry.count("xmlns:") or not all(
        _is_harmless(name, double or single, declared) for name, double, single in found
    )


def _declarations(attributes: str) -> dict[str, str]:
    found = attributes_of(attributes, {})
    return {name: uri for name, uri in found.items() if name.startswith("xmlns")}


def _is_harmless(name: str, uri: str, declared: Mapping[str, str]) -> bool:
    """Whether a declaration is the feed's own, or makes no difference to those without it."""
    return declared.get(name, _HARMLESS.get(name)) == uri


def _made(match: re.Match[str]) -> _Tag:
    markup = f"<{match[2]}{match[3]}>"
    return _Tag(bool(match[1]), local_name(match[2]), match[3], markup, bool(match[4]))


def _opened(tags: list[_Tag]) -> list[_Tag]:
    """Those that are not closed yet: tidied feeds close each in its turn."""
    opened: list[_Tag] = []
    for tag in tags:
        if tag.is_end:
            opened.pop()
        else:
            opened.append(tag)
    return opened


def _reaches_out(tag: _Tag) -> bool:
    """Whether a tag of an entry can concern others."""
    return (
        tag.local in _AROUND | {"rdf"}
        or " xmlns" in tag.attributes
        or (tag.is_entry and " href=" in tag.attributes)
        or (tag.local == "image" and tag.has_elements)  # its parts become the feed's
    )
