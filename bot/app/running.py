"""``run`` put together: everything in one process, or some of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.app.clock import utc_now
from bot.app.databases import opened, placed
from bot.app.garbage import collect_seldom
from bot.app.jobs import PARTS, Job, Workplace, jobs_of
from bot.app.sources.lists import sync
from bot.app.standin import only_page, serve_stand_in
from bot.app.thresholds import thresholds_of
from bot.app.ticks import Signals
from bot.app.troubles import Troubles
from bot.app.web import open_web
from bot.app.wikimedia import open_wikimedia
from bot.config import Settings
from bot.core.counting import counted
from bot.errors import DatelineError, SettingsError
from bot.services.joining import Joining
from bot.services.leading import Holder, release_dead
from bot.services.owning import bot_id_of, other_bot, take_over
from bot.services.sampling import Clock, Sampling
from bot.sources.http import HostPace
from bot.telegram.api import open_bot
from bot.telegram.wording import Wording
from storage.database import Database
from storage.errors import DatabaseUnavailable

__all__ = ["PARTS", "Signals", "run", "serve"]

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0


async def run(settings: Settings, parts: frozenset[str], *, new_bot: bool = False) -> None:
    """Run the parts until a signal says stop; what is under way is finished first. Where the
    database is another bot's, it is refused, but for a ``new_bot``."""
    collect_seldom()
    signals = Signals(asyncio.Event(), asyncio.Event())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, signals.stop)
    await serve(settings, parts, signals, new_bot=new_bot)
    log.info("stopped")


def _stop(stop: asyncio.Event) -> None:
    """Say so at once: to end in order takes seconds."""
    if not stop.is_set():
        log.info("stopping: what is under way is finished first")
        stop.set()


async def serve(
    settings: Settings, parts: frozenset[str], signals: Signals, *, new_bot: bool = False
) -> None:
    """Run the parts until ``signals.stop``."""
    _tell_of_new(settings.database_url)
    troubles = Troubles(utc_now)
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(only_page(settings))
        stack.enter_context(troubles.told())
        if not await _is_free(settings.database_url, troubles, signals.stop):
            return
        database = await stack.enter_async_context(opened(settings.database_url))
        if settings.bot_token:
            await _see_to_bot(settings, database, new_bot=new_bot)
        if "poll" in parts:
            await sync(settings, database)
        work = jobs_of(parts, await _workplace(settings, database, troubles, signals, stack))
        log.info("running %s; stop with Ctrl-C", ", ".join(sorted(parts)))
        async with asyncio.TaskGroup() as tasks:
            jobs = [tasks.create_task(_keep(name, job, signals)) for name, job in work.items()]
        for error in filter(None, (job.result() for job in jobs)):
            raise error


def _tell_of_new(address: str) -> None:
    """Say that a database is about to be made: its name may be mistyped."""
    file = placed(address)
    with contextlib.suppress(OSError):  # to open it tells of that
        if file is not None and not file.exists():
            log.info("beginning a new database: %s", file.absolute())


async def _see_to_bot(settings: Settings, database: Database, *, new_bot: bool) -> None:
    """Let no other bot than the database's begin, unless told so."""
    if new_bot:
        await take_over(database)
    elif said := await other_bot(database, bot_id_of(settings.bot_token)):
        raise SettingsError(said)


async def _is_free(address: str, troubles: Troubles, stop: asyncio.Event) -> bool:
    """Wait until the database is there, as its server may start later, and no other process holds
    it, such as one that migrates or restores it; False where told to ``stop`` meanwhile."""
    while not stop.is_set():
        try:
            async with opened(address) as database, database.transaction():
                troubles.end()
                return True
        except DatabaseUnavailable as error:
            troubles.note("waiting to begin", error)
            await _rest(stop)
    return False


async def _workplace(
    settings: Settings,
    database: Database,
    troubles: Troubles,
    signals: Signals,
    stack: contextlib.AsyncExitStack,
) -> Workplace:
    """What the jobs work with, opened on the ``stack``."""
    clock, wording = Clock(utc_now), Wording()
    hosts = HostPace()
    wikimedia = await stack.enter_async_context(open_wikimedia(settings, hosts))
    web = await stack.enter_async_context(open_web(settings, hosts))
    telegram = await stack.enter_async_context(_telegram(settings, database, signals, clock))
    bot = await stack.enter_async_context(open_bot(telegram.token, telegram.url))
    holder = Holder(socket.gethostname(), os.getpid(), f"{_namespace()}-{uuid.uuid4().hex[:8]}")
    await _take_over(database, holder)
    sampling = Sampling(database, clock, wikimedia.probe, str(holder))
    await sampling.begin(allowed=not (settings.bot_token or settings.names_own_list))
    joining = Joining(thresholds_of(settings))
    return Workplace(
        settings,
        database,
        wikimedia,
        web,
        bot,
        clock,
        sampling,
        signals,
        str(holder),
        wording,
        joining,
        troubles,
    )


def _namespace() -> str:
    """Which processes are seen from here: those in a container see others than its host."""
    try:
        return f"{Path('/proc/self/ns/pid').stat().st_ino:x}"
    except OSError:  # no Linux
        return "0"


async def _take_over(database: Database, holder: Holder) -> None:
    """Have at once what a process that died here held, and not only when it has run out."""
    estate = await release_dead(database, holder, _is_alive)
    for name in estate.leases:
        log.info("a process that died here held %r: taking over", name)
    if estate.messages:
        count = counted(estate.messages, "message")
        log.info("a process that died here had %s under way: they go now", count)


@dataclass(frozen=True)
class Telegram:
    """Where Telegram is, and the token that opens it."""

    url: str
    token: str


@contextlib.asynccontextmanager
async def _telegram(
    settings: Settings, database: Database, signals: Signals, clock: Clock
) -> AsyncIterator[Telegram]:
    if settings.bot_token:
        yield Telegram(settings.telegram_api_url, settings.bot_token)
        return
    async with serve_stand_in(settings, database, signals.stop, clock) as (url, token):
        yield Telegram(url, token)


async def _keep(name: str, job: Job, signals: Signals) -> DatelineError | None:
    """Keep a job going whatever happens to it: the operator never wants to look again.

    Gives the error that only the operator can mend, after which all jobs end in order.
    """
    while not signals.stop.is_set():
        try:
            await job()
        except Exception as error:
            # A database that fails may be well again the next moment.
            if isinstance(error, DatelineError) and not isinstance(error, DatabaseUnavailable):
                signals.stop.set()
                return error
            log.exception("%s failed, going on in %.0f s", name, RETRY_SECONDS)
            await _rest(signals.stop)
    return None


async def _rest(stop: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), RETRY_SECONDS)


def _is_alive(pid: int) -> bool:
    """Whether a process of this number runs on this host."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
