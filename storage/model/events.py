"""What happened, whom it names, and what names may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.model.accounts import Citation


class Evidence(StrEnum):
    """Why an entity counts as named by an event."""

    LINK = "link"
    TOPIC = "topic"
    ALIAS = "alias"


@dataclass(frozen=True)
class Name:
    """How an entity is called in a language, and in a few words what it is."""

    label: str
    description: str | None = None


@dataclass(frozen=True)
class Entity:
    """Somebody or something that can be followed. ``label`` and ``description`` are those of
    the source's language; ``names`` has what other languages call it, as far as known."""

    id: int
    label: str
    qid: str | None = None
    description: str | None = None
    names: Mapping[str, Name] = field(default_factory=dict, hash=False)

    def name(self, language: str) -> Name:
        """What a language calls it, else what the source does."""
        return self.names.get(language) or Name(self.label, self.description)


@dataclass(frozen=True)
class Bearer:
    """An entity that bears a name (folded), with an article that a link to it can name.

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


@dataclass(frozen=True)
class Mention:
    """An entity in an event, with the words that named it; ``brought_by`` is the id of the
    report that names it, where the leading one does not."""

    entity: Entity
    evidence: Evidence
    words: str
    brought_by: int | None = None


@dataclass(frozen=True)
class Event:
    """What happened, as readers see it."""

    id: int
    day: date
    title: str
    category: str
    topics: tuple[str, ...]
    citations: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    page: str | None  # full title of the portal page that lists it
    language: str
    revision: int
    first_shown_at: datetime | None
    withdrawn: bool
    summary: str = ""
    picture: str | None = None  # an absolute web address
    merged_from: tuple[int, ...] = ()  # numbers that lead here since they are the same event

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities named, each once, those linked in its own text first."""
        return tuple({mention.entity.id: mention.entity for mention in self.mentions}.values())


def words_asked(title: str, summary: str, topics: Iterable[str]) -> str:
    """The words of an event that a filter asks."""
    return "\n".join(filter(None, (title, summary, *topics)))


@dataclass(frozen=True)
class RelatedEvent:
    """An earlier event and the entities that it shares with the one asked about."""

    event: Event
    context: tuple[Entity, ...]


@dataclass(frozen=True)
class Candidate:
    """An entity that a name may mean. ``uses``: how often these words stood for it."""

    entity: Entity
    words: str
    uses: int
    exact: bool = False  # the words are the very title of its article
