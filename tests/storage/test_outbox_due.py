"""Since when messages could have gone that have not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.chats import Timetable
from storage.database import Database
from storage.model import Call, ChatState
from tests.support.portal import START, Portal, expand, follow
from tests.support.story import account

MINUTE = timedelta(minutes=1)
NOW = START + 60 * MINUTE
MADE = START + 10 * MINUTE
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")


@pytest.fixture
async def portal(database: Database) -> Portal:
    """One event, and an alert of it that waits."""
    await follow(database, 1, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, MADE)
    return portal


async def oldest(database: Database) -> datetime | None:
    async with database.reading() as tx:
        return await tx.outbox.oldest_due(NOW)


async def test_nothing_waits(database: Database) -> None:
    assert await oldest(database) is None


@pytest.mark.usefixtures("portal")
async def test_the_one_that_has_been_due_longest(database: Database) -> None:
    due = await oldest(database)
    assert due is not None
    assert due > START
    async with database.transaction() as tx:
        chat = await tx.chats.chat(2, START)
        await tx.outbox.reply(chat.id, [Call("sendMessage", {"text": "hello"})], START)
    assert await oldest(database) == START


@pytest.mark.usefixtures("portal")
async def test_what_telegram_does_not_take_counts_from_when_it_was_made(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        (message,) = await tx.outbox.claim(NOW, MINUTE, 1)
        await tx.outbox.postpone(message.id, NOW + 5 * MINUTE, "no answer")
    assert await oldest(database) == message.created_at


@pytest.mark.usefixtures("portal")
async def test_what_may_not_go_yet_does_not_count(database: Database) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, START)
        await tx.chats.plan(chat.id, Timetable(is_quiet=True, quiet_turns_at=NOW + MINUTE))
    assert await oldest(database) is None
    async with database.transaction() as tx:
        await tx.chats.plan(chat.id, Timetable())
    assert await oldest(database) is not None
    async with database.transaction() as tx:
        await tx.chats.set_state(1, ChatState.UNREACHABLE, NOW)
    assert await oldest(database) is None


async def test_the_alert_of_a_withdrawn_event_does_not_count(
    database: Database, portal: Portal
) -> None:
    assert await oldest(database) is not None
    await portal.stand(20)
    assert await oldest(database) is None
