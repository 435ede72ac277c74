"""From Telegram's updates to what the services take: who asks, by which message, for what."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from telegram import Bot, Chat, Message, MessageEntity, Update

from bot.services.answering import Pointer
from bot.services.conversation import Request
from bot.telegram.views.groups import Around
from storage.model import ChatKind

_EVENT = re.compile(r"/event_([1-9]\d{0,17})\b")
_NUMBER = re.compile(r"\s*(?:/?event[\s_]*)?#?(\d{1,18})\s*", re.IGNORECASE)
_SAID = ("message", "edited_message", "channel_post")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})  # categories of Unicode


def decoded(raw: dict[str, Any], bot: Bot) -> Update:
    """An update from its JSON. What stands under a picture is its text, and the command that
    begins a text is the first of its entities: Telegram puts longer ones, such as bold letters,
    before it, where neither the library nor we would look for it."""
    return Update.de_json({kind: _read(kind, body) for kind, body in raw.items()}, bot)


def _read(kind: str, body: Any) -> Any:
    if kind not in _SAID:
        return body
    text, entities = (
        body.get(name, body.get(of_picture))
        for name, of_picture in (("text", "caption"), ("entities", "caption_entities"))
    )
    if text is None:
        return body
    return {**body, "text": text, "entities": sorted(entities or (), key=_is_no_command)}


def _is_no_command(entity: dict[str, Any]) -> bool:
    return (entity["type"], entity["offset"]) != (MessageEntity.BOT_COMMAND, 0)


def request_of(update: Update, at: datetime) -> Request | None:
    """Who asks: the chat (of a button without a message: the user); None where nobody does."""
    chat, user = update.effective_chat, update.effective_user
    asker = chat or user
    if asker is None:
        return None
    kind = ChatKind(chat.type) if chat else ChatKind.PRIVATE
    said = update.message or update.channel_post
    by_chat = said is not None and _is_by_chat(said)
    return Request(
        update_id=update.update_id,
        telegram_id=asker.id,
        at=at,
        thread_id=_thread(_shown(update)),
        language=(user.language_code if user else None) or "en",
        kind=kind,
        title=(chat.title or "") if chat else "",
        username=f"@{asker.username}".lower() if asker.username else "",
        user_id=None if user is None or (said and said.sender_chat) else user.id,
        by_chat=by_chat,
        reply_to=said.message_id if said and kind is not ChatKind.PRIVATE else None,
    )


def _is_by_chat(message: Message) -> bool:
    """Whether the chat itself speaks: a channel's post, an anonymous administrator."""
    if message.chat.type == Chat.CHANNEL:
        return True
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def _shown(update: Update) -> Message | None:
    """The message that an update is about; of a button, the one that it stands under, unless
    that is too old for Telegram to tell more than its number."""
    if update.callback_query is None:
        return update.effective_message
    message = update.callback_query.message
    return message if isinstance(message, Message) else None


def _thread(message: Message | None) -> int:
    if message is None or not message.is_topic_message:
        return 0
    return message.message_thread_id or 0


def around(chat: Chat, bot: str) -> Around:
    """A group or channel, and the bot's username in it."""
    address = f"@{chat.username}" if chat.username else None
    return Around(bot, address, bool(chat.is_forum))


def argument(message: Message) -> str:
    """What stands behind the command that begins a message; nothing where nobody sees any of
    it."""
    typed = (message.text or "")[message.entities[0].length :].strip()
    return typed if any(map(_is_seen, typed)) else ""


def event_number(text: str) -> int | None:
    """The event's number in "17", "#17", "event 17" or "/event_17", in the digits of any
    script; None where there is none, or 0."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) or None if found else None


def pointer(message: Message, number: int | None = None) -> Pointer:
    """The event that a message points at: by number, or by what it replies to."""
    replied = message.reply_to_message
    if number is not None or replied is None:
        return Pointer(number)
    numbers = tuple(int(found) for found in _EVENT.findall(replied.text or ""))
    return Pointer(None, replied.message_id, numbers)


def _is_seen(char: str) -> bool:
    """Whether a character is neither a blank nor a sign that only steers how others are shown."""
    return unicodedata.category(char) not in _UNSEEN


def has_words(text: str) -> bool:
    """Whether there is a letter or digit in it (emoji and punctuation are no name)."""
    return any(char.isalnum() for char in text)
