"""Who was away gets one digest of what it missed, and no alert of that any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.schedule import TOO_OLD
from storage.database import Database
from storage.model import ChatState, DigestKind, Heading, MessageState
from storage.tables import OutboxRow
from tests.support.portal import START, Portal, claim, expand, follow, send_all
from tests.support.rows import column, let_row_leases_pass, rows
from tests.support.story import account

NOW = START + timedelta(minutes=10)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LATE = NOW + DAY + MINUTE
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BRIDGE = account("2017-11-23", "[[Springfield]] gets a bridge.")
VOTE = account("2017-11-23", "[[Springfield]] votes.")


async def catch_up(database: Database, chat: int, *events: int) -> bool:
    async with database.transaction() as tx:
        return await tx.outbox.catch_up(chat, events, NOW)


async def set_state(database: Database, reader: int, state: ChatState) -> None:
    async with database.transaction() as tx:
        await tx.chats.set_state(reader, state, NOW)


async def digests(database: Database) -> list[tuple[int, list[int]]]:
    """Each digest's chat, and the events in it."""
    found = await rows(database, OutboxRow.id, OutboxRow.chat_id, OutboxRow.kind)
    async with database.reading() as tx:
        return [(chat, await tx.outbox.bundled(row)) for row, chat, kind in found
                if kind == "digest"]  # fmt: skip


async def states(database: Database) -> list[tuple[int | None, str]]:
    """Each message's event and how far it has come."""
    found = await rows(database, OutboxRow.event_id, OutboxRow.state, OutboxRow.id)
    return [(event, state) for event, state, _ in found]


