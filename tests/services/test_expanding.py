"""What is due becomes alerts, whatever else fails, on both databases."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import ColumnElement, update

from bot.services.expanding import RETRY, Expanding
from storage.database import Database
from storage.model import Filter
from storage.tables import AnnouncementRow, FollowRow
from tests.support.portal import Portal, follow
from tests.support.post import Clock
from tests.support.rows import column
from tests.support.story import account
from tests.support.wanting import alerts, want

FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
FIRE = account("2017-11-23", "[[Shelbyville]] burns.")
FLOOD_BY_NIGHT = account("2017-11-23", "A flood reaches [[Springfield]] by night.")
FIRE_BY_NIGHT = account("2017-11-23", "[[Shelbyville]] burns by night.")
NIGHT = Filter(must=("night",))


async def store_filter(database: Database, stored: object, which: ColumnElement[bool]) -> None:
    """Put something into the place of a filter, past the store."""
    async with database.transaction() as tx:
        await tx.session.execute(update(FollowRow).where(which).values(filter=stored))


async def test_an_announcement_that_fails_holds_up_no_other_and_is_tried_again(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await want(database, 1, NIGHT)
    await follow(database, 2, "Shelbyville")
    await store_filter(database, {"must": 5}, FollowRow.id == 1)
    portal = Portal(database)
    await portal.stand(0, FLOOD, FIRE)
    clock = Clock(portal.at(10))
    expanding = Expanding(database, clock=clock)
    await expanding.expand()
    assert await alerts(database) == [(2, 2)]
    assert await column(database, AnnouncementRow.expanded) == [False, True]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    await store_filter(database, {"must": ["flood"]}, FollowRow.id == 1)
    await expanding.expand()
    assert await alerts(database) == [(2, 2)]
    clock.now += RETRY
    await expanding.expand()
    assert await alerts(database) == [(1, 1), (2, 2)]


async def test_filters_that_fail_when_asked_again_hold_up_no_other(database: Database) -> None:
    await want(database, 1, NIGHT)
    await want(database, 2, NIGHT, "Shelbyville")
    portal = Portal(database)
    await portal.stand(0, FLOOD, FIRE)
    clock = Clock(portal.at(10))
    expanding = Expanding(database, clock=clock)
    await expanding.expand()
    await store_filter(database, {"must": 5}, FollowRow.id == 1)
    await portal.stand(20, FLOOD_BY_NIGHT, FIRE_BY_NIGHT)
    clock.now = portal.at(30)
    await expanding.expand()
    assert await alerts(database) == [(2, 2)]
    await store_filter(database, {"must": ["night"]}, FollowRow.id == 1)
    clock.now += RETRY
    await expanding.expand()
    assert await alerts(database) == [(1, 1), (2, 2)]
