"""Who sends alerts, digests and edits, when something fails meanwhile; on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.services.delivering import Delivering
from bot.services.outcomes import Outcome
from bot.services.sending import LEASE_NAME, SendPace
from storage.database import Database
from storage.model import Call, Chat
from tests.support.flood import FLOOD, READER, due
from tests.support.portal import Killed
from tests.support.post import PlainViews, Post, no_files, send_round
from tests.support.rows import shift_lease


class TroubledPace(SendPace):
    """A pace in whose midst a transaction fails, once."""

    fails = True

    def barred(self, now: float) -> list[int]:
        """Those that are to be left alone."""
        if self.fails:
            self.fails = False
            raise ConnectionError
        return super().barred(now)


async def test_whose_taking_the_lead_was_undone_does_not_lead(database: Database) -> None:
    one = Post(database)
    two = Post(database, clock=one.clock, telegram=one.telegram, holder="two")
    pace = TroubledPace(1000)
    one.sending = one.sends(one.delivering, pace)
    with pytest.raises(ConnectionError):
        await send_round(one.sending)
    await send_round(two.sending)
    await due(database)
    await one.work()
    assert one.telegram.texts(READER) == []
    await two.work()
    assert one.telegram.texts(READER) == [FLOOD.text]


async def test_who_sends_goes_on_leading_however_long(database: Database) -> None:
    one = Post(database)
    two = Post(database, clock=one.clock, telegram=one.telegram, holder="two")
    await send_round(one.sending)
    for _ in range(3):  # longer than one lease lasts
        one.clock.pass_by(60)
        await shift_lease(database, LEASE_NAME, timedelta(seconds=-60))
        await send_round(one.sending)
    await due(database)
    await two.work()
    assert one.telegram.texts(READER) == []
    await one.work()
    assert one.telegram.texts(READER) == [FLOOD.text]


async def test_who_has_lost_the_lead_notices_it_by_itself(database: Database) -> None:
    one = Post(database)
    two = Post(database, clock=one.clock, telegram=one.telegram, holder="two")
    await send_round(one.sending)
    await shift_lease(database, LEASE_NAME, timedelta(minutes=-5))
    await send_round(two.sending)
    one.clock.pass_by(60)
    await due(database)
    await one.work()
    assert one.telegram.texts(READER) == []
    await two.work()
    assert one.telegram.texts(READER) == [FLOOD.text]


class FailsAtTheEnd:
    """A Telegram that is killed while the sender, told to stop, waits for it."""

    def __init__(self) -> None:
        self.stop, self.wake = asyncio.Event(), asyncio.Event()

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        self.stop.set()
        self.wake.set()
        for _ in range(10):  # until nothing but this is waited for
            await asyncio.sleep(0)
        raise Killed


async def test_at_its_end_it_lets_another_lead_whatever_fails(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    one, telegram = Post(database), FailsAtTheEnd()
    await due(database)
    await one.expanding.expand()
    delivering = Delivering(database, telegram, PlainViews(), clock=one.clock, files=no_files)
    sending = one.sends(delivering)
    await sending.run(telegram.stop, telegram.wake)
    async with database.reading() as tx:
        assert await tx.leases.holders() == {}
    assert "could not be settled" in caplog.text
