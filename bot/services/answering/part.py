"""What all parts of the use cases work with."""

from __future__ import annotations

from bot.services.conversation import Conversation
from bot.services.finding import Finder


class AnsweringPart:
    """A part of the use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation, finder: Finder) -> None:
        self._conversation = conversation
        self._finder = finder
