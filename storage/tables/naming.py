"""Whom events name, and how they are written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Id, partial_index


class EntityRow(Base):
    """Somebody or something that can be followed. ``names`` maps other languages to its
    label and description there."""

    __tablename__ = "entities"
    __table_args__ = (UniqueConstraint("qid"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    label: Mapped[str]
    qid: Mapped[str | None] = mapped_column(String(20))
    description: Mapped[str | None]
    names: Mapped[dict[str, Any] | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("entities.id"))


class ArticleRow(Base):
    """An article title that links have used, and the entity that it stands for.

    Titles of one ``twin`` (they differ in case only) stand for one entity until they are
    resolved; ``folded`` is the title as people type it, for finding it by name.
    """

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("language", "title"),
        Index(None, "language", "twin"),
        Index(None, "folded"),
        Index(None, "entity_id"),
        partial_index("ix_articles_unresolved", "id", where="resolved_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str]
    twin: Mapped[str]
    folded: Mapped[str]
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    resolved_at: Mapped[datetime | None]


class AliasRow(Base):
    """A way to write an entity's name, and how often links have written it so."""

    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("entity_id", "language", "text"), Index(None, "folded"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    language: Mapped[str] = mapped_column(String(12))
    text: Mapped[str]
    folded: Mapped[str]
    uses: Mapped[int]


class MentionRow(Base):
    """An entity in an event as shown, by the article that the link named. ``brought_by``: the
    report that names it, where the leading one does not."""

    __tablename__ = "mentions"
    __table_args__ = (
        UniqueConstraint("event_id", "entity_id", "evidence"),
        Index(None, "entity_id", "evidence", "day", "event_id"),
        Index(None, "article_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    evidence: Mapped[str] = mapped_column(String(10))
    words: Mapped[str]
    position: Mapped[int]
    day: Mapped[date]
    brought_by: Mapped[int | None] = mapped_column(Id)
