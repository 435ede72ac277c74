"""What Telegram does to a bot on a bad day, from the portal to the chat: no alert is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.services.housekeeping import Housekeeping
from bot.standin.faults import Faults
from bot.standin.model import Call, User
from bot.telegram.texts import digests as texts
from storage.database import Database
from tests.support.databases import database_url
from tests.support.day_pages import REUTERS, WIRE, bullet
from tests.support.newsroom import Newsroom, newsroom

__all__ = ["database_url"]  # a fixture: on both engines

VISIT = bullet("[[Ann Sample]] meets [[Bob Example]].", REUTERS)
RETURN = bullet("[[Ann Sample]] flies home to [[Samplia]].", WIRE)


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Newsroom]:
    """The reader of ``talk`` follows Ann Sample; nothing has happened yet."""
    async with newsroom(database) as one:
        one.wiki.set_article("Ann Sample", qid="Q1", labels={"en": "Ann Sample"})
        one.publish(bullet("A storm hits [[Port Example]].", ("Wire", "https://wire.example/1")))
        await one.minutes(1)
        await one.follow("Ann Sample")
        yield one
        one.check_requests()


def faults(room: Newsroom) -> Faults:
    return room.talk.world.faults


def visits(room: Newsroom, reader: User | int) -> int:
    """How many messages about the visit a chat shows."""
    return sum("meets Bob Example" in one.text for one in room.talk.world.sent(reader))


def to(calls: list[Call], reader: User) -> list[bool | None]:
    """How the calls to a reader went."""
    return [call.ok for call in calls if call.params["chat_id"] == reader.id]


async def pass_seconds(room: Newsroom, seconds: float) -> None:
    room.talk.clock.pass_by(seconds=seconds)
    await room.talk.send()


async def test_retry_after_is_obeyed_and_stalls_nobody_else(room: Newsroom) -> None:
    ben = room.join("Ben")
    await room.follow("Ann Sample", reader=ben)
    faults(room).add("flood", "sendMessage", room.talk.reader.id, retry_after=90)
    room.publish(VISIT)
    await room.hold_passes()
    calls = room.new_calls()
    assert (to(calls, room.talk.reader), to(calls, ben)) == ([False], [True])
    await pass_seconds(room, 80)
    assert room.new_calls() == []
    await pass_seconds(room, 15)
    assert to(room.new_calls(), room.talk.reader) == [True]
    assert visits(room, room.talk.reader) == 1


async def test_an_edit_waits_for_retry_after_too(room: Newsroom) -> None:
    room.publish(VISIT)
    await room.hold_passes()
    faults(room).add("flood", "editMessageText", retry_after=90)
    room.publish(VISIT.replace("meets", "finally meets"))
    await room.hold_passes()
    await pass_seconds(room, 80)
    assert [call.ok for call in room.new_calls()] == [True, False]
    await pass_seconds(room, 15)
    assert [call.ok for call in room.new_calls()] == [True]
    assert "finally meets" in room.talk.newest().text


async def test_who_blocks_the_bot_is_left_alone_until_they_return(room: Newsroom) -> None:
    ada = room.talk.reader
    room.talk.world.roster.set_status(ada.id, room.talk.world.bot.id, "kicked")  # untold
    room.publish(VISIT)
    await room.hold_passes()
    (refused,) = room.new_calls()
    assert refused.code == 403
    room.publish(VISIT, RETURN)
    await room.minutes(60)
    assert room.new_calls() == []
    room.talk.world.unblock(ada)
    await room.talk.work()
    assert to(room.new_calls(), ada) == [True]
    assert room.talk.newest().text.startswith(texts.CATCH_UP_HEAD)
    assert room.talk.newest().text.count("/event_") == 2
    third = bullet("[[Ann Sample]] speaks.", ("Wire", "https://wire.example/3"))
    room.publish(VISIT, RETURN, third)
    await room.hold_passes()
    assert to(room.new_calls(), ada) == [True]
    assert "Ann Sample speaks." in room.talk.newest().text


async def test_blocking_is_noticed_before_anything_is_sent(room: Newsroom) -> None:
    room.talk.world.block(room.talk.reader)
    await room.talk.work()
    room.publish(VISIT)
    await room.minutes(60)
    assert room.new_calls() == []
    room.talk.world.unblock(room.talk.reader)
    answer = await room.talk.say("/following")
    assert "Ann Sample" in answer.text


async def test_a_group_that_moved_takes_its_follows_along(
    room: Newsroom, database: Database
) -> None:
    world = room.talk.world
    group = world.add_group("Readers", room.talk.reader)
    await follow_as(database, room, group.id)
    moved = world.migrate(group)
    await room.talk.work()
    room.publish(VISIT)
    await room.hold_passes()
    assert visits(room, moved.id) == 1
    room.publish(VISIT, RETURN)
    room.new_calls()
    await room.hold_passes()
    chats = {call.params["chat_id"] for call in room.new_calls() if call.ok}
    assert chats == {moved.id, room.talk.reader.id}


async def follow_as(database: Database, room: Newsroom, telegram_id: int) -> None:
    """Let a chat follow Ann Sample, as groups can't by themselves yet."""
    at = room.talk.clock.now
    async with database.transaction() as tx:
        entity = await tx.entities.by_qid("Q1")
        assert entity is not None
        chat = await tx.chats.chat(telegram_id, at)
        await tx.chats.follow(chat.id, entity.id, at)


@pytest.mark.parametrize("kind", ["server_error", "not_json", "reset_before"])
async def test_what_was_not_taken_is_sent_again_once(room: Newsroom, kind: str) -> None:
    faults(room).add(kind, "sendMessage", times=3)  # type: ignore[arg-type]
    room.publish(VISIT)
    await room.hold_passes()
    await room.minutes(5)
    assert [call.ok for call in room.new_calls()] == [False, False, False, True]
    assert visits(room, room.talk.reader) == 1


async def test_a_lost_answer_repeats_at_most_that_one_message(room: Newsroom) -> None:
    ben = room.join("Ben")
    await room.follow("Ann Sample", reader=ben)
    faults(room).add("reset_after", "sendMessage", room.talk.reader.id)
    room.publish(VISIT)
    await room.hold_passes()
    await room.minutes(30)
    assert visits(room, ben) == 1
    assert visits(room, room.talk.reader) == 2  # Telegram knows no idempotency key


async def test_an_alert_that_nobody_took_for_a_day_comes_as_what_was_missed(
    room: Newsroom, database: Database
) -> None:
    fault = faults(room).add("server_error", "sendMessage", times=None)
    room.publish(VISIT)
    await room.hold_passes()
    room.talk.clock.pass_by(hours=25)
    await Housekeeping(database, clock=room.talk.clock).sweep()
    faults(room).remove(fault)
    room.new_calls()
    await room.minutes(5)
    assert to(room.new_calls(), room.talk.reader) == [True]
    assert room.talk.newest().text.startswith(texts.CATCH_UP_HEAD)


async def test_a_day_of_silence_at_telegram_delays_and_loses_nothing(room: Newsroom) -> None:
    fault = faults(room).add("reset_before", "sendMessage", times=None)
    room.publish(VISIT)
    await room.hold_passes()
    room.publish(VISIT.replace("meets", "finally meets"))
    await room.minutes(60)
    faults(room).remove(fault)
    room.new_calls()
    await room.minutes(10)
    assert [call.method for call in room.new_calls()] == ["sendMessage"]
    assert "finally meets" in room.talk.newest().text
