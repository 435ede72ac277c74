"""Events on their way in and out: data objects and rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_

from storage.model import Citation, Entity, Event, Evidence, Mention, Name
from storage.tables import EntityRow, EventRow

# Events that readers see at all; those of them that are not withdrawn.
IS_SHOWN = and_(EventRow.first_shown_at.is_not(None), EventRow.merged_into.is_(None))
IS_STANDING = and_(IS_SHOWN, ~EventRow.withdrawn)


@dataclass(frozen=True)
class ShownEvent:
    """What readers see of an event; ``fingerprint`` differs whenever any of it does, and
    ``alert_fingerprint`` whenever an alert would."""

    day: date
    title: str
    category: str
    topics: tuple[str, ...]
    citations: tuple[Citation, ...]
    page: str | None
    language: str
    withdrawn: bool
    searchable: str
    fingerprint: str
    alert_fingerprint: str
    summary: str = ""
    picture: str | None = None


@dataclass(frozen=True)
class NewMention:
    """A mention to keep: the entity, the article whose link named it, and the words; the
    report that brought it, where the leading one does not name it."""

    entity_id: int
    article_id: int
    evidence: Evidence
    words: str
    brought_by: int | None = None


def entity_of(row: EntityRow) -> Entity:
    """An entity's row as a data object."""
    names = {language: Name(*called) for language, called in (row.names or {}).items()}
    return Entity(row.id, row.label, row.qid, row.description, names)


def event_of(
    row: EventRow, mentions: tuple[Mention, ...], merged_from: tuple[int, ...] = ()
) -> Event:
    """An event's row, with what it names and the numbers that lead to it, as a data object."""
    return Event(
        id=row.id,
        day=row.day,
        title=row.title,
        category=row.category,
        topics=tuple(row.topics),
        citations=tuple(Citation(*parts) for parts in row.citations),
        mentions=mentions,
        page=row.page,
        language=row.language,
        revision=row.revision,
        first_shown_at=row.first_shown_at,
        withdrawn=row.withdrawn,
        summary=row.summary,
        picture=row.picture,
        merged_from=merged_from,
    )
