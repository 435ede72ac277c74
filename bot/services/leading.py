"""What only one process of a database may do at once, and the others stand by for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from storage.database import Database, Transaction

log = logging.getLogger(__name__)

LEASE_SECONDS = 60.0
RENEW_SECONDS = 15.0
STANDBY_SECONDS = 5.0


class Holder(NamedTuple):
    """A process among those of one database: its host, its number there, and a mark of
    its own, since numbers come again: "namespace-random", the namespace of its number."""

    host: str
    pid: int
    mark: str

    def __str__(self) -> str:
        return ":".join(map(str, self))

    @classmethod
    def parse(cls, text: str) -> Holder | None:
        """The process that was written so; None where it is none."""
        match text.rsplit(":", 2):
            case [host, number, mark] if number.isdecimal():
                return cls(host, int(number), mark)
        return None

    @property
    def namespace(self) -> str:
        """That of its number: two processes of one see each other."""
        return self.mark.partition("-")[0]


@dataclass(frozen=True)
class Estate:
    """What processes that died on this host held: names of leases, and how many messages."""

    leases: tuple[str, ...]
    messages: int


async def release_dead(database: Database, own: Holder, is_alive: Callable[[int], bool]) -> Estate:
    """Give back what processes held that died on this host.

    What those of other hosts held runs out by itself, and so do messages of a process of whom
    that is not sure: they would go twice.
    """
    async with database.transaction() as tx:
        leases = {
            name: holder
            for name, holder in (await tx.leases.holders()).items()
            if _is_dead(Holder.parse(holder), own, is_alive)
        }
        for name, holder in leases.items():
            await tx.leases.release(name, holder)
        held = await tx.outbox.holders()
        senders = [one for one in held if _is_surely_dead(Holder.parse(one), own, is_alive)]
        messages = sum([await tx.outbox.free(sender) for sender in senders])
    return Estate(tuple(sorted(leases)), messages)


def _is_dead(holder: Holder | None, own: Holder, is_alive: Callable[[int], bool]) -> bool:
    if holder is None or holder.host != own.host or holder == own:
        return False
    # In a container every process is number 1: one with ours is of before.
    return holder.pid == own.pid or not is_alive(holder.pid)


def _is_surely_dead(holder: Holder | None, own: Holder, is_alive: Callable[[int], bool]) -> bool:
    """Whether its number is seen from here, and nobody has it."""
    if holder is None or holder.namespace != own.namespace or holder.pid == own.pid:
        return False
    return _is_dead(holder, own, is_alive)


@dataclass(frozen=True)
class Lease:
    """What only one process of a database may do at once: ``holder`` has it until ``seconds``
    after it was taken last."""

    name: str
    holder: str
    seconds: float

    async def take(self, tx: Transaction) -> bool:
        """Take it, or renew it; false while another process has it."""
        return await tx.leases.take(self.name, self.holder, self.seconds)

    async def release(self, database: Database) -> None:
        """Let another process have it at once."""
        async with database.transaction() as tx:
            await tx.leases.release(self.name, self.holder)


Sleep = Callable[[float], Awaitable[None]]
Job = Callable[[asyncio.Event], Awaitable[None]]


class Leading:
    """Does a job while this process (``holder``) has the lease of its name."""

    def __init__(self, database: Database, holder: str, *, sleep: Sleep = asyncio.sleep) -> None:
        self._database = database
        self._holder = holder
        self._sleep = sleep

    async def lead(self, name: str, job: Job, stop: asyncio.Event) -> None:
        """Do ``job`` whenever the lease is ours, until ``stop`` is set.

        The job gets an event that says when to end: told to stop, or the lease was lost.
        """
        lease, standing_by = Lease(name, self._holder, LEASE_SECONDS), False
        while not stop.is_set():
            if await self._take(lease):
                standing_by = False
                await self._work(lease, job, stop)
                continue
            if not standing_by:
                log.info("%s: another process does it at present, standing by", name)
            standing_by = True
            await self._unless(stop, STANDBY_SECONDS)

    async def _work(self, lease: Lease, job: Job, stop: asyncio.Event) -> None:
        over, done = asyncio.Event(), asyncio.Event()
        keeper = asyncio.create_task(self._renew(lease, stop, over, done))
        try:
            await job(over)
        finally:
            done.set()  # it ends by itself: a transaction must not be cut off
            await keeper
            await lease.release(self._database)

    async def _renew(
        self, lease: Lease, stop: asyncio.Event, over: asyncio.Event, done: asyncio.Event
    ) -> None:
        """Keep the lease until the job is ``done``; set ``over`` when told to stop or when
        the lease is lost."""
        try:
            while not (stop.is_set() or done.is_set()) and await self._take(lease):
                await self._unless(stop, RENEW_SECONDS, done)
            if not (stop.is_set() or done.is_set()):
                log.warning("another process has taken over: %s", lease.name)
        finally:
            over.set()

    async def _take(self, lease: Lease) -> bool:
        async with self._database.transaction() as tx:
            return await lease.take(tx)

    async def _unless(self, stop: asyncio.Event, seconds: float, *ends: asyncio.Event) -> None:
        """Wait so long, but not longer than until ``stop`` or another of these."""
        waits = [self._sleep(seconds), *(event.wait() for event in (stop, *ends))]
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
