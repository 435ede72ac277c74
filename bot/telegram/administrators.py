"""Who administers a chat, as Telegram says: asked when it matters, remembered for a minute."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from telegram import Bot
from telegram.error import ChatMigrated, TelegramError

from bot.telegram.api import PATIENCE, call

KEPT = timedelta(minutes=1)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Known:
    """A chat's administrators, by their users' ids, as they were at a time."""

    users: frozenset[int]
    at: datetime


class Administrators:
    """Asks ``bot`` for the administrators of chats. ``clock`` gives the time in UTC.

    No caller waits longer than ``patience`` seconds, and each chat is asked for one at a time.
    """

    def __init__(
        self, bot: Bot, clock: Callable[[], datetime], *, patience: float = PATIENCE
    ) -> None:
        self._bot = bot
        self._clock = clock
        self._patience = patience
        self._known: dict[int, _Known] = {}
        self._asking: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def is_admin(self, telegram_id: int, user_id: int) -> bool | None:
        """Whether the user administers the chat; None where that can't be told just now."""
        try:
            async with asyncio.timeout(self._patience):
                return user_id in await self._users(telegram_id)
        except TimeoutError:
            _logger.warning("who administers chat %d was not told in time", telegram_id)
        except TelegramError as error:
            _logger.warning("who administers chat %d can't be told: %s", telegram_id, error.message)
        return None

    async def _users(self, telegram_id: int) -> frozenset[int]:
        lock = self._asking.setdefault(telegram_id, asyncio.Lock())
        async with lock:
            known = self._known.get(telegram_id)
            if known is None or self._clock() - known.at >= KEPT:
                known = _Known(await self._asked(telegram_id), self._clock())
                self._keep(telegram_id, known)
        return known.users

    async def _asked(self, telegram_id: int) -> frozenset[int]:
        try:
            found = await call(self._bot, "getChatAdministrators", {"chat_id": telegram_id})
        except ChatMigrated as moved:
            return await self._asked(moved.new_chat_id)
        return frozenset(member["user"]["id"] for member in found)

    def _keep(self, telegram_id: int, known: _Known) -> None:
        fresh = {one: was for one, was in self._known.items() if known.at - was.at < KEPT}
        self._known = {**fresh, telegram_id: known}
