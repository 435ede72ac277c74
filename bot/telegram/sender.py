"""Hands calls to Telegram and says what came of them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.services.files import Upload
from bot.services.outcomes import (
    SEND_SECONDS,
    Busy,
    Delivered,
    Failed,
    Moved,
    Outcome,
    Refused,
    Unchanged,
    Unreachable,
)
from bot.telegram.api import FloodError, TooLargeError, call, uploaded
from bot.telegram.plainer import plainer, without_switches
from storage.model import Call, Chat, ChatKind

# What comes next is worth no wait.
ANNOUNCE_SECONDS = 3.0
# Methods that name no chat.
_CHATLESS = frozenset({"answerCallbackQuery", "answerInlineQuery"})
# What Telegram's descriptions of a bad request say (lower case) where the chat is lost.
_LOST = (
    "chat not found",
    "peer_id_invalid",
    "user is deactivated",
    "bot was kicked",
    "group chat was deactivated",
    "not enough rights to send text messages to the chat",
    "have no rights to send a message",
    "need administrator rights in the channel chat",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "channel_private",
    "chat_send_plain_forbidden",
    "chat_guest_send_forbidden",
    "user_is_blocked",
    "input_user_deactivated",
)
# … and where one topic of it is.
_TOPIC_LOST = ("topic_closed", "topic_deleted", "message thread not found")

_logger = logging.getLogger(__name__)


class TelegramSender:
    """Delivers calls with a bot (see ``open_bot``), each within ``seconds``."""

    def __init__(self, bot: Bot, *, seconds: float = SEND_SECONDS) -> None:
        self._bot = bot
        self._seconds = seconds

    async def deliver(self, chat: Chat, call: Call) -> Outcome:
        """Make the call for the chat. Never raises for what Telegram answers."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._deliver(chat, call)
        except TimeoutError:
            return Failed("no answer in time", is_late=True)

    async def announce(self, chat: Chat, action: str) -> None:
        """Show what is under way, such as "upload_photo"; it ends with the next message. Where
        that fails, nothing is lost (Bot API: sendChatAction)."""
        told = _addressed(chat, Call("sendChatAction", {"action": action}))
        with contextlib.suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(ANNOUNCE_SECONDS):
                await call(self._bot, "sendChatAction", told)

    async def _deliver(self, chat: Chat, call: Call) -> Outcome:
        outcome = await self._make(chat, call)
        if isinstance(outcome, Refused) and (plain := plainer(call, outcome.reason)):
            _logger.warning("sent in a plainer form: %s", outcome.reason)
            return await self._make(chat, plain)
        return outcome

    async def _make(self, chat: Chat, made: Call) -> Outcome:
        try:
            result = await call(self._bot, made.method, _addressed(chat, made))
        except TelegramError as error:
            return _outcome(error, is_timely=made.method in _CHATLESS)
        return Delivered(result.get("message_id") if isinstance(result, dict) else None)


def _addressed(chat: Chat, call: Call) -> dict[str, Any]:
    """The call's parameters with the chat, its file and, where a message is made, its topic."""
    if call.method in _CHATLESS:
        return call.params
    params = {**call.params, "chat_id": chat.telegram_id}
    if chat.kind is ChatKind.CHANNEL:
        params = without_switches(params)
    if chat.thread_id and call.method.startswith("send"):
        params["message_thread_id"] = chat.thread_id
    if isinstance(call, Upload) and call.attachment is not None:
        params[call.attachment.field] = uploaded(call.file.name, call.file.content)
    return params


def _outcome(error: TelegramError, *, is_timely: bool) -> Outcome:
    """What an error means; the library's bad request is a kind of network error to it. What
    ``is_timely`` is worth nothing after a wait: a button's press can't be answered then."""
    match error:
        case FloodError() if is_timely:
            return Refused(error.message)
        case FloodError():
            return Busy(error.seconds)
        case TooLargeError():
            return Refused(error.message)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest():
            return _bad_request(error.message)
        case _:  # network, time-out, 5xx, and a token or address that may be mended yet
            return Failed(error.message)


def _bad_request(description: str) -> Outcome:
    plain = description.lower()
    if "message is not modified" in plain:
        return Unchanged()
    if any(lost in plain for lost in _LOST):
        return Unreachable(description)
    if any(lost in plain for lost in _TOPIC_LOST):
        return Unreachable(description, topic=True)
    return Refused(description)
