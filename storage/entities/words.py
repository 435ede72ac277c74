"""What is said of entities, in and out: titles, articles, uses of words, names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """An article's title with its folded forms (see ``bot.core.names``)."""

    title: str
    twin: str
    folded: str


@dataclass(frozen=True)
class Article:
    """An article that links have named, and its entity."""

    id: int
    title: str
    entity_id: int


@dataclass(frozen=True)
class Use:
    """Words that stood for an entity, as written and folded, and how often."""

    entity_id: int
    words: str
    folded: str
    count: int = 1
