"""Long polling. An update is confirmed, by the offset of the next poll, only when it and
all before it are handled: what a crash interrupts comes again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError

from bot.telegram.api import FloodError, call, introduce
from bot.telegram.menus import Menu, MenuSetter
from bot.telegram.requests import decoded

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
]
POLL_SECONDS = 25
# While an update is still being handled, polls neither wait at Telegram nor come sooner.
PATIENCE_SECONDS = 1.0
GRACE_SECONDS = 5.0
LONGEST_BACKOFF = 60.0
LONGEST_UNWELL = 5.0  # while the database fails: whoever writes then is answered soon after it
RETRIES = 3

Handle = Callable[[Update], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]
Probe = Callable[[], Awaitable[bool]]
Result = TypeVar("Result")

_logger = logging.getLogger(__name__)


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return min(LONGEST_BACKOFF, 2.0 ** min(failures, 10) / 2)


async def always() -> bool:
    """A probe for a database that can always be written."""
    return True


class InFlight:
    """Updates that are being handled: those of one chat in order, chats side by side.

    What fails is tried again: for ever while the database can't be written, but only
    ``RETRIES`` times while it is ``writable``. One update that cannot be kept must not stop
    the bot for all: Telegram gives no more updates once a hundred are unconfirmed.
    """

    def __init__(self, handle: Handle, sleep: Sleep, writable: Probe) -> None:
        self._handle = handle
        self._sleep = sleep
        self._writable = writable
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._last: dict[int, asyncio.Task[None]] = {}
        self._next: int | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is still being handled."""
        return any(not task.done() for task in self._tasks.values())

    @property
    def offset(self) -> int | None:
        """The first update that is not handled (None: none has come yet)."""
        if self._next is None:
            return None
        unfinished = [number for number, task in self._tasks.items() if not task.done()]
        return min([*unfinished, self._next])

    def take(self, update: Update) -> None:
        """Begin with an update, unless it is in work or done already."""
        number = update.update_id
        self.skip(number)
        if number in self._tasks:
            return
        key = _chat_key(update)
        task = asyncio.create_task(self._surely(update, self._last.get(key)))
        self._tasks[number] = self._last[key] = task

    def skip(self, number: int) -> None:
        """Count an update as done that nobody can handle. They come in order, but after a week
        without any their numbers begin anew, perhaps with lower ones (Bot API: Update)."""
        self._next = number + 1

    async def settle(self, seconds: float) -> None:
        """Wait until all is handled, but not longer than this."""
        waiting = [task for task in self._tasks.values() if not task.done()]
        if waiting:
            await asyncio.wait(waiting, timeout=seconds)
        self._forget()

    async def close(self) -> None:
        """Leave what is not handled yet to the next run."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _forget(self) -> None:
        """Drop what Telegram will not bring again: all before the first unfinished."""
        first = self.offset or 0
        self._tasks = {number: task for number, task in self._tasks.items() if number >= first}
        self._last = {key: task for key, task in self._last.items() if not task.done()}

    async def _surely(self, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        failures = refused = 0
        while not await self._handled(update):
            failures += 1
            is_well = await self._is_database_well()
            # What failed while nothing could be kept says nothing against the update.
            refused = refused + 1 if is_well else 0
            if refused > RETRIES:
                _logger.error("update %d is given up: it can't be kept", update.update_id)
                return
            wait = backoff(failures)
            await self._sleep(wait if is_well else min(wait, LONGEST_UNWELL))

    async def _handled(self, update: Update) -> bool:
        try:
            await self._handle(update)
        except Exception:
            _logger.exception("update %d can't be kept", update.update_id)
            return False
        return True

    async def _is_database_well(self) -> bool:
        try:
            return await self._writable()
        except Exception:  # to be sure: an update must not be lost by its probe
            _logger.exception("whether the database can be written can't be told")
            return False


class Receiver:
    """Receives updates and has them handled by ``handle`` (see ``Handlers.handle``).

    ``writable`` says whether the database can be written (see ``InFlight``). ``menus``: the
    parameters of each ``setMyCommands`` to make at the start.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        *,
        writable: Probe = always,
        menus: Sequence[Menu] = (),
        sleep: Sleep = asyncio.sleep,
        poll_seconds: int = POLL_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._writable = writable
        self._menus = MenuSetter(bot, menus)
        self._sleep = sleep
        self._poll_seconds = poll_seconds
        self._patience = patience

    async def handle_raw(self, update: dict[str, Any]) -> None:
        """Handle one update as Telegram gave it (JSON), to its end."""
        await self._bot.initialize()
        await self._handle(decoded(update, self._bot))

    async def run(self, stop: asyncio.Event) -> None:
        """Receive until ``stop`` is set, whatever Telegram answers: a token that it refuses is for
        ``TokenWatch``."""
        in_flight = InFlight(self._handle, self._sleep, self._writable)
        try:
            await self._try(stop, self._begin)
            while not stop.is_set():
                await self._try(stop, lambda: self._poll(in_flight))
            await in_flight.settle(GRACE_SECONDS)
        finally:
            await in_flight.close()

    async def _begin(self) -> None:
        """Learn who the bot is, and give Telegram the menus of commands if it takes them."""
        await introduce(self._bot)
        await self._menus.set_all()

    async def _poll(self, in_flight: InFlight) -> None:
        seconds = 0 if in_flight.busy else self._poll_seconds
        params = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        if in_flight.offset is not None:
            params["offset"] = in_flight.offset
        raws = await call(self._bot, "getUpdates", params, wait=seconds)
        taken = [self._take(in_flight, raw) for raw in raws]
        await self._menus.set_again()
        await self._menus.set_of({chat_id for chat_id in taken if chat_id is not None})
        await in_flight.settle(self._patience)

    def _take(self, in_flight: InFlight, raw: dict[str, Any]) -> int | None:
        """Begin with an update; the chat that it is of, if any."""
        try:
            update = decoded(raw, self._bot)
        except Exception:  # a kind of update that the library can't read must not stop all
            _logger.exception("update %s can't be read", raw.get("update_id"))
            in_flight.skip(int(raw["update_id"]))
            return None
        in_flight.take(update)
        return update.effective_chat.id if update.effective_chat else None

    async def _try(self, stop: asyncio.Event, act: Callable[[], Awaitable[None]]) -> None:
        """Do it until it works or ``stop`` is set, waiting longer after each failure."""
        failures = 0
        while not stop.is_set():
            try:
                await unless(stop, act())
                return
            except TelegramError as error:
                failures += 1
                delay = await self._delay(error, failures)
            await unless(stop, self._sleep(delay))

    async def _delay(self, error: TelegramError, failures: int) -> float:
        """Log what went wrong; how many seconds to wait before the next try."""
        delay = error.seconds if isinstance(error, FloodError) else backoff(failures)
        if isinstance(error, Conflict) and "webhook" in error.message.lower():
            _logger.warning("a webhook is set for this bot: removing it to use long polling")
            await self._remove_webhook()
        elif isinstance(error, Conflict):
            _logger.warning("another program receives with this token: stop it (409 Conflict)")
        else:
            _logger.warning("no updates: %s; next try in %g s", error.message, delay)
        return delay

    async def _remove_webhook(self) -> None:
        try:
            await call(self._bot, "deleteWebhook", {})
        except TelegramError as error:
            _logger.warning("the webhook could not be removed: %s", error.message)


async def unless(stop: asyncio.Event, work: Awaitable[None]) -> None:
    """Do the work, but give it up when ``stop`` is set."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


def _chat_key(update: Update) -> int:
    """What updates must share to be handled in order: the chat, else the person."""
    place = update.effective_chat or update.effective_user
    return place.id if place else 0
