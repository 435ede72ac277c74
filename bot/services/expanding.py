"""From announcements that are due to alerts that wait, and from changed events to the alerts
that are to be edited."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.core.schedule import TOO_OLD
from bot.services.wanting import wants
from storage.database import Database, Transaction
from storage.errors import ExpansionFailed

log = logging.getLogger(__name__)

RETRY = timedelta(minutes=2)  # after a failure

# Does some of the work that is due at a time; how much it did (0: nothing is left).
_Step = Callable[[Transaction, datetime], Awaitable[int]]


async def expand_due(tx: Transaction, now: datetime) -> None:
    """Do all of it in one transaction. Raises ``ExpansionFailed``."""
    for step in _STEPS:
        while await step(tx, now):
            pass


class Expanding:
    """Does it batch by batch, each in a transaction of its own. ``clock`` gives the time in
    UTC."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def expand(self) -> None:
        """Do what is due now. An announcement that fails must not hold up the others: it is
        due again in some minutes."""
        for step in _STEPS:
            while await self._did(step):
                pass

    async def _did(self, step: _Step) -> int:
        now = self._clock()
        try:
            async with self._database.transaction() as tx:
                return await step(tx, now)
        except ExpansionFailed as failed:
            log.exception("announcement %d: no alerts came of it", failed.announcement)
            async with self._database.transaction() as tx:
                await tx.outbox.put_off(failed.announcement, now + RETRY)
            return 1


async def _unite(tx: Transaction, now: datetime) -> int:
    return await tx.outbox.unite(now)


async def _skip_idle(tx: Transaction, now: datetime) -> int:
    await tx.outbox.skip_unfollowed(now)
    await tx.outbox.skip_untold()
    return 0


async def _expand(tx: Transaction, now: datetime) -> int:
    return await tx.outbox.expand(now, TOO_OLD, wants)


async def _reconsider(tx: Transaction, now: datetime) -> int:
    return await tx.outbox.reconsider(now, TOO_OLD, wants)


async def _spread(tx: Transaction, now: datetime) -> int:
    return await tx.outbox.spread(now)


# The alerts of merged events follow first: till then nobody knows who has had them.
_STEPS: tuple[_Step, ...] = (_unite, _skip_idle, _expand, _reconsider, _spread)
