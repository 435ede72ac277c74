"""What the comparison is given: reports as it needs them, and how alike is alike enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class ComparedReport:
    """A report as the comparison needs it.

    ``event_id`` is 0 while it is not known; ``at`` is aware (UTC); ``text`` is title and
    summary; ``entities`` are the titles, case levelled, of the articles that it surely
    names (links, full names); ``listed`` says that its source sets it apart from all its
    other reports, as a portal does with its bullets.
    """

    report_id: int
    event_id: int
    source_id: int
    at: datetime
    text: str
    language: str = "en"
    entities: frozenset[str] = frozenset()
    listed: bool = False


@dataclass(frozen=True)
class Thresholds:
    """How long reports are compared, and how alike they must be.

    ``join``: likeness from which a report joins an event; ``merge``: from which two events
    are one, both in cosines. The defaults were chosen on the training topics
    of ECB+, in their order and in five random ones, with precision counted twice;
    `dateline calibrate` finds those for other labelled news.
    """

    window: timedelta = timedelta(hours=72)
    join: float = 0.21
    merge: float = 0.22
