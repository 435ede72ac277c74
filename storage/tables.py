"""The tables. Rows never leave this package: stores turn them into ``storage.model``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times in UTC, also on SQLite, which stores no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they would be read as something else on each database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give SQLite's times their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers a row by itself only where the key's type is exactly INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The common root; names of constraints are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        str: Text,
    }


class SourceRow(Base):
    """A place that is polled."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str]
    last_success_at: Mapped[datetime | None]


class PageRow(Base):
    """A page of a source, as last read well."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("source_id", "name"), Index(None, "day"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    name: Mapped[str]
    day: Mapped[date]
    revision: Mapped[str | None]
    read_at: Mapped[datetime | None]
    doubtful: Mapped[str | None]
    doubtful_since: Mapped[datetime | None]


class EventRow(Base):
    """What happened, as readers see it: put together from what is shown of its reports.

    ``revision`` counts the changes of what readers see; ``fingerprint`` is its digest;
    ``searchable`` is its text, levelled for searching; ``spreading``: alerts already sent have yet to be marked stale.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "day"),
        Index(None, "first_shown_at"),
        Index(
            "ix_events_spreading",
            "id",
            sqlite_where=text("spreading"),
            postgresql_where=text("spreading"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    day: Mapped[date]
    title: Mapped[str] = mapped_column(default="")
    searchable: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[Any]] = mapped_column(default=list)
    citations: Mapped[list[Any]] = mapped_column(default=list)
    page: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    revision: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(default="")
    first_shown_at: Mapped[datetime | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    spreading: Mapped[bool] = mapped_column(default=False)


class ReportRow(Base):
    """One account of an event by one page.

    ``since`` maps each element that differs between seen and shown to the time from
    which it stands; ``pending`` is true while there is any.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index(None, "page_id", "position"),
        Index(None, "event_id"),
        Index(
            "ix_reports_pending",
            "page_id",
            sqlite_where=text("pending"),
            postgresql_where=text("pending"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    position: Mapped[int]
    telling: Mapped[str] = mapped_column(String(20))
    first_seen_at: Mapped[datetime]
    seen: Mapped[dict[str, Any] | None]
    shown: Mapped[dict[str, Any] | None]
    visible: Mapped[bool]
    since: Mapped[dict[str, Any]]
    pending: Mapped[bool]


class VersionRow(Base):
    """An earlier wording of a report, and until when it stood."""

    __tablename__ = "versions"
    __table_args__ = (Index(None, "report_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    replaced_at: Mapped[datetime]
    account: Mapped[dict[str, Any]]


class ReportUrlRow(Base):
    """A canonical URL that a wording of the report has cited. The report's day is kept
    beside it, so that reports of one URL near one day are found by the index alone."""

    __tablename__ = "report_urls"
    __table_args__ = (Index(None, "url", "day"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]


class EntityRow(Base):
    """Somebody or something that can be followed."""

    __tablename__ = "entities"
    __table_args__ = (UniqueConstraint("qid"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    label: Mapped[str]
    qid: Mapped[str | None] = mapped_column(String(20))
    description: Mapped[str | None]
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
        Index(
            "ix_articles_unresolved",
            "id",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
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
    """An entity in an event as shown, by the article that the link named."""

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


class ChatRow(Base):
    """Where the bot talks."""

    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("telegram_id", "thread_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[str] = mapped_column(String(20), default="active")
    language: Mapped[str] = mapped_column(String(12), default="en")
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    created_at: Mapped[datetime]
    state_since: Mapped[datetime]


class FollowRow(Base):
    """A chat's wish to be told about an entity."""

    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("chat_id", "entity_id"), Index(None, "entity_id", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    mode: Mapped[str] = mapped_column(String(20), default="at_once")
    created_at: Mapped[datetime]


class AnnouncementRow(Base):
    """This event now names this entity. Expanded to the entity's followers when due;
    ``cursor`` is the last follow served."""

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("event_id", "entity_id"),
        Index(
            "ix_announcements_due",
            "due_at",
            sqlite_where=text("NOT expanded"),
            postgresql_where=text("NOT expanded"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    due_at: Mapped[datetime]
    telling: Mapped[str] = mapped_column(String(20))
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    expanded: Mapped[bool] = mapped_column(default=False)


class OutboxRow(Base):
    """An outgoing message; for an alert also the lasting record that it was sent.

    ``priority`` 0 replies, 1 alerts and digests. ``call`` holds a reply's method and
    parameters; an alert is rendered from its event when it is sent. ``bundle_id`` is
    the digest that an alert was bundled into.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "uq_outbox_alert",
            "chat_id",
            "event_id",
            unique=True,
            sqlite_where=text("kind = 'alert'"),
            postgresql_where=text("kind = 'alert'"),
        ),
        Index(
            "ix_outbox_waiting",
            "priority",
            "due_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_stale",
            "event_id",
            sqlite_where=text("stale"),
            postgresql_where=text("stale"),
        ),
        Index(None, "event_id"),
        Index(None, "chat_id", "message_id"),
        Index(None, "bundle_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    priority: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    call: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    stale: Mapped[bool] = mapped_column(default=False)
    edits: Mapped[int] = mapped_column(default=0)


class UpdateRow(Base):
    """A Telegram update whose work is done: the same one again changes nothing."""

    __tablename__ = "updates"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    handled_at: Mapped[datetime] = mapped_column(index=True)


class LeaseRow(Base):
    """What only one process may do at once, who does it, and until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


class TickRow(Base):
    """How far a replay of a recording has come."""

    __tablename__ = "ticks"

    recording: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
