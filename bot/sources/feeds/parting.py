"""A feed's text in pieces that can be read apart: its head, its entries, and its end.

Reading an entry apart tells the same as reading it among the others only where its markup
closes whatever it opens. So what is not certain to do so is not parted at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.sources.feeds.entries import ENTRY, MAX_ENTRIES
from bot.sources.feeds.markup import MAX_TAG, TAG, local_name
from bot.sources.feeds.prolog import Prolog, read_prolog

# Within these, none of the bounds that tidying sets to a whole feed can be reached: of tags
# (counted by their "<"), of characters written (at most nine for one that is read), and of
# characters in which the end of an element is sought.
_MAX_TEXT = 400_000
_MAX_TAGS = 120_000
_MAX_ENTRY = 50_000
_MAX_DEPTH = 50  # elements within each other
_MAX_BLANK = 900  # characters before a CDATA section that an element begins with

_SECTION = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>"
_ASIDE = re.compile(rf"{_SECTION}|<!", re.S)
_TOKEN = re.compile(rf"(?:({_SECTION})|{TAG.pattern}|<)([^<]*+)", re.S)
_TAIL = re.compile(
    r"(?:\s++|</(?:[\w.-]{1,40}:)?(?:rss|feed|channel)\s*+>|<!--(?:[^<-]|-(?!->))*+-->)*+", re.I
)
_BUILD_DATE = re.compile(r"(<(?:pubDate|updated|dc:date|lastBuildDate)>)[\w ,:+.-]{1,60}(?=</)")


@dataclass(frozen=True)
class Parts:
    """The markup of a feed whose entries can be read apart, if each ``stands_alone``.

    ``head`` is all before the first entry, ``entries`` go from start tag to end tag; behind
    them there is nothing that is read.
    """

    prolog: Prolog
    head: str
    entries: tuple[str, ...]

    @property
    def lasting_head(self) -> str:
        """The head without the times at which the feed was made, of which nothing is read."""
        return _BUILD_DATE.sub(r"\1", self.head)


def parted(text: str) -> Parts | None:
    """The parts of an RSS or Atom feed; None where it is another, or they cannot be told apart."""
    if len(text) > _MAX_TEXT or text[:1000].lstrip()[:1] != "<" or text.count("<") > _MAX_TAGS:
        return None
    prolog = read_prolog(text)
    if not prolog.is_feed or prolog.entities or local_name(prolog.root) not in {"rss", "feed"}:
        return None
    starts = [match.start() for match in ENTRY.finditer(text, prolog.place)]
    if not 0 < len(starts) <= MAX_ENTRIES:
        return None
    last = _last_entry(text[starts[-1] :])
    asides = _ASIDE.finditer(text, prolog.place, starts[0])
    if last is None or any(aside[0] == "<!" for aside in asides):
        return None
    entries = [text[start:end].rstrip() for start, end in pairwise(starts)]
    return Parts(prolog, text[: starts[0]], (*entries, last))


def _last_entry(rest: str) -> str | None:
    """The entry with which ``rest`` begins, if behind it there is nothing but the feed's end."""
    start = TAG.match(rest)
    closing = rest.find(f"</{start['name']}") if start else -1
    end = rest.find(">", closing) + 1
    return rest[:end] if closing >= 0 and end and _TAIL.fullmatch(rest, end) else None


def stands_alone(entry: str) -> bool:
    """Whether an entry's markup closes all that it opens, and itself only at its end."""
    if len(entry) > _MAX_ENTRY:
        return False
    opened: list[str] = []
    is_content, after = False, "-"  # whether what follows is that of an element that has begun
    for token in _TOKEN.finditer(entry):
        if not opened and token.start():
            return False
        before, (section, close, name, rest, after) = after, token.groups()
        if section:
            is_first = is_content and len(before) < _MAX_BLANK and not before.strip()
            if not _is_closed(section, opened, is_first=is_first):
                return False
        elif not name or not _is_nested(close, name, rest, opened):
            return False
        is_content = bool(name) and not close
    return not opened and not after


def _is_closed(section: str, opened: list[str], *, is_first: bool) -> bool:
    """Whether nobody can take what is in a comment or CDATA section for tags.

    Where an element's content begins with a CDATA section its end is sought behind that.
    """
    inside = section[4:]
    if "<" not in inside:
        return True
    is_known = is_first and section.startswith("<![")
    return is_known and not any(f"</{name}" in inside for name in opened)


def _is_nested(close: str, name: str, rest: str, opened: list[str]) -> bool:
    """Whether a tag closes the element that was opened last, or opens one within another."""
    if len(close) + len(name) + len(rest) > MAX_TAG - len("<>") or len(opened) > _MAX_DEPTH:
        return False
    if close:
        return bool(opened) and opened.pop() == name
    if not rest.endswith("/"):
        opened.append(name)
    return bool(opened)
