"""A group becomes a supergroup: what each of the two wanted, united."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from storage.chats import Timetable
from storage.database import Database
from storage.model import ChatKind, ChatState, Filter, FollowMode, MessageState
from storage.tables import ChatRow, FollowRow, OutboxRow
from tests.support.portal import START, Portal, entity, expand, follow
from tests.support.rows import column, count, rows, until_one_waits
from tests.support.story import account

NOW = START + timedelta(minutes=10)
OLD, NEW = -5, -1_000_000_000_005
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")


async def chats(database: Database) -> tuple[int, int]:
    """A group and a supergroup, known each for itself; their rows."""
    async with database.transaction() as tx:
        old = await tx.chats.chat(OLD, NOW, language="de", kind=ChatKind.GROUP)
        new = await tx.chats.chat(NEW, NOW, language="fr", kind=ChatKind.SUPERGROUP)
    return old.id, new.id


async def move(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.move(OLD, NEW)


async def test_a_group_that_moves_is_a_supergroup_and_keeps_its_settings(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(OLD, NOW, kind=ChatKind.GROUP, title="Neighbours")
        await tx.chats.choose_quiet(chat.id, (1320, 420))
    await move(database)
    async with database.reading() as tx:
        moved = await tx.chats.get(chat.id)
    assert moved is not None
    assert (moved.telegram_id, moved.kind) == (NEW, ChatKind.SUPERGROUP)
    assert (moved.title, moved.quiet_from, moved.quiet_until) == ("Neighbours", 1320, 420)


async def test_what_the_new_chat_has_not_chosen_comes_from_the_old(database: Database) -> None:
    old, new = await chats(database)
    plan = Timetable(digest_due_at=NOW, digested_at=START, quiet_turns_at=NOW, is_quiet=True)
    async with database.transaction() as tx:
        await tx.chats.choose_language(old, "ar")
        await tx.chats.choose_timezone(old, "Asia/Tokyo")
        await tx.chats.choose_digest(old, 480, START)
        await tx.chats.choose_weekly(old, 6)
        await tx.chats.choose_quiet(old, (1320, 420))
        await tx.chats.plan(old, plan)
    await move(database)
    async with database.reading() as tx:
        chat = await tx.chats.get(new)
        assert await tx.chats.timetable(new) == plan
        assert await tx.chats.get(old) is None
    assert chat is not None
    assert (chat.language, chat.language_chosen) == ("ar", True)
    assert (chat.timezone, chat.timezone_chosen) == ("Asia/Tokyo", True)
    assert (chat.digest_at, chat.weekly_on) == (480, 6)
    assert (chat.quiet_from, chat.quiet_until) == (1320, 420)


async def test_what_the_new_chat_has_chosen_stays(database: Database) -> None:
    old, new = await chats(database)
    plan = Timetable(digest_due_at=NOW, digested_at=NOW)
    async with database.transaction() as tx:
        for chat_id, zone, minute in ((old, "Asia/Tokyo", 480), (new, "Europe/Paris", 540)):
            await tx.chats.choose_language(chat_id, {old: "ar", new: "tr"}[chat_id])
            await tx.chats.choose_timezone(chat_id, zone)
            await tx.chats.choose_digest(chat_id, minute, NOW)
        await tx.chats.choose_weekly(old, 0)
        await tx.chats.choose_weekly(new, 0)  # Monday is a choice too
        await tx.chats.choose_quiet(old, (1, 2))
        await tx.chats.choose_quiet(new, (0, 420))
        await tx.chats.plan(new, plan)
    await move(database)
    async with database.reading() as tx:
        chat = await tx.chats.get(new)
        assert await tx.chats.timetable(new) == plan
    assert chat is not None
    assert (chat.language, chat.timezone, chat.digest_at) == ("tr", "Europe/Paris", 540)
    assert (chat.weekly_on, chat.quiet_from, chat.quiet_until) == (0, 0, 420)


async def test_midnight_and_monday_are_chosen_in_the_old_chat_too(database: Database) -> None:
    old, new = await chats(database)
    async with database.transaction() as tx:
        await tx.chats.choose_digest(old, 0, START)
        await tx.chats.choose_weekly(old, 0)
        await tx.chats.choose_quiet(old, (1320, 0))
    await move(database)
    async with database.reading() as tx:
        chat = await tx.chats.get(new)
    assert chat is not None
    assert (chat.digest_at, chat.weekly_on) == (0, 0)
    assert (chat.quiet_from, chat.quiet_until) == (1320, 0)


async def test_midnight_and_monday_stay_in_the_new_chat(database: Database) -> None:
    old, new = await chats(database)
    async with database.transaction() as tx:
        for chat_id, minute, weekday in ((old, 480, 6), (new, 0, 0)):
            await tx.chats.choose_digest(chat_id, minute, START)
            await tx.chats.choose_weekly(chat_id, weekday)
            await tx.chats.choose_quiet(chat_id, (1320, minute))
    await move(database)
    async with database.reading() as tx:
        chat = await tx.chats.get(new)
    assert chat is not None
    assert (chat.digest_at, chat.weekly_on, chat.quiet_until) == (0, 0, 0)


@pytest.mark.parametrize("until", [None, NOW + timedelta(days=1)])
@pytest.mark.parametrize("paused", [0, 1])
async def test_a_pause_of_either_goes_on(
    database: Database, paused: int, until: datetime | None
) -> None:
    both = await chats(database)
    since = NOW + timedelta(minutes=1)
    async with database.transaction() as tx:
        await tx.chats.pause(both[paused], since, until)
    await move(database)
    async with database.reading() as tx:
        chat = await tx.chats.get(both[1])
    assert chat is not None
    assert (chat.state, chat.state_since) == (ChatState.PAUSED, since)
    assert chat.paused_until == until


async def test_a_follow_keeps_its_mode_and_filter_and_the_new_chats_wins(
    database: Database,
) -> None:
    await follow(database, OLD, "Springfield", "Malta")
    new = await follow(database, NEW, "Springfield")
    springfield, malta = [await entity(database, name) for name in ("Springfield", "Malta")]
    async with database.transaction() as tx:
        [old] = await tx.chats.topics(OLD)
        for number in (springfield, malta):
            await tx.chats.set_mode(old.id, number, FollowMode.MUTED)
            await tx.chats.set_filter(old.id, number, Filter(must=("flood",)))
        await tx.chats.set_filter(new, springfield, Filter(must_not=("vote",)))
    await move(database)
    async with database.reading() as tx:
        found = await tx.chats.follows(new)
    assert [(each.entity.label, each.mode, each.filter) for each in found] == [
        ("Malta", FollowMode.MUTED, Filter(must=("flood",))),
        ("Springfield", FollowMode.AT_ONCE, Filter(must_not=("vote",))),
    ]
    assert await count(database, FollowRow) == 2


S = MessageState


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (S.REFUSED, S.WAITING, S.WAITING),
        (S.WAITING, S.CANCELLED, S.WAITING),
        (S.SENT, S.EXPIRED, S.SENT),
        (S.EXPIRED, S.SENT, S.SENT),
        (S.WAITING, S.SENT, S.SENT),
        (S.REFUSED, S.EXPIRED, S.EXPIRED),
    ],
)
async def test_of_two_alerts_the_one_that_came_further_stays(
    database: Database, old: MessageState, new: MessageState, kept: MessageState
) -> None:
    await follow(database, OLD, "Springfield")
    await follow(database, NEW, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        for message in await tx.outbox.claim(NOW, timedelta(minutes=1), 9):
            state = old if message.chat.telegram_id == OLD else new
            row = await tx.session.get_one(OutboxRow, message.id)
            row.state = state.value
    await move(database)
    assert await column(database, OutboxRow.state) == [kept]


async def test_an_alert_in_a_digest_comes_before_one_that_waits(database: Database) -> None:
    old = await follow(database, OLD, "Springfield")
    await follow(database, NEW, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        await tx.outbox.catch_up(old, [], NOW)
    await move(database)
    assert await rows(database, OutboxRow.kind, OutboxRow.state) == [
        ("alert", "bundled"),
        ("digest", "waiting"),
    ]


async def test_a_digest_moves_with_all_its_parts(database: Database) -> None:
    await follow(database, OLD, "Springfield")
    await follow(database, NEW, "Malta")
    [event] = await Portal(database).stand(0, FLOOD)
    async with database.transaction() as tx:
        [old] = await tx.chats.topics(OLD)
        await tx.outbox.catch_up(old.id, [event], NOW)
    await move(database)
    async with database.transaction() as tx:
        [digest] = await tx.outbox.claim(NOW, timedelta(minutes=1), 9)
        assert await tx.outbox.bundled(digest.id) == [event]
    assert digest.chat.telegram_id == NEW


async def test_who_comes_back_as_another_is_not_forgotten(database: Database) -> None:
    old, new = await chats(database)
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.follow(old, number, NOW)
        await tx.chats.forget(NEW)
    await move(database)
    async with database.transaction() as tx:
        await tx.chats.drop_forgotten()
        assert len(await tx.chats.follows(new)) == 1
    assert await column(database, ChatRow.state) == [ChatState.ACTIVE]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_who_moves_what_is_moved_already_takes_nothing_away(database: Database) -> None:
    chat = await follow(database, OLD, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as first:
        await first.chats.move(OLD, NEW)
        second = asyncio.create_task(move(database))
        await until_one_waits(database)
    await second
    assert await rows(database, ChatRow.id, ChatRow.telegram_id) == [(chat, NEW)]
    assert await count(database, FollowRow) == 1
    assert await column(database, OutboxRow.state) == ["waiting"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_who_follows_in_the_new_chat_meanwhile_follows_once(database: Database) -> None:
    await follow(database, OLD, "Springfield", "Malta")
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        new = await tx.chats.chat(NEW, NOW)
    async with database.transaction() as tx:
        assert await tx.chats.follow(new.id, number, NOW)
        moving = asyncio.create_task(move(database))
        await until_one_waits(database)
    await moving
    async with database.reading() as tx:
        found = await tx.chats.follows(new.id)
    assert [each.entity.label for each in found] == ["Malta", "Springfield"]
