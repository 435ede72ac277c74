"""The time that everything goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.services.sample import SAMPLE_NOW
from bot.services.sampling import Clock, sample_start
from storage.database import Database


def utc_now() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)


async def clock_over(database: Database) -> Clock:
    """The clock of a database: during the sample week that of the week."""
    started = await sample_start(database)
    return Clock(utc_now, SAMPLE_NOW - started if started else timedelta())
