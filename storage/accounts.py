"""Accounts as JSON documents, as the reports' rows keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from storage.model import Account, Citation, Link, Topic


def to_json(account: Account) -> dict[str, Any]:
    """An account as a JSON document; empty parts are left out."""
    document = {
        "day": account.day.isoformat(),
        "text": account.text,
        "category": account.category,
        "topics": [[topic.text, _pairs(topic.links)] for topic in account.topics],
        "links": _pairs(account.links),
        "citations": citations_to_json(account.citations),
        "language": account.language if account.language != "en" else "",
        "summary": account.summary,
        "picture": account.picture,
        "names": _pairs(account.names),
    }
    return {key: value for key, value in document.items() if value}


def from_json(document: dict[str, Any]) -> Account:
    """The account that ``to_json`` made the document of."""
    return Account(
        day=date.fromisoformat(document["day"]),
        text=document.get("text", ""),
        category=document.get("category", ""),
        topics=tuple(Topic(text, _links(pairs)) for text, pairs in document.get("topics", [])),
        links=_links(document.get("links", [])),
        citations=tuple(Citation(*parts) for parts in document.get("citations", [])),
        language=document.get("language", "en"),
        summary=document.get("summary", ""),
        picture=document.get("picture"),
        names=_links(document.get("names", [])),
    )


def citations_to_json(citations: Sequence[Citation]) -> list[list[str]]:
    """Citations as lists of their parts, those at the end left out where unknown."""
    return [
        [item.publisher, item.url, *([item.language] if item.language else ())]
        for item in citations
    ]


def _pairs(links: tuple[Link, ...]) -> list[list[str]]:
    return [[link.target, link.words] for link in links]


def _links(pairs: list[list[str]]) -> tuple[Link, ...]:
    return tuple(Link(target, words) for target, words in pairs)
