"""What quiet hours hold is due when they end, wherever that is moved, and goes in its order."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.services.planning import replan
from storage.chats import Timetable
from storage.database import Database
from storage.model import Call, DigestItem, DigestKind, Heading, MessageState, Section
from storage.tables import OutboxRow
from tests.support.held import NOW, REWORDED, held
from tests.support.merging import merge, silent, unmerge
from tests.support.portal import claim, edit_all, send_all
from tests.support.rows import column, let_row_leases_pass, rows, until_one_waits

MINUTE = timedelta(minutes=1)
END = NOW + timedelta(hours=8)
QUIET = Timetable(is_quiet=True, quiet_turns_at=END)


async def plan(database: Database, chat: int, timetable: Timetable = QUIET) -> None:
    async with database.transaction() as tx:
        await tx.chats.plan(chat, timetable)


async def hold(database: Database, now: datetime = NOW, **batch: int) -> None:
    async with database.transaction() as tx:
        await tx.outbox.hold(now, **batch)


async def due(database: Database) -> list[datetime]:
    return await column(database, OutboxRow.due_at)


async def test_it_is_due_at_their_end_and_what_others_get_is_not(database: Database) -> None:
    _, [asleep, awake, turning] = await held(database, 1, 1, 2, 3)
    await plan(database, asleep)
    await plan(database, awake, Timetable(quiet_turns_at=END))
    await plan(database, turning, Timetable(is_quiet=True, quiet_turns_at=NOW - MINUTE))
    await hold(database)
    assert await rows(database, OutboxRow.chat_id, OutboxRow.due_at) == [
        (asleep, END),
        (awake, NOW),
        (turning, NOW),
    ]


async def test_it_goes_in_its_order(database: Database) -> None:
    _, [chat] = await held(database, 3, 1)
    await plan(database, chat)
    await hold(database)
    assert await claim(database, NOW) == []
    await plan(database, chat, Timetable(quiet_turns_at=END + MINUTE))
    assert await claim(database, END - MINUTE) == []
    assert await send_all(database, END) == [(1, 1), (1, 2), (1, 3)]


async def test_a_batch_is_of_those_due_first(database: Database) -> None:
    _, [_, chat] = await held(database, 2, 1, 2)  # who is awake has two before these
    await plan(database, chat)
    for batch, put_off in ((1, 0), (3, 1), (3, 2), (3, 2)):
        await hold(database, batch=batch)
        assert (await due(database)).count(END) == put_off


async def test_a_digest_and_its_parts_are_held(database: Database) -> None:
    _, [chat] = await held(database, 1, 1)
    await send_all(database, NOW)
    parts = [(Heading(DigestKind.DAILY, NOW.date(), n, 2), [DigestItem(1, Section.TOLD)])
             for n in (1, 2)]  # fmt: skip
    async with database.transaction() as tx:
        await tx.outbox.add_digest(chat, parts, NOW)
    await plan(database, chat)
    await hold(database)
    assert await due(database) == [NOW, END, END]
    await plan(database, chat, Timetable())
    assert await send_all(database, END) == [(1, None)] * 2


async def test_answers_and_edits_are_not_held(database: Database) -> None:
    portal, [chat] = await held(database, 1, 1)
    await send_all(database, NOW)
    await plan(database, chat)
    async with database.transaction() as tx:
        await tx.outbox.reply(chat, [Call("sendMessage", {"text": "hello"})], NOW)
    await portal.stand(20, REWORDED)
    await hold(database, portal.at(30))
    async with database.transaction() as tx:
        assert len(await tx.outbox.claim_replies(NOW, MINUTE, 9)) == 1
    assert await edit_all(database, portal.at(30)) == [(1, 1)]


async def test_what_is_on_its_way_is_edited_in_time(database: Database) -> None:
    _, [chat] = await held(database, 1, 1)
    assert len(await claim(database, NOW)) == 1
    await plan(database, chat)
    await hold(database)
    assert await due(database) == [NOW]
    await let_row_leases_pass(database)
    await hold(database)
    assert await due(database) == [END]


async def test_what_telegram_did_not_take_is_held_when_its_time_has_come(
    database: Database,
) -> None:
    _, [chat] = await held(database, 1, 1)
    [message] = await claim(database, NOW)
    async with database.transaction() as tx:
        await tx.outbox.postpone(message.id, NOW + MINUTE, "busy")
    await plan(database, chat)
    for now, turn in ((NOW, NOW + MINUTE), (NOW + MINUTE, END)):
        await hold(database, now)
        assert await due(database) == [turn]


# --- their end is another


async def test_what_else_is_put_off_is_not_brought_forward(database: Database) -> None:
    _, [chat, other] = await held(database, 1, 1, 2)
    for each in (chat, other):
        await plan(database, each)
    await hold(database)
    async with database.transaction() as tx:
        await tx.outbox.bring_forward(chat, END - MINUTE)
    assert await due(database) == [END, END]
    async with database.transaction() as tx:
        await tx.outbox.bring_forward(chat, END)
    assert await due(database) == [NOW, END]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_who_chooses_others_just_as_it_is_put_off_gets_it(database: Database) -> None:
    _, [chat] = await held(database, 1, 1)
    await plan(database, chat)

    async def choose_none() -> None:
        async with database.transaction() as tx:
            await replan(tx, chat, NOW)

    async with database.transaction() as tx:
        await tx.outbox.hold(NOW)
        choosing = asyncio.create_task(choose_none())
        await until_one_waits(database)
    await choosing
    assert await due(database) == [NOW]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_it_is_not_put_off_just_as_others_are_chosen(database: Database) -> None:
    _, [chat] = await held(database, 1, 1)
    await plan(database, chat)
    async with database.transaction() as tx:
        await replan(tx, chat, NOW)
        await asyncio.wait_for(hold(database), 30)
    assert await due(database) == [NOW]


async def test_a_supergroup_with_other_quiet_hours_is_told(database: Database) -> None:
    old, new = -5, -1_000_000_000_005
    _, [chat] = await held(database, 1, old)
    async with database.transaction() as tx:
        other = await tx.chats.chat(new, NOW)
        await tx.chats.choose_quiet(other.id, (0, 1))
    await plan(database, chat)
    await hold(database)
    async with database.transaction() as tx:
        await tx.chats.move(old, new)
    assert await send_all(database, NOW) == [(new, 1)]


# --- what waits again


async def test_alerts_that_a_digest_does_not_tell_are_due(database: Database) -> None:
    _, [chat] = await held(database, 2, 1)
    await plan(database, chat)
    await hold(database)
    async with database.transaction() as tx:
        await tx.outbox.catch_up(chat, [], NOW)
    await plan(database, chat, Timetable())
    [digest] = await claim(database, NOW)
    async with database.transaction() as tx:
        await tx.outbox.ended(digest.id, MessageState.REFUSED, "no rights")
    assert await send_all(database, NOW) == [(1, 1), (1, 2)]


async def test_the_alert_of_an_event_that_was_another_is_due(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1], [1, 2], MessageState.WAITING, NOW)
    await plan(database, 1)
    await hold(database)
    await merge(database)
    async with database.transaction() as tx:
        await replan(tx, 1, NOW)
    await unmerge(database)
    assert await send_all(database, NOW) == [(1, 1), (1, 2)]
