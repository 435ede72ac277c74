"""Pages and items as MediaWiki's and Wikidata's API show them (formatversion=2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Revision:
    """One version of a page."""

    id: int
    at: datetime
    text: str | None  # None: hidden


@dataclass(frozen=True)
class Article:
    """What is known of an article and its item."""

    title: str
    qid: str | None = None
    redirect_to: str | None = None
    description: str | None = None
    is_disambiguation: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def revision_json(revision: Revision) -> Json:
    """A revision as prop=revisions shows it."""
    slot: Json = {"contentmodel": "wikitext", "contentformat": "text/x-wiki"}
    slot |= {"texthidden": True} if revision.text is None else {"content": revision.text}
    return {
        "revid": revision.id,
        "parentid": 0,
        "timestamp": revision.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "slots": {"main": slot},
    }


def properties_json(article: Article) -> Json:
    """What prop=pageprops|description show of an article."""
    props: Json = {"wikibase_item": article.qid} if article.qid else {}
    props |= {"disambiguation": ""} if article.is_disambiguation else {}
    shown: Json = {"pageprops": props} if props else {}
    if article.description:
        shown |= {"description": article.description, "descriptionsource": "central"}
    return shown


def item_json(qid: str, article: Article, languages: list[str]) -> Json:
    """An item as wbgetentities shows it."""
    return {
        "type": "item",
        "id": qid,
        "labels": _texts(article.labels, languages),
        "descriptions": _texts(article.descriptions, languages),
        "aliases": {
            language: [{"language": language, "value": value} for value in values]
            for language, values in article.aliases.items()
            if language in languages
        },
    }


def _texts(texts: Mapping[str, str], languages: list[str]) -> Json:
    return {
        language: {"language": language, "value": text}
        for language, text in texts.items()
        if language in languages
    }
