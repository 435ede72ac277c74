"""A reader asks to be forgotten: nothing is left but the last answer, then nothing at all."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from storage.chats import Timetable
from storage.database import Database
from storage.model import (
    Call,
    ChatKind,
    ChatState,
    DigestItem,
    DigestKind,
    Filter,
    FollowMode,
    Heading,
    Section,
)
from storage.tables import ChatRow, FollowRow, OutboxRow
from tests.support.portal import START, Portal, entity, expand, follow, send_all
from tests.support.rows import column, count, everything, rows, until_one_waits
from tests.support.story import account

NOW = START + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
LEAVER, OTHER = -7_001_001, -8_002_002
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BRIDGE = account("2017-11-23", "[[Springfield]] gets a bridge.")
VOTE = account("2017-11-23", "[[Springfield]] votes.")
DAILY = DigestKind.DAILY
PLAN = Timetable(NOW, NOW, date(2017, 11, 23), NOW, date(2017, 11, 19), False, None)
GOODBYE = Call("sendMessage", {"text": "Goodbye."})


async def use_all(database: Database, telegram_id: int, secret: str) -> int:
    """A chat that uses everything there is, its words all with a secret in them; its row."""
    chat_id = await follow(database, telegram_id, "Springfield")
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.chat(telegram_id, NOW, 4, kind=ChatKind.SUPERGROUP, title=secret)
        await tx.chats.chat(telegram_id, NOW, kind=ChatKind.SUPERGROUP, title=secret)
        await tx.chats.set_filter(chat_id, number, Filter(must_not=(secret,)))
        await tx.chats.choose_language(chat_id, f"x-{secret}")
        await tx.chats.choose_timezone(chat_id, f"Zone/{secret}")
        await tx.chats.choose_digest(chat_id, 480, NOW)
        await tx.chats.choose_weekly(chat_id, 6)
        await tx.chats.choose_quiet(chat_id, (1320, 420))
        await tx.chats.plan(chat_id, PLAN)
        await tx.outbox.reply(chat_id, [Call("sendMessage", {"text": secret})], NOW)
    return chat_id


async def be_told(database: Database) -> None:
    """Let all chats have had an alert, wait for one, have one in a digest, and wait for a
    digest of two parts."""
    async with database.transaction() as tx:
        for answer in await tx.outbox.claim_replies(NOW, MINUTE, 9):
            await tx.outbox.sent(answer, answer.id, 0, NOW)
    portal = Portal(database)
    [event] = await portal.stand(0, FLOOD)
    assert len(await send_all(database, NOW)) == 2
    await portal.stand(1, FLOOD, BRIDGE)
    await expand(database, NOW + MINUTE)
    async with database.transaction() as tx:
        for chat in await tx.chats.known():
            await tx.outbox.catch_up(chat.id, [], NOW)
            parts = [
                (Heading(DAILY, NOW.date(), part, 2), [DigestItem(event, Section.TOLD)])
                for part in (1, 2)
            ]
            await tx.outbox.add_digest(chat.id, parts, NOW)
    await portal.stand(2, FLOOD, BRIDGE, VOTE)
    await expand(database, NOW + 2 * MINUTE)


async def forget(database: Database) -> None:
    """Forget the leaver, with a last answer."""
    async with database.transaction() as tx:
        [chat, _] = await tx.chats.topics(LEAVER)
        await tx.chats.forget(LEAVER)
        await tx.outbox.reply(chat.id, [GOODBYE], NOW)


async def drop(database: Database, limit: int = 1000) -> None:
    async with database.transaction() as tx:
        await tx.chats.drop_forgotten(limit)


async def say_goodbye(database: Database) -> None:
    async with database.transaction() as tx:
        [answer] = await tx.outbox.claim_replies(NOW, MINUTE, 9, [OTHER])
        assert answer.call == GOODBYE
        await tx.outbox.sent(answer, 1, 0, NOW)


def owned(tables: dict[str, list[dict[str, Any]]], telegram_id: int) -> list[dict[str, Any]]:
    """All rows that belong to a chat."""
    chats = [row for row in tables["chats"] if row["telegram_id"] == telegram_id]
    ids = {row["id"] for row in chats}
    own = [row for name in ("follows", "outbox") for row in tables[name] if row["chat_id"] in ids]
    numbers = {row["id"] for row in tables["outbox"] if row["chat_id"] in ids}
    return [*chats, *own, *(row for row in tables["digest_items"] if row["outbox_id"] in numbers)]


@pytest.fixture
def secret() -> str:
    """What nobody may find once its owner is forgotten."""
    return "platypus"


async def test_nothing_of_the_reader_is_left(database: Database, secret: str) -> None:
    leaver = await use_all(database, LEAVER, secret)
    await use_all(database, OTHER, "heron")
    await be_told(database)
    before = await everything(database)
    assert len(owned(before, LEAVER)) == len(owned(before, OTHER)) > 9
    assert secret in repr(before)

    await forget(database)
    between = await everything(database)
    assert secret not in repr(
        {**between, "chats": [r | {"language": ""} for r in between["chats"]]}
    )
    assert owned(between, OTHER) == owned(before, OTHER)
    [chat, _, answer] = owned(between, LEAVER)
    assert (chat["id"], answer["kind"], answer["state"]) == (leaver, "reply", "waiting")

    await say_goodbye(database)
    await drop(database)
    after = await everything(database)
    assert owned(after, LEAVER) == []
    assert owned(after, OTHER) == owned(before, OTHER)
    assert secret not in repr(after)
    assert str(LEAVER) not in repr(after)
    assert {name: len(found) for name, found in after.items() if name not in _OWNED} == {
        name: len(found) for name, found in before.items() if name not in _OWNED
    }


_OWNED = ("chats", "follows", "outbox", "digest_items")


async def test_the_chat_stays_for_its_last_answer(database: Database, secret: str) -> None:
    await use_all(database, LEAVER, secret)
    await forget(database)
    await drop(database)
    assert await column(database, ChatRow.state) == ["forgotten"]  # the other topic is gone
    await say_goodbye(database)
    await drop(database)
    assert await count(database, ChatRow) == 0


async def test_a_forgotten_chat_wants_nothing_any_more(database: Database, secret: str) -> None:
    chat_id = await use_all(database, LEAVER, secret)
    await forget(database)
    async with database.transaction() as tx:
        chat = await tx.chats.get(chat_id)
        assert await tx.chats.timetable(chat_id) == Timetable()
        assert await tx.chats.due("digest_due_at", NOW + timedelta(days=99)) is None
        assert await tx.chats.known() == []
    assert chat is not None
    assert (chat.state, chat.title, chat.timezone) == (ChatState.FORGOTTEN, "", "UTC")
    assert (chat.digest_at, chat.weekly_on, chat.quiet_from, chat.quiet_until) == (None,) * 4
    assert not (chat.language_chosen or chat.timezone_chosen)


async def test_few_at_once_are_dropped(database: Database) -> None:
    for reader in (1, 2, 3):
        await follow(database, reader, "Springfield")
        async with database.transaction() as tx:
            await tx.chats.forget(reader)
    await drop(database, 2)
    assert await column(database, ChatRow.telegram_id) == [3]


async def test_who_follows_again_is_not_dropped(database: Database, secret: str) -> None:
    await use_all(database, LEAVER, secret)
    async with database.transaction() as tx:
        await tx.chats.forget(LEAVER)
    chat = await follow(database, LEAVER, "Springfield", at=NOW)
    await drop(database)
    assert await rows(database, ChatRow.id, ChatRow.telegram_id) == [(chat, LEAVER)]
    assert await count(database, FollowRow) == 1


async def test_a_digest_that_came_too_late_goes_with_its_chat(database: Database) -> None:
    chat = await follow(database, LEAVER, "Springfield")
    await Portal(database).stand(0, FLOOD)
    async with database.transaction() as tx:
        await tx.chats.forget(LEAVER)
        item = DigestItem(1, Section.MINE)
        await tx.outbox.add_digest(chat, [(Heading(DAILY), [item])], NOW)
    await drop(database)
    assert owned(await everything(database), LEAVER) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_what_is_queued_at_the_same_time_is_forgotten_too(database: Database) -> None:
    chat = await follow(database, LEAVER, "Springfield")
    [event] = await Portal(database).stand(0, FLOOD)

    async def leave() -> None:
        async with database.transaction() as tx:
            await tx.chats.forget(LEAVER)

    async with database.transaction() as tx:
        await tx.outbox.catch_up(chat, [event], NOW)
        leaving = asyncio.create_task(leave())
        await until_one_waits(database)
    await leaving
    assert await count(database, OutboxRow) == 0


async def test_chats_long_lost_lose_their_follows_and_others_not(database: Database) -> None:
    number = await entity(database, "Springfield")
    for reader, state, since in (
        (1, ChatState.UNREACHABLE, NOW),
        (2, ChatState.UNREACHABLE, NOW + MINUTE),
        (3, ChatState.PAUSED, NOW),
    ):
        chat = await follow(database, reader, "Springfield")
        async with database.transaction() as tx:
            await tx.chats.set_mode(chat, number, FollowMode.DIGEST)
            await tx.chats.set_state(reader, state, since)
    async with database.transaction() as tx:
        await tx.chats.forget_lost(NOW + MINUTE)
    assert await column(database, FollowRow.chat_id) == [2, 3]
