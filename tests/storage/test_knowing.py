"""What chats are: their kind, title, language, and whether messages reach them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import Database
from storage.model import ChatKind, ChatState
from storage.tables import ChatRow
from tests.support.portal import START
from tests.support.rows import column, rows

NOW = START
LATER = START + timedelta(hours=1)
READER, GROUP, CHANNEL = 7, -7, -1_000_000_000_007


async def language(database: Database, telegrams: str, kind: ChatKind = ChatKind.PRIVATE) -> str:
    """The chat's language after Telegram has said what the writer's is."""
    async with database.transaction() as tx:
        await tx.chats.chat(READER, NOW, language=telegrams, kind=kind)
    async with database.reading() as tx:
        [chat] = await tx.chats.topics(READER)
    return chat.language


async def choose(database: Database, wanted: str | None) -> None:
    async with database.transaction() as tx:
        [chat] = await tx.chats.topics(READER)
        await tx.chats.choose_language(chat.id, wanted)


async def test_the_language_follows_telegram_until_one_is_chosen(database: Database) -> None:
    assert await language(database, "de") == "de"
    assert await language(database, "fr") == "fr"
    await choose(database, "ar")
    assert await language(database, "de") == "ar"


async def test_to_choose_none_is_to_follow_telegram_again(database: Database) -> None:
    await language(database, "de")
    await choose(database, "ar")
    await choose(database, None)
    assert await column(database, ChatRow.language_chosen) == [False]
    assert await language(database, "fr") == "fr"


async def test_a_groups_language_is_not_that_of_each_writer(database: Database) -> None:
    assert await language(database, "de", ChatKind.GROUP) == "de"
    assert await language(database, "fr", ChatKind.GROUP) == "de"
    await choose(database, "ar")
    assert await language(database, "fr", ChatKind.GROUP) == "ar"


async def test_kind_and_title_are_what_telegram_said_last(database: Database) -> None:
    async with database.transaction() as tx:
        made = await tx.chats.chat(GROUP, NOW, kind=ChatKind.GROUP, title="Neighbours")
        assert (made.kind, made.title) == (ChatKind.GROUP, "Neighbours")
        await tx.chats.chat(GROUP, NOW, kind=ChatKind.SUPERGROUP, title="Good neighbours")
    async with database.transaction() as tx:
        await tx.chats.chat(GROUP, NOW, kind=ChatKind.SUPERGROUP)  # a title may be left unsaid
    async with database.reading() as tx:
        kept = await tx.chats.get(made.id)
    assert kept is not None
    assert (kept.kind, kept.title) == (ChatKind.SUPERGROUP, "Good neighbours")


async def test_a_chat_without_settings_has_none(database: Database) -> None:
    async with database.transaction() as tx:
        chat = await tx.chats.chat(CHANNEL, NOW, kind=ChatKind.CHANNEL)
    wanted = (chat.digest_at, chat.weekly_on, chat.quiet_from, chat.quiet_until)
    assert (chat.timezone, chat.language_chosen, chat.timezone_chosen) == ("UTC", False, False)
    assert (wanted, chat.state_since) == ((None,) * 4, NOW)


async def test_no_chat_has_an_unknown_number(database: Database) -> None:
    async with database.reading() as tx:
        assert await tx.chats.get(99) is None
        assert await tx.chats.topics(99) == []


async def forum(database: Database) -> None:
    """A forum in which the bot talks in three topics, and a chat beside it."""
    async with database.transaction() as tx:
        for thread in (3, 0, 5):
            await tx.chats.chat(GROUP, NOW, thread, kind=ChatKind.SUPERGROUP, title="Forum")
        await tx.chats.chat(READER, NOW)


async def test_a_topic_can_fall_silent_alone(database: Database) -> None:
    await forum(database)
    async with database.transaction() as tx:
        await tx.chats.set_state(GROUP, ChatState.UNREACHABLE, LATER, 3)
    assert await rows(database, ChatRow.thread_id, ChatRow.state, ChatRow.state_since) == [
        (3, "unreachable", LATER),
        (0, "active", NOW),
        (5, "active", NOW),
        (0, "active", NOW),
    ]


async def test_the_main_topic_too_can_fall_silent_alone(database: Database) -> None:
    await forum(database)
    async with database.transaction() as tx:
        await tx.chats.set_state(GROUP, ChatState.PAUSED, LATER, 0)
    assert await column(database, ChatRow.state) == ["active", "paused", "active", "active"]


async def test_a_state_that_stays_keeps_its_time(database: Database) -> None:
    await forum(database)
    async with database.transaction() as tx:
        await tx.chats.set_state(GROUP, ChatState.PAUSED, LATER, 3)
        await tx.chats.set_state(GROUP, ChatState.PAUSED, LATER + timedelta(hours=1))
    assert await column(database, ChatRow.state_since) == [
        LATER, LATER + timedelta(hours=1), LATER + timedelta(hours=1), NOW
    ]  # fmt: skip


async def test_topics_come_in_order_and_chats_once(database: Database) -> None:
    await forum(database)
    async with database.reading() as tx:
        assert [chat.thread_id for chat in await tx.chats.topics(GROUP)] == [0, 3, 5]
        known = [(chat.telegram_id, chat.thread_id) for chat in await tx.chats.known()]
        assert known == [(GROUP, 0), (READER, 0)]
        assert sorted(await tx.chats.telegram_ids()) == [GROUP, READER]


@pytest.mark.parametrize("state", [ChatState.UNREACHABLE, ChatState.PAUSED])
async def test_who_asked_to_be_forgotten_can_only_come_back(
    database: Database, state: ChatState
) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(READER, NOW)
        await tx.chats.forget(READER)
        await tx.chats.set_state(READER, state, LATER)
    assert await column(database, ChatRow.state) == ["forgotten"]
    async with database.transaction() as tx:
        await tx.chats.set_state(READER, ChatState.ACTIVE, LATER)
    assert await column(database, ChatRow.state) == ["active"]
