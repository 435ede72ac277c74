"""Feeds that are polled, and the heads of pages that reports cite."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, partial_index


class FeedRow(Base):
    """What polling a feed needs beyond its source: see ``storage.model.Feed``. ``interval`` is
    in seconds; without ``due_at`` it is not polled."""

    __tablename__ = "feeds"
    __table_args__ = (Index(None, "due_at"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    url: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    region: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="active")
    listed: Mapped[bool] = mapped_column(default=True)
    due_at: Mapped[datetime | None]
    interval: Mapped[float]
    etag: Mapped[str | None]
    modified: Mapped[str | None]
    digest: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="")
    told_at: Mapped[datetime | None]


class HeadRow(Base):
    """What the head of a cited page says (``storage.model.PageHead``), by its canonical URL.

    ``address`` is where it is asked for; ``due_at``: when it is to be, None once it was read
    or given up. The texts are those of the last good reading.
    """

    __tablename__ = "heads"
    __table_args__ = (partial_index("ix_heads_due", "due_at", where="due_at IS NOT NULL"),)

    url: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    due_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    picture: Mapped[str | None]
    site: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(12), default="")
