"""From announcements to alerts: who gets one, when, and who never."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.core.schedule import TOO_OLD
from bot.services.wanting import wants
from storage.database import Database
from storage.model import ChatState, FollowMode, MessageKind, MessageState, Telling
from storage.tables import AnnouncementRow, FollowRow, OutboxRow
from tests.support.portal import START, Portal, claim, edit_all, expand, follow, send_all
from tests.support.rows import column, count, rows
from tests.support.story import account

NOW = START + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
BRIDGE = account("2017-11-23", "[[Springfield]] gets a bridge from [[Jo Mayor]].")
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")


async def expand_once(database: Database, batch: int) -> int:
    async with database.transaction() as tx:
        return await tx.outbox.expand(NOW, TOO_OLD, wants, batch)


async def test_every_follower_of_before_gets_one_alert(database: Database) -> None:
    for reader in (1, 2, 3):
        await follow(database, reader, "Springfield")
    [event] = await Portal(database).stand(0, BRIDGE)
    assert await send_all(database, NOW) == [(1, event), (2, event), (3, event)]
    assert await send_all(database, NOW) == []


async def test_followers_are_served_in_batches(database: Database) -> None:
    for reader in range(1, 6):
        await follow(database, reader, "Springfield")
    await Portal(database).stand(0, FLOOD)
    assert await expand_once(database, 2) == 1
    assert await count(database, OutboxRow) == 2
    assert await column(database, AnnouncementRow.expanded) == [False]
    assert [await expand_once(database, 2) for _ in range(4)] == [1, 1, 1, 0]
    assert await count(database, OutboxRow) == 5


async def test_a_batch_that_is_undone_is_done_again(database: Database) -> None:
    for reader in (1, 2, 3):
        await follow(database, reader, "Springfield")
    await Portal(database).stand(0, FLOOD)
    with pytest.raises(RuntimeError):
        async with database.transaction() as tx:
            await tx.outbox.expand(NOW, TOO_OLD, wants, 2)
            raise RuntimeError
    assert len(await send_all(database, NOW)) == 3


async def test_two_follows_hit_by_one_event_make_one_alert(database: Database) -> None:
    await follow(database, 1, "Springfield", "Jo Mayor")
    [event] = await Portal(database).stand(0, BRIDGE)
    assert await send_all(database, NOW) == [(1, event)]


async def test_two_processes_expand_each_follower_once(database: Database) -> None:
    for reader in range(1, 9):
        await follow(database, reader, "Springfield", "Jo Mayor")
    await Portal(database).stand(0, BRIDGE)

    async def work() -> None:
        while await expand_once(database, 3):
            pass

    await asyncio.gather(work(), work(), work())
    await expand(database, NOW)
    assert await count(database, OutboxRow) == 8


async def test_nothing_is_due_before_its_time(database: Database) -> None:
    await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    assert await send_all(database, NOW - MINUTE) == []
    assert len(await send_all(database, NOW)) == 1


async def test_a_follow_of_after_the_announcement_gets_no_backlog(database: Database) -> None:
    await Portal(database).stand(0, FLOOD)
    await follow(database, 1, "Springfield", at=NOW + MINUTE)
    assert await send_all(database, NOW + MINUTE) == []


@pytest.mark.parametrize("mode", [FollowMode.DIGEST, FollowMode.MUTED])
async def test_only_follows_told_at_once_get_alerts(database: Database, mode: FollowMode) -> None:
    await follow(database, 1, "Springfield")
    async with database.transaction() as tx:
        (await tx.session.get_one(FollowRow, 1)).mode = mode.value
    await Portal(database).stand(0, FLOOD)
    assert await send_all(database, NOW) == []


@pytest.mark.parametrize("state", [ChatState.PAUSED, ChatState.UNREACHABLE])
async def test_only_active_chats_get_alerts(database: Database, state: ChatState) -> None:
    await follow(database, 1, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.set_state(1, state, START)
    await Portal(database).stand(0, FLOOD)
    assert await send_all(database, NOW) == []


async def test_events_too_old_alert_nobody(database: Database) -> None:
    await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    assert await send_all(database, NOW + TOO_OLD + timedelta(days=1)) == []
    assert await column(database, AnnouncementRow.expanded) == [True]


async def test_on_its_seventh_day_an_event_still_alerts(database: Database) -> None:
    await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    assert len(await send_all(database, NOW + TOO_OLD)) == 1


async def test_what_nobody_follows_is_done_with(database: Database) -> None:
    await Portal(database).stand(0, BRIDGE)
    await expand(database, NOW)
    assert await column(database, AnnouncementRow.expanded) == [True, True]
    assert await count(database, OutboxRow) == 0


# --- after a gap


async def digests(database: Database) -> list[tuple[int, list[int]]]:
    """Each digest's chat and the events in it."""
    found = []
    async with database.reading() as tx:
        for row_id, kind in await rows(database, OutboxRow.id, OutboxRow.kind):
            message = await tx.outbox.message(row_id)
            if kind == MessageKind.DIGEST and message is not None:
                events = await tx.outbox.bundled(row_id)
                found.append((message.chat.telegram_id, events))
    return found


