"""Sources, their pages and reports, and how long each has stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.model.accounts import Account

# Kinds of sources.
PORTAL = "portal"
FEED = "feed"


@dataclass(frozen=True)
class Standing:
    """What a source says now, what readers see, and since when each difference stands.

    ``seen`` is None while the report is absent from its page; ``shown`` is None until
    it first counted; ``visible`` is false before that and once withdrawn (``shown`` then
    keeps the last words). ``since`` maps each element in which seen and shown differ
    (see ``bot.core.standing``) to the time from which it has stood so.
    """

    seen: Account | None = None
    shown: Account | None = None
    visible: bool = False
    since: dict[str, datetime] = field(default_factory=dict)


class Telling(StrEnum):
    """Whether what is new in a report may push alerts."""

    PUSH = "push"
    CATCH_UP = "catch_up"  # seen after a gap: one digest per chat instead of alerts
    SILENT = "silent"  # first poll or backfill


@dataclass(frozen=True)
class Source:
    """A place that is polled. ``key`` names it within its kind ("en" for a portal)."""

    id: int
    kind: str
    key: str
    last_success_at: datetime | None


# Until the next poll of a feed, before it has shown how often it changes.
FIRST_INTERVAL = timedelta(minutes=15)


class FeedState(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"  # by the operator
    ENDED = "ended"  # its server says that it is gone for good
    REMOVED = "removed"  # by the operator: a list that names it brings it not back


class Origin(StrEnum):
    """Where a feed comes from."""

    LIST = "list"  # the bundled one, or the operator's file
    ADDED = "added"  # by the operator on the command line, one by one or from a file
    CHAT = "chat"  # by an administrator's message; such an address is not trusted as theirs are


@dataclass(frozen=True)
class Feed:
    """A feed that is polled. ``key`` is its address as it was listed, ``url`` where it is asked
    now (another one once it has moved for good).

    ``language`` (a primary subtag) and ``region`` are "" where not known. ``listed``: whether
    the list that it comes from still names it; without that it is not polled. ``etag`` and
    ``modified`` are the server's own words about the version that was read last, ``digest``
    that of its body. ``interval``: until the next poll, as it was last chosen. ``failing_since``
    is None unless the last poll failed, for the reason ``failure``; ``told_at``: when the
    administrators were told of that.
    """

    id: int
    key: str
    url: str
    title: str = ""
    language: str = ""
    region: str = ""
    origin: Origin = Origin.LIST
    state: FeedState = FeedState.ACTIVE
    listed: bool = True
    due_at: datetime | None = None
    interval: timedelta = FIRST_INTERVAL
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    last_success_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    failure: str = ""
    told_at: datetime | None = None


@dataclass(frozen=True)
class PageHead:
    """What the head of a web page says of it; all "" or None where it says nothing."""

    title: str = ""
    description: str = ""
    picture: str | None = None
    site: str = ""
    language: str = ""


@dataclass(frozen=True)
class Page:
    """A page of a source. ``read_at``: when it was last read well, changed or not.

    ``doubtful`` holds a version that lost more than half of the reports, since
    ``doubtful_since``, until a second version or an hour confirms it.
    """

    id: int
    source_id: int
    name: str
    day: date
    revision: str | None
    read_at: datetime | None
    doubtful: str | None = None
    doubtful_since: datetime | None = None


@dataclass(frozen=True)
class Report:
    """One account of an event by one page, with its standing. ``source_id`` and ``kind`` are
    those of the page's source."""

    id: int
    page_id: int
    event_id: int
    position: int
    telling: Telling
    first_seen_at: datetime
    standing: Standing
    urls: frozenset[str] = frozenset()  # canonical URLs of all its wordings
    source_id: int = 0
    kind: str = PORTAL
