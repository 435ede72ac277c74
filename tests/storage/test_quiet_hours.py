"""Quiet hours hold alerts and digests; at their end few go singly and many as one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.chats import Timetable
from storage.database import Database
from storage.model import (
    Call,
    DigestItem,
    DigestKind,
    Heading,
    MessageKind,
    MessageState,
    OutgoingMessage,
    Section,
)
from storage.tables import OutboxRow
from tests.support.held import NOW, REWORDED, TOLD, held
from tests.support.portal import claim, edit_all, expand, send_all
from tests.support.rows import column, let_row_leases_pass, rows

MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)
MOST = 3


async def plan(database: Database, chat: int, *, quiet: bool, turns_at: datetime | None) -> None:
    async with database.transaction() as tx:
        await tx.chats.plan(chat, Timetable(is_quiet=quiet, quiet_turns_at=turns_at))


async def end_quiet(database: Database, chat: int, now: datetime = NOW) -> None:
    async with database.transaction() as tx:
        await tx.outbox.end_quiet(chat, now, MOST)


async def kinds(database: Database, *, state: str = "waiting") -> list[str]:
    """Of what kind the messages of a state are."""
    found = await rows(database, OutboxRow.kind, OutboxRow.state)
    return [kind for kind, each in found if each == state]


# --- held


@pytest.mark.parametrize(
    ("quiet", "turns_at", "goes"),
    [
        (False, None, True),
        (False, NOW + MOMENT, True),
        (False, NOW, False),  # quiet hours are about to begin: wait and see
        (False, NOW - MINUTE, False),
        (True, NOW + MINUTE, False),
        (True, NOW - MINUTE, False),  # over, but what they held may go as one digest
    ],
)
async def test_when_alerts_are_held(
    database: Database, *, quiet: bool, turns_at: datetime | None, goes: bool
) -> None:
    _, [chat, _] = await held(database, 1, 1, 2)
    await plan(database, chat, quiet=quiet, turns_at=turns_at)
    readers = [message.chat.telegram_id for message in await claim(database, NOW)]
    assert readers == ([1, 2] if goes else [2])


async def test_digests_are_held_too(database: Database) -> None:
    _, [chat] = await held(database, 0, 1)
    async with database.transaction() as tx:
        await tx.outbox.add_digest(chat, [(Heading(DigestKind.DAILY), [])], NOW)
    await plan(database, chat, quiet=True, turns_at=NOW + MINUTE)
    assert await claim(database, NOW) == []
    await plan(database, chat, quiet=False, turns_at=None)
    assert [message.kind for message in await claim(database, NOW)] == [MessageKind.DIGEST]


async def test_answers_are_not_held(database: Database) -> None:
    _, [chat] = await held(database, 1, 1)
    await plan(database, chat, quiet=True, turns_at=NOW + MINUTE)
    async with database.transaction() as tx:
        await tx.outbox.reply(chat, [Call("sendMessage", {"text": "hello"})], NOW)
        assert len(await tx.outbox.claim_replies(NOW, MINUTE, 9)) == 1


async def test_edits_are_not_held(database: Database) -> None:
    portal, [chat] = await held(database, 1, 1)
    [(_, event)] = await send_all(database, NOW)
    await plan(database, chat, quiet=True, turns_at=NOW + timedelta(days=1))
    await portal.stand(20, REWORDED)
    assert await edit_all(database, portal.at(30)) == [(1, event)]


# --- and let go


async def test_few_go_singly(database: Database) -> None:
    _, [chat] = await held(database, MOST, 1)
    await end_quiet(database, chat)
    assert await kinds(database) == ["alert"] * MOST
    assert len(await send_all(database, NOW)) == MOST


async def test_many_go_as_one(database: Database) -> None:
    _, [chat, _] = await held(database, MOST + 1, 1, 2)
    await end_quiet(database, chat)
    others = [(2, number) for number in range(1, MOST + 2)]
    assert sorted(await send_all(database, NOW), key=str) == [(1, None), *others]
    [digest] = [m for m in await all_messages(database) if m.kind is MessageKind.DIGEST]
    assert digest.heading == Heading(DigestKind.QUIET)
    async with database.reading() as tx:
        assert await tx.outbox.bundled(digest.id) == [1, 2, 3, 4]
    await end_quiet(database, chat)
    assert await send_all(database, NOW) == []


async def all_messages(database: Database) -> list[OutgoingMessage]:
    ids = await column(database, OutboxRow.id)
    async with database.reading() as tx:
        return [message for row in ids if (message := await tx.outbox.message(row))]


async def test_alerts_of_withdrawn_events_go_on_waiting(database: Database) -> None:
    portal, [chat] = await held(database, MOST + 2, 1)
    await portal.stand(20, *TOLD[1 : MOST + 2])  # the first is gone
    await expand(database, portal.at(30))
    await end_quiet(database, chat, portal.at(30))
    assert await kinds(database) == ["alert", "digest"]
    assert await send_all(database, portal.at(30)) == [(1, None)]
    await portal.stand(40, *TOLD[: MOST + 2])  # it is back
    assert await send_all(database, portal.at(50)) == [(1, 1)]


async def test_alerts_of_withdrawn_events_do_not_make_them_many(database: Database) -> None:
    portal, [chat] = await held(database, MOST + 1, 1)
    await portal.stand(20, *TOLD[1 : MOST + 1])
    await expand(database, portal.at(30))
    await end_quiet(database, chat, portal.at(30))
    assert await kinds(database) == ["alert"] * (MOST + 1)


async def test_what_is_on_its_way_or_put_off_does_not_make_them_many(database: Database) -> None:
    _, [chat] = await held(database, MOST + 2, 1)
    [on_its_way] = await claim(database, NOW)
    async with database.transaction() as tx:
        later = await tx.session.get_one(OutboxRow, on_its_way.id + 1)
        later.due_at = NOW + MINUTE
    await end_quiet(database, chat)
    assert await kinds(database) == ["alert"] * (MOST + 2)


async def test_what_a_dead_sender_held_counts(database: Database) -> None:
    _, [chat] = await held(database, MOST + 1, 1)
    assert len(await claim(database, NOW)) == 1
    await let_row_leases_pass(database)
    await end_quiet(database, chat)
    assert await kinds(database) == ["digest"]


# --- the parts of a digest


PARTS = [
    (Heading(DigestKind.DAILY, NOW.date(), n, 3), [DigestItem(1, Section.TOLD)]) for n in (1, 2, 3)
]


async def next_part(database: Database, now: datetime) -> OutgoingMessage | None:
    messages = await claim(database, now)
    assert len(messages) < 2
    return messages[0] if messages else None


async def parts_queued(database: Database) -> list[int]:
    """A digest of three parts for a chat that has had its one alert."""
    _, [chat] = await held(database, 1, 1)
    await send_all(database, NOW)
    async with database.transaction() as tx:
        return await tx.outbox.add_digest(chat, PARTS, NOW)


async def test_parts_go_in_order_even_if_the_first_is_put_off(database: Database) -> None:
    ids = await parts_queued(database)
    sent, now = [], NOW
    first = await next_part(database, now)
    assert first is not None
    assert await next_part(database, now) is None  # it is on its way
    async with database.transaction() as tx:
        await tx.outbox.postpone(first.id, NOW + MINUTE, "busy")
    assert await next_part(database, now) is None
    now += MINUTE
    while part := await next_part(database, now):
        sent.append((part.id, part.heading and part.heading.part))
        async with database.transaction() as tx:
            await tx.outbox.sent(part, part.id, 0, now)
    assert sent == [(ids[0], 1), (ids[1], 2), (ids[2], 3)]


async def test_a_part_that_is_refused_does_not_hold_the_next(database: Database) -> None:
    ids = await parts_queued(database)
    first = await next_part(database, NOW)
    assert first is not None
    async with database.transaction() as tx:
        await tx.outbox.ended(first.id, MessageState.REFUSED, "no rights")
    second = await next_part(database, NOW)
    assert second is not None
    assert second.id == ids[1]
