"""From Telegram's updates to what the services take: who asks, by which message, for what."""

from __future__ import annotations

import re
from datetime import datetime

from telegram import Chat, Message, Update

from bot.services.answering import Pointer
from bot.services.conversation import Request

_EVENT = re.compile(r"/event_([1-9]\d{0,17})\b")
_NUMBER = re.compile(r"\s*(?:/?event[\s_]*)?#?([1-9]\d{0,17})\s*", re.IGNORECASE | re.ASCII)


def request_of(update: Update, at: datetime) -> Request | None:
    """Who asks: the chat (of a button without a message: the user); None where nobody does."""
    chat, user = update.effective_chat, update.effective_user
    asker = chat or user
    if asker is None:
        return None
    return Request(
        update_id=update.update_id,
        telegram_id=asker.id,
        at=at,
        thread_id=_thread(update.effective_message),
        language=(user.language_code if user else None) or "en",
    )


def _thread(message: Message | None) -> int:
    if message is None or not message.is_topic_message:
        return 0
    return message.message_thread_id or 0


def is_private(update: Update) -> bool:
    """Whether it happened between one person and the bot."""
    chat = update.effective_chat
    return chat is None or chat.type == Chat.PRIVATE


def argument(message: Message) -> str:
    """What stands behind the command that begins a message."""
    return (message.text or "")[message.entities[0].length :].strip()


def event_number(text: str) -> int | None:
    """The event's number in "17", "#17", "event 17" or "/event_17"."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def pointer(message: Message, number: int | None = None) -> Pointer:
    """The event that a message points at: by number, or by what it replies to."""
    replied = message.reply_to_message
    if number is not None or replied is None:
        return Pointer(number)
    numbers = tuple(int(found) for found in _EVENT.findall(replied.text or ""))
    return Pointer(None, replied.message_id, numbers)


def has_words(text: str) -> bool:
    """Whether there is a letter or digit in it (emoji and punctuation are no name)."""
    return any(char.isalnum() for char in text)
