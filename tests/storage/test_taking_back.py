"""Digests that a chat was away for are taken back: what they told comes otherwise."""

from __future__ import annotations

from datetime import timedelta

from bot.core.schedule import TOO_OLD
from bot.services.wanting import wants
from storage.database import Database
from storage.model import Call, DigestItem, DigestKind, Filter, FollowMode, Heading, Section
from storage.tables import OutboxRow
from tests.support.portal import START, Portal, claim, entity, expand, follow
from tests.support.rows import let_row_leases_pass, rows
from tests.support.story import account
from tests.support.wanting import want

NOW = START + timedelta(minutes=10)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BRIDGE = account("2017-11-23", "[[Jo Mayor]] opens a bridge.")
BY_NIGHT = account("2017-11-23", "A flood reaches [[Springfield]] by night.")
MINE, TOLD, OTHERS = Section.MINE, Section.TOLD, Section.OTHERS


async def queue(database: Database, chat: int, *items: DigestItem) -> int:
    """Let a digest wait for a chat; its row."""
    async with database.transaction() as tx:
        [row] = await tx.outbox.add_digest(chat, [(Heading(DigestKind.DAILY), items)], NOW)
    return row


async def take_back(database: Database, chat: int) -> list[int]:
    async with database.transaction() as tx:
        return await tx.outbox.take_back(chat)


async def kinds(database: Database) -> list[tuple[str, str]]:
    found = await rows(database, OutboxRow.kind, OutboxRow.state, OutboxRow.id)
    return [(kind, state) for kind, state, _ in found]


async def test_what_concerned_the_chat_is_handed_back(database: Database) -> None:
    chat, other = await follow(database, 1, "Malta"), await follow(database, 2, "Malta")
    await Portal(database).stand(0, FLOOD, BRIDGE)
    items = [DigestItem(2, MINE), DigestItem(1, MINE), DigestItem(2, TOLD), DigestItem(2, OTHERS)]
    await queue(database, chat, *items)
    await queue(database, other, DigestItem(1, MINE))
    assert await take_back(database, chat) == [1, 2]
    assert await take_back(database, chat) == []
    assert await kinds(database) == [("digest", "cancelled"), ("digest", "waiting")]


async def test_what_others_are_told_is_not(database: Database) -> None:
    chat = await follow(database, 1, "Malta")
    await Portal(database).stand(0, FLOOD, BRIDGE)
    await queue(database, chat, DigestItem(1, TOLD), DigestItem(2, OTHERS))
    assert await take_back(database, chat) == []
    assert await kinds(database) == [("digest", "cancelled")]


async def test_messages_made_for_a_time_gone_by_end_and_answers_stay(database: Database) -> None:
    chat = await follow(database, 1, "Malta")
    hello = Call("sendMessage", {"text": "hello"})
    async with database.transaction() as tx:
        await tx.outbox.push(chat, hello, NOW)
        await tx.outbox.reply(chat, [hello], NOW)
    await take_back(database, chat)
    assert await kinds(database) == [("digest", "cancelled"), ("reply", "waiting")]


async def test_a_digest_that_alerts_are_bundled_into_goes_on_waiting(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    [event] = await Portal(database).stand(0, FLOOD)
    async with database.transaction() as tx:
        await tx.outbox.catch_up(chat, [event], NOW)
    assert await take_back(database, chat) == []
    assert await kinds(database) == [("alert", "bundled"), ("digest", "waiting")]


async def test_a_digest_on_its_way_is_not_taken_back(database: Database) -> None:
    chat = await follow(database, 1, "Malta")
    await Portal(database).stand(0, FLOOD)
    await queue(database, chat, DigestItem(1, MINE))
    assert len(await claim(database, NOW)) == 1
    assert await take_back(database, chat) == []
    await let_row_leases_pass(database)
    assert await take_back(database, chat) == [1]


async def test_an_expired_alert_that_it_listed_is_not_lost(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    [event] = await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        await tx.chats.choose_digest(chat, 480, NOW)
        await tx.outbox.expire(NOW + 2 * DAY, DAY, TOO_OLD)
    await queue(database, chat, DigestItem(event, MINE))
    assert await take_back(database, chat) == [event]
    async with database.transaction() as tx:
        assert await tx.outbox.unlisted(chat) == [event]
        assert await tx.outbox.catch_up(chat, [event], NOW)
    [message] = await claim(database, NOW)
    async with database.reading() as tx:
        assert await tx.outbox.bundled(message.id) == [event]


# --- what an alert is still to come of


async def to_come(database: Database, chat: int) -> list[bool]:
    async with database.reading() as tx:
        found = await tx.outbox.concerning(chat, NOW - HOUR, NOW + HOUR)
    return [concern.to_come for concern in found]


async def test_an_alert_is_to_come_until_the_follower_was_looked_at(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    silent = await follow(database, 2, "Springfield")
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.set_mode(silent, number, FollowMode.DIGEST)
    await Portal(database).stand(0, FLOOD)
    assert (await to_come(database, chat), await to_come(database, silent)) == ([True], [False])
    await expand(database, NOW)
    assert await to_come(database, chat) == [False]


async def test_an_alert_may_come_of_a_filter_that_is_to_be_asked_again(
    database: Database,
) -> None:
    chat = await follow(database, 1, "Springfield")
    filtering = await want(database, 2, Filter(must=("night",)))
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(20, BY_NIGHT)
    assert (await to_come(database, chat), await to_come(database, filtering)) == ([False], [True])
    async with database.transaction() as tx:
        while await tx.outbox.reconsider(portal.at(30), TOO_OLD, wants):
            pass
    assert await to_come(database, filtering) == [False]
