"""Well-formed XML of a feed as what feedparser makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser

from feedparser import FeedParserDict
from feedparser.api import LooseFeedParser, StrictFeedParser

from bot.errors import NotAFeed

# Well-formed XML and what relative links in it start from, as what feedparser makes of them.
Parse = Callable[[str, str], Mapping[str, Any]]

# An absolute address that joining it to another leaves as it is.
_PLAIN = r"(?-i:https?)://[\w.-]++(?::\d++)?(?:/[\w.~/%+,:@!*()-]*+)?(?:\?[\w.~/%+,:@!*()&=-]++)?"
_PLAIN_ADDRESS = re.compile(_PLAIN, re.A)
# What feedparser joins to the base, where it is not plain: attributes, and what elements say.
_JOINED = re.compile(
    r"<(?:[\w.-]++:)?(?:"
    rf"(?:link|item|entry|channel)\s[^<>]*\b(?:href|url|uri)=(?!\"{_PLAIN}\")"
    r"|(?:link|guid|id|url|uri|href)\b(?! isPermaLink=\"false\">)[^<>]*+>"
    rf"(?!(?:(?:<!\[CDATA\[)?{_PLAIN}(?:\]\]>)?)?</))",
    re.I | re.A,
)


def parse_xml(xml: str, base: str) -> Mapping[str, Any]:
    """What feedparser makes of it. Raises NotAFeed where it cannot take it."""
    # With a base, feedparser joins that with itself at each element: a quarter of its time.
    start = "" if _needs_no_base(xml, base) else base
    try:
        return _read_strictly(xml, start) or _read_loosely(xml, base)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise NotAFeed(f"the feed cannot be parsed: {error}") from error


def _needs_no_base(xml: str, base: str) -> bool:
    """Whether all comes to the same without a base."""
    return (
        bool(_PLAIN_ADDRESS.fullmatch(base))
        and "base=" not in xml.lower()
        and not _JOINED.search(xml)
    )


class _Parameters(dict[str, Any]):
    """What feedparser knows of the text that it reads. It asks again and again for what is not
    there, and keeps a deep copy of this flat dictionary beside each text."""

    def __deepcopy__(self, memo: object) -> FeedParserDict:
        return FeedParserDict(self)


class _StrictParser(StrictFeedParser):  # type: ignore[misc]  # which has no types
    """feedparser's own, less the greatest part of what a text costs it."""

    def push_content(self, *element: Any) -> None:
        super().push_content(*element)
        self.contentparams: dict[str, Any] = _Parameters(self.contentparams)


def _read_strictly(xml: str, base: str) -> Mapping[str, Any] | None:
    """As ``feedparser.parse`` does, less its search for what we know (the encoding, a document
    type, other parsers of XML), which takes it as long as an entry; None where this is no XML
    after all."""
    parser = _prepared(_StrictParser(base, None, "utf-8"))
    reader = ExpatParser(namespaceHandling=1)
    reader.setContentHandler(parser)
    reader.setErrorHandler(parser)
    try:
        reader.feed(xml.encode())
        reader.close()
    except SAXException:
        return None
    return {"feed": parser.feeddata, "entries": parser.entries, "bozo": False}


def _read_loosely(xml: str, base: str) -> Mapping[str, Any]:
    parser = _prepared(LooseFeedParser(base, None, "utf-8", {}))
    parser.feed(xml)
    return {"feed": parser.feeddata, "entries": parser.entries, "bozo": True}


def _prepared(parser: Any) -> Any:
    parser.resolve_relative_uris = False  # in texts, whose links we drop
    parser.sanitize_html = False  # texts become plain by our own hand
    return parser
