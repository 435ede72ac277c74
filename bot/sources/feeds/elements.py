"""The elements of feeds that are read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.sources.feeds.markup import local_name

ENTRIES = frozenset({"item", "entry"})
ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
CONTAINERS = ENTRIES | ROOTS | {"image", "author", "source", "group"}
TEXTS = frozenset(
    "title description summary content encoded abstract tagline subtitle fullitem body".split()
)
TERMS = frozenset({"category", "subject"})
# What is read, and how many characters of it can make sense.
LIMITS = {
    **dict.fromkeys(TEXTS, 16_000),
    **dict.fromkeys("link guid id url uri href origlink source image".split(), 4_000),
    **dict.fromkeys(TERMS, 300),
    **dict.fromkeys("author creator name email language".split(), 300),
    **dict.fromkeys("pubdate published updated modified issued created date".split(), 100),
    **dict.fromkeys("lastbuilddate ttl updateperiod updatefrequency".split(), 100),
    **dict.fromkeys("enclosure thumbnail".split(), 0),
}
# Whose texts are those of the entry; other vocabularies title pictures and recordings.
OWN_PREFIXES = frozenset(["", "atom", "atom10", "a10", "rss", "dc", "dcterms", "content", "xhtml"])
# A picture, whose description is a caption.
PICTURE = re.compile(
    r"<media:content\s[^<>]*?"
    r"(?:(?:medium|type)=[\"']image|\.(?:jpe?g|png|webp|gif|avif)[\"'?])",
    re.I,
)


def is_root(name: str) -> bool:
    """Whether an element holds a whole feed."""
    return local_name(name) in ROOTS


def says_all(name: str, local: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element says what it has to in its attributes."""
    if local == "content":
        return "src" in attributes or name.lower() == "media:content"
    return local in {"enclosure", "thumbnail"} or (local == "link" and "href" in attributes)


def relation(named: str) -> str:
    """How a link is related: its registered name may stand among others, or as an address
    (RFC 4287, section 4.2.7.2)."""
    names = [name.rpartition("/")[2].lower() for name in named.split()]
    return "alternate" if "alternate" in names else named
