"""A database of the first release, with rows in it, is upgraded and goes on as before."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.chats import Timetable
from storage.database import Database
from storage.errors import UpgradeFailed
from storage.migrations import config
from storage.model import (
    Chat,
    ChatKind,
    ChatState,
    DigestItem,
    DigestKind,
    Filter,
    FollowMode,
    Heading,
    MessageKind,
    Section,
)
from storage.tables import AnnouncementRow, ChatRow, OutboxRow
from tests.support.portal import claim, expand
from tests.support.rows import column, rows

NOON = datetime(2017, 11, 23, 12, tzinfo=UTC)
NOW = NOON + timedelta(hours=1)
LEASE = timedelta(minutes=1)
# Chat 1 has had event 1 and waits for event 2; what chat 2 missed is in a digest that waits.
_ROWS = """
INSERT INTO sources (id, kind, key) VALUES (1, 'portal', 'en');
INSERT INTO entities (id, label, qid, description) VALUES (1, 'Springfield', 'Q1', 'a city');
INSERT INTO events (id, day, title, searchable, category, topics, citations, language, revision,
                    fingerprint, first_shown_at, withdrawn, spreading)
VALUES (1, '2017-11-23', 'A flood', 'a flood', 'Disasters', '["Floods"]', '[]', 'en', 1, 'f',
        'NOON', false, false),
       (2, '2017-11-23', 'A bridge', 'a bridge', 'Business', '[]', '[]', 'en', 1, 'b',
        'NOON', false, false),
       (3, '2017-11-23', 'A vote', 'a vote', 'Politics', '[]', '[]', 'en', 1, 'v',
        'NOON', false, false);
INSERT INTO chats (id, telegram_id, thread_id, state, language, timezone, created_at, state_since)
VALUES (1, 11, 0, 'active', 'de', 'UTC', 'NOON', 'NOON'),
       (2, -7, 0, 'active', 'en', 'UTC', 'NOON', 'NOON'),
       (3, -1000000000009, 4, 'paused', 'en', 'UTC', 'NOON', 'NOON');
INSERT INTO follows (id, chat_id, entity_id, mode, created_at)
VALUES (1, 1, 1, 'at_once', 'NOON'), (2, 2, 1, 'at_once', 'NOON'), (3, 3, 1, 'at_once', 'NOON');
INSERT INTO announcements (id, event_id, entity_id, due_at, telling, cursor, expanded)
VALUES (1, 1, 1, 'NOON', 'push', 3, true), (2, 2, 1, 'NOON', 'push', 3, true),
       (3, 3, 1, 'NOON', 'push', 0, false);
INSERT INTO outbox (id, chat_id, kind, state, priority, event_id, bundle_id, call, created_at,
                    due_at, attempts, message_id, sent_at, revision, stale, edits)
VALUES (1, 1, 'alert', 'sent', 1, 1, NULL, NULL, 'NOON', 'NOON', 0, 71, 'NOON', 1, false, 2),
       (2, 1, 'alert', 'waiting', 1, 2, NULL, NULL, 'NOON', 'NOON', 0, NULL, NULL, 0, false, 0),
       (5, 2, 'digest', 'waiting', 1, NULL, NULL, NULL, 'NOON', 'NOON', 0, NULL, NULL, 0, false,
        0),
       (6, 2, 'alert', 'bundled', 1, 1, 5, NULL, 'NOON', 'NOON', 0, NULL, NULL, 0, false, 0),
       (7, 2, 'alert', 'bundled', 1, 2, 5, NULL, 'NOON', 'NOON', 0, NULL, NULL, 0, false, 0),
       (8, 1, 'reply', 'waiting', 0, NULL, NULL, '{"method": "sendMessage", "params": {}}',
        'NOON', 'NOON', 0, NULL, NULL, 0, false, 0);
"""
_NUMBERED = ("sources", "entities", "events", "chats", "follows", "announcements", "outbox")


def build_first_release(connection: Connection) -> None:
    """The tables of the first release, and rows as it left them."""
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "0001")
    for statement in filter(str.strip, _ROWS.split(";")):
        connection.execute(text(statement.replace("NOON", str(NOON)).replace(":", "\\:")))
    if connection.dialect.name == "postgresql":  # which counts past given numbers only if told
        for table in _NUMBERED:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))"))  # noqa: S608 (names of ours)


async def build(url: str) -> None:
    """Build the first release's database where there is none."""
    address = make_url(url)
    driver = "sqlite+aiosqlite" if address.drivername == "sqlite" else "postgresql+asyncpg"
    engine = create_async_engine(address.set(drivername=driver))
    async with engine.begin() as connection:
        await connection.run_sync(build_first_release)
    await engine.dispose()


@pytest_asyncio.fixture
async def upgraded(database_url: str) -> AsyncIterator[Database]:
    """A database of the first release, opened by this one."""
    await build(database_url)
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


