"""The chat put together: what ``run`` and ``ask`` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from telegram import Bot

from bot.services.answering import Answering
from bot.services.conversation import Conversation
from bot.services.finding import Finder, Search
from bot.services.following import Following
from bot.telegram.handlers import Handlers
from bot.telegram.receiver import Receiver
from storage.database import Database


def make_receiver(
    database: Database,
    bot: Bot,
    search: Search,
    queued: Callable[[Sequence[int]], None],
    *,
    reserve: timedelta | None = None,
) -> Receiver:
    """What receives updates and answers them. ``queued`` is told the outbox rows of each
    answer; with ``reserve`` they are kept so long for this process to send."""
    conversation = Conversation(database, queued=queued, reserve=reserve)
    finder = Finder(database, search)
    answering = Answering(conversation, finder)
    handlers = Handlers(Following(conversation, finder), answering)
    return Receiver(bot, handlers.handle, reachable=database.is_reachable)
