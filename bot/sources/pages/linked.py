"""What a page's linked data says of its article: JSON-LD in the words of schema.org.

https://schema.org/Article; https://www.w3.org/TR/json-ld11/#named-graphs for ``@graph``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.links import article_key
from bot.sources.loose_json import value_of
from bot.sources.texts import plain_text

Node = Mapping[str, Any]

_ARTICLE = re.compile(r"(?:article|posting|report)$", re.I)
_PAGE = re.compile(r"page$|^(?:video|audio|image)object$", re.I)
_SITE = re.compile(r"^website$|organization$|corporation$", re.I)
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")
_MOST = 500  # nodes that are looked at


@dataclass(frozen=True)
class Linked:
    """What linked data says of the article, each as it stands ("" or empty: nothing).

    ``slogans`` are what it says of the site itself.
    """

    headline: str = ""
    description: str = ""
    pictures: Sequence[str] = ()
    publisher: str = ""
    language: str = ""
    slogans: Sequence[str] = ()


def read_linked(documents: Iterable[str], page: str = "", titles: Iterable[str] = ()) -> Linked:
    """What JSON-LD documents say of the article, the first that says it going first.

    Of several articles it is the one at the address ``page``, else the one whose headline is
    among the page's ``titles`` or begins one of them; else none, for it may be another.
    Never raises: what is broken, too deep or of no known shape says nothing.
    """
    nodes = [node for document in documents for node in _nodes(_parsed(document))][:_MOST]
    by_id = {one: node for node in nodes if (one := _text(node.get("@id"))) and len(node) > 1}
    articles = _of_type(nodes, _ARTICLE)
    if len({_headline(one) for one in articles} - {""}) > 1:
        own = _at(page, articles) or _titled(titles, articles)
    else:
        own = articles or _of_type(nodes, _PAGE)
    publishers = [_followed(one, by_id) for node in own for one in _listed(node.get("publisher"))]
    return Linked(
        headline=_first(_text(node.get(key)) for node in own for key in ("headline", "name")),
        description=_first(_text(node.get("description")) for node in own),
        pictures=tuple(
            picture
            for node in own
            for key in ("image", "thumbnailUrl")
            for one in _listed(node.get(key))
            if (picture := _address(_followed(one, by_id)))
        ),
        publisher=_first(map(_name, publishers)),
        language=_first(_language(node.get("inLanguage")) for node in own),
        slogans=tuple(
            slogan
            for node in [*_of_type(nodes, _SITE), *publishers]
            if isinstance(node, Mapping) and (slogan := _text(node.get("description")))
        ),
    )


def _parsed(document: str) -> Any:
    """The value of a document, without the comment or CDATA section that may be around it."""
    text = document.strip()
    if not text.startswith(("{", "[")):
        text = text[text.find("{") :]
    try:
        return value_of(text)
    except ValueError:
        return None


def _nodes(value: Any) -> Iterator[Node]:
    """The nodes that a document is about, outermost first: not those of lists within them,
    which are other articles."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST:
        seen += 1
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one[:_MOST]
        elif isinstance(one, dict):
            yield one
            waiting += [one[key] for key in _WITHIN if key in one]


def _of_type(nodes: Iterable[Node], wanted: re.Pattern[str]) -> list[Node]:
    return [node for node in nodes if any(map(wanted.search, _types(node)))]


def _at(page: str, articles: Iterable[Node]) -> list[Node]:
    """Those that say that they are to be found at this address."""
    key = article_key(page)
    named = ("url", "mainEntityOfPage", "@id")
    return [
        one
        for one in articles
        if key and any(article_key(_address(one.get(name))) == key for name in named)
    ]


def _titled(titles: Iterable[str], articles: Iterable[Node]) -> list[Node]:
    known = tuple(plain_text(title).casefold() for title in titles)
    return [
        one
        for one in articles
        if (headline := _headline(one)) and any(title.startswith(headline) for title in known)
    ]


def _headline(article: Node) -> str:
    return plain_text(_text(article.get("headline"))).casefold()


def _types(node: Node) -> list[str]:
    return [one for one in _listed(node.get("@type")) if isinstance(one, str)]


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value[:_MOST] if isinstance(value, list) else [value]


def _followed(value: Any, by_id: Mapping[str, Node]) -> Any:
    """The node that a mere reference means."""
    if isinstance(value, dict) and set(value) == {"@id"}:
        return by_id.get(_text(value["@id"]), value)
    return value


def _address(value: Any) -> str:
    if isinstance(value, Mapping):
        return _first(_text(value.get(key)) for key in ("url", "contentUrl", "@id"))
    return _text(value)


def _name(value: Any) -> str:
    return _text(value.get("name")) if isinstance(value, Mapping) else _text(value)


def _language(value: Any) -> str:
    for one in _listed(value):
        named = one.get("alternateName") or one.get("name") if isinstance(one, dict) else one
        if text := _text(named):
            return text
    return ""


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _first(one for one in value if isinstance(one, str))
    return value.strip() if isinstance(value, str) else ""


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
