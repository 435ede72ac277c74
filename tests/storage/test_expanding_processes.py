"""Several processes give chats their alerts at the same time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.schedule import TOO_OLD
from bot.services.wanting import wants
from storage.database import Database, Transaction
from storage.model import Filter, Telling
from storage.tables import OutboxRow
from tests.support.portal import START, Portal, follow
from tests.support.rows import column, rows, until_one_waits
from tests.support.story import account
from tests.support.wanting import want

NOW = START + timedelta(minutes=10)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
FIRE = account("2017-11-23", "[[Shelbyville]] burns.")


async def expand(tx: Transaction) -> None:
    assert await tx.outbox.expand(NOW, TOO_OLD, wants) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # else they queue up
async def test_two_announcements_after_a_gap_make_one_digest_of_a_chat(database: Database) -> None:
    await follow(database, 1, "Springfield", "Shelbyville")
    await Portal(database, telling=Telling.CATCH_UP).stand(0, FLOOD, FIRE)

    async def other() -> None:
        async with database.transaction() as tx:
            await expand(tx)  # finds that the first is done
            await expand(tx)

    async with database.transaction() as tx:
        await expand(tx)
        expanding = asyncio.create_task(other())
        await until_one_waits(database)
    await expanding
    found = await rows(database, OutboxRow.id, OutboxRow.kind, OutboxRow.bundle_id)
    [digest] = [number for number, kind, _ in found if kind == "digest"]
    assert [bundle for *_, bundle in found] == [digest, None, digest]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_who_ends_alerts_waits_for_who_makes_them(database: Database) -> None:
    await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)

    async def expire() -> None:
        async with database.transaction() as tx:
            await tx.outbox.expire(NOW + timedelta(days=2), timedelta(days=1), TOO_OLD)

    async with database.transaction() as tx:
        await expand(tx)
        expiring = asyncio.create_task(expire())
        await until_one_waits(database)
    await expiring
    assert await column(database, OutboxRow.state) == ["bundled", "waiting"]


@pytest.mark.parametrize("back", [False, True], ids=["quiet hours end", "the chat is back"])
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_who_bundles_alerts_waits_for_who_makes_them(
    database: Database, *, back: bool
) -> None:
    chat = await follow(database, 1, "Springfield", "Shelbyville")
    await Portal(database).stand(0, FLOOD)
    async with database.transaction() as tx:
        await expand(tx)
    await Portal(database, telling=Telling.CATCH_UP).stand(0, FLOOD, FIRE)

    async def bundle() -> None:
        async with database.transaction() as tx:
            if back:
                await tx.outbox.catch_up(chat, [], NOW)
            else:
                await tx.outbox.end_quiet(chat, NOW, 0)

    async with database.transaction() as tx:
        await expand(tx)
        bundling = asyncio.create_task(bundle())
        await until_one_waits(database)
    await bundling
    found = await rows(database, OutboxRow.kind, OutboxRow.bundle_id)
    assert [kind for kind, _ in found].count("digest") == 1
    assert len({bundle for kind, bundle in found if kind == "alert"}) == 1


@pytest.mark.parametrize("wanted", [Filter(), Filter(must=("flood",))])
async def test_chats_get_their_alerts_in_one_order_whoever_followed_first(
    database: Database, wanted: Filter
) -> None:
    for reader in (1, 2, 3):
        await follow(database, reader, "Malta")
    for reader in (3, 1, 2):
        await want(database, reader, wanted)
    await Portal(database).stand(0, FLOOD)
    async with database.transaction() as tx:
        await expand(tx)
    assert await column(database, OutboxRow.chat_id) == [1, 2, 3]
