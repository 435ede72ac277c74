"""What sources say and what readers see of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Id, partial_index


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

    ``fingerprint`` is the digest of what readers see, ``alert_fingerprint`` of that part which
    alerts show; ``revision`` counts the changes of the latter. ``searchable`` is its text,
    folded for searching; ``spreading``: alerts already sent have yet to be marked stale.
    ``merged_into``: the older event that this one turned out to be; its own number leads there.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "day"),
        Index(None, "first_shown_at"),
        partial_index("ix_events_spreading", "id", where="spreading", on_sqlite="spreading = 1"),
        partial_index("ix_events_merged_into", "merged_into", where="merged_into IS NOT NULL"),
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
    summary: Mapped[str] = mapped_column(default="", server_default=text("''"))
    picture: Mapped[str | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    revision: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(default="")
    alert_fingerprint: Mapped[str] = mapped_column(default="", server_default=text("''"))
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
        Index(None, "first_seen_at"),
        partial_index("ix_reports_pending", "page_id", where="pending", on_sqlite="pending = 1"),
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


class ReportKeyRow(Base):
    """A name by which a page (a feed) knows a report: the canonical link, the GUID, the title or
    the article's number of an entry. It stays with the first report that had it. ``digest`` is
    that of what the entry said under this name last; of a number, of the page that had it last."""

    __tablename__ = "report_keys"
    __table_args__ = (Index(None, "report_id"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    digest: Mapped[str] = mapped_column(String(32))


class MergeRow(Base):
    """Two events that turned out to be one; ``reports`` are the ids of those that had been
    the gone one's, so that it can be undone. ``settled``: the alerts of both have followed,
    or come back; until then ``cursor`` is the last one looked at."""

    __tablename__ = "merges"
    __table_args__ = (
        Index(None, "gone_id"),
        Index(None, "kept_id"),
        partial_index("ix_merges_unsettled", "id", where="NOT settled", on_sqlite="settled = 0"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    reports: Mapped[list[Any]]
    merged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    settled: Mapped[bool] = mapped_column(default=False)


class TickRow(Base):
    """How far a replay of a recording has come; of the sample week, when it began."""

    __tablename__ = "ticks"

    recording: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
