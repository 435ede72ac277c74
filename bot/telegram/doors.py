"""Whom the bot talks to at all, where its operator lets in only some chats."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, Chat, Update, User
from telegram.error import BadRequest, Forbidden

from bot.telegram import views
from bot.telegram.api import call, make_at_once
from bot.telegram.screens import toast
from bot.telegram.wording import Wording
from storage.model import Call

TOLD_AGAIN = timedelta(days=1)

_logger = logging.getLogger(__name__)


class Doors:
    """Lets in the chats that are ``allowed``, by id or lower-case @name; none: everybody.

    Whoever is kept out leaves no trace in the database: what they are answered goes by
    ``bot`` at once. ``clock`` gives the time in UTC.
    """

    def __init__(
        self,
        bot: Bot,
        wording: Wording,
        clock: Callable[[], datetime],
        allowed: frozenset[int | str] = frozenset(),
    ) -> None:
        self._bot = bot
        self._wording = wording
        self._clock = clock
        self._allowed = allowed
        self._told: dict[int, datetime] = {}

    def admits(self, place: Chat | User | None) -> bool:
        """Whether a chat, or a person who is in none, is let in."""
        if not self._allowed or place is None:
            return True
        return place.id in self._allowed or f"@{place.username or ''}".lower() in self._allowed

    async def admits_known(self, telegram_id: int) -> bool:
        """Whether a chat is let in of which no more than the id is known. Telegram is asked where
        it may be by its name; one that Telegram does not tell of is not let in. Raises the
        errors of ``telegram.error`` where Telegram can't be reached."""
        if not self._allowed or telegram_id in self._allowed:
            return True
        if all(isinstance(one, int) for one in self._allowed):
            return False
        try:
            found = await call(self._bot, "getChat", {"chat_id": telegram_id})
        except (BadRequest, Forbidden):
            return False
        return f"@{found.get('username', '')}".lower() in self._allowed

    async def keeps_out(self, update: Update) -> bool:
        """Whether the update comes from who is not let in; in private they are told once a
        day, the log names other chats once a day, and what waits for an answer gets an empty
        one."""
        if self.admits(update.effective_chat or update.effective_user):
            return False
        if (query := update.callback_query) is not None:
            await make_at_once(self._bot, toast(query.id))
        elif (inline := update.inline_query) is not None:
            await make_at_once(self._bot, _nothing_found(inline.id))
        elif update.message is not None and update.message.chat.type == Chat.PRIVATE:
            await self._tell(update.message.chat, update.effective_user)
        elif (chat := update.effective_chat) is not None and chat.type != Chat.PRIVATE:
            self._log(chat)
        return True

    def warn_of_move(self, old_id: int, new_id: int) -> None:
        """A group that is let in by its id has another one now."""
        if old_id in self._allowed and new_id not in self._allowed:
            _logger.warning("the group %d is %d now: put that into ALLOWED_CHATS", old_id, new_id)

    async def _tell(self, chat: Chat, user: User | None) -> None:
        if self._was_told(chat):
            return
        words = self._wording.of(user.language_code if user else None)
        sentence = views.not_allowed(words, chat.id).sent()
        told = Call(sentence.method, {**sentence.params, "chat_id": chat.id})
        if await make_at_once(self._bot, told):
            self._note(chat)

    def _log(self, chat: Chat) -> None:
        """Where the operator looks for the number of a group that is to be let in."""
        if not self._was_told(chat):
            _logger.info("%s %d (%.60r) is not in ALLOWED_CHATS", chat.type, chat.id, chat.title)
            self._note(chat)

    def _was_told(self, chat: Chat) -> bool:
        told = self._told.get(chat.id)
        return told is not None and self._clock() - told < TOLD_AGAIN

    def _note(self, chat: Chat) -> None:
        now = self._clock()
        fresh = {one: at for one, at in self._told.items() if now - at < TOLD_AGAIN}
        self._told = {**fresh, chat.id: now}


def _nothing_found(inline_id: str) -> Call:
    found: dict[str, Any] = {"inline_query_id": inline_id, "results": [], "is_personal": True}
    return Call("answerInlineQuery", found)
