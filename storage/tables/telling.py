"""Who is told what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Id, partial_index


class ChatRow(Base):
    """Where the bot talks, what it wants, and when something is due for it.

    Times of the day are minutes since local midnight. ``digest_due_at``, ``weekly_due_at``
    and ``quiet_turns_at`` are what follows from them, in UTC; ``is_quiet`` is so until
    ``quiet_turns_at``. ``digested_at``: what was shown up to then has been summed up;
    ``digested_on`` and ``weekly_sent_on``: the local dates that had their digest.
    ``paused_until``: when its pause ends by itself, in UTC.
    ``username`` is kept of the operator's chats alone.
    """

    __tablename__ = "chats"
    __table_args__ = (
        UniqueConstraint("telegram_id", "thread_id"),
        Index(None, "digest_due_at"),
        Index(None, "weekly_due_at"),
        Index(None, "quiet_turns_at"),
        Index(None, "paused_until"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[str] = mapped_column(String(20), default="active")
    language: Mapped[str] = mapped_column(default="en")
    language_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    timezone_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    kind: Mapped[str] = mapped_column(String(12), default="private", server_default="private")
    title: Mapped[str] = mapped_column(default="", server_default=text("''"))
    username: Mapped[str] = mapped_column(default="", server_default=text("''"))
    created_at: Mapped[datetime]
    state_since: Mapped[datetime]
    digest_at: Mapped[int | None]
    digest_due_at: Mapped[datetime | None]
    digested_at: Mapped[datetime | None]
    digested_on: Mapped[date | None]
    weekly_on: Mapped[int | None]
    weekly_due_at: Mapped[datetime | None]
    weekly_sent_on: Mapped[date | None]
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    is_quiet: Mapped[bool] = mapped_column(default=False, server_default=false())
    quiet_turns_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]


class FollowRow(Base):
    """A chat's wish to be told about an entity; ``filter`` is None where it wants all."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("chat_id", "entity_id"),
        Index(None, "entity_id", "id"),
        partial_index("ix_follows_filtered", "entity_id", "id", where="filter IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    mode: Mapped[str] = mapped_column(String(20), default="at_once")
    filter: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]


class AnnouncementRow(Base):
    """This event now names this entity. Expanded to the entity's followers when due;
    ``cursor`` is the last follow served. ``reconsider``: the event's words have changed
    since, so follows with a filter are asked again, once it is expanded."""

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("event_id", "entity_id"),
        Index(None, "entity_id", "due_at"),
        partial_index(
            "ix_announcements_reconsider", "id", where="reconsider", on_sqlite="reconsider = 1"
        ),
        partial_index(
            "ix_announcements_due", "due_at", where="NOT expanded", on_sqlite="expanded = 0"
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    entity_id: Mapped[int] = mapped_column(ForeignKey("entities.id"))
    due_at: Mapped[datetime]
    telling: Mapped[str] = mapped_column(String(20))
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    expanded: Mapped[bool] = mapped_column(default=False)
    reconsider: Mapped[bool] = mapped_column(default=False, server_default=false())


class OutboxRow(Base):
    """An outgoing message; for an alert also the lasting record that it was sent.

    ``priority`` 0 replies, 1 alerts and digests. ``call`` holds the method and
    parameters of a reply or a weekly digest; alerts and other digests are rendered from their
    events when they are sent. ``bundle_id`` is
    the digest that an alert was bundled into, or, once it has expired, that lists it.
    ``first_event_id``: the event that an alert was made for, where it became another's when
    events were merged.
    ``heading`` tells a digest's part what it is a part of; it goes after ``after_id``.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index(
            "uq_outbox_alert", "chat_id", "event_id", where="kind = 'alert'", unique=True
        ),
        partial_index("ix_outbox_waiting", "priority", "due_at", "id", where="state = 'waiting'"),
        partial_index(
            "ix_outbox_chat_waiting", "chat_id", "priority", "id", where="state = 'waiting'"
        ),
        partial_index(
            "ix_outbox_loose", "chat_id", where="state = 'bundled' AND bundle_id IS NULL"
        ),
        partial_index(
            "ix_outbox_unlisted", "event_id", where="state = 'expired' AND bundle_id IS NULL"
        ),
        partial_index("ix_outbox_replies", "created_at", where="kind = 'reply'"),
        partial_index("ix_outbox_digests", "created_at", where="kind = 'digest'"),
        partial_index("ix_outbox_stale", "event_id", where="stale", on_sqlite="stale = 1"),
        partial_index("ix_outbox_leased", "leased_by", where="leased_by IS NOT NULL"),
        Index(None, "event_id"),
        Index(None, "chat_id", "message_id"),
        # Partial, or SQLite would go through the rows of no digest by them.
        partial_index("ix_outbox_bundled", "bundle_id", where="bundle_id IS NOT NULL"),
        partial_index("ix_outbox_parts", "after_id", where="after_id IS NOT NULL"),
        partial_index(
            "ix_outbox_first_event", "first_event_id", where="first_event_id IS NOT NULL"
        ),
        # A number that is free again must not go to another message: whoever is still sending
        # the one that had it would settle the other.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    priority: Mapped[int]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    first_event_id: Mapped[int | None] = mapped_column(Id)
    bundle_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    call: Mapped[dict[str, Any] | None]
    heading: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None]
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


class DigestItemRow(Base):
    """An event in a part of a digest, under one of its sections, in order."""

    __tablename__ = "digest_items"
    __table_args__ = (Index(None, "event_id"),)

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    section: Mapped[str] = mapped_column(String(10))


class LeaseRow(Base):
    """What only one process may do at once, who does it, and until when; also whose the database
    is, for ever."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]
