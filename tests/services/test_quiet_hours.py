"""Quiet hours hold alerts and digests, and let them go at their end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.hours import written_minute
from storage.database import Database
from storage.model import Call, ChatState, MessageKind, Telling
from tests.support.digest_desk import READER, Desk, utc

NIGHT = ("22:00", "07:00")
MORNING = "2017-11-21 07:00"


@pytest.mark.parametrize(
    ("at", "held"), [("21:59", False), ("22:00", True), ("2017-11-21 06:59", True)]
)
async def test_the_first_minute_is_quiet_and_the_last_one_is_not(
    database: Database, at: str, held: bool
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc(at)
    event = await desk.tell("Ann")
    assert await desk.work() == ([] if held else [f"alert: {event}"])
    assert await desk.work(MORNING) == ([f"alert: {event}"] if held else [])


async def test_an_alert_of_the_minute_in_which_quiet_hours_end_goes(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    assert await desk.work("23:00") == []
    desk.clock.now = utc(MORNING)
    event = await desk.tell("Ann")
    assert await desk.work() == [f"alert: {event}"]


async def test_nothing_goes_in_the_second_before_the_turn_is_noticed(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    await desk.work("21:59")
    desk.clock.now = utc("22:00")
    await desk.tell("Ann")
    await desk.expanding.expand()
    await desk.send()  # and no tick
    assert desk.telegram.texts() == []


@pytest.mark.parametrize(("count", "singly"), [(1, True), (3, True), (4, False), (15, False)])
async def test_up_to_three_alerts_go_singly_and_more_as_one_digest(
    database: Database, count: int, singly: bool
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    events = [await desk.tell("Ann") for _ in range(count)]
    assert await desk.work() == []
    together = [f"quiet: {' '.join(map(str, events))}"]
    assert await desk.work(MORNING) == [f"alert: {n}" for n in events] if singly else together


async def test_alerts_of_withdrawn_events_do_not_count_and_go_when_these_return(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    gone = desk.happening("Ann")
    first = await desk.story.tell(gone, telling=Telling.PUSH)
    events = [await desk.tell("Ann") for _ in range(3)]
    await desk.withdraw(gone)
    assert await desk.work(MORNING) == [f"alert: {event}" for event in events]
    desk.clock.now = utc("2017-11-21 08:00")
    desk.story.at = desk.clock()
    await desk.story.tell(gone, telling=Telling.PUSH)
    assert await desk.work("2017-11-21 08:15") == [f"alert: {first}"]


async def test_a_digest_in_quiet_hours_comes_at_their_end(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann"], at="23:30", quiet=NIGHT)
    event = await desk.tell("Ann")
    assert await desk.work("23:30") == []
    desk.clock.pass_by(1)
    later = await desk.tell("Ann")
    assert await desk.work(MORNING) == [f"daily 2017-11-20: {event} | - | -"]
    assert await desk.work("2017-11-21 23:30") == []
    at_end = await desk.work("2017-11-22 07:00")
    assert at_end == [f"daily 2017-11-21: {later} | - | -"]


async def test_a_digest_at_the_end_of_quiet_hours_follows_what_they_held(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Bob"], at="07:00", quiet=NIGHT)
    await desk.work("2017-11-20 12:00")
    desk.clock.now = utc("23:00")
    alert, mine = await desk.tell("Ann"), await desk.tell("Bob")
    assert await desk.work() == []
    assert await desk.work(MORNING) == [f"alert: {alert}", f"daily 2017-11-21: {mine} | - | -"]


async def test_answers_are_not_held(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(quiet=NIGHT)
    await desk.work("23:00")
    async with database.transaction() as tx:
        await tx.outbox.reply(chat.id, [Call("sendMessage", {"text": "Here."})], desk.clock())
    assert await desk.work() == ["Here."]


async def test_edits_are_not_held(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    told = desk.happening("Ann")
    number = await desk.story.tell(told, telling=Telling.PUSH)
    assert await desk.work("21:00") == [f"alert: {number}"]
    desk.clock.now = utc("23:00")
    desk.story.at = desk.clock()
    await desk.story.reword(told, f"{told.text} Again [[Ann]].")
    await desk.work()
    async with database.transaction() as tx:
        (row,) = [m for m in await tx.outbox.history(1, 0, 9) if m.kind is MessageKind.ALERT]
        message = await tx.outbox.message(row.id)
    assert message is not None
    assert not message.stale
    assert message.revision == 2


# --- when they change


@pytest.mark.parametrize("count", [2, 5])
async def test_quiet_hours_cleared_while_it_is_quiet_let_go_what_they_held(
    database: Database, count: int
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    events = [await desk.tell("Ann") for _ in range(count)]
    assert await desk.work() == []
    await desk.choose(chat)
    together = [f"quiet: {' '.join(map(str, events))}"]
    assert await desk.work() == ([f"alert: {n}" for n in events] if count <= 3 else together)


async def test_quiet_hours_moved_away_let_go_and_moved_here_hold(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    first = await desk.tell("Ann")
    assert await desk.work() == []
    await desk.choose(chat, quiet=("00:30", "07:00"))
    assert await desk.work() == [f"alert: {first}"]
    second = await desk.tell("Ann")
    await desk.choose(chat, quiet=("22:30", "06:00"))
    assert await desk.work() == []
    assert await desk.work("2017-11-21 06:00") == [f"alert: {second}"]


@pytest.mark.parametrize("end", ["05:30", "09:30"])
async def test_another_end_while_it_is_quiet_lets_go_then(database: Database, end: str) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    events = [await desk.tell("Ann") for _ in range(2)]
    assert await desk.work() == []
    await desk.choose(chat, quiet=("22:00", end))
    assert await desk.work("23:10") == []
    before = utc(f"2017-11-21 {end}") - timedelta(seconds=1)
    assert await desk.work(before) == []
    assert await desk.work(f"2017-11-21 {end}") == [f"alert: {event}" for event in events]
    assert await desk.work("2017-11-21 10:00") == []


async def test_quiet_hours_that_are_to_begin_when_the_others_ended_hold_nothing_before(
    database: Database,
) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    event = await desk.tell("Ann")
    assert await desk.work() == []
    await desk.choose(chat, quiet=("07:00", "22:00"))
    assert await desk.work("23:01") == [f"alert: {event}"]


async def test_a_new_zone_moves_them_at_once(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    event = await desk.tell("Ann")
    assert await desk.work() == []
    await desk.choose(chat, quiet=NIGHT, zone="Asia/Tokyo")  # 8:00 there
    assert await desk.work() == [f"alert: {event}"]


async def test_their_end_while_nothing_ran_is_made_up_for(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    await desk.work("21:00")
    desk.clock.now = utc("23:00")
    events = [await desk.tell("Ann") for _ in range(4)]
    await desk.expanding.expand()
    assert await desk.work("2017-11-21 09:00") == [f"quiet: {' '.join(map(str, events))}"]


async def test_a_paused_chat_gets_nothing_at_their_end(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", quiet=NIGHT)
    desk.clock.now = utc("23:00")
    for _ in range(5):
        await desk.tell("Ann")
    assert await desk.work() == []
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.PAUSED, desk.clock())
    assert await desk.work(MORNING) == []


# --- where clocks change


@pytest.mark.parametrize(
    ("zone", "quiet", "held", "end"),
    [
        # Berlin, 2:00 becomes 3:00: an end that is skipped is an hour after the change.
        ("Europe/Berlin", ("23:00", "02:30"), "2017-03-26 00:59", "2017-03-26 01:30"),
        # 3:00 becomes 2:00: the first half past two ends them.
        ("Europe/Berlin", ("23:00", "02:30"), "2017-10-29 00:29", "2017-10-29 00:30"),
        # São Paulo, midnight becomes 1:00.
        ("America/Sao_Paulo", ("23:00", "00:15"), "2017-10-15 03:14", "2017-10-15 03:15"),
        ("America/Sao_Paulo", ("00:00", "06:00"), "2017-10-15 03:00", "2017-10-15 08:00"),
        ("Asia/Kathmandu", ("22:00", "06:45"), "2017-10-29 00:59", "2017-10-29 01:00"),
    ],
)
async def test_they_begin_and_end_once_where_clocks_change(
    database: Database, zone: str, quiet: tuple[str, str], held: str, end: str
) -> None:
    desk = Desk(database, utc(held) - timedelta(hours=8))
    await desk.reader("Ann", quiet=quiet, zone=zone)
    await desk.work()
    desk.clock.now = utc(held)
    event = await desk.tell("Ann", day=held[:10])
    assert await desk.work() == []
    assert await desk.work(utc(end) - timedelta(seconds=1)) == []
    assert await desk.work(end) == [f"alert: {event}"]
    after = await desk.tell("Ann", day=held[:10])
    assert await desk.work(utc(end) + timedelta(minutes=61)) == [f"alert: {after}"]


async def test_where_clocks_skip_all_of_them_nothing_is_held(database: Database) -> None:
    # Berlin, 26 March: 2:00 to 3:00 is no time at all.
    desk = Desk(database, utc("2017-03-25 20:00"))
    chat = await desk.reader("Ann", quiet=("02:00", "03:00"), zone="Europe/Berlin")
    await desk.work()
    for minute in (59, 60, 61):
        desk.clock.now = utc("2017-03-26 00:00") + timedelta(minutes=minute)
        event = await desk.tell("Ann", day="2017-03-26")
        assert await desk.work() == [f"alert: {event}"], written_minute(minute)
    assert (await desk.timetable(chat)).quiet_turns_at == utc("2017-03-27 00:00")
