"""Out of the queue: who is next, who holds it, what became of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.schedule import TOO_OLD
from storage.database import Database
from storage.model import Call, ChatState, MessageKind, MessageState, OutgoingMessage
from storage.tables import OutboxRow
from tests.support.portal import START, Portal, claim, edit_all, expand, follow, send_all
from tests.support.rows import column, count, let_row_leases_pass, rows
from tests.support.story import account

NOW = START + timedelta(minutes=10)
LEASE, DAY = timedelta(minutes=1), timedelta(days=1)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
REWORDED = account("2017-11-23", "A flood reaches [[Springfield]] by night.")
BRIDGE = account("2017-11-23", "[[Springfield]] gets a bridge.")
HELLO, BYE = Call("sendMessage", {"text": "hello"}), Call("sendMessage", {"text": "bye"})


async def waiting(database: Database, *readers: int) -> Portal:
    """A portal with one event, and an alert of it waiting for each reader."""
    for reader in readers:
        await follow(database, reader, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, NOW)
    return portal


async def reply(database: Database, telegram_id: int, *calls: Call) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(telegram_id, START)
        await tx.outbox.reply(chat.id, calls, START)


async def replies(database: Database, barred: tuple[int, ...] = ()) -> list[OutgoingMessage]:
    async with database.transaction() as tx:
        return await tx.outbox.claim_replies(NOW, LEASE, 100, barred)


def readers(messages: list[OutgoingMessage]) -> list[int]:
    return [message.chat.telegram_id for message in messages]


async def settle(database: Database, message: OutgoingMessage, revision: int = 1) -> None:
    async with database.transaction() as tx:
        await tx.outbox.sent(message, message.id, revision, NOW)


# --- claims


async def test_a_claim_is_oldest_first_and_one_a_chat(database: Database) -> None:
    portal = await waiting(database, 1, 2)
    await portal.stand(5, FLOOD, BRIDGE)
    await expand(database, portal.at(15))
    first = await claim(database, portal.at(15))
    assert readers(first) == [1, 2]
    assert {message.event_id for message in first} == {1}


async def test_a_claim_takes_no_more_than_asked(database: Database) -> None:
    await waiting(database, 1, 2, 3)
    async with database.transaction() as tx:
        assert len(await tx.outbox.claim(NOW, LEASE, 2)) == 2


@pytest.mark.parametrize("others", [0, 40_000])  # PostgreSQL takes 32,767 parameters
async def test_who_rests_is_passed_over(database: Database, others: int) -> None:
    await waiting(database, 1, 2)
    resting = [1, *range(3, 3 + others)]
    async with database.transaction() as tx:
        assert readers(await tx.outbox.claim(NOW, LEASE, 10, resting)) == [2]
        assert await tx.outbox.claim_edits(NOW, LEASE, 10, resting) == []
        assert await tx.outbox.claim_replies(NOW, LEASE, 10, resting) == []


async def test_what_one_holds_nobody_else_gets(database: Database) -> None:
    await waiting(database, 1)
    assert len(await claim(database, NOW)) == 1
    assert await claim(database, NOW + timedelta(days=1)) == []


async def test_a_lease_is_lost_by_time(database: Database) -> None:
    await waiting(database, 1)
    [held] = await claim(database, NOW)
    await let_row_leases_pass(database)
    [again] = await claim(database, NOW)
    assert again.id == held.id


async def test_many_claim_each_message_once(database: Database) -> None:
    await waiting(database, *range(1, 21))

    async def work() -> list[int]:
        async with database.transaction() as tx:
            return readers(await tx.outbox.claim(NOW, LEASE, 5))

    claimed = await asyncio.gather(*(work() for _ in range(4)))
    assert sorted(reader for each in claimed for reader in each) == list(range(1, 21))


@pytest.mark.parametrize("state", [ChatState.PAUSED, ChatState.UNREACHABLE])
async def test_who_is_away_gets_no_alert(database: Database, state: ChatState) -> None:
    await waiting(database, 1)
    async with database.transaction() as tx:
        await tx.chats.set_state(1, state, NOW)
    assert await claim(database, NOW) == []


async def test_answers_go_in_order_one_at_a_time(database: Database) -> None:
    await reply(database, 1, HELLO, BYE)
    [first] = await replies(database)
    assert first.call == HELLO
    assert await replies(database) == []
    await settle(database, first)
    [second] = await replies(database)
    assert second.call == BYE


async def test_answers_of_different_chats_go_together(database: Database) -> None:
    for reader in (1, 2, 3):
        await reply(database, reader, HELLO, BYE)
    assert readers(await replies(database, (2,))) == [1, 3]


async def test_alerts_wait_for_the_answers_of_their_chat(database: Database) -> None:
    await waiting(database, 1, 2)
    await reply(database, 1, HELLO)
    assert readers(await claim(database, NOW)) == [2]
    [answer] = await replies(database)
    await settle(database, answer)
    assert readers(await claim(database, NOW)) == [1]


async def test_a_reserved_answer_is_its_callers_until_time_takes_it(database: Database) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, START)
        [row] = await tx.outbox.reply(chat.id, [HELLO], START, reserve=LEASE)
    assert await replies(database) == []
    await let_row_leases_pass(database)
    assert [message.id for message in await replies(database)] == [row]


@pytest.mark.parametrize("tried", [True, False])
async def test_a_postponed_message_waits_for_its_time(database: Database, tried: bool) -> None:
    await waiting(database, 1)
    [message] = await claim(database, NOW)
    later = NOW + timedelta(minutes=5)
    async with database.transaction() as tx:
        postpone = tx.outbox.postpone if tried else tx.outbox.put_back
        await postpone(message.id, later, "busy")
    assert await claim(database, NOW) == []
    [again] = await claim(database, later)
    assert again.attempts == int(tried)


# --- withdrawal and return


async def test_alerts_of_a_withdrawn_event_wait_and_go_if_it_returns(database: Database) -> None:
    portal = await waiting(database, 1)
    await portal.stand(20)
    assert await claim(database, portal.at(30)) == []
    assert await column(database, OutboxRow.state) == ["waiting"]
    await portal.stand(40, FLOOD)
    assert readers(await claim(database, portal.at(50))) == [1]


# --- edits


async def sent(database: Database) -> Portal:
    portal = await waiting(database, 1)
    [message] = await claim(database, NOW)
    await settle(database, message)
    return portal


async def test_a_sent_alert_that_changes_is_edited_once(database: Database) -> None:
    portal = await sent(database)
    await portal.stand(20, REWORDED)
    assert await edit_all(database, portal.at(30)) == [(1, 1)]
    assert await edit_all(database, portal.at(30)) == []
    assert await rows(database, OutboxRow.revision, OutboxRow.edits) == [(2, 1)]


async def test_an_event_that_changes_while_its_alert_is_sent_makes_it_stale(
    database: Database,
) -> None:
    portal = await waiting(database, 1)
    [in_flight] = await claim(database, NOW)
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    await settle(database, in_flight, revision=1)
    assert await column(database, OutboxRow.stale) == [True]
    assert await edit_all(database, portal.at(30)) == [(1, 1)]


async def test_an_event_that_changes_while_it_is_edited_is_edited_again(
    database: Database,
) -> None:
    portal = await sent(database)
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    async with database.transaction() as tx:
        [in_flight] = await tx.outbox.claim_edits(portal.at(30), LEASE, 10)
    await portal.stand(40, FLOOD)
    await expand(database, portal.at(50))
    async with database.transaction() as tx:
        await tx.outbox.edited(in_flight, 2, counts=True)
    assert await edit_all(database, portal.at(50)) == [(1, 1)]
    assert await column(database, OutboxRow.revision) == [3]


async def test_an_edit_that_is_refused_is_not_tried_again(database: Database) -> None:
    portal = await sent(database)
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    async with database.transaction() as tx:
        [edit] = await tx.outbox.claim_edits(portal.at(30), LEASE, 10)
        await tx.outbox.unedit(edit.id, "too old")
    assert await edit_all(database, portal.at(30)) == []
    assert await column(database, OutboxRow.state) == ["sent"]


async def test_a_withdrawal_is_no_counted_edit(database: Database) -> None:
    portal = await sent(database)
    await portal.stand(20)
    await expand(database, portal.at(30))
    async with database.transaction() as tx:
        [edit] = await tx.outbox.claim_edits(portal.at(30), LEASE, 10)
        await tx.outbox.edited(edit, 2, counts=False)
        assert await tx.outbox.totals() == (1, 0)


# --- ends and questions


async def test_alerts_that_waited_too_long_expire(database: Database) -> None:
    await waiting(database, 1)
    await reply(database, 1, HELLO)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOW)
        await tx.chats.choose_digest(chat.id, 480, NOW)
        await tx.outbox.expire(NOW + DAY, DAY, TOO_OLD)
    assert await column(database, OutboxRow.state) == ["waiting", "waiting"]
    async with database.transaction() as tx:
        await tx.outbox.expire(NOW + DAY + timedelta(seconds=1), DAY, TOO_OLD)
    assert await rows(database, OutboxRow.kind, OutboxRow.state) == [
        ("alert", "expired"),
        ("reply", "waiting"),
    ]


async def test_an_ended_message_is_not_sent(database: Database) -> None:
    await waiting(database, 1)
    [message] = await claim(database, NOW)
    async with database.transaction() as tx:
        await tx.outbox.ended(message.id, MessageState.REFUSED, "no rights")
    await let_row_leases_pass(database)
    assert await claim(database, NOW) == []


async def test_old_answers_are_forgotten_alerts_never(database: Database) -> None:
    await sent(database)
    await reply(database, 1, HELLO)
    [answer] = await replies(database)
    await settle(database, answer)
    await reply(database, 1, BYE)
    async with database.transaction() as tx:
        assert await tx.outbox.forget_replies(NOW) == 1
    assert await column(database, OutboxRow.kind) == [MessageKind.ALERT, MessageKind.REPLY]


async def test_a_message_leads_to_its_event(database: Database) -> None:
    await sent(database)
    async with database.reading() as tx:
        chat = await tx.chats.chat(1, NOW)
        [row] = await column(database, OutboxRow.id)
        assert await tx.outbox.event_of_message(chat.id, row) == 1
        assert await tx.outbox.event_of_message(chat.id, row + 1) is None
        assert await tx.outbox.latest_alert(chat.id) == 1


async def test_how_many_wait(database: Database) -> None:
    await waiting(database, 1, 2)
    await reply(database, 3, HELLO)
    async with database.reading() as tx:
        assert await tx.outbox.waiting() == 3
    await send_all(database, NOW)
    async with database.reading() as tx:
        assert await tx.outbox.waiting() == 1
    assert await count(database, OutboxRow) == 3
