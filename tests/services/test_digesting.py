"""Daily digests: what they cover, once each, whatever else happens."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.model import ChatState, Filter, FollowMode, Telling
from storage.tables import DigestItemRow, OutboxRow
from tests.support.digest_desk import READER, Desk, utc
from tests.support.rows import count
from tests.support.statements import asked


async def test_a_digest_lists_what_concerns_the_chat_then_what_it_was_told_then_others(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Bob"], at="18:00")
    told = await desk.tell("Ann")
    mine = await desk.tell("Bob")
    other = await desk.tell("Carl")
    assert await desk.work("12:01") == [f"alert: {told}"]
    assert await desk.work("17:59") == []
    assert await desk.work("18:00") == [f"daily 2017-11-20: {mine} | {told} | {other}"]
    assert await desk.work("2017-11-21 18:00") == []


async def test_of_others_no_mentions_are_read_to_make_a_digest(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Bob"], at="18:00")
    other = await desk.tell("Carl")
    desk.clock.now = utc("18:00")
    with asked(database) as statements:
        await desk.digesting.tick()
    assert not [each for each in statements if "mentions.words" in each.sql]
    assert await desk.work() == [f"daily 2017-11-20: - | - | {other}"]


async def test_what_was_shown_since_the_last_one_comes_whatever_its_day(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Bob"], at="18:00")
    late = await desk.tell("Bob", day="2017-11-16")
    assert await desk.work("18:00") == [f"daily 2017-11-20: {late} | - | -"]
    new = await desk.tell("Bob", day="2017-11-18")
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {new} | - | -"]


async def test_nothing_new_is_no_message_and_is_not_looked_at_again(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader("Ann", at="18:00")
    await desk.tell("Ann")
    assert len(await desk.work("13:00")) == 1
    assert await desk.work("18:00") == []
    timetable = await desk.timetable(chat)
    assert (timetable.digested_at, timetable.digest_due_at) == (
        utc("18:00"),
        utc("2017-11-21 18:00"),
    )


async def test_a_filter_decides_what_concerns_the_chat(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(at="18:00")
    await desk.follow(chat, "Bob", FollowMode.DIGEST, Filter(categories=("Law and crime",)))
    wanted = await desk.tell("Bob", category="Law and crime")
    await desk.tell("Bob", category="Sports")
    assert await desk.work("18:00") == [f"daily 2017-11-20: {wanted} | - | -"]


async def test_an_alert_that_is_still_to_be_made_is_not_told_twice(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", digest=["Bob"], at="18:00")
    both = await desk.tell("Ann", "Bob")
    desk.clock.now = utc("18:00")
    await desk.digesting.tick()
    await desk.send()
    assert desk.telegram.texts() == []
    assert await desk.work() == [f"alert: {both}"]


async def test_an_alert_that_expired_is_listed_once(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", at="13:30")
    event = await desk.tell("Ann")
    desk.clock.now = utc("12:01")
    await desk.expanding.expand()  # and nobody sends
    desk.clock.now = utc("13:30")
    await desk.digesting.tick()  # it may still be sent
    assert await desk.work("2017-11-21 13:29") == []
    assert await desk.work("2017-11-21 13:30") == [f"daily 2017-11-21: {event} | - | -"]
    assert await desk.work("2017-11-22 13:30") == []


async def test_an_event_concerns_a_chat_once_whoever_it_names_later(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann", "Bob"], at="18:00")
    told = desk.happening("Ann")
    event = await desk.story.tell(told, telling=Telling.PUSH)
    assert await desk.work("18:00") == [f"daily 2017-11-20: {event} | - | -"]
    desk.story.at = desk.clock()
    await desk.story.reword(told, f"{told.text} [[Ann]] meets [[Bob]].")
    assert await desk.work("2017-11-21 18:00") == []


async def test_what_was_committed_late_is_in_the_next_digest(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Bob"], at="18:00")
    first = await desk.tell("Bob")
    assert await desk.work("18:00") == [f"daily 2017-11-20: {first} | - | -"]
    desk.clock.now = utc("17:59")  # of a poll whose transaction ended after the digest's
    late = await desk.tell("Bob")
    assert await desk.work("2017-11-21 18:00") == [f"daily 2017-11-21: {late} | - | -"]


# --- others


async def test_others_are_the_three_most_reported(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(at="18:00")
    events = [await desk.tell(f"Name {n}", sources=n) for n in (2, 5, 3, 4, 1)]
    best = f"{events[1]} {events[3]} {events[2]}"
    assert await desk.work("18:00") == [f"daily 2017-11-20: - | - | {best}"]
    assert await desk.work("2017-11-21 18:00") == []  # the rest is no news any more


async def test_others_name_nobody_who_is_followed_or_muted(database: Database) -> None:
    desk = Desk(database)
    await desk.reader("Ann", muted=["Bob"], at="18:00")
    await desk.tell("Bob", "Carl", sources=9)
    other = await desk.tell("Carl")
    assert await desk.work("18:00") == [f"daily 2017-11-20: - | - | {other}"]


async def test_others_are_neither_old_nor_withdrawn_nor_what_may_not_push(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader(at="18:00")
    await desk.tell("Ann", day="2017-11-12")
    week_old = await desk.tell("Bob", day="2017-11-13")
    await desk.tell("Carl", telling=Telling.SILENT)
    gone = desk.happening("Dora")
    await desk.story.tell(gone, telling=Telling.PUSH)
    await desk.withdraw(gone)
    assert await desk.work("18:00") == [f"daily 2017-11-20: - | - | {week_old}"]


async def test_others_that_were_told_before_are_not_told_again(database: Database) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="18:00")
    event = await desk.tell("Ann")
    assert await desk.work("18:00") == [f"daily 2017-11-20: {event} | - | -"]
    async with database.transaction() as tx:
        (follow,) = await tx.chats.follows(chat.id)
        await tx.chats.unfollow(chat.id, follow.entity.id)
        timetable = await tx.chats.timetable(chat.id)
        await tx.chats.plan(chat.id, type(timetable)(digested_at=utc("11:00"),
                                                     digest_due_at=utc("19:00")))  # fmt: skip
    assert await desk.work("19:00") == []


# --- parts


async def test_a_long_digest_comes_in_parts_in_order(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann"], at="18:00")
    mine = [str(await desk.tell("Ann", sources=40 - n)) for n in range(25)]
    other = await desk.tell("Bob")
    assert await desk.work("18:00") == [
        f"daily 1/3 2017-11-20: {' '.join(mine[:12])} | - | -",
        f"daily 2/3 2017-11-20: {' '.join(mine[12:24])} | - | -",
        f"daily 3/3 2017-11-20: {mine[24]} | - | {other}",
    ]


async def test_its_events_are_fixed_and_those_withdrawn_meanwhile_left_out(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Ann"], at="18:00")
    gone = desk.happening("Ann")
    await desk.story.tell(gone, telling=Telling.PUSH)
    stays = await desk.tell("Ann")
    desk.clock.now = utc("18:00")
    await desk.digesting.tick()
    await desk.withdraw(gone)
    await desk.tell("Ann")
    await desk.send()
    assert desk.telegram.texts() == [f"daily 2017-11-20: {stays} | - | -"]


async def test_a_part_of_which_all_is_withdrawn_ends_without_a_message(
    database: Database,
) -> None:
    desk = Desk(database)
    await desk.reader("Bob", digest=["Ann"], at="18:00")
    gone = desk.happening("Ann")
    await desk.story.tell(gone, telling=Telling.PUSH)
    told = await desk.tell("Bob")
    assert await desk.work("12:30") == [f"alert: {told}"]
    desk.clock.now = utc("18:00")
    await desk.digesting.tick()
    await desk.withdraw(gone)
    assert await desk.work("18:01") == []
    async with database.reading() as tx:
        assert await tx.outbox.waiting() == 0


# --- who cannot be reached


@pytest.mark.parametrize("state", [ChatState.PAUSED, ChatState.UNREACHABLE])
async def test_nothing_is_summed_up_while_a_chat_is_away(
    database: Database, state: ChatState
) -> None:
    desk = Desk(database)
    chat = await desk.reader(digest=["Ann"], at="18:00")
    await desk.tell("Ann")
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, state, desk.clock())
    assert await desk.work("18:00") == []
    timetable = await desk.timetable(chat)
    assert timetable.digest_due_at == utc("2017-11-21 18:00")
    assert timetable.digested_at == utc("12:00")
    assert timetable.digested_on is None


async def test_a_year_later_it_is_forgotten(database: Database) -> None:
    desk = Desk(database)
    await desk.reader(digest=["Bob"], at="18:00")
    await desk.tell("Bob")
    assert len(await desk.work("18:00")) == 1
    await desk.work("2018-11-20 17:59")
    assert await count(database, DigestItemRow) == await count(database, OutboxRow) == 1
    await desk.work("2018-11-20 18:01")
    assert await count(database, DigestItemRow) == await count(database, OutboxRow) == 0
