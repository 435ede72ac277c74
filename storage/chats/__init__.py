"""Chats, what they follow and want, and which Telegram updates are done."""

from __future__ import annotations

from storage.chats.following import Following
from storage.chats.knowing import Knowing
from storage.chats.planning import Due, Planning
from storage.chats.rows import Timetable, chat_of
from storage.chats.updates import Updates

__all__ = ["ChatStore", "Due", "Timetable", "chat_of"]


class ChatStore(Knowing, Following, Planning, Updates):
    """Chats: known, followed by, planned for; updates noted."""
