"""Alerts that wait for readers, as quiet hours hold them."""

from __future__ import annotations

from datetime import timedelta

from storage.database import Database
from tests.support.portal import START, Portal, expand, follow
from tests.support.story import account

NOW = START + timedelta(minutes=10)
TOLD = [account("2017-11-23", f"[[Springfield]] opens bridge number {n}.") for n in range(9)]
REWORDED = account("2017-11-23", "[[Springfield]] opens bridge number 0 by night.")


async def held(database: Database, count: int, *readers: int) -> tuple[Portal, list[int]]:
    """So many alerts, waiting for each reader; and the chats' rows."""
    chats = [await follow(database, reader, "Springfield") for reader in readers]
    portal = Portal(database)
    await portal.stand(0, *TOLD[:count])
    await expand(database, NOW)
    return portal, chats
