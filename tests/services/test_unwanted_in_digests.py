"""What readers choose after alerts of theirs were bundled into a digest holds for that too."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.schedule import TOO_OLD
from bot.services.digesting import come_back
from bot.services.outcomes import Busy
from bot.services.summaries import load_bundle
from bot.services.wanting import wants
from storage.database import Database
from storage.model import Chat, ChatState, Filter, FollowMode, MessageKind, Telling
from tests.support.digest_desk import READER, Desk, utc
from tests.support.portal import entity
from tests.support.rows import until_one_waits

QUIET = ("11:00", "14:00")
CHOICES = ["unfollow", "mute", "digest", "filter"]


async def choose(desk: Desk, chat: Chat, name: str, choice: str) -> None:
    """Let the reader want no alerts of somebody any more."""
    number = await entity(desk.database, name)
    async with desk.database.transaction() as tx:
        match choice:
            case "unfollow":
                assert await tx.chats.unfollow(chat.id, number)
            case "mute":
                assert await tx.chats.set_mode(chat.id, number, FollowMode.MUTED)
            case "digest":
                assert await tx.chats.set_mode(chat.id, number, FollowMode.DIGEST)
            case "filter":
                assert await tx.chats.set_filter(chat.id, number, Filter(must=("ceasefire",)))


@pytest.mark.parametrize("choice", CHOICES)
async def test_what_quiet_hours_held(database: Database, choice: str) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Bob", quiet=QUIET)
    for _ in range(4):
        await desk.tell("Ann")
    bobs = [await desk.tell("Bob") for _ in range(4)]
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", choice)
    assert await desk.work("14:00") == [f"quiet: {' '.join(map(str, bobs))}"]
    assert await desk.work("14:20") == []


@pytest.mark.parametrize("choice", CHOICES)
async def test_all_that_quiet_hours_held(database: Database, choice: str) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=QUIET)
    for _ in range(4):
        await desk.tell("Ann")
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", choice)
    assert await desk.work("14:00") == []
    async with database.reading() as tx:
        assert await tx.outbox.waiting() == 0


@pytest.mark.parametrize("choice", ["unfollow", "mute", "digest"])
async def test_it_does_not_make_them_many(database: Database, choice: str) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Bob", quiet=QUIET)
    for _ in range(3):
        await desk.tell("Ann")
    bobs = [await desk.tell("Bob") for _ in range(2)]
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", choice)
    assert await desk.work("14:00") == [f"alert: {bob}" for bob in bobs]


async def test_what_else_is_named_is_told(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Bob", quiet=QUIET)
    both = [await desk.tell("Ann", "Bob") for _ in range(4)]
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", "unfollow")
    assert await desk.work("14:00") == [f"quiet: {' '.join(map(str, both))}"]


async def test_what_is_for_the_digest_since_comes_with_that(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=QUIET, at="18:00")
    events = [await desk.tell("Ann") for _ in range(4)]
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", "digest")
    assert await desk.work("14:00") == []
    numbers = " ".join(map(str, events))
    assert await desk.work("18:00") == [f"daily 2017-11-20: {numbers} | - | -"]


@pytest.mark.parametrize(
    ("choice", "comes"),
    [("unfollow", False), ("mute", False), ("filter", False), ("digest", True)],
)
async def test_what_a_gap_left_out(database: Database, choice: str, *, comes: bool) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=QUIET)
    first, second = [await desk.tell("Ann", telling=Telling.CATCH_UP) for _ in range(2)]
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", choice)
    assert await desk.work("14:00") == ([f"catch_up: {first} {second}"] if comes else [])


@pytest.mark.parametrize("choice", ["unfollow", "mute", "filter"])
async def test_what_it_left_out_is_on_no_other_page_and_may_come_otherwise(
    database: Database, choice: str
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Bob", quiet=QUIET)
    about_ann = desk.happening("Ann")
    ann = await desk.story.tell(about_ann, telling=Telling.CATCH_UP)
    bob = await desk.tell("Bob", telling=Telling.CATCH_UP)
    assert await desk.work("12:05") == []
    await choose(desk, chat, "Ann", choice)
    assert await desk.work("14:00") == [f"catch_up: {bob}"]
    async with database.reading() as tx:
        messages = [await tx.outbox.message(each.id) for each in await tx.outbox.history(1, 0, 9)]
        [digest] = [each for each in messages if each and each.kind is MessageKind.DIGEST]
        found = await load_bundle(tx, digest)
    assert found
    assert [event.id for event in found.events] == [bob]
    desk.clock.now = desk.story.at = utc("15:00")
    await desk.story.reword(about_ann, f"{about_ann.text} Again [[Ann]], with [[Bob]].")
    assert await desk.work("15:05") == [f"alert: {ann}"]


@pytest.mark.parametrize("choice", ["unfollow", "mute"])
async def test_what_waited_as_a_pause_began(database: Database, choice: str) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=QUIET)
    for _ in range(2):
        await desk.tell("Ann")
    assert await desk.work("12:05") == []
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.PAUSED, utc("12:10"))
    await choose(desk, chat, "Ann", choice)
    async with database.transaction() as tx:
        paused = await tx.chats.get(chat.id)
        assert paused
        assert not await come_back(tx, paused, utc("15:00"))
    assert await desk.work("15:01") == []


async def test_what_expired_is_not_listed(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Bob", at="18:00")
    desk.telegram.answers[READER] = [Busy(86_400)]
    await desk.tell("Ann")
    assert await desk.work("12:05") == []
    bob = await desk.tell("Bob")
    assert await desk.work("12:10") == []
    await choose(desk, chat, "Ann", "unfollow")
    assert await desk.work("18:00") == []
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {bob} | - | -"]


async def test_what_a_return_finds_unsent_of_quiet_hours_is_all_told(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", digest=["Bob"], quiet=QUIET)
    events = [await desk.tell("Ann") for _ in range(4)]
    assert await desk.work("12:05") == []
    desk.clock.now = utc("14:00")
    await desk.digesting.tick()  # makes them one message, which does not go yet
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.PAUSED, desk.clock())
    desk.clock.now = utc("15:00")
    bob = await desk.tell("Bob")
    assert await desk.work("15:01") == []
    async with database.transaction() as tx:
        paused = await tx.chats.get(chat.id)
        assert paused
        await come_back(tx, paused, utc("16:00"))
    assert await desk.work("16:01") == [f"catch_up: {' '.join(map(str, [*events, bob]))}"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
@pytest.mark.parametrize("count", [1, 4])
async def test_whom_an_event_names_just_as_its_alert_is_cancelled(
    database: Database, count: int
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", "Bob", quiet=QUIET)
    told = [desk.happening("Ann") for _ in range(count)]
    events = [await desk.story.tell(each, telling=Telling.PUSH) for each in told]
    await desk.work("12:05")
    await choose(desk, chat, "Ann", "filter" if count > 1 else "mute")
    desk.clock.now = desk.story.at = utc("14:00")
    await desk.digesting.tick()
    async with database.transaction() as tx:
        await tx.locks.alerts()
        sending = asyncio.create_task(desk.send())
        await until_one_waits(database)
        await desk.story.reword(told[0], f"{told[0].text} Again [[Ann]] and [[Bob]].")
        await tx.outbox.expand(desk.clock(), TOO_OLD, wants)
    await sending
    came = [*desk.telegram.texts(), *await desk.work("14:30")]
    assert any(str(events[0]) in text.split() for text in came)
