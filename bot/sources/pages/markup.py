"""The head of a web page, taken apart: its meta elements, its title, its linked data.

Where the head ends is not looked for: tags are often out of place, and publishers put linked
data into the body. Other elements than those of a head go before the parser sees them, so
that it takes no longer for pages that nest them by the thousand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.errors import SourceUnreadable
from bot.sources.decoding import decoded_text

_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "application/xml", "text/xml"})
_CHARSET = re.compile(r"charset\s*=", re.I)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:+-]{1,40})", re.I)
_DECLARED_WITHIN = 16 * 1024  # bytes: browsers look further than the 1024 that HTML allows

_OTHERS = re.compile(r"</?(?!(?:html|base|meta|title|script|style)[\s/>])[a-z][^<>]*>", re.I)
_FIRST = re.compile(r"<([a-z][\w:.-]*)", re.I)
_NO_PAGES = frozenset("rss feed rdf:rdf channel opml urlset sitemapindex svg math error".split())
_ANY = re.compile(r"<(?:!doctype\s+html|html|head|meta|title)[\s/>]", re.I)
_TITLE_END = re.compile(r"</title\s*>", re.I)
_LINKED = re.compile(r"\s*application/ld\+json\b", re.I)
_ROOTS = re.compile(r"<html[\s/>]", re.I)
_MOST_ROOTS = 20
_MOST = 2_000  # elements that are looked at


@dataclass(frozen=True)
class Markup:
    """What a page's head has. ``metas`` by name, property or HTTP header in lower case, each
    with its contents in their order; ``linked``: JSON-LD documents as they stand; ``language``
    is the tag that the document gives for itself, ``base`` what its links start from."""

    title: str = ""
    language: str = ""
    base: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)
    linked: Sequence[str] = ()

    def all(self, *names: str) -> list[str]:
        """The contents of the meta elements of these names, one name after the other."""
        return [content for name in names for content in self.metas.get(name, [])]


def take_apart(body: bytes, content_type: str | None) -> Markup:
    """The head of the page that begins with ``body``; a tag that is cut off is not there.

    Raises ``SourceUnreadable`` for what is no web page.
    """
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type not in _PAGES:
        raise SourceUnreadable(f"expected a web page, the answer is {media_type[:80]}")
    text = _decoded(body, content_type or "")
    _check(text)
    tree = LexborHTMLParser(_bounded(_OTHERS.sub(" ", text)))
    return Markup(
        title=_title(tree) if _TITLE_END.search(text) else "",
        language=_attribute(tree, "html", "lang") or _attribute(tree, "html", "xml:lang"),
        base=_attribute(tree, "base[href]", "href"),
        metas=_metas(tree),
        linked=_linked(tree),
    )


def _decoded(body: bytes, content_type: str) -> str:
    """The body as text: by its mark, its server, its own word, else by likeness."""
    if b"\0" not in body[:4]:  # whose encoding is no wide one
        body = body[: body.rfind(b">") + 1]  # no half character at the end
    declared = _DECLARED.search(body, 0, _DECLARED_WITHIN)
    if declared and not _CHARSET.search(content_type):
        content_type = f"text/html; charset={declared[1].decode('ascii')}"
    return decoded_text(body, content_type)


def _check(text: str) -> None:
    first = _FIRST.search(text)
    root = first[1].lower() if first else ""
    if root in _NO_PAGES:
        raise SourceUnreadable(f"expected a web page, the answer begins with <{root}>")
    if not _ANY.search(text):
        raise SourceUnreadable("expected a web page, the answer has nothing of one")


def _bounded(text: str) -> str:
    """The part that is looked at: each further root gives the first one its attributes, which
    takes the longer the more it has."""
    too_many = next(islice(_ROOTS.finditer(text), _MOST_ROOTS, None), None)
    return text[: too_many.start()] if too_many else text


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return node.text() if node else ""


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node else ""


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node in tree.css("meta[content]")[:_MOST]:
        content = (node.attributes.get("content") or "").strip()
        for name in _names(node):
            if content and content not in found[name]:
                found[name].append(content)
    return dict(found)


def _names(node: LexborNode) -> set[str]:
    values = (node.attributes.get(key) for key in ("property", "name", "http-equiv"))
    return {value.strip().lower() for value in values if value}


def _linked(tree: LexborHTMLParser) -> list[str]:
    scripts = tree.css("script[type]")[:_MOST]
    return [
        script.text() for script in scripts if _LINKED.match(script.attributes.get("type") or "")
    ]
