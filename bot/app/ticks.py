"""What is done again and again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.app.clock import utc_now

log = logging.getLogger(__name__)

GRACE_SECONDS = 3.0  # for what is under way when told to stop


@dataclass(frozen=True)
class Signals:
    """What the parts tell each other: that it is over, that something may be due."""

    stop: asyncio.Event
    wake: asyncio.Event


class Ticks:
    """What is done again and again, by APScheduler; each kind never twice at once."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._under_way: set[asyncio.Task[None]] = set()
        self._at_end: list[Callable[[], Awaitable[None]]] = []
        self._is_cut_off = False

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Do ``work`` now and then every so many seconds, and wake the sender after it. By its
        ``name`` the log tells that it failed."""

        async def tick() -> None:
            self._note(asyncio.current_task())
            try:
                await work()
            except asyncio.CancelledError:  # the scheduler would take it for a failure
                if not self._is_cut_off:
                    raise
            except Exception:
                log.exception("%s failed, and is done again in %g s", name, seconds)
            self._signals.wake.set()

        self._scheduler.add_job(
            tick,
            "interval",
            name=name,
            seconds=seconds,
            next_run_time=utc_now() + timedelta(milliseconds=50),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def at_end(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do ``work`` once told to stop."""
        self._at_end.append(work)

    def _note(self, task: asyncio.Task[None] | None) -> None:
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def run(self) -> None:
        """Tick until told to stop; what is under way is finished, as far as it soon is: what
        then still waits for the network is cut off."""
        self._scheduler.start()
        try:
            await self._signals.stop.wait()
            self._scheduler.pause()
            await self._finish()
        finally:
            await self._cut_off()
            self._scheduler.shutdown(wait=False)
        for work in self._at_end:
            await work()

    async def _finish(self) -> None:
        """Wait for what is under way, for as long as the operator may be made to wait."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=GRACE_SECONDS)

    async def _cut_off(self) -> None:
        self._is_cut_off = True
        for task in self._under_way:
            task.cancel()
        await self._finish()
