"""A digest comes once for each local date, whatever becomes of hours, zones and clocks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import Database
from tests.support.digest_desk import Desk, utc


@pytest.mark.parametrize("hours_late", [1, 20, 72])
async def test_a_digest_missed_while_nothing_ran_comes_at_once_and_only_once(
    database: Database, hours_late: int
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann"], at="18:00")
    event = await desk.tell("Ann")
    at = utc("18:00") + timedelta(hours=hours_late)
    day = (at - timedelta(hours=18)).date()  # of the last hour of digests that has passed
    assert await desk.work(at) == [f"daily {day}: {event} | - | -"]
    next_one = await desk.tell("Ann")
    assert await desk.work(at + timedelta(minutes=1)) == []
    due = utc("18:00", str(day + timedelta(days=1)))
    assert await desk.work(due) == [f"daily {due.date()}: {next_one} | - | -"]


async def test_a_new_hour_brings_no_second_digest_that_day(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="13:00")
    first = await desk.tell("Ann")
    assert await desk.work("13:00") == [f"daily 2017-11-20: {first} | - | -"]
    second = await desk.tell("Ann")
    await desk.choose(chat, at="20:00")
    assert await desk.work("20:00") == []
    assert await desk.work("2017-11-21 19:59") == []
    assert await desk.work("2017-11-21 20:00") == [f"daily 2017-11-21: {second} | - | -"]


async def test_a_new_hour_before_the_digest_moves_it(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="13:00")
    event = await desk.tell("Ann")
    await desk.choose(chat, at="20:00")
    assert await desk.work("13:00") == []
    assert await desk.work("20:00") == [f"daily 2017-11-20: {event} | - | -"]


async def test_off_and_on_again_is_no_second_digest_that_day(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="13:00")
    await desk.tell("Ann")
    assert len(await desk.work("13:00")) == 1
    await desk.choose(chat)
    between = await desk.tell("Ann")
    desk.clock.now = utc("14:00")
    await desk.choose(chat, at="15:00")
    later = await desk.tell("Ann")
    assert await desk.work("15:00") == []
    assert await desk.work("2017-11-21 15:00") == [f"daily 2017-11-21: {later} | - | -"]
    assert between < later


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Asia/Kathmandu", "2017-11-21 07:15"),  # 13:00 at UTC+5:45
        ("Pacific/Honolulu", "2017-11-21 23:00"),  # of the 20th it had one
    ],
)
async def test_a_new_zone_brings_no_second_digest_on_one_local_date(
    database: Database, zone: str, due: str
) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="13:00")
    await desk.tell("Ann")
    assert len(await desk.work("13:00")) == 1
    event = await desk.tell("Ann")
    await desk.choose(chat, at="13:00", zone=zone)
    at = utc(due)
    assert await desk.work(at - timedelta(minutes=1)) == []
    assert await desk.work(at) == [f"daily 2017-11-21: {event} | - | -"]


async def test_a_digest_that_is_due_stays_due_when_something_else_is_chosen(
    database: Database,
) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="13:00")
    event = await desk.tell("Ann")
    desk.clock.now = utc("13:00") + timedelta(seconds=3)
    await desk.choose(chat, at="13:00", quiet=("22:00", "07:00"))
    assert await desk.work() == [f"daily 2017-11-20: {event} | - | -"]


@pytest.mark.parametrize(
    ("zone", "hour", "due"),
    [
        # Berlin puts clocks back at 3:00 and forward at 2:00, São Paulo forward at midnight.
        ("Europe/Berlin", "02:30", ["2017-10-29 00:30", "2017-10-30 01:30"]),
        ("Europe/Berlin", "02:30", ["2017-03-26 01:30", "2017-03-27 00:30"]),
        ("America/Sao_Paulo", "00:30", ["2017-10-15 03:30", "2017-10-16 02:30"]),
    ],
)
async def test_an_hour_that_clocks_skip_or_repeat_has_one_digest(
    database: Database, zone: str, hour: str, due: list[str]
) -> None:
    first = utc(due[0])
    desk = Desk(database, first - timedelta(hours=3))
    await desk.reader(digest=["Ann"], at=hour, zone=zone)
    for text in due:
        at, day = utc(text), text[:10]
        desk.clock.pass_by(1)
        event = await desk.tell("Ann", day=day)
        assert await desk.work(at - timedelta(minutes=1)) == []
        assert await desk.work(at) == [f"daily {day}: {event} | - | -"]
        assert await desk.work(at + timedelta(hours=1)) == []
        assert await desk.work(at + timedelta(hours=2)) == []
