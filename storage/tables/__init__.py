"""The tables. Rows never leave this package: stores turn them into ``storage.model``."""

from storage.tables.base import Base, UtcDateTime
from storage.tables.gathering import FeedRow, HeadRow
from storage.tables.naming import (
    AliasRow,
    ArticleRow,
    EntityRow,
    MentionRow,
)
from storage.tables.reporting import (
    EventRow,
    MergeRow,
    PageRow,
    ReportKeyRow,
    ReportRow,
    ReportUrlRow,
    SourceRow,
    TickRow,
    VersionRow,
)
from storage.tables.telling import (
    AnnouncementRow,
    ChatRow,
    DigestItemRow,
    FollowRow,
    LeaseRow,
    OutboxRow,
    UpdateRow,
)

__all__ = [
    "AliasRow",
    "AnnouncementRow",
    "ArticleRow",
    "Base",
    "ChatRow",
    "DigestItemRow",
    "EntityRow",
    "EventRow",
    "FeedRow",
    "FollowRow",
    "HeadRow",
    "LeaseRow",
    "MentionRow",
    "MergeRow",
    "OutboxRow",
    "PageRow",
    "ReportKeyRow",
    "ReportRow",
    "ReportUrlRow",
    "SourceRow",
    "TickRow",
    "UpdateRow",
    "UtcDateTime",
    "VersionRow",
]
