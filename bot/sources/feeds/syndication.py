"""RSS and Atom, read through feedparser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sources.addresses import resolved
from bot.sources.feeds.drafts import Draft, Drafts
from bot.sources.feeds.parsing import Parse, parse_xml
from bot.sources.feeds.prolog import Prolog
from bot.sources.feeds.tidying import tidied
from bot.sources.feeds.times import from_tuple, parse_time
from bot.sources.languages import primary_subtag
from bot.sources.texts import pictures_in, plain_text, text_of
from storage.model import Dropped

_SITE_LINK = re.compile(r"<link>\s*(https?://[^<\s]+)\s*</link>", re.I)
_HEAD_END = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>]", re.I)
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)", re.I)
_ADDRESS_FIRST = re.compile(r"\S+@\S+\s*\((.*)\)")
_ADDRESS_LAST = re.compile(r"([^@]*?)\s*[(<](?:mailto:)?[^\s@]+@[^\s@]+[)>]")
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_TIMES = ("published", "created", "updated")  # the first that is plausible counts


@dataclass(frozen=True)
class Syndication:
    """An RSS or Atom feed, and how it was read.

    ``xml`` is what the parser got, ``base`` what relative links start from; ``is_sound``
    tells whether the parser took it for what it is.
    """

    drafts: Drafts
    xml: str
    base: str
    is_sound: bool


def read_syndication(text: str, prolog: Prolog, url: str, parse: Parse = parse_xml) -> Syndication:
    """An RSS or Atom feed. Raises NotAFeed where the parser cannot take it at all."""
    xml, dropped = tidied(text, prolog)
    base = _base(xml, prolog.root, url)
    parsed = parse(xml, base)
    return Syndication(_drafts(parsed, dropped), xml, base, not parsed["bozo"])


def _drafts(parsed: Mapping[str, Any], dropped: list[Dropped]) -> Drafts:
    feed = parsed["feed"]
    return Drafts(
        title=_text(feed, "title"),
        site_url=_string(feed, "link"),
        language=_string(feed, "language"),
        entries=[_draft(entry) for entry in parsed["entries"]],
        dropped=dropped,
        minutes=_string(feed, "ttl"),
        period=_string(feed, "sy_updateperiod"),
        frequency=_string(feed, "sy_updatefrequency"),
    )


def _base(xml: str, root: str, url: str) -> str:
    """What relative links start from: the site that an RSS feed names, else its address."""
    if root.rpartition(":")[2].lower() not in {"rss", "rdf"}:
        return url  # Atom says so (RFC 4287, section 2)
    head_end = _HEAD_END.search(xml)
    site = _SITE_LINK.search(xml, 0, head_end.start() if head_end else len(xml))
    return site[1] if site else url


def _draft(entry: dict[str, Any]) -> Draft:
    original = _string(entry, "feedburner_origlink")
    link = original or _link(entry)
    summary, html = _summary(entry)
    return Draft(
        guid=_string(entry, "id"),
        url=link,
        translated=() if original else tuple(_translated(entry)),
        title=_text(entry, "title"),
        summary=summary,
        times=tuple(_times(entry)),
        language=_language(entry),
        author=plain_text(_author(entry)),
        pictures=tuple(_pictures(entry, html, link)),
        publisher=_publisher(entry),
        topics=tuple(_topics(entry)),
    )


def _value(data: dict[str, Any], key: str) -> object:
    """What is stored: feedparser's own ``get`` takes one time for another, with a warning."""
    return dict.get(data, key)


def _string(data: dict[str, Any], key: str) -> str:
    """A value as the feed has it; "" where there is none or it is not text."""
    value = dict.get(data, key)
    return value.strip() if isinstance(value, str) else ""


