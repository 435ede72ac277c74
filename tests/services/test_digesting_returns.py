"""Who comes back gets one message of what was missed, not a flood."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.schedule import TOO_OLD
from bot.services.digesting import come_back
from bot.services.outcomes import Unreachable
from bot.services.wanting import wants
from storage.database import Database
from storage.model import Chat, ChatState, Filter, FollowMode
from tests.support.digest_desk import READER, Desk, utc
from tests.support.rows import until_one_waits

AWAY = [ChatState.PAUSED, ChatState.UNREACHABLE]


async def go(desk: Desk, state: ChatState) -> None:
    """The reader goes away."""
    async with desk.database.transaction() as tx:
        await tx.chats.set_state(READER, state, desk.clock())


async def back(desk: Desk, at: str) -> list[str]:
    """The reader comes back at a time; what comes to them."""
    desk.clock.now = utc(at)
    async with desk.database.transaction() as tx:
        chat = await tx.chats.chat(READER, desk.clock())
        await come_back(tx, chat, desk.clock())
    return await desk.work()


async def state_of(desk: Desk) -> Chat:
    """The reader's chat."""
    async with desk.database.transaction() as tx:
        return await tx.chats.chat(READER, desk.clock())


@pytest.mark.parametrize("state", AWAY)
async def test_what_was_missed_comes_as_one_message(database: Database, state: ChatState) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Bob"], muted=["Carl"])
    await go(desk, state)
    desk.clock.now = utc("13:00")
    first = await desk.tell("Ann")
    await desk.tell("Carl")
    assert await desk.work() == []
    desk.clock.now = utc("2017-11-21 13:00")
    second = await desk.tell("Bob")
    assert await desk.work() == []
    assert await back(desk, "2017-11-22 13:00") == [f"catch_up: {first} {second}"]
    third = await desk.tell("Ann")
    assert await desk.work() == [f"alert: {third}"]
    assert (await state_of(desk)).state is ChatState.ACTIVE