async def test_what_waited_expired_or_was_missed_comes_in_one_digest(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    other = await follow(database, 2, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await set_state(database, 1, ChatState.PAUSED)
    async with database.transaction() as tx:
        await tx.chats.choose_digest(other, 480, NOW)
        await tx.outbox.expire(LATE, DAY, TOO_OLD)  # the flood's
    await set_state(database, 1, ChatState.ACTIVE)
    await portal.stand(60 * 24 + 10, FLOOD, BRIDGE)
    await expand(database, portal.at(60 * 24 + 20))  # the bridge's waits
    await set_state(database, 1, ChatState.PAUSED)
    [vote] = await portal.stand(60 * 24 + 30, FLOOD, BRIDGE, VOTE)
    assert await states(database) == [
        (1, "expired"),
        (1, "expired"),
        (2, "waiting"),
        (2, "waiting"),
    ]

    await set_state(database, 1, ChatState.ACTIVE)
    assert await catch_up(database, chat, vote)
    assert await digests(database) == [(chat, [1, 2, 3])]
    later = portal.at(60 * 24 + 40)
    assert sorted(await send_all(database, later), key=str) == [(1, None), (2, 2), (2, 3)]
    async with database.transaction() as tx:
        await tx.outbox.expire(later + 9 * DAY, DAY, TOO_OLD)
    assert await send_all(database, later) == []


async def test_a_digest_of_what_was_missed_says_so_and_goes_at_once(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    [event] = await Portal(database).stand(0, FLOOD)
    await catch_up(database, chat, event)
    [message] = await claim(database, NOW)
    assert message.heading == Heading(DigestKind.CATCH_UP)


async def test_nothing_missed_no_digest(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    assert len(await send_all(database, NOW)) == 1
    assert not await catch_up(database, chat)
    assert await digests(database) == []


async def test_what_it_has_had_is_not_missed(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    [event] = await Portal(database).stand(0, FLOOD)
    assert len(await send_all(database, NOW)) == 1
    await catch_up(database, chat, event, event)
    assert await digests(database) == []
    assert await states(database) == [(event, "sent")]


@pytest.mark.parametrize("end", [MessageState.REFUSED, MessageState.CANCELLED])
async def test_what_never_came_comes_if_it_was_missed(
    database: Database, end: MessageState
) -> None:
    chat = await follow(database, 1, "Springfield")
    other = await follow(database, 2, "Springfield")
    flood, _ = await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    ids = await column(database, OutboxRow.id)
    async with database.transaction() as tx:
        for row in ids:
            await tx.outbox.ended(row, end, "away")
    assert await catch_up(database, chat, flood)
    assert await digests(database) == [(chat, [flood])]
    assert not await catch_up(database, other)


async def test_many_missed_come_in_one_digest_too(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    bridges = [account("2017-11-23", f"[[Springfield]] opens bridge number {n}.") for n in range(9)]
    events = await Portal(database).stand(0, *bridges)
    assert await catch_up(database, chat, *events, *events * 5000)  # more than a statement holds
    assert await digests(database) == [(chat, events)]


async def test_catching_up_twice_makes_one_digest(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    flood, bridge = await Portal(database).stand(0, FLOOD, BRIDGE)
    await catch_up(database, chat, flood)
    await catch_up(database, chat, flood, bridge)
    assert await digests(database) == [(chat, [flood, bridge])]


async def test_a_daily_digest_takes_nothing_in(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    [flood] = await Portal(database).stand(0, FLOOD)
    async with database.transaction() as tx:
        await tx.outbox.add_digest(chat, [(Heading(DigestKind.DAILY), [])], NOW)
    await catch_up(database, chat, flood)
    assert await digests(database) == [(chat, []), (chat, [flood])]


async def test_what_is_on_its_way_goes_alone(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    [on_its_way] = await claim(database, NOW)
    await catch_up(database, chat)
    assert await states(database) == [(on_its_way.event_id, "waiting")]
    await let_row_leases_pass(database)  # it never went
    await catch_up(database, chat)
    assert await digests(database) == [(chat, [on_its_way.event_id])]


async def test_alerts_of_withdrawn_events_wait_for_their_return(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    await portal.stand(20, BRIDGE)
    await catch_up(database, chat)
    assert await digests(database) == [(chat, [2])]
    await portal.stand(40, FLOOD, BRIDGE)
    assert sorted(await send_all(database, portal.at(50)), key=str) == [(1, 1), (1, None)]


# --- too late


async def expire(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.outbox.expire(LATE, DAY, TOO_OLD)


async def test_without_a_digest_of_its_own_a_chat_gets_one_for_what_expired(
    database: Database,
) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    await expire(database)
    await expire(database)
    assert await digests(database) == [(chat, [1, 2])]
    assert await send_all(database, LATE) == [(1, None)]


async def test_with_a_digest_of_its_own_what_expired_waits_for_that(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        await tx.chats.choose_digest(chat, 0, NOW)
    await expire(database)
    assert await digests(database) == []
    async with database.reading() as tx:
        assert await tx.outbox.unlisted(chat) == [1]


@pytest.mark.parametrize("state", [ChatState.PAUSED, ChatState.UNREACHABLE])
async def test_who_is_away_gets_what_expired_when_back(
    database: Database, state: ChatState
) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    await set_state(database, 1, state)
    await expire(database)
    assert await states(database) == [(1, "expired")]
    await set_state(database, 1, ChatState.ACTIVE)
    await catch_up(database, chat)
    assert await digests(database) == [(chat, [1])]


async def test_a_withdrawn_events_alert_expires_and_is_in_no_digest(database: Database) -> None:
    await follow(database, 1, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(20)
    await expire(database)
    assert await states(database) == [(1, "expired")]
    assert await send_all(database, LATE) == []


async def test_what_is_on_its_way_does_not_expire(database: Database) -> None:
    await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    assert len(await claim(database, NOW)) == 1
    await expire(database)
    assert await column(database, OutboxRow.state) == [MessageState.WAITING]


async def test_what_expired_while_withdrawn_comes_once_it_stands_again(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(20)
    await expire(database)
    await portal.stand(60 * 24 + 20, FLOOD)
    await expire(database)
    await expire(database)
    assert await digests(database) == [(chat, [1])]
    assert await send_all(database, portal.at(60 * 24 + 30)) == [(1, None)]


@pytest.mark.parametrize(("after", "comes"), [(DAY, True), (9 * DAY, False)])
async def test_what_expired_comes_when_a_chat_wants_no_digest_any_more(
    database: Database, *, after: timedelta, comes: bool
) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    await choose_digest(database, chat, 0)
    await expire(database)
    await choose_digest(database, chat, None)
    async with database.transaction() as tx:
        await tx.outbox.expire(LATE + after, DAY, TOO_OLD)
    assert await digests(database) == ([(chat, [1])] if comes else [])


async def choose_digest(database: Database, chat: int, minute: int | None) -> None:
    async with database.transaction() as tx:
        await tx.chats.choose_digest(chat, minute, NOW)
