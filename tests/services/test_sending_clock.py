"""The sender keeps its pace whatever is done to the system's clock; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.delivering import Delivering
from bot.services.sending import LEASE_NAME, RENEW_SECONDS, Sending, SendPace
from storage.database import Database
from tests.support.flood import READER, due
from tests.support.post import Clock, PlainViews, Post, no_files, seconds_of, send_round
from tests.support.rows import shift_lease


class Steady(Post):
    """A process whose system's clock may be set while another counts the seconds."""

    def __init__(self, database: Database, rate: float = 1000) -> None:
        super().__init__(database)
        self.steady = Clock()
        seconds = seconds_of(self.steady)
        self.delivering = Delivering(
            database,
            self.telegram,
            PlainViews(),
            clock=self.clock,
            files=no_files,
            monotonic=seconds,
        )
        self.sending = Sending(
            database,
            self.delivering,
            SendPace(rate),
            clock=self.clock,
            monotonic=seconds,
            holder="one",
        )


@pytest.mark.parametrize("set_by", [-3600, 3600])
async def test_a_clock_that_is_set_neither_stops_nor_hurries_sending(
    database: Database, set_by: float
) -> None:
    post = Steady(database, rate=1)
    await due(database, READER)
    await due(database, READER + 1)
    await post.expanding.expand()
    await send_round(post.sending)
    assert len(post.telegram.log) == 1
    post.clock.pass_by(7200 + set_by)
    await send_round(post.sending)
    assert len(post.telegram.log) == 1
    post.steady.pass_by(1)
    await send_round(post.sending)
    assert len(post.telegram.log) == 2


async def test_the_lead_is_renewed_whatever_the_clock_says(database: Database) -> None:
    post = Steady(database)
    await send_round(post.sending)
    before = await shift_lease(database, LEASE_NAME, timedelta())
    post.clock.pass_by(-3600)
    post.steady.pass_by(RENEW_SECONDS)
    await send_round(post.sending)
    assert await shift_lease(database, LEASE_NAME, timedelta()) > before
