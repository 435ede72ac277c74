"""What is said of entities, in and out: titles, articles, uses of words, names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """An article's title with its levelled forms (see ``bot.core.names``)."""

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
    """Words that stood for an entity, as written and levelled, and how often."""

    entity_id: int
    words: str
    folded: str
    count: int = 1


@dataclass(frozen=True)
class Bearer:
    """An entity that bears a name (levelled), with an article that a link to it can name.

    ``uses``: how often links wrote the name for it. ``titled``: ``title`` is the name, as
    people type it; else ``title`` is the entity's main article. ``is_vouched``: Wikidata has
    the name for it, in some language.
    """

    entity_id: int
    label: str
    title: str
    uses: int = 0
    titled: bool = False
    is_vouched: bool = False
