"""Digests when processes die, fail, or work side by side; and the weekly one's schedule."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.services.digesting import Digesting
from storage.database import Database, Transaction
from storage.model import Call, Chat, ChatState
from storage.tables import OutboxRow
from tests.support.digest_desk import READER, Desk, utc
from tests.support.portal import Killed
from tests.support.post import no_weekly
from tests.support.rows import column, rows, until_one_waits


class Dying:
    """A database whose process dies as its transactions are about to be committed, or just
    after, from the ``nth`` writing one on."""

    def __init__(self, database: Database, nth: int, *, committed: bool) -> None:
        self._database = database
        self._left = nth
        self._committed = committed

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that only reads."""
        return self._database.reading()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A writing transaction."""
        self._left -= 1
        async with self._database.transaction() as tx:
            yield tx
            if self._left <= 0 and not self._committed:
                raise Killed
        if self._left <= 0:
            raise Killed


async def digests(database: Database) -> list[int]:
    """How many digests each chat has, by chat."""
    kinds = await rows(database, OutboxRow.id, OutboxRow.chat_id, OutboxRow.kind)
    chats = [chat for _, chat, kind in kinds if kind == "digest"]
    return [chats.count(chat) for chat in sorted(set(chats))]


@pytest.mark.parametrize("committed", [False, True])
async def test_a_digest_is_made_wholly_or_not_at_all(database: Database, committed: bool) -> None:
    desk = Desk(database)
    ends = 0
    for nth in range(1, 9):
        desk.clock.now = utc("12:00") + timedelta(days=nth)
        day = str(desk.clock().date())
        chat = await desk.reader(digest=["Ann"], at="18:00", number=100 + nth)
        event = await desk.tell("Ann", day=day)
        desk.clock.now = utc("18:00", day)
        dying = Dying(database, nth, committed=committed)
        try:
            await Digesting(dying, clock=desk.clock, weekly=no_weekly).tick()  # type: ignore[arg-type]  # acts as one
        except Killed:
            ends += 1
        made = len([message async for message in kept(database, chat)])
        timetable = await desk.timetable(chat)
        assert (made == 1) == (timetable.digested_at == desk.clock())
        await desk.work()
        assert desk.telegram.texts(100 + nth) == [f"daily {day}: {event} | - | -"]
    assert ends >= 3


async def kept(database: Database, chat: Chat) -> AsyncIterator[int]:
    """The rows of the outbox that are of a chat."""
    async with database.reading() as tx:
        for message in await tx.outbox.history(chat.id, 0, 99):
            yield message.id


async def test_several_processes_make_each_digest_once(database: Database) -> None:
    desk = Desk(database)
    for number in range(1, 13):
        await desk.reader(digest=["Ann"], at="18:00", quiet=("22:00", "07:00"), number=number)
    await desk.tell("Ann")
    desk.clock.now = utc("18:00")
    processes = [Digesting(database, clock=desk.clock, weekly=no_weekly) for _ in range(3)]
    await asyncio.gather(*(process.tick() for process in processes))
    assert await digests(database) == [1] * 12
    await desk.work()
    assert len(desk.telegram.came) == 12


async def test_several_processes_end_quiet_hours_once(database: Database) -> None:
    desk = Desk(database)
    for number in range(1, 9):
        await desk.reader("Ann", quiet=("22:00", "07:00"), number=number)
    desk.clock.now = utc("23:00")
    for _ in range(5):
        await desk.tell("Ann")
    await desk.work()
    desk.clock.now = utc("2017-11-21 07:00")
    processes = [Digesting(database, clock=desk.clock, weekly=no_weekly) for _ in range(3)]
    await asyncio.gather(*(process.tick() for process in processes))
    assert await digests(database) == [1] * 8
    await desk.work()
    assert sorted(chat for _, chat, _ in desk.telegram.came) == list(range(1, 9))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_who_waits_for_who_makes_alerts_keeps_no_chat_from_others(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=("22:00", "07:00"))
    desk.clock.now = utc("22:00")
    async with database.transaction() as tx:
        await tx.locks.alerts()
        ticking = asyncio.create_task(desk.digesting.tick())
        await until_one_waits(database)
        assert await tx.chats.due("quiet_turns_at", desk.clock()) is not None
    await ticking
    async with database.reading() as tx:
        assert await tx.chats.due("quiet_turns_at", desk.clock()) is None


# --- weekly digests


class Weeks:
    """Weekly digests that say when they were made; those of ``failing`` chats fail."""

    def __init__(self, *failing: int, nothing: bool = False) -> None:
        self.failing = set(failing)
        self.nothing = nothing

    async def __call__(self, tx: Transaction, chat: Chat, now: datetime) -> Call | None:
        """The week up to now."""
        if chat.telegram_id in self.failing:
            raise ZeroDivisionError
        return None if self.nothing else Call("sendMessage", {"text": f"week to {now:%m-%d %H}"})


@pytest.mark.parametrize(("digest_at", "hour"), [(None, 9), ("18:00", 18)])
async def test_a_weekly_digest_comes_on_its_day_at_the_hour_of_digests(
    database: Database, digest_at: str | None, hour: int
) -> None:
    desk = Desk(database, weekly=Weeks())
    chat = await desk.reader(zone="Europe/Berlin")
    await desk.choose(chat, at=digest_at, weekly=2)
    due = utc("2017-11-22 00:00") + timedelta(hours=hour - 1)
    assert await desk.work(due - timedelta(seconds=1)) == []
    assert await desk.work(due) == [f"week to 11-22 {hour - 1:02}"]
    assert await desk.work(due + timedelta(hours=1)) == []
    timetable = await desk.timetable(chat)
    assert timetable.weekly_due_at == due + timedelta(days=7)
    assert timetable.weekly_sent_on == due.date()


async def test_a_weekly_digest_missed_comes_once_and_another_hour_brings_no_second(
    database: Database,
) -> None:
    desk = Desk(database, weekly=Weeks())
    chat = await desk.reader()
    await desk.choose(chat, weekly=2)
    assert await desk.work("2017-12-01 12:00") == ["week to 12-01 12"]
    assert (await desk.timetable(chat)).weekly_sent_on == utc("2017-11-29 09:00").date()
    await desk.choose(chat, at="18:00", weekly=2)
    assert await desk.work("2017-12-05 18:00") == []
    assert await desk.work("2017-12-06 18:00") == ["week to 12-06 18"]


async def test_a_week_without_news_and_one_away_have_no_message(database: Database) -> None:
    desk = Desk(database, weekly=Weeks(nothing=True))
    chat = await desk.reader()
    await desk.choose(chat, weekly=2)
    assert await desk.work("2017-11-22 09:00") == []
    assert (await desk.timetable(chat)).weekly_sent_on == utc("2017-11-22 09:00").date()
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.PAUSED, desk.clock())
    assert await desk.work("2017-11-29 09:00") == []
    timetable = await desk.timetable(chat)
    assert timetable.weekly_sent_on == utc("2017-11-22 09:00").date()
    assert timetable.weekly_due_at == utc("2017-12-06 09:00")


async def test_a_chat_that_fails_is_tried_again_and_holds_up_no_other(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    weeks = Weeks(8)
    desk = Desk(database, weekly=weeks)
    for number in (8, READER):
        chat = await desk.reader(digest=["Ann"], at="09:00", number=number)
        await desk.choose(chat, at="09:00", weekly=2)
    event = await desk.tell("Ann", day="2017-11-22")
    with caplog.at_level(logging.ERROR):
        assert await desk.work("2017-11-22 09:00") == [
            f"daily 2017-11-22: {event} | - | -",
            "week to 11-22 09",
        ]
    assert "chat 1: nothing came of weekly_due_at" in caplog.text
    assert desk.telegram.texts(8) == [f"daily 2017-11-22: {event} | - | -"]
    weeks.failing.clear()
    await desk.work("2017-11-22 09:05")
    assert desk.telegram.texts(8)[1:] == ["week to 11-22 09"]
    assert await column(database, OutboxRow.state) == ["sent"] * 4
