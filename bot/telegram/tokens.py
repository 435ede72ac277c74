"""Whether Telegram accepts the bot's token: asked at the start, and again and again, by each
process that receives or sends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import SettingsError
from bot.telegram.api import NOT_ACCEPTED, call
from bot.telegram.receiver import Sleep, unless

CHECK_SECONDS = 60.0
AGAIN_SECONDS = 5.0  # a proxy may refuse once

_logger = logging.getLogger(__name__)


class TokenWatch:
    """Asks Telegram who the ``bot`` is; it is ``accepted`` when that is told first."""

    def __init__(
        self,
        bot: Bot,
        accepted: Callable[[], Awaitable[None]],
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._accepted = accepted
        self._sleep = sleep
        self._name = ""
        self._is_refused = False

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until ``stop`` is set. Raises ``SettingsError`` where the token is refused twice in
        a row."""
        was_refused = is_known = False
        while not stop.is_set():
            await unless(stop, self._ask())
            if was_refused and self._is_refused:
                raise SettingsError(NOT_ACCEPTED)
            was_refused = self._is_refused
            if self._name and not is_known:
                await self._accepted()
                is_known = True
                _logger.info("the bot is @%s", self._name)
            is_well = is_known and not was_refused
            await unless(stop, self._sleep(CHECK_SECONDS if is_well else AGAIN_SECONDS))

    async def _ask(self) -> None:
        self._is_refused = False
        try:
            self._name = (await call(self._bot, "getMe", {}))["username"]
        except InvalidToken:
            self._is_refused = True
        except TelegramError as error:  # what is to be sent or received tells of it
            _logger.debug("who the bot is was not told: %s", error.message)
