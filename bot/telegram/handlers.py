"""From an update to what answers it. The library's handlers say which one matches; they are
driven here, so that an update counts as handled only when its transaction has committed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram import views
from bot.telegram.acting import Acting, UseCases
from bot.telegram.commands import Act, Others, Said, known_commands
from bot.telegram.commands.filters import FILTER_WORDS, Filters
from bot.telegram.commands.guard import CommandGuard
from bot.telegram.commands.inline import InlineQueries
from bot.telegram.commands.settings import Settings
from bot.telegram.elsewhere import Elsewhere
from bot.telegram.guards import Guards
from bot.telegram.matching import (
    BEGINS_WITH_EVENT,
    PRIVATE,
    PRIVATE_EDITED,
    REPEATED,
    Albums,
    Handler,
    Match,
    bare_command,
    behind_word,
    event_word,
    ignore,
    is_farewell,
)
from bot.telegram.presses import Pressed, known_presses
from bot.telegram.presses.guard import PressGuard
from bot.telegram.requests import argument, request_of
from bot.telegram.screens import toast
from bot.telegram.texts import reading as texts
from bot.telegram.wording import Wording, Words
from storage.model import Call

TRIES = 2

_logger = logging.getLogger(__name__)


class Handlers(Acting):
    """Answers updates, as far as the ``guards`` let them through. ``clock`` gives the time of
    each request, in UTC."""

    def __init__(
        self,
        use_cases: UseCases,
        wording: Wording,
        guards: Guards,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(use_cases, wording)
        self._clock = clock
        self._doors = guards.doors
        self._albums = Albums()
        self._commands = known_commands(use_cases, wording)
        self._others = Others(use_cases, wording)
        self._settings = Settings(use_cases, wording)
        self._filters = Filters(use_cases, wording)
        self._guard = CommandGuard(use_cases, wording, guards)
        self._presses = PressGuard(use_cases, wording, guards, known_presses(use_cases, wording))
        elsewhere = Elsewhere(use_cases, wording, self._guard, guards.doors, clock)
        self._handlers: Sequence[Handler] = [
            *elsewhere.noting(),
            CallbackQueryHandler(self._press),
            InlineQueryHandler(InlineQueries(use_cases, wording, clock).answer),
            *self._command_handlers(),
            *self._other_handlers(),
            *elsewhere.answering(self._commands, self._said),
        ]

    async def handle(self, update: Update) -> None:
        """Do what the update asks and queue the answer; when this returns, it is committed.

        A bug is logged and the reader told, so that the update cannot come back for ever.
        Raises where not even that can be kept (the database is away), or where nobody waits
        for an answer: then it has to come back.
        """
        if not await self._says_farewell(update) and await self._doors.keeps_out(update):
            return
        for left in reversed(range(TRIES)):  # a conflict with another transaction passes
            try:
                await self._dispatch(update)
                return
            except Exception:  # whatever it is, the next update must be served
                _logger.exception("update %d failed", update.update_id)
                if not left and _only_tells(update):
                    raise
        await self._apologise(update)

    async def _says_farewell(self, update: Update) -> bool:
        """Whether a chat that the bot knows has had enough: that is heard though the operator
        may no longer let it in."""
        chat = update.effective_chat
        return chat is not None and is_farewell(update) and await self._groups.knows(chat.id)

    async def _dispatch(self, update: Update) -> None:
        for handler in self._handlers:
            found = handler.check_update(update)
            if found is not None and found is not False:
                await handler.callback(update, found)
                return

    async def _apologise(self, update: Update) -> None:
        request = request_of(update, self._clock())
        if request is None or update.inline_query is not None:
            return
        query = update.callback_query

        def apology(words: Words, _: None) -> list[Call]:
            if query:
                return [toast(query.id, words(texts.BROKEN), alert=True)]
            return [views.sentence(words, texts.BROKEN).sent()]

        await self._answering.say(request, self._called(apology))

    # --- who matches

    def _command_handlers(self) -> list[Handler]:
        return [
            CommandHandler(name, self._said(self._guard.guarded(name, act), argument), PRIVATE)
            for name, act in self._commands.items()
        ]

    def _bare_command_handlers(self) -> list[Handler]:
        return [
            MessageHandler(
                PRIVATE & bare_command(name),
                self._said(self._guard.guarded(name, act), behind_word),
            )
            for name, act in self._commands.items()
        ]

    def _other_handlers(self) -> list[Handler]:
        others, event = self._others, self._said(self._commands["event"], event_word)
        rather_not = filters.Text(self._settings.refusals)
        return [
            MessageHandler(PRIVATE & REPEATED, ignore),
            MessageHandler(PRIVATE & BEGINS_WITH_EVENT, event),
            MessageHandler(PRIVATE & FILTER_WORDS, self._said(self._filters.words)),
            MessageHandler(PRIVATE & filters.COMMAND, self._said(others.unknown_command)),
            MessageHandler(PRIVATE & filters.LOCATION, self._said(self._settings.location)),
            MessageHandler(PRIVATE & rather_not, self._said(self._settings.no_location)),
            *self._bare_command_handlers(),
            MessageHandler(PRIVATE & filters.TEXT, self._said(others.name)),
            MessageHandler(PRIVATE & (filters.StatusUpdate.ALL | self._albums), ignore),
            MessageHandler(PRIVATE, self._said(others.saying(texts.NO_TEXT))),
            MessageHandler(PRIVATE_EDITED, self._said(others.saying(texts.EDITED))),
        ]

    # --- from the library's callbacks to ours

    def _said(
        self,
        act: Act,
        text: Callable[[Message], str] = lambda message: (message.text or "").strip(),
    ) -> Callable[[Update, Match], Any]:
        paced = self._guard.paced(act)

        async def called(update: Update, match: Match) -> None:
            request, message = request_of(update, self._clock()), update.effective_message
            if request and message:
                await paced(Said(request, message, text(message)))
                self._albums.note(message)

        return called

    async def _press(self, update: Update, match: Match) -> None:
        request, query = request_of(update, self._clock()), update.callback_query
        if request is None or query is None:
            return
        message_id = query.message.message_id if query.message else None
        is_lost = _is_out_of_place(query) or _is_forged(query)
        data = "" if is_lost else query.data or ""
        await self._presses.press(Pressed(request, query.id, message_id), data)


def _is_out_of_place(query: CallbackQuery) -> bool:
    """Whether it can't be told in which topic a button was pressed: its message is too old."""
    message = query.message
    return message is not None and not message.is_accessible and bool(message.chat.is_forum)


def _is_forged(query: CallbackQuery) -> bool:
    """Whether data came that stands on no button of the message: any program can send that
    (Bot API: CallbackQuery), and in groups and channels all would see what comes of it."""
    message = query.message
    if not isinstance(message, Message) or not message.is_accessible:
        return False
    if message.chat.type == Chat.PRIVATE:
        return False
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return all(button.callback_data != query.data for row in rows for button in row)


def _only_tells(update: Update) -> bool:
    """Whether nobody waits for an answer to it."""
    message = update.effective_message
    return update.my_chat_member is not None or (
        message is not None and bool(filters.StatusUpdate.ALL.check_update(update))
    )
