"""When a request may go: budgets, and hosts that are asked one by one."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.core.counting import lasting
from bot.core.pace import Budget
from bot.errors import SourceBusy

Limiter = Callable[[], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]

REST = 1.0  # seconds that a host has between two requests
_MANY_HOSTS = 1000  # from here on, those that need not be remembered are forgotten


class Pace:
    """Waits until a budget allows one more request; awaited before each.

    Raises SourceBusy instead of waiting longer than ``max_wait`` seconds.
    """

    def __init__(
        self,
        budget: Budget,
        *,
        max_wait: float = float("inf"),
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._budget = budget
        self._max_wait = max_wait
        self._monotonic = monotonic
        self._sleep = sleep

    async def __call__(self) -> None:
        now = self._monotonic()
        wait = self._budget.wait(now)
        if wait > self._max_wait:
            raise SourceBusy("our own budget of requests is spent", wait)
        self._budget = self._budget.spent(now)
        if wait > 0:
            await self._sleep(wait)


@dataclass
class _Host:
    """A host's turn; times by the monotonic clock."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0  # that have or await the turn
    rested_at: float = -math.inf
    busy_until: float = -math.inf


class HostPace:
    """One request to a host at a time, with ``rest`` seconds between two; and none before the
    time until which a host has asked to be left alone.

    One for all clients that may ask the same hosts, in one event loop. Nothing of it
    outlives the process.
    """

    def __init__(
        self,
        *,
        rest: float = REST,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._rest = rest
        self._monotonic = monotonic
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn to ask ``host``, and have it within the context.

        Raises SourceBusy, at once or when the turn comes, where the host asked to wait.
        """
        place = self._place(host)
        place.users += 1
        try:
            self.check(host)
            async with place.lock:
                self.check(host)
                await self._rested(place)
                try:
                    yield
                finally:
                    place.rested_at = self._monotonic() + self._rest
        finally:
            place.users -= 1

    def check(self, host: str) -> None:
        """Raise SourceBusy where ``host`` has asked to be left alone until later."""
        place = self._hosts.get(host)
        wait = place.busy_until - self._monotonic() if place else 0.0
        if wait > 0:
            raise SourceBusy(f"{host} asked us to wait, {lasting(math.ceil(wait))} more", wait)

    def leave_alone(self, host: str, seconds: float) -> None:
        """Ask ``host`` nothing for so long."""
        place = self._place(host)
        place.busy_until = max(place.busy_until, self._monotonic() + seconds)

    async def _rested(self, place: _Host) -> None:
        wait = place.rested_at - self._monotonic()
        if wait > 0:
            await self._sleep(wait)

    def _place(self, host: str) -> _Host:
        if host not in self._hosts and len(self._hosts) >= _MANY_HOSTS:
            self._forget()
        return self._hosts.setdefault(host, _Host())

    def _forget(self) -> None:
        now = self._monotonic()
        self._hosts = {
            host: place
            for host, place in self._hosts.items()
            if place.users or max(place.rested_at, place.busy_until) > now
        }
