"""What only one process may do at once; by the database's clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.clock import database_now
from storage.database import Database
from storage.tables import LeaseRow
from tests.support.rows import shift_lease

NAME = "send"


async def take(database: Database, holder: str, seconds: float = 60) -> bool:
    async with database.transaction() as tx:
        return await tx.leases.take(NAME, holder, seconds)


async def until(database: Database) -> datetime:
    async with database.reading() as tx:
        return (await tx.session.get_one(LeaseRow, NAME)).until


async def test_one_holder_at_a_time(database: Database) -> None:
    assert await take(database, "one")
    assert not await take(database, "two")


async def test_the_holder_renews_its_own(database: Database) -> None:
    assert await take(database, "one", 60)
    await shift_lease(database, NAME, timedelta(seconds=-50))
    assert await take(database, "one", 60)
    left = await until(database) - datetime.now(UTC)
    assert left.total_seconds() == pytest.approx(60, abs=5)


async def test_a_lease_is_lost_by_time(database: Database) -> None:
    await take(database, "one", 60)
    await shift_lease(database, NAME, timedelta(seconds=-61))
    assert await take(database, "two")
    assert not await take(database, "one")


async def test_a_lease_given_back_is_free(database: Database) -> None:
    await take(database, "one")
    async with database.transaction() as tx:
        await tx.leases.release(NAME, "two")  # not its to give
    assert not await take(database, "two")
    async with database.transaction() as tx:
        await tx.leases.release(NAME, "one")
    assert await take(database, "two")


async def test_of_many_who_ask_at_once_one_gets_it(database: Database) -> None:
    taken = await asyncio.gather(*(take(database, f"holder {number}") for number in range(6)))
    assert sorted(taken) == [False] * 5 + [True]


async def test_leases_of_other_names_are_free(database: Database) -> None:
    await take(database, "one")
    async with database.transaction() as tx:
        assert await tx.leases.take("poll", "two", 60)


async def test_the_clock_is_the_databases_and_in_utc(database: Database) -> None:
    async with database.reading() as tx:
        now = await database_now(tx.session)
        later = await database_now(tx.session)
    assert now.tzinfo == UTC
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
    assert later >= now
