"""What a database that has run for years keeps of things long over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from storage.accounts import to_json
from storage.database import Database
from storage.model import FEED, Evidence, FollowMode, MessageKind, MessageState, Telling
from storage.outbox.rows import PUSHED
from storage.statements import table_of
from storage.tables import (
    AliasRow,
    AnnouncementRow,
    ArticleRow,
    Base,
    DigestItemRow,
    EntityRow,
    EventRow,
    FeedRow,
    FollowRow,
    MentionRow,
    OutboxRow,
    PageRow,
    ReportKeyRow,
    ReportRow,
    ReportUrlRow,
    SourceRow,
    VersionRow,
)
from tests.support.story import account

DAY = date(2017, 5, 4)
THEN = datetime(2017, 5, 4, tzinfo=UTC)


async def keep_old(database: Database, reader: int, follower: int, count: int) -> None:
    """Keep so many old events, each told by a report of a feed of its own and about an entity
    of its own, with the alert that told it to a chat, and so many digests of that chat; another
    chat follows all of these entities. Nothing is due any more, and no feed is asked."""
    async with database.transaction() as tx:
        numbers = range(1, count + 1)
        listed = [_rows(number, reader, follower) for number in numbers]
        for table in listed[0]:
            await tx.session.execute(insert(table_of(table)), [rows[table] for rows in listed])
        digests = [_message(reader, MessageKind.DIGEST) | {"id": count + n} for n in numbers]
        await tx.session.execute(insert(table_of(OutboxRow)), digests)
        items = [{"outbox_id": count + n, "position": 0, "event_id": n, "section": "mine"}
                 for n in numbers]  # fmt: skip
        await tx.session.execute(insert(table_of(DigestItemRow)), items)


def _rows(number: int, reader: int, follower: int) -> Mapping[type[Base], Mapping[str, Any]]:
    """What is kept of one event, in the order in which it can be."""
    title, url = f"Old event {number}", f"old{number}.example/rss"
    told, of_both = to_json(account(str(DAY), title)), {"event_id": number, "entity_id": number}
    return {
        SourceRow: {"id": number, "kind": FEED, "key": url},
        FeedRow: {"source_id": number, "url": url, "origin": "list", "interval": 900},
        PageRow: {"id": number, "source_id": number, "name": "feed", "day": DAY, "read_at": THEN},
        EntityRow: {"id": number, "label": f"Old entity {number}", "qid": f"Q{number}"},
        ArticleRow: {"id": number, "language": "en", "title": f"Old entity {number}",
                     "twin": f"old entity {number}", "folded": f"old entity {number}",
                     "entity_id": number, "resolved_at": THEN},
        AliasRow: {"entity_id": number, "language": "en", "text": f"Old {number}",
                   "folded": f"old {number}", "uses": 1},
        EventRow: {"id": number, "day": DAY, "title": title, "searchable": title.lower(),
                   "category": "Sports", "first_shown_at": THEN, "revision": 1},
        ReportRow: {"id": number, "page_id": number, "event_id": number, "position": 0,
                    "telling": Telling.PUSH.value, "first_seen_at": THEN, "seen": told,
                    "shown": told, "visible": True, "since": {}, "pending": False},
        VersionRow: {"report_id": number, "replaced_at": THEN, "account": told},
        ReportUrlRow: {"report_id": number, "url": url, "day": DAY},
        ReportKeyRow: {"page_id": number, "key": url, "report_id": number, "digest": "as told"},
        MentionRow: {**of_both, "article_id": number, "evidence": Evidence.LINK.value,
                     "words": "", "position": 0, "day": DAY},
        AnnouncementRow: {**of_both, "due_at": THEN, "telling": Telling.PUSH.value,
                          "expanded": True},
        FollowRow: {"chat_id": follower, "entity_id": number, "mode": FollowMode.AT_ONCE.value,
                    "created_at": THEN},
        OutboxRow: _message(reader, MessageKind.ALERT) | {"id": number, "event_id": number,
                                                           "message_id": number},
    }  # fmt: skip


def _message(chat_id: int, kind: MessageKind) -> dict[str, Any]:
    return {
        "chat_id": chat_id,
        "kind": kind.value,
        "state": MessageState.SENT.value,
        "priority": PUSHED,
        "created_at": THEN,
        "due_at": THEN,
        "sent_at": THEN,
    }
