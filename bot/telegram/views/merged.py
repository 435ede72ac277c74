"""What is left of an alert whose event turned out to be the same as another alert's."""

from __future__ import annotations

from bot.services.alerts import Merged
from bot.telegram.markup import link, plain
from bot.telegram.screens import Screen
from bot.telegram.texts import merging as texts
from bot.telegram.views.pieces import number
from bot.telegram.wording import Words
from storage.model import Call, Chat

# Supergroups and channels have chat ids below this: their own id, turned and shifted by it
# (https://core.telegram.org/api/bots/ids).
_CHANNELS = -1_000_000_000_000


def merged(words: Words, chat: Chat, found: Merged) -> Call:
    """Where the event is told, linked where the chat's messages have links, and the number
    of the event; no buttons."""
    said = words(texts.SAME_EVENT)
    url = _message_url(chat, found.message_id)
    above = link(said, url) if url else plain(said)
    return Screen(words.row([above, number(found.event)], " · ")).sent()


def _message_url(chat: Chat, message_id: int | None) -> str | None:
    """A link to a message that members of the chat can open: there are none in private chats
    and basic groups (https://core.telegram.org/api/links#message-links)."""
    if message_id is None or chat.telegram_id >= _CHANNELS:
        return None
    topic = f"{chat.thread_id}/" if chat.thread_id else ""
    return f"https://t.me/c/{_CHANNELS - chat.telegram_id}/{topic}{message_id}"
