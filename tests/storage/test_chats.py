"""Chats: follows, updates, and the move of a group."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import Database
from storage.model import Call, ChatState
from storage.tables import ChatRow, FollowRow, OutboxRow, UpdateRow
from tests.support.portal import START, Portal, claim, edit_all, entity, expand, follow, send_all
from tests.support.rows import column, count, rows
from tests.support.story import account

NOW = START + timedelta(minutes=10)
DAY = timedelta(days=1)
OLD, NEW = -5, -1_000_000_000_005
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
REWORDED = account("2017-11-23", "A flood reaches [[Springfield]] by night.")
BRIDGE = account("2017-11-23", "[[Jo Mayor]] opens a bridge.")


async def move(database: Database, old: int = OLD, new: int = NEW) -> None:
    async with database.transaction() as tx:
        await tx.chats.move(old, new)


async def test_an_update_counts_once(database: Database) -> None:
    async with database.transaction() as tx:
        assert await tx.chats.begin_update(2**40, NOW)
        assert not await tx.chats.begin_update(2**40, NOW)
    async with database.reading() as tx:
        assert await tx.chats.is_handled(2**40)
        assert not await tx.chats.is_handled(1)


async def test_an_update_whose_work_failed_counts_again(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as tx:
            await tx.chats.begin_update(1, NOW)
            raise RuntimeError
    async with database.transaction() as tx:
        assert await tx.chats.begin_update(1, NOW)


async def test_old_updates_are_forgotten(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.begin_update(1, NOW)
        await tx.chats.begin_update(2, NOW + timedelta(days=1))
        await tx.chats.forget_updates(NOW + timedelta(hours=1))
    assert await column(database, UpdateRow.id) == [2]


async def test_follows_come_in_one_order_on_each_database(database: Database) -> None:
    names = ["Zoë", "adam", "Émile", "Łódź", "Étienne", "Bob", "Ägypten", "ежи", "Ezra", "Lima"]
    chat = await follow(database, 1, *names)
    async with database.reading() as tx:
        found = [each.entity.label for each in await tx.chats.follows(chat)]
    assert " ".join(found) == "adam Ägypten Bob Émile Étienne ежи Ezra Lima Łódź Zoë"


async def test_a_chat_is_made_once_for_each_topic(database: Database) -> None:
    async with database.transaction() as tx:
        first = await tx.chats.chat(7, NOW, language="de")
        assert await tx.chats.chat(7, NOW + DAY, language="de") == first
        topic = await tx.chats.chat(7, NOW, thread_id=3)
    assert topic.id != first.id
    assert (first.state, first.language) == (ChatState.ACTIVE, "de")
    assert await rows(database, ChatRow.telegram_id, ChatRow.thread_id) == [(7, 0), (7, 3)]


async def test_the_state_is_that_of_all_topics(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.chats.chat(7, NOW)
        await tx.chats.chat(7, NOW, thread_id=3)
        await tx.chats.chat(8, NOW)
        await tx.chats.set_state(7, ChatState.UNREACHABLE, NOW)
    assert await column(database, ChatRow.state) == ["unreachable", "unreachable", "active"]


async def test_following_and_unfollowing_twice_says_so(database: Database) -> None:
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        chat = await tx.chats.chat(7, NOW)
        assert await tx.chats.follow(chat.id, number, NOW)
        assert not await tx.chats.follow(chat.id, number, NOW)
        assert await tx.chats.followed(chat.id, [number, 99]) == {number}
        assert await tx.chats.unfollow(chat.id, number)
        assert not await tx.chats.unfollow(chat.id, number)


async def test_follows_are_listed_by_name(database: Database) -> None:
    chat = await follow(database, 7, "Zimbabwe", "apple", "Malta")
    async with database.reading() as tx:
        labels = [each.entity.label for each in await tx.chats.follows(chat)]
        assert await tx.chats.count() == (1, 3)
    assert labels == ["apple", "Malta", "Zimbabwe"]


# --- a group that became a supergroup


async def test_a_chat_moves_with_its_topics_and_all_it_owns(database: Database) -> None:
    chat = await follow(database, OLD, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.chat(OLD, NOW, thread_id=3)
    await move(database)
    assert await rows(database, ChatRow.telegram_id, ChatRow.thread_id) == [(NEW, 0), (NEW, 3)]
    async with database.reading() as tx:
        assert len(await tx.chats.follows(chat)) == 1


async def test_moving_twice_or_to_itself_changes_nothing(database: Database) -> None:
    await follow(database, OLD, "Springfield")
    await move(database)
    await move(database)
    await move(database, NEW, NEW)
    assert await column(database, ChatRow.telegram_id) == [NEW]
    assert await count(database, FollowRow) == 1


async def test_follows_are_united(database: Database) -> None:
    await follow(database, OLD, "Springfield", "Jo Mayor")
    kept = await follow(database, NEW, "Springfield", "Malta")
    await move(database)
    async with database.reading() as tx:
        labels = [each.entity.label for each in await tx.chats.follows(kept)]
    assert labels == ["Jo Mayor", "Malta", "Springfield"]
    assert await column(database, ChatRow.telegram_id) == [NEW]


async def test_alerts_are_united_and_none_comes_twice(database: Database) -> None:
    await follow(database, OLD, "Springfield", "Jo Mayor")
    await follow(database, NEW, "Springfield")
    flood, bridge = await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    await move(database)
    assert sorted(await send_all(database, NOW)) == [(NEW, flood), (NEW, bridge)]
    await expand(database, NOW)
    assert await send_all(database, NOW) == []


@pytest.mark.parametrize("told", [OLD, NEW])
async def test_of_two_alerts_the_one_that_has_gone_is_kept(database: Database, told: int) -> None:
    await follow(database, OLD, "Springfield")
    await follow(database, NEW, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    for message in await claim(database, NOW):
        if message.chat.telegram_id == told:
            async with database.transaction() as tx:
                await tx.outbox.sent(message, message.id, 1, NOW)
        else:
            async with database.transaction() as tx:
                await tx.outbox.postpone(message.id, NOW, "busy")
    await move(database)
    assert await column(database, OutboxRow.state) == ["sent"]
    assert await send_all(database, NOW) == []


async def test_earlier_messages_are_neither_edited_nor_sent_again(database: Database) -> None:
    await follow(database, OLD, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await send_all(database, NOW)
    await move(database)
    await portal.stand(20, REWORDED)
    assert await edit_all(database, portal.at(30)) == []
    assert await send_all(database, portal.at(30)) == []


async def test_answers_that_wait_move_too(database: Database) -> None:
    async with database.transaction() as tx:
        old = await tx.chats.chat(OLD, NOW)
        await tx.chats.chat(NEW, NOW)
        await tx.outbox.reply(old.id, [Call("sendMessage", {"text": "hello"})], NOW)
    await move(database)
    async with database.transaction() as tx:
        [answer] = await tx.outbox.claim_replies(NOW, timedelta(minutes=1), 9)
    assert answer.chat.telegram_id == NEW


async def test_a_moved_chat_is_told_of_later_events(database: Database) -> None:
    await follow(database, OLD, "Springfield")
    await move(database)
    [event] = await Portal(database).stand(0, FLOOD)
    assert await send_all(database, NOW) == [(NEW, event)]
