"""What only one process does: taken over at once from who died on this host."""

from __future__ import annotations

import asyncio

import pytest

from bot.services.leading import Holder, Leading, release_dead
from storage.database import Database

OWN = Holder("here", 10, "own")


async def hold(database: Database, name: str, holder: str) -> None:
    async with database.transaction() as tx:
        assert await tx.leases.take(name, holder, 60)


@pytest.mark.parametrize(
    ("holder", "given_back"),
    [
        ("here:11:a", True),  # died
        ("here:12:a", False),  # lives
        ("here:10:a", True),  # had our number before us, as in a container
        (str(OWN), False),
        ("there:11:a", False),  # of another host: nobody here can tell
        ("a:b:11:a", False),
        ("nonsense", False),
    ],
)
async def test_leases_of_the_dead_are_given_back(
    database: Database, holder: str, given_back: bool
) -> None:
    await hold(database, "send", holder)
    freed = await release_dead(database, OWN, lambda pid: pid != 11)
    assert freed == (["send"] if given_back else [])


async def test_who_leads_works_until_told_to_stop(database: Database) -> None:
    stop = asyncio.Event()
    worked = asyncio.Event()

    async def job(over: asyncio.Event) -> None:
        worked.set()
        await over.wait()

    leading = asyncio.create_task(Leading(database, str(OWN)).lead("receive", job, stop))
    await worked.wait()
    stop.set()
    await leading
    await hold(database, "receive", "another")  # it was given back


async def test_another_stands_by(database: Database) -> None:
    await hold(database, "receive", "another")
    stop = asyncio.Event()

    async def job(over: asyncio.Event) -> None:
        raise AssertionError("two of them at once")

    async def stop_instead(seconds: float) -> None:
        stop.set()

    await Leading(database, str(OWN), sleep=stop_instead).lead("receive", job, stop)
