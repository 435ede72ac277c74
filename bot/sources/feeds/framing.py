"""What stands around the entries of a feed that was tidied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.sources.feeds.entries import ENTRY
from bot.sources.feeds.markup import attributes_of, local_name
from bot.sources.feeds.writing import USUAL

_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.S)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[^\s<>/]+)(?P<rest>[^<>]*)>")
_AROUND = frozenset({"rss", "feed", "channel"})
# A feed's own text in one of these makes feedparser take the first entry's for another kind.
_LASTING = frozenset({"summary", "content", "encoded", "fullitem", "body"})
# The start tags of an entry that can concern others; what is in an image becomes the feed's.
_REACHING_OUT = re.compile(
    r"<(?:[^<>/][^<>]* xmlns|(?:[^\s<>/:]*+:)*+"
    r"(?:(?:rss|feed|channel|rdf)[\s>]|(?:item|entry)(?= )[^<>]* href=|image(?: [^<>]*)?><[^/]))",
    re.I,
)
# The usual prefixes that mean to feedparser what they say, whether they are declared or not.
_HARMLESS = {
    f"xmlns:{prefix}": uri for prefix, uri in USUAL.items() if prefix not in {"atom", "rdf"}
}
_DECLARATION = re.compile(r"(xmlns:[\w.-]+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")


def frame_of(xml: str, count: int, declared: Mapping[str, str]) -> str | None:
    """The start tags within which the ``count`` entries of a tidied feed stand, root first.

    ``declared`` are the ``namespaces_of`` what stands before the entries; others are not in
    the frame. None where an entry could be read otherwise for another's sake, or for what
    stands before it: where entries are lost, bring namespaces of their own, or open what a
    feed does.
    """
    plain = _CDATA.sub("", xml)
    starts = [entry.start() for entry in ENTRY.finditer(plain)]
    start = starts[0] if starts else len(plain)
    if len(starts) != count or _REACHING_OUT.search(plain, start):
        return None
    tags = list(_TAG.finditer(plain, 0, start))
    around = _opened(tags)
    if not around or any(local_name(tag["name"]) not in _AROUND for tag in around):
        return None
    if any(local_name(tag["name"]) in _LASTING for tag in tags):
        return None
    found = _declarations(around[0]["rest"])
    if not all(_is_harmless(name, uri, declared) for name, uri in found.items()):
        return None
    frame = "".join(tag[0] for tag in around)
    for name in found.keys() - declared.keys():  # for some of the entries
        frame = frame.replace(f' {name}="{found[name]}"', "", 1)
    return frame


def namespaces_of(xml: str) -> Mapping[str, str]:
    """The attributes by which the root of a tidied feed declares namespaces."""
    root = _TAG.match(xml)
    return _declarations(root["rest"]) if root else {}


def brings_namespaces(entry: str, declared: Mapping[str, str]) -> bool:
    """Whether an entry's markup declares a prefix other than all of its feed may."""
    if "xmlns:" not in entry:
        return False
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


def _opened(tags: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Those that are not closed yet: tidied feeds close each in its turn."""
    opened: list[re.Match[str]] = []
    for tag in tags:
        if tag["close"]:
            opened.pop()
        else:
            opened.append(tag)
    return opened
