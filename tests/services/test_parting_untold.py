"""Of two events that were one for a while, who was told of one hears of the other."""

from __future__ import annotations

from datetime import timedelta

from bot.services.digesting import come_back
from bot.services.merging import merge_events, unmerge_event
from storage.database import Database
from storage.model import Chat
from tests.support.digest_desk import Desk, utc

HOUR = timedelta(hours=1)


async def both(desk: Desk) -> tuple[int, int]:
    """Two events, announced each by itself, that turn out to be one."""
    events = await desk.tell("Ann"), await desk.tell("Ben")
    await desk.work()
    async with desk.database.transaction() as tx:
        await merge_events(tx, *events, desk.clock())
    return events


async def part(desk: Desk, number: int) -> None:
    """They were not."""
    async with desk.database.transaction() as tx:
        await unmerge_event(tx, number, desk.clock())


async def pause(desk: Desk, chat: Chat) -> None:
    async with desk.database.transaction() as tx:
        await tx.chats.pause(chat.id, desk.clock())


async def go_on(desk: Desk, chat: Chat) -> None:
    async with desk.database.transaction() as tx:
        paused = await tx.chats.get(chat.id)
        assert paused is not None
        await come_back(tx, paused, desk.clock())


async def test_the_next_digest_has_the_event_that_the_last_one_told_as_another(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann", "Ben"], at="18:00")
    one, other = await both(desk)
    assert await desk.work("18:00") == [f"daily 2017-11-20: {one} | - | -"]
    await part(desk, other)
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {other} | - | -"]
    assert await desk.work("2017-11-22 18:00") == []


async def test_who_paused_while_they_were_one_is_alerted_of_the_other(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Ben")
    await pause(desk, chat)
    desk.clock.now += HOUR
    one, other = await both(desk)
    await go_on(desk, chat)
    assert await desk.work("15:00") == [f"catch_up: {one}"]
    await part(desk, other)
    assert await desk.work("16:00") == [f"alert: {other}"]
    assert await desk.work("17:00") == []


async def test_what_is_too_old_to_be_alerted_is_not_announced_again(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Ben")
    await pause(desk, chat)
    desk.clock.now += HOUR
    _, other = await both(desk)
    await go_on(desk, chat)
    await desk.work()
    desk.clock.now = utc("2017-11-28 12:00")
    await desk.choose(chat, at="18:00")
    await part(desk, other)
    assert await desk.work() == []
    assert await desk.work("18:00") == []


async def test_who_was_told_of_both_hears_of_none_again(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", "Ben", at="18:00")
    one, other = await both(desk)
    assert desk.telegram.texts() == [f"alert: {one}", f"alert: {other}"]
    await desk.work("14:00")
    await part(desk, other)
    assert await desk.work("15:00") == []
    assert await desk.work("18:00") == []
