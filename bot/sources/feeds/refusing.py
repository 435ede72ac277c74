"""What an answer is that is no feed, in a sentence that helps an operator."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from bot.core.links import article_url
from bot.errors import NotAFeed
from bot.sources.addresses import resolved
from bot.sources.texts import bounded, one_line, shortened

_HEAD = 256 * 1024  # characters of a page in which its feeds are looked for
_MAX_TAGS = 5_000
_MAX_FEEDS = 5
_FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/feed+json application/rdf+xml".split()
)
_STARTS = (
    (b"\x1f\x8b", "compressed data (gzip)"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_KINDS = {
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "opml": "a list of feeds (OPML)",
    "svg": "a picture (SVG)",
    "error": "an error message in XML",
}


def refusal(body: bytes, text: str, root: str, url: str) -> NotAFeed:
    """Why ``body`` is no feed; ``root`` is the name of its first element ("" for none)."""
    if not body.strip():
        return NotAFeed("the answer is empty")
    for start, kind in _STARTS:
        if body.startswith(start):
            return NotAFeed(f"this is {kind}, not a feed")
    if _is_binary(body):
        return NotAFeed("this is binary data, not a feed")
    if root.lower() == "html" or "<html" in text[:_HEAD].lower():
        return _web_page(text, url)
    if root:
        kind = _KINDS.get(root.rpartition(":")[2].lower(), f"XML of another kind (<{root[:40]}>)")
        return NotAFeed(f"this is {kind}, not a feed")
    return NotAFeed("this is plain text, not a feed")


def _is_binary(body: bytes) -> bool:
    head = body[:1024]
    unprintable = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return unprintable * 10 > len(head)


def _web_page(text: str, url: str) -> NotAFeed:
    page = LexborHTMLParser(bounded(text[:_HEAD], _MAX_TAGS))
    feeds = _named_feeds(page, url)
    if feeds:
        named = " ".join(feeds)
        return NotAFeed(f"this is a web page, not a feed; it names these feeds: {named}", feeds)
    if page.css_first("input[type=password]"):
        return NotAFeed("this is a login page, not a feed: the feed is not open to everybody")
    title = page.css_first("title")
    name = shortened(one_line(title.text()), 100) if title else ""
    called = f" (“{name}”)" if name else ""
    return NotAFeed(f"this is a web page{called}, not a feed, and it names no feed")


def _named_feeds(page: LexborHTMLParser, url: str) -> tuple[str, ...]:
    """The feeds that a page names in its head, in its order."""
    found: dict[str, None] = {}
    for link in page.css("link[href]"):
        attributes = link.attributes
        kinds = (attributes.get("rel") or "").lower().split()
        if "alternate" not in kinds or (attributes.get("type") or "").lower() not in _FEED_TYPES:
            continue
        address = resolved(url, (attributes["href"] or "").strip())
        if article_url(address):
            found[one_line(address)] = None
    return tuple(found)[:_MAX_FEEDS]
