"""What only one process does: taken over at once from who died on this host."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.leading import Estate, Holder, Leading, release_dead
from storage.database import Database
from storage.model import Call

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OWN = Holder("here", 10, "ns-own")


def test_a_process_is_known_again_by_how_it_is_written() -> None:
    assert Holder.parse(str(OWN)) == OWN
    assert OWN.namespace == Holder("here", 10, "ns-other").namespace
    assert Holder.parse("a:b:11:ns-c") == Holder("a:b", 11, "ns-c")
    assert Holder.parse("nonsense") is Holder.parse("here:ten:a") is Holder.parse("11:a") is None


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
    assert freed == Estate(("send",) if given_back else (), 0)


@pytest.mark.parametrize(
    ("holder", "freed"),
    [
        ("here:11:ns-a", 1),  # died
        ("here:12:ns-a", 0),  # lives
        ("here:11:other-a", 0),  # of a container: its number says nothing here
        ("here:10:ns-a", 0),  # maybe of before, maybe of a container that is called as we are
        ("there:11:ns-a", 0),
    ],
)
async def test_messages_of_the_dead_are_given_back(
    database: Database, holder: str, freed: int
) -> None:
    call = Call("sendMessage", {"text": "hello"})
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOON)
        await tx.outbox.reply(chat.id, [call], NOON)
        assert len(await tx.outbox.claim_replies(NOON, MINUTE, 9, holder=holder)) == 1
    assert await release_dead(database, OWN, lambda pid: pid != 11) == Estate((), freed)
    async with database.transaction() as tx:
        assert len(await tx.outbox.claim_replies(NOON, MINUTE, 9)) == freed


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


async def test_another_stands_by(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.services.leading")
    await hold(database, "receive", "another")
    stop = asyncio.Event()

    async def job(over: asyncio.Event) -> None:
        raise AssertionError("two of them at once")

    async def stop_instead(seconds: float) -> None:
        stop.set()

    await Leading(database, str(OWN), sleep=stop_instead).lead("receive", job, stop)
    assert caplog.messages == ["receive: another process does it at present, standing by"]