async def test_what_was_there_is_there(upgraded: Database) -> None:
    assert await rows(upgraded, OutboxRow.id, OutboxRow.state, OutboxRow.bundle_id) == [
        (1, "sent", None),
        (2, "waiting", None),
        (5, "waiting", None),
        (6, "bundled", 5),
        (7, "bundled", 5),
        (8, "waiting", None),
    ]
    assert await rows(upgraded, AnnouncementRow.expanded, AnnouncementRow.reconsider) == [
        (True, False),
        (True, False),
        (False, False),
    ]
    async with upgraded.reading() as tx:
        event = await tx.events.get(1)
        entity = await tx.entities.get(1)
        assert await tx.outbox.event_of_message(1, 71) == 1
        assert await tx.outbox.totals() == (1, 2)
    assert event is not None
    assert (event.title, event.topics) == ("A flood", ("Floods",))
    assert entity is not None
    assert (entity.label, entity.names) == ("Springfield", {})


async def test_chats_and_follows_are_as_if_nothing_had_been_chosen(upgraded: Database) -> None:
    async with upgraded.reading() as tx:
        chats = [await tx.chats.get(number) for number in (1, 2, 3)]
        follows = [each for number in (1, 2, 3) for each in await tx.chats.follows(number)]
        assert await tx.chats.timetable(1) == Timetable()
    reader, group, forum = (chat for chat in chats if chat)
    plain = Chat(1, 11, 0, ChatState.ACTIVE, created_at=NOON, state_since=NOON)
    assert reader == replace(plain, language="de")
    assert group == replace(plain, id=2, telegram_id=-7, kind=ChatKind.GROUP)
    assert (forum.kind, forum.state) == (ChatKind.SUPERGROUP, ChatState.PAUSED)
    assert [(each.mode, each.filter) for each in follows] == [(FollowMode.AT_ONCE, Filter())] * 3


async def test_what_waited_goes_and_what_is_due_is_told(upgraded: Database) -> None:
    async with upgraded.transaction() as tx:
        [answer] = await tx.outbox.claim_replies(NOW, LEASE, 9)
        await tx.outbox.sent(answer, 72, 0, NOW)
    await expand(upgraded, NOW)
    gone = [(m.chat.id, m.kind, m.event_id) for m in await claim(upgraded, NOW)]
    assert gone == [(1, MessageKind.ALERT, 2), (2, MessageKind.DIGEST, None)]
    alerts = await rows(upgraded, OutboxRow.id, OutboxRow.chat_id, OutboxRow.event_id)
    assert alerts[-2:] == [(9, 1, 3), (10, 2, 3)]  # the third chat has paused


async def test_a_digest_of_before_keeps_its_alerts_and_takes_no_more_in(
    upgraded: Database,
) -> None:
    await expand(upgraded, NOW)
    async with upgraded.transaction() as tx:
        await tx.outbox.catch_up(2, [], NOW)
        old = await tx.outbox.message(5)
        assert await tx.outbox.bundled(5) == [1, 2]
        assert await tx.outbox.bundled(11) == [3]
    assert old is not None
    assert (old.kind, old.heading) == (MessageKind.DIGEST, None)


async def test_what_is_new_works_on_what_is_old(upgraded: Database) -> None:
    async with upgraded.transaction() as tx:
        await tx.chats.set_filter(1, 1, Filter(must=("night",)))
        await tx.outbox.mark_reworded([1, 2, 3])
        [part] = await tx.outbox.add_digest(
            2, [(Heading(DigestKind.DAILY), [DigestItem(1, Section.TOLD)])], NOW
        )
        assert await tx.outbox.items(part) == [DigestItem(1, Section.TOLD)]
        await tx.chats.forget(-7)
        await tx.chats.drop_forgotten()
    await expand(upgraded, NOW)
    assert await column(upgraded, ChatRow.id) == [1, 3]
    assert await rows(upgraded, OutboxRow.chat_id, OutboxRow.event_id) == [
        (1, 1),
        (1, 2),
        (1, None),
    ]


async def test_references_are_kept_to_after_the_upgrade(upgraded: Database) -> None:
    with pytest.raises(IntegrityError):
        async with upgraded.transaction() as tx:
            await tx.outbox.add_digest(99, [(Heading(DigestKind.DAILY), [])], NOW)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the other checks always
async def test_an_upgrade_that_would_lose_rows_changes_nothing(
    database_url: str, tmp_path: Path
) -> None:
    await build(database_url)
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as file, file:
        file.execute("DELETE FROM entities")
    with pytest.raises(UpgradeFailed, match=r"The table .* rows of entities"):
        await Database.open(database_url)
    with closing(sqlite3.connect(tmp_path / "dateline.db")) as file:
        [(version,)] = file.execute("SELECT version_num FROM alembic_version")
        columns = [column[1] for column in file.execute("PRAGMA table_info(chats)")]
    assert (version, "quiet_from" in columns) == ("0001", False)
