"""Old digests go, as far as nothing has to be known by them, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.core.schedule import TOO_OLD
from storage.database import Database
from storage.model import Call, DigestItem, DigestKind, Heading, MessageState, Section
from storage.tables import DigestItemRow, OutboxRow
from tests.support.portal import START, Portal, expand, follow, send_all
from tests.support.rows import column
from tests.support.story import account

NOW = START + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
FIRE = account("2017-11-23", "[[Shelbyville]] burns.")
S = MessageState


async def add_digest(
    database: Database, at: datetime, *parts: list[int], state: MessageState = S.SENT
) -> list[int]:
    """Give the first chat a digest of so many parts; their rows."""
    listed = [
        (Heading(DigestKind.DAILY, at.date(), number, len(parts)),
         [DigestItem(event, Section.MINE) for event in part])
        for number, part in enumerate(parts, 1)
    ]  # fmt: skip
    async with database.transaction() as tx:
        ids = await tx.outbox.add_digest(1, listed, at)
        ended = update(OutboxRow).where(OutboxRow.id.in_(ids)).values(state=state.value)
        await tx.session.execute(ended)
    return ids


async def forget(database: Database, before: datetime, limit: int = 1000) -> None:
    async with database.transaction() as tx:
        await tx.outbox.forget_digests(before, limit)


async def listed(database: Database) -> list[int]:
    """The rows of the digests of which it is known what they tell."""
    async with database.reading() as tx:
        rows = select(DigestItemRow.outbox_id).order_by(DigestItemRow.outbox_id)
        return list(await tx.session.scalars(rows))


async def two_events(database: Database) -> None:
    await follow(database, 1, "Malta")
    await Portal(database).stand(0, FLOOD, FIRE)


async def test_old_digests_go_with_what_they_told_the_oldest_first(database: Database) -> None:
    await two_events(database)
    old = await add_digest(database, NOW, [1], [2])
    later = await add_digest(database, NOW + MINUTE, [1])
    new = await add_digest(database, NOW + 2 * MINUTE, [2])
    await forget(database, NOW + 2 * MINUTE, 1)
    assert await column(database, OutboxRow.id) == [old[1], *later, *new]
    assert await column(database, OutboxRow.after_id) == [None, None, None]
    await forget(database, NOW + 2 * MINUTE)
    assert await column(database, OutboxRow.id) == await listed(database) == new
    await forget(database, NOW + 2 * MINUTE)
    assert await column(database, OutboxRow.id) == new


async def test_digests_that_wait_stay_and_hold_up_no_others(database: Database) -> None:
    await two_events(database)
    waiting = await add_digest(database, NOW, [1], state=S.WAITING)
    await add_digest(database, NOW, [1], state=S.EXPIRED)
    await forget(database, NOW + MINUTE, 1)
    assert await column(database, OutboxRow.id) == await listed(database) == waiting


async def test_what_expired_and_was_listed_stays_listed(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        await tx.chats.choose_digest(chat, 480, NOW)
        await tx.outbox.expire(NOW + MINUTE, timedelta(), TOO_OLD)
    [digest] = await add_digest(database, NOW + MINUTE, [1])
    await forget(database, NOW + 2 * MINUTE)
    assert await listed(database) == []
    assert await column(database, OutboxRow.bundle_id) == [digest, None]
    async with database.reading() as tx:
        assert await tx.outbox.unlisted(chat) == []
        assert await tx.outbox.had(chat, [1]) == {1}


async def test_weekly_digests_go_too(database: Database) -> None:
    chat = await follow(database, 1, "Malta")
    async with database.transaction() as tx:
        await tx.outbox.push(chat, Call("sendMessage", {"text": "the week"}), NOW)
    await forget(database, NOW + MINUTE)
    assert len(await column(database, OutboxRow.id)) == 1  # it waits
    assert await send_all(database, NOW) == [(1, None)]
    await forget(database, NOW)
    assert len(await column(database, OutboxRow.id)) == 1
    await forget(database, NOW + MINUTE)
    assert await column(database, OutboxRow.id) == []


async def test_what_alerts_are_bundled_into_stays_and_holds_up_no_others(
    database: Database,
) -> None:
    chat = await follow(database, 1, "Springfield")
    [flood, _] = await Portal(database).stand(0, FLOOD, FIRE)
    async with database.transaction() as tx:
        assert await tx.outbox.catch_up(chat, [flood], NOW)
    assert await send_all(database, NOW) == [(1, None)]
    [alert, bundle] = await column(database, OutboxRow.id)
    await add_digest(database, NOW, [2])
    await forget(database, NOW + MINUTE, 1)
    assert await column(database, OutboxRow.id) == [alert, bundle]
    assert await column(database, OutboxRow.bundle_id) == [bundle, None]
