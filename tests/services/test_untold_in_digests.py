"""What a digest was to tell and does not, as it is withdrawn when that goes, or as the digest is
refused: it is told later."""

from __future__ import annotations

import pytest

from bot.services.merging import merge_events
from bot.services.outcomes import Busy, Refused
from storage.database import Database
from storage.model import Account, Telling
from tests.support.digest_desk import READER, Desk, utc

QUIET = ("11:00", "14:00")


async def back(desk: Desk, told: Account, at: str) -> None:
    """A page says again what it did not any more."""
    desk.clock.now = desk.story.at = utc(at)
    await desk.story.tell(told, telling=Telling.PUSH)


async def test_what_returns_after_a_catch_up_comes_by_itself(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=QUIET)
    gone = desk.happening("Ann")
    first = await desk.story.tell(gone, telling=Telling.CATCH_UP)
    second = await desk.tell("Ann", telling=Telling.CATCH_UP)
    assert await desk.work("12:05") == []
    desk.clock.now = utc("12:30")
    await desk.withdraw(gone)
    assert await desk.work("14:01") == [f"catch_up: {second}"]
    assert await desk.work("14:30") == []
    await back(desk, gone, "15:00")
    assert await desk.work("15:05") == [f"alert: {first}"]
    assert await desk.work("15:30") == []


async def test_what_returns_after_what_quiet_hours_held_comes_by_itself(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=QUIET)
    told = [desk.happening("Ann") for _ in range(5)]
    events = [await desk.story.tell(each, telling=Telling.PUSH) for each in told]
    assert await desk.work("12:05") == []
    desk.telegram.answers[READER] = [Busy(600)]
    assert await desk.work("14:00") == []
    desk.clock.now = utc("14:05")
    await desk.withdraw(told[0])
    assert await desk.work("14:15") == [f"quiet: {' '.join(map(str, events[1:]))}"]
    await back(desk, told[0], "15:00")
    assert await desk.work("15:05") == [f"alert: {events[0]}"]


@pytest.mark.parametrize("at", ["2017-11-21 15:00", "2017-11-25 15:00"])
async def test_what_returns_after_all_of_it_was_away_for_a_day_comes(
    database: Database, at: str
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=QUIET)
    gone = [desk.happening("Ann") for _ in range(2)]
    events = [await desk.story.tell(each, telling=Telling.CATCH_UP) for each in gone]
    assert await desk.work("12:05") == []
    for each in gone:
        await desk.withdraw(each)
    assert await desk.work("14:00") == []
    assert await desk.work("2017-11-21 14:10") == []  # too late for the digest itself
    for each in gone:
        await back(desk, each, at)
    came = await desk.work(f"{at[:10]} 15:10")
    assert came == [f"catch_up: {events[0]} {events[1]}"]
    assert await desk.work(f"{at[:10]} 15:30") == []


async def test_what_returns_and_is_two_alerts_merged_since_comes_once(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=QUIET)
    gone = [desk.happening("Ann") for _ in range(2)]
    events = [await desk.story.tell(each, telling=Telling.CATCH_UP) for each in gone]
    stays = await desk.tell("Ann", telling=Telling.CATCH_UP)
    assert await desk.work("12:05") == []
    async with database.transaction() as tx:
        await merge_events(tx, events[0], events[1], utc("12:10"))
    for each in gone:
        await desk.withdraw(each)
    assert await desk.work("14:00") == [f"catch_up: {stays}"]
    await back(desk, gone[0], "15:00")
    assert await desk.work("15:05") == [f"alert: {events[0]}"]
    assert await desk.work("2017-11-21 16:00") == []


async def test_what_returns_before_that_comes_with_it(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=QUIET)
    gone = [desk.happening("Ann") for _ in range(2)]
    events = [await desk.story.tell(each, telling=Telling.CATCH_UP) for each in gone]
    assert await desk.work("12:05") == []
    for each in gone:
        await desk.withdraw(each)
    assert await desk.work("14:00") == []
    for each in gone:
        await back(desk, each, "15:00")
    assert await desk.work("15:10") == [f"catch_up: {events[0]} {events[1]}"]


@pytest.mark.parametrize("alone", [False, True])
async def test_the_next_digest_has_what_returns_after_one(
    database: Database, *, alone: bool
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann", "Bob"], at="13:00", quiet=QUIET)
    gone = desk.happening("Ann")
    first = await desk.story.tell(gone, telling=Telling.PUSH)
    others = [] if alone else [await desk.tell("Bob")]
    assert await desk.work("13:00") == []
    desk.clock.now = utc("13:10")
    await desk.withdraw(gone)
    assert await desk.work("14:00") == [f"daily 2017-11-20: {n} | - | -" for n in others]
    assert await desk.work("2017-11-21 14:00") == []  # not there yet
    await back(desk, gone, "2017-11-21 15:00")
    assert await desk.work("2017-11-21 15:05") == []
    assert await desk.work("2017-11-22 13:00") == []
    assert await desk.work("2017-11-22 14:00") == [f"daily 2017-11-22: {first} | - | -"]
    assert await desk.work("2017-11-23 14:00") == []


async def test_a_week_later_no_digest_has_it(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann"], at="13:00", quiet=QUIET)
    gone = desk.happening("Ann")
    await desk.story.tell(gone, telling=Telling.PUSH)
    assert await desk.work("13:00") == []
    await desk.withdraw(gone)
    assert await desk.work("14:00") == []
    await back(desk, gone, "2017-11-28 15:00")
    assert await desk.work("2017-11-29 14:00") == []


async def test_what_a_refused_digest_was_to_tell_goes_one_by_one(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=QUIET)
    events = [await desk.tell("Ann") for _ in range(4)]
    assert await desk.work("12:05") == []
    desk.telegram.answers[READER] = [Refused("message is too long")]
    assert await desk.work("14:00") == [f"alert: {event}" for event in events]
    assert await desk.work("15:00") == []
