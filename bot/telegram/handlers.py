"""From an update to what answers it. The library's handlers say which one matches; they are
driven here, so that an update counts as handled only when its transaction has committed."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from telegram import ChatMember, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.services.answering import Answering
from bot.services.following import Following
from bot.telegram import buttons, texts, views
from bot.telegram.commands import Commands, Said
from bot.telegram.presses import Pressed, Presses
from bot.telegram.requests import argument, is_private, request_of
from bot.telegram.screens import toast

Handler = BaseHandler[Update, Any, None]
Match = Any  # what a handler's check_update gives: a regular expression's match, or others

TRIES = 2
OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)

_logger = logging.getLogger(__name__)


class _ReplyToBot(filters.MessageFilter):
    """Replies to a message of the bot's."""

    def filter(self, message: Message) -> bool:
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        return author is not None and author.id == message.get_bot().id


_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_PRIVATE_EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
_ELSEWHERE = ~filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_EVENT = re.compile(r"/event_\d+(?!\w)")
_BEGINS_WITH_EVENT = filters.Regex(rf"\A{_EVENT.pattern}")


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Handlers:
    """Answers updates. ``clock`` gives the time of each request, in UTC."""

    def __init__(
        self,
        following: Following,
        answering: Answering,
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._answering = answering
        self._clock = clock
        self._commands = Commands(following, answering)
        self._presses = Presses(following, answering)
        self._handlers: Sequence[Handler] = [
            ChatMemberHandler(self._note_reach, ChatMemberHandler.MY_CHAT_MEMBER),
            *self._press_handlers(),
            *self._command_handlers(),
            *self._other_handlers(),
        ]

    async def handle(self, update: Update) -> None:
        """Do what the update asks and queue the answer; when this returns, it is committed.

        A bug is logged and the reader told, so that the update cannot come back for ever.
        Raises where not even that can be kept (the database is away): then it has to come
        back.
        """
        for _ in range(TRIES):  # a conflict with another transaction passes
            try:
                await self._dispatch(update)
                return
            except Exception:  # whatever it is, the next update must be served
                _logger.exception("update %d failed", update.update_id)
        await self._apologise(update)

    async def _dispatch(self, update: Update) -> None:
        for handler in self._handlers:
            found = handler.check_update(update)
            if found is not None and found is not False:
                await handler.callback(update, found)
                return

    async def _apologise(self, update: Update) -> None:
        request = request_of(update, self._clock())
        if request is None:
            return
        query = update.callback_query
        call = (
            toast(query.id, texts.BROKEN, alert=True)
            if query
            else views.sentence(texts.BROKEN).sent()
        )
        await self._answering.say(request, [call])

    # --- who matches

    def _press_handlers(self) -> list[Handler]:
        presses = self._presses
        known = {
            buttons.FOLLOW: presses.follow,
            buttons.FOLLOW_BESIDE: presses.follow_beside,
            buttons.FOLLOW_START: presses.follow_start,
            buttons.UNFOLLOW: presses.unfollow,
            buttons.UNFOLLOW_LISTED: presses.unfollow_listed,
            buttons.WHO: presses.who,
            buttons.FOLLOWS: presses.follows,
            buttons.RELATED: presses.related,
            buttons.DAY: presses.day,
            buttons.NOW: presses.now,
            ".*": presses.stale,
        }
        return [self._press(pattern, act) for pattern, act in known.items()]

    def _command_handlers(self) -> list[Handler]:
        commands = self._commands
        known = {
            "start": commands.start,
            "help": commands.help,
            "follow": commands.follow,
            "unfollow": commands.unfollow,
            "following": commands.following,
            "today": commands.today,
            "related": commands.related,
            "event": commands.event,
            "search": commands.search,
        }
        return [
            CommandHandler(name, self._said(act, argument), _PRIVATE) for name, act in known.items()
        ]

    def _other_handlers(self) -> list[Handler]:
        commands = self._commands
        return [
            MessageHandler(_PRIVATE & _BEGINS_WITH_EVENT, self._said(commands.event, _event_word)),
            MessageHandler(_PRIVATE & filters.COMMAND, self._said(commands.unknown_command)),
            MessageHandler(_PRIVATE & filters.TEXT, self._said(commands.name)),
            MessageHandler(_PRIVATE & filters.StatusUpdate.ALL, _ignore),
            MessageHandler(_PRIVATE, self._sentence(texts.NO_TEXT)),
            MessageHandler(_PRIVATE_EDITED, self._sentence(texts.EDITED)),
            CommandHandler(list(texts.COMMANDS), self._sentence(texts.NO_GROUPS), _ELSEWHERE),
            MessageHandler(_ELSEWHERE & _ReplyToBot(), self._sentence(texts.NO_GROUPS)),
        ]

    # --- from the library's callbacks to ours

    def _said(
        self,
        act: Callable[[Said], Awaitable[None]],
        text: Callable[[Message], str] = lambda message: (message.text or "").strip(),
    ) -> Callable[[Update, Match], Any]:
        async def called(update: Update, match: Match) -> None:
            request, message = request_of(update, self._clock()), update.effective_message
            if request and message:
                await act(Said(request, message, text(message)))

        return called

    def _sentence(self, text: str) -> Callable[[Update, Match], Any]:
        async def act(said: Said) -> None:
            await self._commands.reply(said, views.sentence(text))

        return self._said(act)

    def _press(self, pattern: str, act: Callable[[Pressed], Awaitable[None]]) -> Handler:
        async def called(update: Update, match: Match) -> None:
            request, query = request_of(update, self._clock()), update.callback_query
            if request is None or query is None:
                return
            message_id = query.message.message_id if query.message else None
            pressed = Pressed(request, query.id, message_id, match.groups())
            if is_private(update):
                await act(pressed)
            else:
                await self._presses.refuse(pressed, texts.NO_GROUPS)

        return CallbackQueryHandler(called, pattern)

    async def _note_reach(self, update: Update, match: Match) -> None:
        """The bot was blocked or removed, or taken back."""
        request, change = request_of(update, self._clock()), update.my_chat_member
        if request and change:
            reachable = change.new_chat_member.status not in OUTSIDE
            await self._answering.note_reach(request, reachable=reachable)


async def _ignore(update: Update, match: Match) -> None:
    """What Telegram says by itself (a pinned message, a new picture) asks for no answer."""


def _event_word(message: Message) -> str:
    """The "/event_17" that begins a message; whatever follows it is left out."""
    found = _EVENT.match(message.text or "")
    return found[0] if found else ""