async def test_nothing_missed_is_no_message(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await desk.tell("Ann")
    assert len(await desk.work("12:01")) == 1
    await go(desk, ChatState.PAUSED)
    assert await back(desk, "2017-11-22 13:00") == []


async def test_a_filter_and_a_week_limit_what_is_made_up_for(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await desk.follow(chat, "Bob", FollowMode.AT_ONCE, Filter(must_not=("Carl",)))
    await go(desk, ChatState.PAUSED)
    desk.clock.now = utc("13:00")
    await desk.tell("Ann", day="2017-11-19")
    await desk.tell("Bob", "Carl")
    kept = await desk.tell("Bob", "Dora")
    assert await desk.work() == []
    assert await back(desk, "2017-11-27 13:00") == [f"catch_up: {kept}"]


async def test_the_alert_that_met_the_closed_door_is_not_lost(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Bob"], at="18:00")
    desk.telegram.answers[READER].append(Unreachable("bot was blocked by the user"))
    alert, mine = await desk.tell("Ann"), await desk.tell("Bob")
    assert await desk.work("12:01") == []
    assert (await state_of(desk)).state is ChatState.UNREACHABLE
    assert await desk.work("18:00") == []
    assert await back(desk, "2017-11-22 13:00") == [f"catch_up: {alert} {mine}"]
    assert await desk.work("2017-11-22 18:00") == []


async def test_a_digest_that_met_the_closed_door_comes_with_the_rest(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Bob"], at="18:00")
    mine, other = await desk.tell("Bob"), await desk.tell("Eve")
    desk.telegram.answers[READER].append(Unreachable("bot was blocked by the user"))
    assert await desk.work("18:00") == []
    later = await desk.tell("Ann")
    assert await desk.work("19:00") == []
    assert await back(desk, "2017-11-21 13:00") == [f"catch_up: {mine} {later}"]
    assert other not in (mine, later)


async def test_what_the_next_digest_would_have_had_is_not_told_twice(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Bob"], at="18:00")
    before = await desk.tell("Bob")
    await desk.work("13:00")
    await go(desk, ChatState.PAUSED)
    desk.clock.now = utc("14:00")
    during = await desk.tell("Bob")
    assert await back(desk, "15:00") == [f"catch_up: {before} {during}"]
    assert await desk.work("18:00") == []


async def test_a_return_in_quiet_hours_waits_for_their_end(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=("22:00", "07:00"))
    await go(desk, ChatState.UNREACHABLE)
    desk.clock.now = utc("20:00")
    missed = await desk.tell("Ann")
    await desk.work()
    assert await back(desk, "23:00") == []
    desk.clock.pass_by(60)
    held = [await desk.tell("Ann") for _ in range(4)]
    assert await desk.work() == []
    numbers = " ".join(map(str, [missed, *held]))
    assert await desk.work("2017-11-21 07:00") == [f"catch_up: {numbers}"]


async def test_a_forgotten_chat_starts_anew(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await go(desk, ChatState.FORGOTTEN)
    desk.clock.now = utc("13:00")
    await desk.tell("Ann")
    await desk.work()
    assert await back(desk, "14:00") == []
    assert (await state_of(desk)).state is ChatState.ACTIVE


async def test_only_the_topic_that_is_back_gets_what_it_missed(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    async with database.transaction() as tx:
        topic = await tx.chats.chat(READER, desk.clock(), 5)
        (follow,) = await tx.chats.follows((await tx.chats.chat(READER, desk.clock())).id)
        await tx.chats.follow(topic.id, follow.entity.id, desk.clock())
    await go(desk, ChatState.PAUSED)
    desk.clock.now = utc("13:00")
    event = await desk.tell("Ann")
    await desk.work()
    assert await back(desk, "14:00") == [f"catch_up: {event}"]
    async with database.transaction() as tx:
        assert [each.state for each in await tx.chats.topics(READER)] == [
            ChatState.ACTIVE,
            ChatState.PAUSED,
        ]


async def test_what_is_being_expanded_as_the_reader_comes_back_is_not_lost(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await desk.reader("Ann", number=READER + 1)
    await go(desk, ChatState.PAUSED)
    desk.clock.now = utc("13:00")
    event = await desk.tell("Ann")
    async with database.transaction() as tx:
        await tx.outbox.expand(desk.clock(), TOO_OLD, wants, batch=1)
    assert await back(desk, "13:01") == [f"catch_up: {event}"]
    assert len(desk.telegram.texts(READER + 1)) == 1


async def test_nor_is_that_of_which_a_filter_was_just_asked_again(database: Database) -> None:
    desk = Desk(database)
    wanted = Filter(must=("Ann",))
    await desk.follow(await desk.reader(), "Ann", FollowMode.AT_ONCE, wanted)
    await go(desk, ChatState.PAUSED)
    desk.clock.now = utc("13:00")
    event = await desk.tell("Ann")
    assert await desk.work() == []
    async with database.transaction() as tx:
        await tx.outbox.mark_reworded([event])
        await tx.outbox.reconsider(desk.clock(), TOO_OLD, wants, batch=1)
    assert await back(desk, "13:01") == [f"catch_up: {event}"]


@pytest.mark.parametrize(
    ("on", "comes"), [("2017-11-25", True), ("2017-12-01", False), ("2017-12-22", False)]
)
async def test_an_alert_that_met_the_closed_door_comes_within_a_week(
    database: Database, on: str, *, comes: bool
) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    desk.telegram.answers[READER].append(Unreachable("bot was blocked by the user"))
    first, second = await desk.tell("Ann"), await desk.tell("Ann")
    assert await desk.work("12:05") == []
    assert await desk.work("2017-11-21 12:10") == []
    assert await desk.work(f"{on} 12:00") == []
    assert await back(desk, f"{on} 13:00") == ([f"catch_up: {first} {second}"] if comes else [])


@pytest.mark.parametrize("state", AWAY)
async def test_what_was_announced_long_before_and_expanded_after_comes(
    database: Database, state: ChatState
) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    event = await desk.tell("Ann")
    desk.clock.now = utc("12:15")
    await go(desk, state)
    assert await desk.work("12:30") == []
    assert await back(desk, "13:00") == [f"catch_up: {event}"]
    assert await desk.work("13:30") == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_who_comes_back_waits_for_what_is_being_expanded(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await go(desk, ChatState.PAUSED)
    desk.clock.now = utc("13:00")
    event = await desk.tell("Ann")
    async with database.transaction() as tx:
        await tx.outbox.expand(desk.clock(), TOO_OLD, wants)
        coming = asyncio.create_task(back(desk, "13:01"))
        await until_one_waits(database)
    assert await coming == [f"catch_up: {event}"]
