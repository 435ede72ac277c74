"""``run`` put together: everything in one process, or some of it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot

from bot.app.chat import make_receiver
from bot.app.recorded import opened
from bot.app.trial import serve_stand_in
from bot.app.wikimedia import Wikimedia, open_wikimedia
from bot.config import Settings
from bot.errors import DatelineError
from bot.services.delivering import Delivering
from bot.services.housekeeping import Housekeeping
from bot.services.leading import Holder, Leading, release_dead
from bot.services.polling import Polling
from bot.services.resolving import Resolving
from bot.services.sending import Pace, Sending
from bot.telegram import views
from bot.telegram.api import open_bot
from bot.telegram.sender import TelegramSender
from storage.database import Database

log = logging.getLogger(__name__)

PARTS = ("poll", "chat", "send")
EXPAND_SECONDS = 5
RESOLVE_SECONDS = 30
SWEEP_SECONDS = 600
GRACE_SECONDS = 5.0  # for what is under way when told to stop
RETRY_SECONDS = 5.0


@dataclass(frozen=True)
class Signals:
    """What the parts tell each other: that it is over, that something may be due."""

    stop: asyncio.Event
    wake: asyncio.Event


async def run(settings: Settings, parts: frozenset[str]) -> None:
    """Run the parts until a signal says stop; what is under way is finished first."""
    signals = Signals(asyncio.Event(), asyncio.Event())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, signals.stop.set)
    await serve(settings, parts, signals)


async def serve(settings: Settings, parts: frozenset[str], signals: Signals) -> None:
    """Run the parts until ``signals.stop``."""
    async with contextlib.AsyncExitStack() as stack:
        database = await stack.enter_async_context(opened(settings.database_url))
        wikimedia = await stack.enter_async_context(open_wikimedia(settings))
        telegram = await stack.enter_async_context(_telegram(settings, database, signals))
        bot = await stack.enter_async_context(open_bot(telegram.token, telegram.url))
        holder = Holder(socket.gethostname(), os.getpid(), uuid.uuid4().hex[:8])
        for name in await release_dead(database, holder, _is_alive):
            log.info("a process that died here held %r: taking over", name)
        work = _work(settings, parts, database, wikimedia, bot, signals, str(holder))
        log.info("running %s; stop with Ctrl-C", ", ".join(sorted(parts)))
        async with asyncio.TaskGroup() as tasks:
            jobs = [tasks.create_task(_keep(name, job, signals)) for name, job in work.items()]
        for error in filter(None, (job.result() for job in jobs)):
            raise error


@dataclass(frozen=True)
class Telegram:
    """Where Telegram is, and the token that opens it."""

    url: str
    token: str


@contextlib.asynccontextmanager
async def _telegram(
    settings: Settings, database: Database, signals: Signals
) -> AsyncIterator[Telegram]:
    if settings.bot_token:
        yield Telegram(settings.telegram_api_url, settings.bot_token)
        return
    async with serve_stand_in(settings, database, signals.stop) as (url, token):
        yield Telegram(url, token)


def _work(
    settings: Settings,
    parts: frozenset[str],
    database: Database,
    wikimedia: Wikimedia,
    bot: Bot,
    signals: Signals,
    holder: str,
) -> dict[str, Callable[[], Awaitable[None]]]:
    """The long-running jobs of the parts, by name."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    delivering = Delivering(database, TelegramSender(bot).deliver, views, clock=utc_now)
    ticks = _Ticks(signals)
    jobs: dict[str, Callable[[], Awaitable[None]]] = {}
    if "poll" in parts:
        polling = Polling(
            database, wikimedia.portal(), hold=settings.alert_hold, clock=utc_now, holder=holder
        )
        resolving = Resolving(database, wikimedia.resolve, wikimedia.items, clock=utc_now)
        ticks.every(settings.poll_interval.total_seconds(), polling.poll)
        ticks.at_end(polling.release)
        ticks.every(RESOLVE_SECONDS, resolving.resolve_batch)
    if "send" in parts:
        sending = Sending(
            database, delivering, Pace(settings.send_rate), clock=utc_now, holder=holder
        )
        ticks.every(EXPAND_SECONDS, delivering.expand)
        ticks.every(SWEEP_SECONDS, Housekeeping(database, clock=utc_now).sweep)
        jobs["send"] = lambda: sending.run(signals.stop, signals.wake)
    if "chat" in parts:
        receiver = make_receiver(database, bot, wikimedia.search, lambda rows: signals.wake.set())
        leading = Leading(database, holder)
        jobs["chat"] = lambda: leading.lead("receive updates", receiver.run, signals.stop)
    jobs["ticks"] = ticks.run
    return jobs


class _Ticks:
    """What is done again and again, by APScheduler; each kind never twice at once."""

    def __init__(self, signals: Signals) -> None:
        self._signals = signals
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._under_way: set[asyncio.Task[None]] = set()
        self._at_end: list[Callable[[], Awaitable[None]]] = []

    def every(self, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        """Do ``work`` now and then every so many seconds, and wake the sender after it."""

        async def tick() -> None:
            self._note(asyncio.current_task())
            await work()
            self._signals.wake.set()

        self._scheduler.add_job(
            tick,
            "interval",
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
        """Tick until told to stop; what is under way is finished, as far as it soon is: the
        scheduler's end cuts off what then still waits for the network."""
        self._scheduler.start()
        try:
            await self._signals.stop.wait()
            self._scheduler.pause()
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=GRACE_SECONDS)
        finally:
            self._scheduler.shutdown(wait=False)
        for work in self._at_end:
            await work()


async def _keep(
    name: str, job: Callable[[], Awaitable[None]], signals: Signals
) -> DatelineError | None:
    """Keep a job going whatever happens to it: the operator never wants to look again.

    Gives the error that only the operator can mend, after which all jobs end in order.
    """
    while not signals.stop.is_set():
        try:
            await job()
        except DatelineError as error:
            signals.stop.set()
            return error
        except Exception:
            log.exception("%s failed, going on in %.0f s", name, RETRY_SECONDS)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(signals.stop.wait(), RETRY_SECONDS)
    return None


def _is_alive(pid: int) -> bool:
    """Whether a process of this number runs on this host."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
