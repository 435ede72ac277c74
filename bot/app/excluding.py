"""Chats that are no longer let in pause, as soon as Telegram tells of those let in by name."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import TelegramError

from bot.services.sampling import Clock
from bot.services.silencing import Closing
from bot.telegram.doors import Doors
from storage.database import Database

log = logging.getLogger(__name__)


class Excluder:
    """Pauses the chats that the ``doors`` let in no longer. Where Telegram does not tell which
    they are, all stay let in for now, and are to be looked at again."""

    def __init__(self, database: Database, doors: Doors, clock: Clock) -> None:
        self._doors = doors
        self._closing = Closing(database, self._admits, clock=clock)
        self._turn = asyncio.Lock()
        self._failures: list[TelegramError] = []
        self._is_told = False
        self._is_done = False

    async def exclude(self) -> None:
        """Look at all chats, unless that is done."""
        async with self._turn:
            if not self._is_done:
                await self._look()

    async def _look(self) -> None:
        self._failures.clear()
        await self._closing.close()
        self._is_done = not self._failures
        if self._failures and not self._is_told:
            log.warning(
                "which chats are still in ALLOWED_CHATS is not known yet, and is looked at again: "
                "%s",
                self._failures[0].message,
            )
            self._is_told = True
        elif self._is_done and self._is_told:
            log.info("all chats have been compared with ALLOWED_CHATS")

    async def _admits(self, telegram_id: int) -> bool:
        if self._failures:  # each would be waited for, and nothing sent meanwhile
            return True
        try:
            return await self._doors.admits_known(telegram_id)
        except TelegramError as error:
            self._failures.append(error)
            return True