def _items(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = _value(data, key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _detail(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = _value(data, f"{key}_detail")
    return value if isinstance(value, dict) else {}


def _text(data: dict[str, Any], key: str) -> str:
    """A title or summary as plain text."""
    is_plain = _string(_detail(data, key), "type") == "text/plain"
    return (plain_text if is_plain else text_of)(_string(data, key))


def _link(entry: dict[str, Any]) -> str:
    """The entry's page; Atom allows it other types than a page's, as alternates."""
    own = _string(entry, "link")
    pages = [_string(link, "href") for link in _alternates(entry)]
    return pages[0] if own in pages else own or next(iter(pages), "")


def _alternates(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Atom's links to the entry's page: to one of the usual types, if there are some."""
    links = [link for link in _items(entry, "links") if _value(link, "rel") == "alternate"]
    pages = [link for link in links if _string(link, "type").lower() in _PAGES]
    yield from (link for link in pages or links if _string(link, "href"))


def _translated(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for link in _alternates(entry):
        if language := primary_subtag(_string(link, "hreflang")):
            yield language, _string(link, "href")


def _summary(entry: dict[str, Any]) -> tuple[str, str]:
    """The summary, else the content, as text; and the HTML of all of them."""
    contents = [_string(content, "value") for content in _items(entry, "content")]
    own = _text(entry, "summary")
    text = own or next(filter(None, map(text_of, contents)), "")
    return text, " ".join([_string(entry, "summary"), *contents])


def _times(entry: dict[str, Any]) -> Iterator[datetime | None]:
    for key in _TIMES:
        text = _string(entry, key)
        if text:
            yield parse_time(text) or from_tuple(text, _value(entry, f"{key}_parsed"))


def _language(entry: dict[str, Any]) -> str:
    return (
        _string(_detail(entry, "title"), "language")
        or _string(_detail(entry, "summary"), "language")
        or _string(entry, "language")
    )


def _author(entry: dict[str, Any]) -> str:
    """The names of the authors; RSS has one, in the form "address (name)" if it obeys."""
    names = dict.fromkeys(_string(author, "name") for author in _items(entry, "authors"))
    if len(names) > 1:
        return ", ".join(filter(None, names))
    written = _string(entry, "author")
    if "@" not in written:
        return written
    bare = _ADDRESS_FIRST.fullmatch(written) or _ADDRESS_LAST.fullmatch(written)
    return bare[1] if bare else written


def _publisher(entry: dict[str, Any]) -> str:
    source = _value(entry, "source")
    return plain_text(_string(source, "title")) if isinstance(source, dict) else ""


def _topics(entry: dict[str, Any]) -> Iterator[str]:
    """Its categories, as they are shown to readers where the feed says so (Atom)."""
    for tag in _items(entry, "tags"):
        yield plain_text(_string(tag, "label") or _string(tag, "term"))


def _pictures(entry: dict[str, Any], html: str, link: str) -> Iterator[str]:
    """The pictures that stand for an entry, the fittest first; absolute or not."""
    media = [item for item in _items(entry, "media_content") if _is_picture(item)]
    yield from _widest(media)
    yield from _widest(_items(entry, "media_thumbnail"))
    for enclosure in _items(entry, "links"):
        if _value(enclosure, "rel") == "enclosure" and _is_picture(enclosure):
            yield _string(enclosure, "href")
    image = _value(entry, "image")
    if isinstance(image, dict):
        yield _string(image, "href")
    for source in pictures_in(html):
        yield resolved(link, source)


def _widest(items: list[dict[str, Any]]) -> list[str]:
    def width(item: dict[str, Any]) -> int:
        digits = _string(item, "width")[:6]
        return int(digits) if digits.isdecimal() else 0

    return [_string(item, "url") for item in sorted(items, key=width, reverse=True)]


def _is_picture(item: dict[str, Any]) -> bool:
    kind = _string(item, "type").lower()
    if _string(item, "medium").lower() == "image" or kind.startswith("image/"):
        return True
    address = _string(item, "url") or _string(item, "href")
    return not kind and bool(_IMAGE_NAME.search(address))
