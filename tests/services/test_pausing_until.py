"""Pauses that end by themselves, on both databases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest

from bot.services.conversation import Conversation
from bot.services.digesting import Digesting
from bot.services.exporting import Span, write_part
from bot.services.pausing import NotPaused, WentOn
from bot.services.places import Places
from bot.services.settings import ChatSettings, Preferences
from storage.database import Database, Transaction
from storage.model import Chat, ChatState
from tests.services.test_digesting_processes import Dying
from tests.support.digest_desk import READER, Desk, utc
from tests.support.portal import Killed
from tests.support.post import no_weekly
from tests.support.requests import Kept, request, undressed


@pytest.fixture
def preferences(database: Database) -> Preferences:
    return Preferences(Conversation(database, dress=undressed), Places())


async def paused(desk: Desk, preferences: Preferences, typed: str) -> ChatSettings:
    """The reader pauses for as long as is typed."""
    kept: Kept[ChatSettings | NotPaused] = Kept()
    await preferences.pause(replace(request(READER), at=desk.clock()), kept, typed)
    assert await desk.work() == ["ok"]
    assert isinstance(kept.only, ChatSettings)
    return kept.only


async def chat_of(database: Database, chat: Chat) -> Chat:
    """The chat as it is now."""
    async with database.reading() as tx:
        found = await tx.chats.get(chat.id)
    assert found is not None
    return found


async def test_a_pause_ends_by_itself_and_brings_what_was_missed(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    settings = await paused(desk, preferences, "3 days")
    assert settings.paused_until == utc("2017-11-23 12:00")
    desk.clock.now = utc("2017-11-22 13:00")
    events = [await desk.tell("Ann", day="2017-11-22") for _ in range(2)]
    assert await desk.work("2017-11-23 11:59") == []
    both = " ".join(map(str, events))
    assert await desk.work("2017-11-23 12:00") == [f"catch_up: {both}"]
    now = await chat_of(database, chat)
    assert (now.state, now.state_since) == (ChatState.ACTIVE, utc("2017-11-23 12:00"))
    assert now.paused_until is None
    later = await desk.tell("Ann", day="2017-11-23")
    assert await desk.work("2017-11-23 12:20") == [f"alert: {later}"]


async def test_a_pause_in_which_nothing_happened_ends_without_a_word(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await paused(desk, preferences, "2h")
    assert await desk.work("14:00") == []
    assert (await chat_of(database, chat)).state is ChatState.ACTIVE


async def test_the_day_is_that_of_the_readers_zone(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", zone="Asia/Tokyo")
    settings = await paused(desk, preferences, "until Wednesday")
    assert settings.chat.paused_until == utc("2017-11-21 15:00")
    assert f"{settings.paused_until:%m-%d %H:%M}" == "11-22 00:00"


async def test_what_a_pause_missed_waits_for_the_end_of_quiet_hours(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=("22:00", "07:00"))
    await paused(desk, preferences, "until tomorrow")
    event = await desk.tell("Ann")
    assert await desk.work("2017-11-21 00:00") == []
    assert await desk.work("2017-11-21 07:00") == [f"catch_up: {event}"]


async def test_a_digest_due_as_a_pause_ends_tells_nothing_twice(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Ben"], at="18:00")
    await paused(desk, preferences, "until 18:00")
    desk.clock.now = utc("13:00")
    events = [await desk.tell("Ann"), await desk.tell("Ben")]
    assert await desk.work("18:00") == [f"catch_up: {' '.join(map(str, events))}"]
    assert await desk.work("2017-11-21 18:00") == []


async def test_a_pause_may_be_given_another_end_or_none(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await paused(desk, preferences, "2 hours")
    event = await desk.tell("Ann")
    desk.clock.now = utc("13:00")
    longer = await paused(desk, preferences, "1 day")
    assert longer.paused_until == utc("2017-11-21 13:00")
    assert longer.chat.state_since == utc("12:00")
    assert await desk.work("14:00") == []
    endless = await paused(desk, preferences, "")
    assert (endless.is_paused, endless.paused_until) == (True, None)
    assert await desk.work("2017-11-21 13:00") == []
    kept: Kept[WentOn] = Kept()
    await preferences.go_on(replace(request(READER), at=desk.clock()), kept)
    assert kept.only == WentOn(was=True, missed=True)
    assert await desk.work() == ["ok", f"catch_up: {event}"]
    assert (await chat_of(database, chat)).state is ChatState.ACTIVE


async def test_who_goes_on_before_the_end_has_no_second_one(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await paused(desk, preferences, "1 day")
    await desk.tell("Ann")
    await preferences.go_on(replace(request(READER), at=desk.clock()), Kept[WentOn]())
    assert len(await desk.work("13:00")) == 2
    assert (await chat_of(database, chat)).paused_until is None
    assert await desk.work("2017-11-21 12:00") == []


@pytest.mark.parametrize("committed", [False, True])
async def test_what_a_pause_missed_comes_once_whenever_the_process_dies(
    database: Database, preferences: Preferences, committed: bool
) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    ends = 0
    for nth in range(1, 4):
        await paused(desk, preferences, "1 hour")
        event = await desk.tell("Ann")
        assert await desk.work() == []
        desk.clock.pass_by(3600)
        dying = Dying(database, nth, committed=committed)
        try:
            await Digesting(dying, clock=desk.clock, weekly=no_weekly).tick()  # type: ignore[arg-type]  # acts as one
        except Killed:
            ends += 1
        assert await desk.work() == [f"catch_up: {event}"]
    assert ends >= 1


class Interrupted:
    """A database whose first writing fails; then somebody else is before the next one."""

    def __init__(self, database: Database, then: Callable[[], Awaitable[object]]) -> None:
        self._database = database
        self._then = then
        self._writings = 0

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that only reads."""
        return self._database.reading()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A writing transaction."""
        self._writings += 1
        if self._writings == 2:
            await self._then()
        async with self._database.transaction() as tx:
            yield tx
            if self._writings == 1:
                raise OSError


@pytest.mark.parametrize(
    ("typed", "until"), [("", None), ("3 days", "2017-11-23 13:00"), (None, None)]
)
async def test_who_chooses_anew_while_an_end_fails_has_what_they_chose(
    database: Database, preferences: Preferences, typed: str | None, until: str | None
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await paused(desk, preferences, "1 hour")
    desk.clock.now = utc("13:00")

    async def choose() -> None:
        asked = replace(request(READER), at=desk.clock())
        if typed is None:
            await preferences.go_on(asked, Kept[WentOn]())
        else:
            await preferences.pause(asked, Kept[ChatSettings | NotPaused](), typed)

    failing = Interrupted(database, choose)
    await Digesting(failing, clock=desk.clock, weekly=no_weekly).tick()  # type: ignore[arg-type]  # acts as one
    for time in ("13:00", "13:05"):
        await desk.work(time)
        now = await chat_of(database, chat)
        assert now.state is (ChatState.ACTIVE if typed is None else ChatState.PAUSED)
        assert now.paused_until == (utc(until) if until else None)


async def test_a_pause_whose_end_fails_ends_some_minutes_later(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await paused(desk, preferences, "1 hour")
    desk.clock.now = utc("13:00")
    failing = Interrupted(database, partial(chat_of, database, chat))
    await Digesting(failing, clock=desk.clock, weekly=no_weekly).tick()  # type: ignore[arg-type]  # acts as one
    assert (await chat_of(database, chat)).paused_until == utc("13:02")
    await desk.work("13:02")
    assert (await chat_of(database, chat)).state is ChatState.ACTIVE


async def test_only_who_pauses_has_a_pause_that_ends(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    async with database.transaction() as tx:
        timetable = await tx.chats.timetable(chat.id)
        await tx.chats.plan(chat.id, replace(timetable, paused_until=desk.clock()))
        assert await tx.chats.due("paused_until", desk.clock()) is None
    assert await asyncio.wait_for(desk.work("13:00"), 60) == []


async def test_several_processes_end_each_pause_once(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    readers = list(range(1, 9))
    for number in readers:
        await desk.reader("Ann", number=number)
        asked = replace(request(number), at=desk.clock())
        await preferences.pause(asked, Kept[ChatSettings | NotPaused](), "1 hour")
    await desk.tell("Ann")
    await desk.work()
    desk.clock.now = utc("13:00")
    processes = [Digesting(database, clock=desk.clock, weekly=no_weekly) for _ in range(3)]
    asked = replace(request(readers[0]), at=desk.clock())
    going_on = preferences.go_on(asked, Kept[WentOn]())
    await asyncio.gather(going_on, *(process.tick() for process in processes))
    desk.telegram.came.clear()
    await desk.work()
    digests = [chat for _, chat, text in desk.telegram.came if text.startswith("catch_up")]
    assert sorted(digests) == readers


async def test_the_end_of_a_pause_is_exported_and_forgotten(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann")
    await paused(desk, preferences, "1 day")
    async with database.transaction() as tx:
        exported = await write_part(tx, {}, [Span(chat.id, head=True)])
        (head,) = json.loads(exported)["chats"]
        assert head["paused_until"] == "2017-11-21T12:00:00+00:00"
        await tx.chats.forget(READER)
        assert await tx.chats.due("paused_until", utc("2017-11-30 12:00")) is None
    assert (await chat_of(database, chat)).paused_until is None
