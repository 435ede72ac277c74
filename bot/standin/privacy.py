"""Which messages of a chat a bot gets to see (Bot API: "Privacy mode")."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.entities import Formatted
from bot.standin.model import Message


def is_seen(backend: Backend, message: Message) -> bool:
    """Whether the bot gets an update for a message that a person wrote.

    In privacy mode that is, of a group's messages: commands to it or to nobody in particular,
    replies to it, messages sent via it and service messages; administrators see everything.
    """
    chat = message.chat
    status = backend.roster.status(chat.id, backend.bot.id)
    if status in ("left", "kicked"):
        return False
    if backend.reads_all or status == "administrator" or chat.kind == "private":
        return True
    replies = message.reply_to is not None and message.reply_to.sender == backend.bot
    own = replies or message.via_bot == backend.bot or message.service is not None
    return own or _commands(backend, message)


def _commands(backend: Backend, message: Message) -> bool:
    whole = Formatted(message.text, message.entities)
    words = [whole.part(one) for one in message.entities if one.kind == "bot_command"]
    names = [word.partition("@")[2].lower() for word in words]
    return any(name in ("", (backend.bot.username or "").lower()) for name in names)
