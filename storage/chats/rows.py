"""Chats and follows on their way in and out: data objects and rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.events.rows import entity_of
from storage.model import Chat, ChatKind, ChatState, Filter, Follow, FollowMode
from storage.tables import ChatRow, EntityRow, FollowRow


@dataclass(frozen=True)
class Timetable:
    """What is due for a chat and when (UTC; None: never), and what it has had.

    ``digested_at``: what was shown up to then has been summed up. ``digested_on`` and
    ``weekly_sent_on`` are the local dates of the last digests. ``is_quiet`` is so until
    ``quiet_turns_at``; a pause lasts until ``paused_until``, if it has an end.
    """

    digest_due_at: datetime | None = None
    digested_at: datetime | None = None
    digested_on: date | None = None
    weekly_due_at: datetime | None = None
    weekly_sent_on: date | None = None
    is_quiet: bool = False
    quiet_turns_at: datetime | None = None
    paused_until: datetime | None = None


def chat_of(row: ChatRow) -> Chat:
    """A chat's row as a data object."""
    return Chat(
        id=row.id,
        telegram_id=row.telegram_id,
        thread_id=row.thread_id,
        state=ChatState(row.state),
        language=row.language,
        timezone=row.timezone,
        kind=ChatKind(row.kind),
        title=row.title,
        username=row.username,
        language_chosen=row.language_chosen,
        timezone_chosen=row.timezone_chosen,
        digest_at=row.digest_at,
        weekly_on=row.weekly_on,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        created_at=row.created_at,
        state_since=row.state_since,
        paused_until=row.paused_until,
    )


def timetable_of(row: ChatRow) -> Timetable:
    """A chat's row as its timetable."""
    return Timetable(**{name: getattr(row, name) for name in Timetable.__dataclass_fields__})


def follow_of(row: FollowRow, entity: EntityRow) -> Follow:
    """A follow's row as a data object."""
    return Follow(
        id=row.id,
        chat_id=row.chat_id,
        entity=entity_of(entity),
        mode=FollowMode(row.mode),
        created_at=row.created_at,
        filter=filter_of(row.filter),
    )


def filter_of(stored: dict[str, Any] | None) -> Filter:
    """A stored filter as a data object, without what only another version knows."""
    known = Filter.__dataclass_fields__
    kept = {name: words for name, words in (stored or {}).items() if name in known}
    return Filter(**{name: tuple(words) for name, words in kept.items()})


def stored_filter(wanted: Filter) -> dict[str, Any] | None:
    """A filter as it is stored; one that lets everything through is none."""
    if not wanted:
        return None
    return {name: list(words) for name, words in vars(wanted).items() if words}
