"""What all parts of the use cases work with."""

from __future__ import annotations

from functools import cached_property

from bot.core.days import MonthNames
from bot.services.conversation import Conversation
from bot.services.finding import Finder
from bot.services.months import month_names


class Part:
    """A part of the use cases. Each answers one request in one transaction."""

    def __init__(self, conversation: Conversation, finder: Finder) -> None:
        self._conversation = conversation
        self._finder = finder

    @cached_property
    def _months(self) -> MonthNames:
        return month_names()