async def test_what_was_missed_comes_as_one_digest_a_chat(database: Database) -> None:
    await follow(database, 1, "Springfield", "Jo Mayor")
    await follow(database, 2, "Jo Mayor")
    portal = Portal(database, telling=Telling.CATCH_UP)
    bridge, flood = await portal.stand(0, BRIDGE, FLOOD)
    await expand(database, NOW)
    assert sorted(await digests(database)) == [(1, [bridge, flood]), (2, [bridge])]
    sent = await send_all(database, NOW + MINUTE)
    assert sorted(sent) == [(1, None), (2, None)]
    assert set(await column(database, OutboxRow.state)) == {"bundled", "sent"}


async def test_a_digest_waits_a_minute_for_the_rest(database: Database) -> None:
    await follow(database, 1, "Springfield")
    portal = Portal(database, telling=Telling.CATCH_UP)
    await portal.stand(0, BRIDGE)
    assert await send_all(database, NOW) == []
    await portal.stand(0, BRIDGE, FLOOD)
    assert await send_all(database, NOW + MINUTE) == [(1, None)]
    [(_, events)] = await digests(database)
    assert len(events) == 2


async def test_a_digest_on_its_way_takes_no_more_in(database: Database) -> None:
    await follow(database, 1, "Springfield")
    portal = Portal(database, telling=Telling.CATCH_UP)
    await portal.stand(0, BRIDGE)
    await expand(database, NOW)
    [on_its_way] = await claim(database, NOW + MINUTE)
    await portal.stand(0, BRIDGE, FLOOD)
    await expand(database, NOW + MINUTE)
    assert on_its_way.kind is MessageKind.DIGEST
    assert [len(events) for _, events in await digests(database)] == [1, 1]


async def test_an_event_of_a_digest_is_never_alerted_too(database: Database) -> None:
    await follow(database, 1, "Springfield", "Jo Mayor")
    portal = Portal(database)
    await portal.poll(0, FLOOD, telling=Telling.CATCH_UP)
    await portal.poll(10, FLOOD, telling=Telling.CATCH_UP)
    longer = account("2017-11-23", "A flood reaches [[Springfield]], says [[Jo Mayor]].")
    await expand(database, NOW)
    await portal.stand(20, longer)
    assert await send_all(database, portal.at(40)) == [(1, None)]


# --- edits


async def told(database: Database, *readers: int) -> Portal:
    """A portal whose one event these readers have had."""
    for reader in readers:
        await follow(database, reader, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    assert len(await send_all(database, NOW)) == len(readers)
    return portal


REWORDED = account("2017-11-23", "A flood reaches [[Springfield]] by night.")


async def test_a_change_makes_every_sent_alert_stale_in_batches(database: Database) -> None:
    portal = await told(database, 1, 2, 3)
    await portal.stand(20, REWORDED)
    async with database.transaction() as tx:
        worked = [await tx.outbox.spread(portal.at(30), 2) for _ in range(3)]
    assert worked == [1, 1, 0]
    assert await column(database, OutboxRow.stale) == [True, True, True]


async def test_one_edit_waits_and_it_is_the_newest(database: Database) -> None:
    portal = await told(database, 1)
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    await portal.stand(40, FLOOD)
    assert len(await edit_all(database, portal.at(50))) == 1
    assert await edit_all(database, portal.at(50)) == []
    assert await column(database, OutboxRow.edits) == [1]


@pytest.mark.parametrize("state", [s for s in ChatState if s is not ChatState.ACTIVE])
async def test_edits_wait_until_the_chat_is_active_again(
    database: Database, state: ChatState
) -> None:
    portal = await told(database, 1)
    await portal.stand(20, REWORDED)
    async with database.transaction() as tx:
        await tx.chats.set_state(1, state, portal.at(25))
    assert await edit_all(database, portal.at(30)) == []
    assert await column(database, OutboxRow.edits) == [0]
    async with database.transaction() as tx:
        await tx.chats.set_state(1, ChatState.ACTIVE, portal.at(40))
    assert len(await edit_all(database, portal.at(45))) == 1


async def test_a_message_older_than_seven_days_is_not_edited(database: Database) -> None:
    portal = await told(database, 1)
    await portal.stand(20, REWORDED)
    week: datetime = NOW + timedelta(days=7)
    assert await edit_all(database, week) == []
    assert await column(database, OutboxRow.stale) == [False]


async def test_an_edit_that_waited_too_long_is_given_up(database: Database) -> None:
    portal = await told(database, 1)
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    week = NOW + timedelta(days=7)
    async with database.transaction() as tx:
        assert await tx.outbox.claim_edits(week, MINUTE, 10) == []
        assert await tx.outbox.forget_edits(week) == 1
    assert await column(database, OutboxRow.state) == [MessageState.SENT]


async def test_a_change_that_nobody_was_told_of_is_done_with(database: Database) -> None:
    portal = await told(database)
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    async with database.transaction() as tx:
        assert await tx.outbox.spread(portal.at(30)) == 0
