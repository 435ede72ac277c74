"""What is withdrawn at the moment when a chat would be told of it, by what it gets on its return
or by its digest, is told once it stands again."""

from __future__ import annotations

import pytest

from bot.services.digesting import come_back
from bot.services.outcomes import Refused, Unreachable
from bot.services.silencing import silence
from storage.database import Database
from storage.model import Account, ChatState, FollowMode, Telling
from tests.support.digest_desk import READER, Desk, utc


async def go(desk: Desk, state: ChatState) -> None:
    """The reader goes away."""
    async with desk.database.transaction() as tx:
        await tx.chats.set_state(READER, state, desk.clock())


async def come(desk: Desk, at: str) -> bool:
    """The reader comes back at a time; whether anything was missed."""
    desk.clock.now = utc(at)
    async with desk.database.transaction() as tx:
        return await come_back(tx, await tx.chats.chat(READER, desk.clock()), desk.clock())


async def told(desk: Desk, *names: str, at: str) -> tuple[int, Account]:
    """Something happens at a time: its number, and what its page says."""
    desk.clock.now = utc(at)
    happened = desk.happening(*names)
    return await desk.story.tell(happened, telling=Telling.PUSH), happened


async def withdraw(desk: Desk, gone: Account, at: str) -> None:
    """It is taken off its page."""
    desk.clock.now = utc(at)
    await desk.withdraw(gone)


async def restore(desk: Desk, gone: Account, at: str) -> None:
    """Its page says it again."""
    desk.clock.now = desk.story.at = utc(at)
    await desk.story.tell(gone, telling=Telling.PUSH)


@pytest.mark.parametrize("mode", [FollowMode.AT_ONCE, FollowMode.DIGEST])
@pytest.mark.parametrize("state", [ChatState.PAUSED, ChatState.UNREACHABLE])
async def test_what_was_missed_comes_once_it_stands_again(
    database: Database, state: ChatState, mode: FollowMode
) -> None:
    desk = Desk(database)
    await desk.follow(await desk.reader("Bob"), "Ann", mode)
    await go(desk, state)
    first, gone = await told(desk, "Ann", at="13:00")
    second, _ = await told(desk, "Bob", at="13:00")
    assert await desk.work() == []
    await withdraw(desk, gone, "14:00")
    assert await come(desk, "15:00")
    assert await desk.work() == [f"catch_up: {second}"]
    await restore(desk, gone, "16:00")
    assert await desk.work("16:05") == [f"catch_up: {first}"]
    assert await desk.work("2017-11-21 17:00") == []


async def test_alone_it_is_nothing_missed_until_then(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await go(desk, ChatState.PAUSED)
    event, gone = await told(desk, "Ann", at="13:00")
    assert await desk.work() == []
    await withdraw(desk, gone, "14:00")
    assert not await come(desk, "15:00")
    assert await desk.work("2017-11-25 15:00") == []
    await restore(desk, gone, "2017-11-25 16:00")
    assert await desk.work("2017-11-25 16:05") == [f"catch_up: {event}"]


async def test_a_week_later_it_is_too_old(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await go(desk, ChatState.PAUSED)
    _, gone = await told(desk, "Ann", at="13:00")
    assert await desk.work() == []
    await withdraw(desk, gone, "14:00")
    await come(desk, "15:00")
    await restore(desk, gone, "2017-11-28 16:00")
    assert await desk.work("2017-11-28 16:05") == []


async def test_who_has_unfollowed_since_is_not_told(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await go(desk, ChatState.PAUSED)
    _, gone = await told(desk, "Ann", at="13:00")
    assert await desk.work() == []
    await withdraw(desk, gone, "14:00")
    await come(desk, "15:00")
    async with database.transaction() as tx:
        (follow,) = await tx.chats.follows(chat.id)
        await tx.chats.unfollow(chat.id, follow.entity.id)
    await restore(desk, gone, "16:00")
    assert await desk.work("16:05") == []


async def test_a_second_absence_loses_it_no_more(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await go(desk, ChatState.PAUSED)
    event, gone = await told(desk, "Ann", at="13:00")
    assert await desk.work() == []
    await withdraw(desk, gone, "14:00")
    async with database.transaction() as tx:
        await silence(tx, READER, utc("15:00"))
    await restore(desk, gone, "16:00")
    assert await desk.work("16:05") == []
    assert await come(desk, "17:00")
    assert await desk.work() == [f"catch_up: {event}"]


async def test_a_chat_with_a_digest_has_it_there(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", at="18:00")
    await go(desk, ChatState.PAUSED)
    event, gone = await told(desk, "Ann", at="13:00")
    assert await desk.work() == []
    await withdraw(desk, gone, "14:00")
    await come(desk, "15:00")
    assert await desk.work("18:00") == []
    await restore(desk, gone, "20:00")
    assert await desk.work("20:05") == []
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {event} | - | -"]
    assert await desk.work("2017-11-22 18:00") == []


@pytest.mark.parametrize("alone", [False, True])
async def test_the_next_digest_has_what_was_away_when_one_was_made(
    database: Database, *, alone: bool
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann", "Bob"], at="18:00")
    event, gone = await told(desk, "Ann", at="13:00")
    others = [] if alone else [await desk.tell("Bob")]
    assert await desk.work() == []
    await withdraw(desk, gone, "17:00")
    assert await desk.work("18:00") == [f"daily 2017-11-20: {n} | - | -" for n in others]
    assert await desk.work("2017-11-21 18:00") == []  # not there yet
    await restore(desk, gone, "2017-11-21 20:00")
    assert await desk.work("2017-11-21 20:05") == []
    assert await desk.work("2017-11-22 18:00") == [f"daily 2017-11-22: {event} | - | -"]
    assert await desk.work("2017-11-23 18:00") == []


async def test_so_has_it_what_was_refused_by_itself(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", at="18:00")
    event, gone = await told(desk, "Ann", at="13:00")
    desk.telegram.answers[READER] = [Refused("message is too long")]
    assert await desk.work() == []
    await withdraw(desk, gone, "17:00")
    assert await desk.work("18:00") == []
    await restore(desk, gone, "20:00")
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {event} | - | -"]


async def test_what_a_digest_was_to_tell_that_met_the_closed_door_comes_as_well(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann"], at="18:00")
    event, gone = await told(desk, "Ann", at="13:00")
    desk.telegram.answers[READER] = [Unreachable("bot was blocked by the user")]
    assert await desk.work("18:00") == []
    await withdraw(desk, gone, "19:00")
    assert not await come(desk, "20:00")
    assert await desk.work() == []
    await restore(desk, gone, "21:00")
    assert await desk.work("21:05") == []
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {event} | - | -"]
