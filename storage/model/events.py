"""What happened, whom it names, and what names may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.model.accounts import Citation


class Evidence(StrEnum):
    """Why an entity counts as named by an event."""

    LINK = "link"
    TOPIC = "topic"
    ALIAS = "alias"


@dataclass(frozen=True)
class Entity:
    """Somebody or something that can be followed."""

    id: int
    label: str
    qid: str | None = None
    description: str | None = None


@dataclass(frozen=True)
class Mention:
    """An entity in an event, with the words that named it."""

    entity: Entity
    evidence: Evidence
    words: str


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

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities named, each once, those linked in its own text first."""
        return tuple({mention.entity.id: mention.entity for mention in self.mentions}.values())


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
