"""Sources, their pages and reports, and how long each has stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.model.accounts import Account


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
    """One account of an event by one page, with its standing."""

    id: int
    page_id: int
    event_id: int
    position: int
    telling: Telling
    first_seen_at: datetime
    standing: Standing
    urls: frozenset[str] = frozenset()  # canonical URLs of all its wordings
