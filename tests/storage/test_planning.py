"""What chats want when, and what is due for them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from storage.chats import Due, Timetable
from storage.database import Database
from storage.model import Chat
from storage.tables import ChatRow
from tests.support.portal import START, Portal, expand, follow
from tests.support.rows import column, until_one_waits
from tests.support.story import account

NOW = START
HOUR = timedelta(hours=1)
FULL = Timetable(
    digest_due_at=NOW + HOUR,
    digested_at=NOW,
    digested_on=date(2017, 11, 22),
    weekly_due_at=NOW + 2 * HOUR,
    weekly_sent_on=date(2017, 11, 19),
    is_quiet=True,
    quiet_turns_at=NOW + 3 * HOUR,
    paused_until=NOW + 4 * HOUR,
)


async def make(database: Database, *readers: int) -> list[int]:
    """Chats; their rows."""
    async with database.transaction() as tx:
        return [(await tx.chats.chat(reader, NOW)).id for reader in readers]


async def plan(database: Database, chat_id: int, timetable: Timetable) -> None:
    async with database.transaction() as tx:
        await tx.chats.plan(chat_id, timetable)


async def chat_of(database: Database, chat_id: int) -> Chat:
    async with database.reading() as tx:
        chat = await tx.chats.get(chat_id)
    assert chat is not None
    return chat


async def test_what_a_chat_chooses_is_kept(database: Database) -> None:
    chat_id, other = await make(database, 1, 2)
    before = await chat_of(database, other)
    async with database.transaction() as tx:
        await tx.chats.choose_timezone(chat_id, "Asia/Tokyo")
        await tx.chats.choose_digest(chat_id, 0, NOW)  # midnight is a time of the day
        await tx.chats.choose_weekly(chat_id, 0)
        await tx.chats.choose_quiet(chat_id, (1320, 0))
    chat = await chat_of(database, chat_id)
    assert (chat.timezone, chat.timezone_chosen) == ("Asia/Tokyo", True)
    assert (chat.digest_at, chat.weekly_on) == (0, 0)
    assert (chat.quiet_from, chat.quiet_until) == (1320, 0)
    assert await chat_of(database, other) == before


async def test_what_a_chat_wants_no_more_is_gone(database: Database) -> None:
    [chat_id] = await make(database, 1)
    async with database.transaction() as tx:
        await tx.chats.choose_digest(chat_id, 480, NOW)
        await tx.chats.choose_weekly(chat_id, 3)
        await tx.chats.choose_quiet(chat_id, (1320, 420))
    async with database.transaction() as tx:
        await tx.chats.choose_digest(chat_id, None, NOW)
        await tx.chats.choose_weekly(chat_id, None)
        await tx.chats.choose_quiet(chat_id, None)
    chat = await chat_of(database, chat_id)
    wanted = (chat.digest_at, chat.weekly_on, chat.quiet_from, chat.quiet_until)
    assert wanted == (None,) * 4


async def test_the_first_digest_begins_where_it_was_wished_for(database: Database) -> None:
    [chat_id] = await make(database, 1)

    async def choose(minute: int | None, since: datetime) -> datetime | None:
        async with database.transaction() as tx:
            await tx.chats.choose_digest(chat_id, minute, since)
            return (await tx.chats.timetable(chat_id)).digested_at

    assert await choose(480, NOW) == NOW
    assert await choose(540, NOW + HOUR) == NOW  # another time of the day loses nothing
    assert await choose(None, NOW + HOUR) is None
    assert await choose(480, NOW + 2 * HOUR) == NOW + 2 * HOUR


async def test_a_timetable_comes_back_as_it_was_planned(database: Database) -> None:
    chat_id, other = await make(database, 1, 2)
    async with database.reading() as tx:
        assert await tx.chats.timetable(chat_id) == Timetable()
    await plan(database, chat_id, FULL)
    async with database.reading() as tx:
        assert await tx.chats.timetable(chat_id) == FULL
        assert await tx.chats.timetable(other) == Timetable()
    await plan(database, chat_id, Timetable())
    async with database.reading() as tx:
        assert await tx.chats.timetable(chat_id) == Timetable()


DUE = [
    pytest.param("digest_due_at", id="digest"),
    pytest.param("weekly_due_at", id="weekly"),
    pytest.param("quiet_turns_at", id="quiet"),
]


def _at(name: str, at: datetime | None) -> dict[str, Any]:
    return {name: at}


def only(name: str, at: datetime) -> Timetable:
    """A timetable that has but one time."""
    return Timetable(**_at(name, at))


@pytest.mark.parametrize("what", DUE)
async def test_who_is_due_comes_one_by_one_the_earliest_first(
    database: Database, what: Due
) -> None:
    late, early, never, later = await make(database, 1, 2, 3, 4)
    await plan(database, late, only(what, NOW))
    await plan(database, early, only(what, NOW - HOUR))
    await plan(database, later, only(what, NOW + timedelta(seconds=1)))
    everything_else = Timetable(digest_due_at=NOW, weekly_due_at=NOW, quiet_turns_at=NOW)
    await plan(database, never, replace(everything_else, **_at(what, None)))
    found = []
    async with database.transaction() as tx:
        while chat := await tx.chats.due(what, NOW):
            found.append(chat.id)
            await tx.chats.plan(chat.id, Timetable())
    assert found == [early, late]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
@pytest.mark.parametrize("what", DUE)
async def test_what_one_works_on_nobody_else_gets(database: Database, what: Due) -> None:
    for chat_id in await make(database, 1, 2):
        await plan(database, chat_id, only(what, NOW))
    async with database.transaction() as first, database.transaction() as second:
        found = [await tx.chats.due(what, NOW) for tx in (first, second, second)]
    assert [chat and chat.telegram_id for chat in found] == [1, 2, 2]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_who_plans_anew_sees_what_was_planned_meanwhile(database: Database) -> None:
    [chat_id] = await make(database, 1)
    await plan(database, chat_id, Timetable(digest_due_at=NOW))
    done = Timetable(digest_due_at=NOW + 24 * HOUR, digested_at=NOW, digested_on=NOW.date())

    async def plan_anew() -> Timetable:
        async with database.transaction() as tx:
            before = await tx.chats.timetable(chat_id)
            await tx.chats.plan(chat_id, replace(before, quiet_turns_at=NOW))
        return before

    async with database.transaction() as tx:
        assert await tx.chats.due("digest_due_at", NOW) is not None
        planning = asyncio.create_task(plan_anew())
        await until_one_waits(database)
        await tx.chats.plan(chat_id, done)
    assert await planning == done
    async with database.reading() as tx:
        assert await tx.chats.timetable(chat_id) == replace(done, quiet_turns_at=NOW)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_a_digest_being_made_holds_up_no_alert(database: Database) -> None:
    chat_id = await follow(database, 1, "Springfield")
    await plan(database, chat_id, Timetable(digest_due_at=NOW))
    portal = Portal(database)
    await portal.stand(0, account("2017-11-23", "A flood reaches [[Springfield]]."))
    async with database.transaction() as tx:
        assert await tx.chats.due("digest_due_at", NOW) is not None
        await tx.chats.choose_quiet(chat_id, (0, 1))
        async with asyncio.timeout(30):
            await expand(database, portal.at(10))
            async with database.transaction() as other:
                assert len(await other.outbox.claim(portal.at(10), HOUR, 9)) == 1
    assert await column(database, ChatRow.quiet_until) == [1]
