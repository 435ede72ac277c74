"""Who is not told of an event that is one of its own again: no backlog, and nothing twice."""

from __future__ import annotations

from bot.services.merging import merge_events
from storage.database import Database
from storage.model import Chat, FollowMode
from tests.services.test_parting_untold import both, go_on, part, pause
from tests.support.digest_desk import Desk, utc
from tests.support.portal import entity


async def follow_now(desk: Desk, chat: Chat, title: str, mode: FollowMode) -> None:
    """Follow from now on, whom the chat may have followed before."""
    number = await entity(desk.database, title)
    async with desk.database.transaction() as tx:
        await tx.chats.unfollow(chat.id, number)
        await tx.chats.follow(chat.id, number, desk.clock())
        await tx.chats.set_mode(chat.id, number, mode)


async def test_who_follows_since_then_is_not_alerted(database: Database) -> None:
    desk = Desk(database)
    _, other = await both(desk)
    desk.clock.now = utc("2017-11-21 09:00")
    await follow_now(desk, await desk.reader(), "Ben", FollowMode.AT_ONCE)
    await desk.work()
    await part(desk, other)
    assert await desk.work("2017-11-21 11:00") == []


async def test_who_follows_since_then_finds_nothing_of_it_in_the_digest(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="18:00")
    one, other = await both(desk)
    desk.clock.now = utc("14:00")
    await follow_now(desk, chat, "Ben", FollowMode.DIGEST)
    assert await desk.work("18:00") == [f"daily 2017-11-20: {one} | - | -"]
    await part(desk, other)
    assert await desk.work("2017-11-21 18:00") == []


async def test_who_follows_anew_is_not_alerted(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ben", quiet=("11:00", "13:00"))
    one, other = await desk.tell("Ann"), await desk.tell("Ben")
    await desk.work()
    number = await entity(database, "Ben")
    async with database.transaction() as tx:
        await tx.chats.unfollow(chat.id, number)
    assert await desk.work("13:00") == []
    await follow_now(desk, chat, "Ben", FollowMode.AT_ONCE)
    await part_again(desk, one, other)
    assert await desk.work("15:00") == []


async def test_who_followed_anew_while_paused_is_not_alerted(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Ben")
    await pause(desk, chat)
    desk.clock.now = utc("13:00")
    one, other = await both(desk)
    desk.clock.now = utc("14:00")
    await follow_now(desk, chat, "Ben", FollowMode.AT_ONCE)
    await go_on(desk, chat)
    assert await desk.work("15:00") == [f"catch_up: {one}"]
    await part(desk, other)
    assert await desk.work("16:00") == []


async def test_who_had_them_muted_then_is_not_alerted(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(muted=["Ann", "Ben"])
    _, other = await both(desk)
    await desk.follow(chat, "Ben", FollowMode.AT_ONCE)
    await desk.work("13:00")
    await part(desk, other)
    assert await desk.work("14:00") == []


async def test_who_had_it_in_a_digest_is_not_alerted(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann", "Ben"], at="18:00")
    one, other = await desk.tell("Ann"), await desk.tell("Ben")
    assert await desk.work("18:00") == [f"daily 2017-11-20: {one} {other} | - | -"]
    await desk.follow(chat, "Ben", FollowMode.AT_ONCE)
    await part_again(desk, one, other)
    assert await desk.work("20:00") == []
    assert await desk.work("2017-11-21 18:00") == []


async def test_who_wants_it_at_once_since_is_alerted_once(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann", "Ben"], at="18:00")
    one, other = await both(desk)
    assert await desk.work("18:00") == [f"daily 2017-11-20: {one} | - | -"]
    await desk.follow(chat, "Ben", FollowMode.AT_ONCE)
    await part(desk, other)
    assert await desk.work("19:00") == [f"alert: {other}"]
    await part_again(desk, one, other)
    assert await desk.work("20:00") == []


async def test_one_digest_has_both_where_none_came_meanwhile(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann", "Ben"], at="18:00")
    one, other = await both(desk)
    await desk.work("14:00")
    await part(desk, other)
    assert await desk.work("18:00") == [f"daily 2017-11-20: {one} {other} | - | -"]
    assert await desk.work("2017-11-21 18:00") == []


async def part_again(desk: Desk, one: int, other: int) -> None:
    """Two events are one for a moment."""
    async with desk.database.transaction() as tx:
        await merge_events(tx, one, other, desk.clock())
    await desk.work()
    await part(desk, other)
