"""A feed in XML of any make as one that is well-formed, small, and has only what we read.

Hostile and broken feeds end here: what goes on to the parser has no document type, comments
or CDATA, closes every element, and is bounded in entries, elements and characters. So its
time is bounded too, and one broken entry takes no other with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.sources.feeds.elements import (
    CONTAINERS,
    ENTRIES,
    LIMITS,
    OWN_PREFIXES,
    PICTURE,
    ROOTS,
    TERMS,
    TEXTS,
    is_root,
    relation,
    says_all,
)
from bot.sources.feeds.entries import Searched, Window, window_of
from bot.sources.feeds.markup import attributes_of, content_of, local_name, match_tag
from bot.sources.feeds.prolog import Prolog
from bot.sources.feeds.writing import Writer
from storage.model import Dropped

_STARTS_OF_TEXT = {True: ("<title",), False: ("<description", "<summary", "<content")}
_ASIDES = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_WEB = re.compile(r"\s*https?://", re.I)
_SECTION_END = re.compile(re.escape("]]>"))
_CUT_TAIL = re.compile(r"<[^<>]*+$|&[\w#]{0,30}$")

_MAX_TAGS = 120_000  # of a feed that are looked at
_MAX_ENTRY_TAGS = 4_000
_MAX_KEPT = 80  # elements of one entry, or between two, besides its terms
_MAX_TERMS = 40  # likewise
_MAX_DEPTH = 8
_MAX_LONG = 50  # elements that are not read, whose end is sought however far it is
_MAX_SKIPPED = 50_000  # characters, of further ones
_MAX_WRITTEN = 4_000_000  # characters


def tidied(text: str, prolog: Prolog) -> tuple[str, list[Dropped]]:
    """A feed as well-formed XML, and what was left out of it."""
    window = window_of(text, prolog.place)
    tidying = _Tidying(window, prolog)
    return tidying.walk(), [*window.dropped, *tidying.dropped]


class _Tidying:
    """Walks through a feed once, from tag to tag, writing down what is read of it."""

    def __init__(self, window: Window, prolog: Prolog) -> None:
        self.dropped: list[Dropped] = []
        self._text = window.text
        self._is_end = window.is_end
        self._entities: Mapping[str, str] = prolog.entities
        self._bounds = [*window.starts, len(window.text)]
        self._passed = 0  # entry starts up to here
        self._entry_start = -1
        self._limit = self._bounds[0]  # where the next entry starts, or the text ends
        self._place = prolog.place
        self._writer = Writer()
        self._open: list[str] = []  # containers, outermost first
        self._entry_mark: int | None = None  # where the open entry begins in what is written
        self._entry_depth = 0
        self._tags = self._entry_tags = self._kept = self._terms = self._skipped = 0
        self._endless: set[str] = set()  # what has no end before the next entry
        self._own: dict[str, bool] = {}  # what of its own the entry has
        self._section_end = Searched(window.text, _SECTION_END)

    def walk(self) -> str:
        """Read to the end, or to where reading on is not worth it; what was written."""
        if self._bounds[0] == self._place:
            self._push("rss", {})  # an entry without a feed around it
        while self._step():
            pass
        if self._entry_mark is not None and self._is_cut_off():
            self._drop_entry("the feed ends within it")
        self._pop_to(0)
        return self._writer.xml()

    def _step(self) -> bool:
        """Look at the next tag; False at the end."""
        start = self._text.find("<", self._place)
        if start < 0:
            return False
        if start >= self._limit:
            self._pass_bounds(start)
        self._tags += 1
        self._entry_tags += 1
        if self._tags > _MAX_TAGS or self._writer.size > _MAX_WRITTEN:
            return self._stop()
        tag = match_tag(self._text, start)
        if tag is None:
            self._place = self._behind_aside(start)
            return True
        self._place = tag.end()
        close, name, rest = tag.groups()
        if self._entry_tags > _MAX_ENTRY_TAGS and self._entry_mark is not None:
            self._drop_entry("too much markup")
            self._place = self._limit
        elif close:
            self._close(name)
        else:
            self._start(name, rest, is_entry=start == self._entry_start)
        return True

    # Where we are

    def _pass_bounds(self, place: int) -> None:
        while self._passed < len(self._bounds) - 1 and self._bounds[self._passed] <= place:
            self._entry_start = self._bounds[self._passed]
            self._passed += 1
            self._limit = self._bounds[self._passed]
            self._endless.clear()
            self._own.clear()

    def _behind_aside(self, start: int) -> int:
        """Behind a comment, CDATA section, instruction or declaration; else one character on."""
        for opening, closing in _ASIDES:
            if self._text.startswith(opening, start):
                end = self._find(closing, start)
                return start + 1 if end is None else end + len(closing)
        return start + 1

    def _find(self, wanted: str, start: int, limit: int | None = None) -> int | None:
        """Where it stands before the next entry; what is not found is not sought again."""
        if wanted in self._endless:
            return None
        place = self._text.find(wanted, start, min(limit or self._limit, self._limit))
        if place < 0:
            self._endless.add(wanted)
            return None
        return place

    def _is_cut_off(self) -> bool:
        roots = [name for name in self._open if local_name(name) in ROOTS]
        ends = [self._text.find(f"</{name}", self._entry_start) for name in roots]
        return self._is_end and max(ends, default=0) < 0

    # Elements

    def _start(self, name: str, rest: str, *, is_entry: bool) -> None:
        is_alone = rest.endswith("/")
        prefix, _, local = name.lower().rpartition(":")
        if is_entry:
            self._start_entry(name, rest, is_alone=is_alone)
        elif local in ENTRIES:
            return  # within a text that was never closed
        elif not self._is_read(prefix, local):
            if not is_alone:
                self._skip(name)
        elif local in CONTAINERS and not is_alone and self._has_elements(local):
            if len(self._open) < _MAX_DEPTH:
                self._push(name, attributes_of(rest, self._entities))
        else:
            self._keep(name, local, rest, is_alone=is_alone)

    def _start_entry(self, name: str, rest: str, *, is_alone: bool) -> None:
        inner = [place for place, opened in enumerate(self._open) if not is_root(opened)]
        self._pop_to(min(inner, default=len(self._open)))  # what was left open
        self._entry_mark, self._entry_depth = self._writer.mark(), len(self._open)
        self._entry_tags = self._kept = self._terms = 0
        attributes = attributes_of(rest, self._entities)
        self._push(name, attributes)
        if is_alone:
            self._close(name)
        elif _WEB.match(attributes.get("rdf:about", "")) and not self._has_own("<link"):
            self._writer.element("link", {}, attributes["rdf:about"])

    def _is_read(self, prefix: str, local: str) -> bool:
        if local not in LIMITS and local not in CONTAINERS:
            return False
        if prefix in OWN_PREFIXES or not (local in TEXTS or local in TERMS):
            return True
        if local in TERMS:
            return False
        around = self._open[-1] if self._open else ""
        if prefix == "media" and local == "description":  # else it is a picture's caption
            return local_name(around) == "group" and not self._has_picture()
        return (
            (prefix == "media" and local == "content")
            or prefix == around.rpartition(":")[0].lower()
            or not any(self._has_own(start) for start in _STARTS_OF_TEXT[local == "title"])
        )

    def _has_own(self, start: str) -> bool:
        if start not in self._own:
            self._own[start] = self._find(start, max(self._entry_start, 0)) is not None
        return self._own[start]

    def _has_picture(self) -> bool:
        if "a picture" not in self._own:
            found = PICTURE.search(self._text, max(self._entry_start, 0), self._limit)
            self._own["a picture"] = found is not None
        return self._own["a picture"]

    def _has_elements(self, local: str) -> bool:
        """Whether a container really is one: authors and sources may be mere text."""
        if local not in LIMITS:
            return True
        following = self._text.find("<", self._place, self._limit)
        return following >= 0 and self._text[following + 1 : following + 2].isalpha()

    def _skip(self, name: str) -> None:
        """Pass over an element that is not read, with what is in it if it ends."""
        self._skipped += 1
        limit = self._limit if self._skipped < _MAX_LONG else self._place + _MAX_SKIPPED
        end = self._find(f"</{name}", self._place, limit)
        self._place = self._place if end is None else end

    def _keep(self, name: str, local: str, rest: str, *, is_alone: bool) -> None:
        """Write down an element that has only text in it, or is taken for its attributes."""
        attributes = attributes_of(rest, self._entities)
        has_no_text = is_alone or says_all(name, local, attributes)
        inner = "" if has_no_text else self._inner(name)
        if self._is_enough(local) or not self._open or not (inner or attributes):
            return
        limit = LIMITS.get(local, 0)
        if len(inner) > limit and local not in TEXTS:
            self.dropped.append(Dropped(f"{local} too long", inner[:200]))
            return
        if len(inner) > limit:
            inner = _CUT_TAIL.sub("", inner[:limit])
        value, has_markup = content_of(inner, self._entities)
        if has_markup or attributes.get("type") == "xhtml":
            attributes["type"] = "html" if has_markup else "text"
        if "rel" in attributes:
            attributes["rel"] = relation(attributes["rel"])
        if local in {"guid", "id"} and not _WEB.match(value):
            attributes = {"isPermaLink": "false"}
        self._writer.element(name, attributes, value)

    def _is_enough(self, local: str) -> bool:
        """Whether an entry has had as many elements as it may, this one not counted."""
        if local in TERMS:
            self._terms += 1
            return self._terms > _MAX_TERMS
        self._kept += 1
        return self._kept > _MAX_KEPT

    def _inner(self, name: str) -> str:
        """The content of the element that has just begun; if it never ends, up to a tag."""
        start = behind = self._place
        if self._text[start : start + 1000].lstrip().startswith("<![CDATA["):
            section_end = self._section_end.after(start)
            behind = section_end if section_end < self._limit else start
        end = self._find(f"</{name}", behind)
        if end is None:
            end = self._text.find("<", behind + 1, self._limit)
        self._place = self._limit if end < 0 else end
        return self._text[start : self._place].strip()

    # Containers

    def _push(self, name: str, attributes: dict[str, str]) -> None:
        self._writer.open(name, attributes)
        self._open.append(name)

    def _close(self, name: str) -> None:
        """Close the innermost container of that name, with those in it; the root stays open."""
        name = name.lower()
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].lower() == name:
                self._pop_to(depth)
                break

    def _pop_to(self, depth: int) -> None:
        while len(self._open) > depth:
            closed = self._open.pop()
            self._writer.close(closed)
            if local_name(closed) in ENTRIES:
                self._entry_mark = None
                self._kept = self._terms = 0

    def _drop_entry(self, reason: str) -> None:
        if self._entry_mark is None:
            return
        excerpt = self._text[self._entry_start : self._entry_start + 200]
        self.dropped.append(Dropped(f"entry: {reason}", excerpt))
        self._writer.back_to(self._entry_mark)
        del self._open[self._entry_depth :]
        self._entry_mark = None

    def _stop(self) -> bool:
        self._drop_entry("too much markup before it")
        rest = len(self._bounds) - 1 - self._passed
        self.dropped.append(Dropped("too much markup", f"{rest} further entries not read"))
        return False
