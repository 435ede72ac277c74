"""Lists of feeds as OPML, read and written (OPML 2.0, http://opml.org/spec2.opml). Pure.

A feed is an ``outline`` with ``xmlUrl``; the folder that it stands in is its region. One that
is paused has a ``category`` of ours, as the specification leaves no room for attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bot.core.feed_addresses import complaint, feed_address, feed_key
from bot.errors import InputError
from bot.sources.decoding import decoded_text
from bot.sources.languages import primary_subtag
from bot.sources.references import decoded
from bot.sources.texts import one_line, shortened

MAX_OPML = 5_000_000  # bytes
LONGEST_TITLE = 200
LONGEST_REGION = 60
_PAUSED = "/dateline/paused"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_AMPERSAND = re.compile(r"&(?:[#\w.-]{1,42};)?")
_REFERENCES = {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_LINE_END = re.compile(r"\r\n?|\n")
_SHOWN = 40  # characters of what cannot be read


@dataclass(frozen=True)
class ListedFeed:
    """A feed as a list names it: ``url`` can be asked; ``language`` is a primary subtag, and
    like ``title`` and ``region`` "" where the list does not say. ``is_paused``: it is not to be
    read before somebody says so."""

    url: str
    title: str = ""
    language: str = ""
    region: str = ""
    is_paused: bool = False


@dataclass(frozen=True)
class PassedOver:
    """An outline that is not taken: its line in the file, what it says, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class FeedList:
    """A list, read: its feeds in its order, each once, and what was passed over."""

    feeds: tuple[ListedFeed, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


def read_opml(body: bytes) -> FeedList:
    """The feeds that an OPML file lists.

    What can be put right is. Raises ``InputError`` with the line where it is no OPML, broken,
    larger than ``MAX_OPML`` or declares entities.
    """
    if len(body) > MAX_OPML:
        raise InputError(f"it is larger than {MAX_OPML // 1_000_000} MB")
    try:
        return _read(body)
    except (expat.ExpatError, LookupError, ValueError):  # the last two of what encoding it names
        mended = _mended(body)
    try:
        return _read(mended)
    except expat.ExpatError as error:
        raise InputError(_fault(error, mended)) from None


def write_opml(feeds: Iterable[ListedFeed], title: str) -> str:
    """The feeds as an OPML file (UTF-8): a folder for each region, in the order of the first
    feed of each; those without one stand before them."""
    by_region: dict[str, list[ListedFeed]] = {"": []}
    for feed in feeds:
        by_region.setdefault(one_line(feed.region), []).append(feed)
    body = "".join(_folder(region, inside) for region, inside in by_region.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head>\n    <title>{_text(title)}</title>\n  </head>\n"
        f"  <body>\n{body}  </body>\n</opml>\n"
    )


# --- reading


def _read(content: bytes | str) -> FeedList:
    reader = _Reader()
    reader.parser.Parse(content, True)
    return FeedList(tuple(reader.feeds.values()), tuple(reader.passed_over))


def _mended(body: bytes) -> str:
    """A list as text with what old programs have written put right: another encoding than the
    first line says, ampersands as they are typed, entities of HTML. All lines stay."""
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), decoded_text(body))
    return _AMPERSAND.sub(lambda found: escape(decoded(found[0], {}), _REFERENCES), text)


def _fault(error: expat.ExpatError, text: str) -> str:
    """What is wrong with a list, and where."""
    said = f"line {error.lineno}: {expat.ErrorString(error.code)}"
    if error.code != expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]:
        return said
    line = _LINE_END.split(text)[error.lineno - 1]
    return f"{said} at {shortened(one_line(line[error.offset :]), _SHOWN)!r}"


@dataclass
class _Outline:
    """An outline that has begun: where, with which attributes, and whether it has any inside."""

    line: int
    attributes: Mapping[str, str]
    has_inside: bool = False

    @property
    def url(self) -> str:
        """The feed's address; empty for an outline that is no feed."""
        return self.attributes.get("xmlurl", "").strip()

    @property
    def name(self) -> str:
        """What people call it; empty where that is only its address."""
        named = self.attributes.get("text") or self.attributes.get("title") or ""
        if named.strip() == self.url:
            return ""
        return shortened(one_line(named), LONGEST_TITLE)


@dataclass
class _Reader:
    """What a parser has met so far. ``open``: the outlines around the place that it is at."""

    feeds: dict[str, ListedFeed] = field(default_factory=dict)
    passed_over: list[PassedOver] = field(default_factory=list)
    open: list[_Outline] = field(default_factory=list)
    parser: Any = field(default_factory=expat.ParserCreate)
    _has_begun: bool = False

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse_entity

    def _refuse_entity(self, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        raise InputError(f"line {line}: it declares an entity, which no list of feeds needs")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.lower()
        if not self._has_begun and name != "opml":
            line = self.parser.CurrentLineNumber
            raise InputError(f"line {line}: this is no OPML, it begins with <{one_line(tag)[:40]}>")
        self._has_begun = True
        if name == "outline":
            self._begin({key.lower(): value for key, value in attributes.items()})

    def _begin(self, attributes: Mapping[str, str]) -> None:
        if self.open:
            self.open[-1].has_inside = True
        outline = _Outline(self.parser.CurrentLineNumber, attributes)
        if "xmlurl" in attributes:
            self._take(outline)
        self.open.append(outline)

    def _end(self, tag: str) -> None:
        if tag.lower() != "outline":
            return
        outline = self.open.pop()
        if not outline.has_inside and "xmlurl" not in outline.attributes:
            self._pass_over(outline, "it has no xmlUrl")

    def _take(self, outline: _Outline) -> None:
        url = feed_address(outline.url)
        if url is None:
            self._pass_over(outline, (outline.url and complaint(outline.url)) or "no address")
            return
        feed = ListedFeed(
            url,
            outline.name,
            primary_subtag(outline.attributes.get("language", "")),
            self._region(),
            _PAUSED in _categories(outline.attributes),
        )
        first = self.feeds.setdefault(feed_key(url), feed)
        if first is not feed:
            self._pass_over(outline, f"it is in the list before, as {first.title or first.url}")

    def _region(self) -> str:
        """The innermost folder that has a name."""
        names = (outline.name for outline in reversed(self.open) if not outline.url)
        return shortened(next(filter(None, names), ""), LONGEST_REGION)

    def _pass_over(self, outline: _Outline, reason: str) -> None:
        self.passed_over.append(PassedOver(outline.line, outline.name, reason))


def _categories(attributes: Mapping[str, str]) -> list[str]:
    return [each.strip() for each in attributes.get("category", "").split(",")]


# --- writing


def _folder(region: str, feeds: Iterable[ListedFeed]) -> str:
    if not region:
        return "".join(f"    {line}\n" for line in map(_outline, feeds))
    inside = "".join(f"      {line}\n" for line in map(_outline, feeds))
    return f"    <outline text={_quoted(region)}>\n{inside}    </outline>\n"


def _outline(feed: ListedFeed) -> str:
    return f"<outline {' '.join(_attributes(feed))}/>"


def _attributes(feed: ListedFeed) -> Iterator[str]:
    # An outline must say something (OPML 2.0); where nothing else is known, its address.
    yield f'type="rss" text={_quoted(one_line(feed.title) or feed.url)}'
    yield f"xmlUrl={_quoted(feed.url)}"
    if feed.language:
        yield f"language={_quoted(feed.language)}"
    if feed.is_paused:
        yield f"category={_quoted(_PAUSED)}"


def _quoted(text: str) -> str:
    return quoteattr(text, {'"': "&quot;"})


def _text(text: str) -> str:
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;")
