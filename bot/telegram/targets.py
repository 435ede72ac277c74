"""A group or channel that somebody names in private, to act for it: which it is, whether the
asker administers it, and whether the bot may write there."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.services.conversation import Target
from bot.telegram.administrators import KEPT, Administrators
from bot.telegram.api import PATIENCE, call
from bot.telegram.doors import Doors
from bot.telegram.reach import is_inside, may_write
from bot.telegram.rights import Hindrance
from storage.model import ChatKind

# What names a chat at the end of a command: its @name, or its id (groups and channels have
# negative ones).
_NAMED = re.compile(r"(?:\A|\s)(@[A-Za-z]\w{3,31}|-[1-9]\d{4,17})\s*\Z", re.ASCII)
# What Telegram's refusals say (lower case) to a bot that is in a channel but not as an
# administrator.
_NO_RIGHTS = ("need administrator rights", "member list is inaccessible", "chat_admin_required")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Place:
    """A chat as Telegram describes it; ``silences``: plain members may not write."""

    target: Target
    silences: bool
    at: datetime


def split_target(text: str) -> tuple[str, str | None]:
    """What a command's text says without the chat named at its end, and that chat."""
    found = _NAMED.search(text)
    return (text[: found.start()].rstrip(), found[1]) if found else (text, None)


class Targets:
    """Asks ``bot`` about chats that are named, and ``doors`` whether they are let in. ``clock``
    gives the time in UTC.

    Nobody waits longer than ``patience`` seconds.
    """

    def __init__(
        self,
        bot: Bot,
        administrators: Administrators,
        doors: Doors,
        clock: Callable[[], datetime],
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._bot = bot
        self._administrators = administrators
        self._doors = doors
        self._clock = clock
        self._patience = patience
        self._places: dict[str, _Place] = {}

    async def find(self, named: str, user_id: int) -> Target | Hindrance:
        """The chat of this @name or id, if it is let in, the user administers it and the bot may
        write there."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._find(named, user_id)
        except TimeoutError:
            _logger.warning("what chat %s is was not told in time", named)
        except Forbidden:
            return Hindrance.NOT_THERE
        except BadRequest as error:
            lacking = any(words in error.message.lower() for words in _NO_RIGHTS)
            return Hindrance.MAY_NOT_POST if lacking else Hindrance.UNKNOWN
        except TelegramError as error:
            _logger.warning("what chat %s is can't be told: %s", named, error.message)
        return Hindrance.CANT_TELL

    async def _find(self, named: str, user_id: int) -> Target | Hindrance:
        place = await self._place(named)
        if place.target.kind is ChatKind.PRIVATE:
            return Hindrance.UNKNOWN
        asked = {"chat_id": place.target.telegram_id, "user_id": self._bot.id}
        admin, me = await asyncio.gather(
            self._administrators.is_admin(place.target.telegram_id, user_id),
            call(self._bot, "getChatMember", asked),
        )
        if admin is False:
            return Hindrance.NOT_ADMIN
        if not await self._doors.admits_known(place.target.telegram_id):
            return Hindrance.NOT_LET_IN
        return self._unfit(place, me) or (Hindrance.CANT_TELL if admin is None else place.target)

    def _unfit(self, place: _Place, me: dict[str, Any]) -> Hindrance | None:
        if not is_inside(me):
            return Hindrance.NOT_THERE
        silenced = place.silences and me["status"] == "member"
        if silenced or not may_write(me, place.target.kind):
            return Hindrance.MAY_NOT_POST
        return None

    async def _place(self, named: str) -> _Place:
        known = self._places.get(named.lower())
        if known is None or self._clock() - known.at >= KEPT:
            known = await self._asked(named if named.startswith("@") else int(named))
            fresh = {one: was for one, was in self._places.items() if known.at - was.at < KEPT}
            self._places = {**fresh, named.lower(): known}
        return known

    async def _asked(self, named: str | int) -> _Place:
        try:
            chat = await call(self._bot, "getChat", {"chat_id": named})
        except ChatMigrated as moved:
            return await self._asked(moved.new_chat_id)
        target = Target(chat["id"], ChatKind(chat["type"]), chat.get("title", ""))
        silences = chat.get("permissions", {}).get("can_send_messages") is False
        return _Place(target, silences, self._clock())
