"""The chat put together: what ``run`` and ``ask`` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib.metadata import version

from telegram import Bot

from bot.app.sources.looking import make_look
from bot.config import Settings
from bot.services.answering import Answering
from bot.services.conversation import Conversation
from bot.services.filtering import Filtering
from bot.services.finding import Finder, Search
from bot.services.following import Following
from bot.services.groups import Groups
from bot.services.inline import Inline
from bot.services.joining import Joining
from bot.services.managing import Operators, Sources
from bot.services.places import Places
from bot.services.previewing import Previewing
from bot.services.privacy import About, Exports, Privacy
from bot.services.rereading import Rereading
from bot.services.reviewing import Reviewing
from bot.services.sampling import Clock
from bot.services.settings import Preferences
from bot.telegram.acting import UseCases
from bot.telegram.attachments import Announce, Attachments, silently
from bot.telegram.dressing import Dressing
from bot.telegram.guards import make_guards
from bot.telegram.handlers import Handlers
from bot.telegram.menus import menus
from bot.telegram.receiver import Receiver
from bot.telegram.sharing import Links
from bot.telegram.wording import Wording
from storage.database import Database


def about_of(settings: Settings) -> About:
    """What the bot says that it is."""
    return About(version("dateline-bot"), settings.source_url)


def make_files(database: Database, about: About, announce: Announce = silently) -> Attachments:
    """What makes the files of messages, and tells that they come."""
    return Attachments(Exports(database, about.version), announce)


def make_receiver(
    database: Database,
    bot: Bot,
    search: Search,
    wording: Wording,
    queued: Callable[[Sequence[int]], None],
    *,
    settings: Settings,
    clock: Clock,
    joining: Joining,
    reserve: timedelta | None = None,
) -> Receiver:
    """What receives updates and answers them. ``queued`` is told the outbox rows of each
    answer; with ``reserve`` they are kept so long for this process to send. ``joining``
    knows the reports of the last days, and learns them where it does not yet."""
    conversation = Conversation(database, queued=queued, dress=Dressing(wording), reserve=reserve)
    finder = Finder(database, search)
    use_cases = UseCases(
        Following(conversation, finder, most_follows=settings.most_follows),
        Answering(conversation, finder),
        Rereading(conversation),
        Reviewing(conversation, finder),
        Privacy(database, conversation),
        about_of(settings),
        groups=Groups(conversation),
        preferences=Preferences(conversation, Places()),
        filtering=Filtering(conversation),
        inline=Inline(database, Finder(database), is_sample=lambda: clock.is_moved),
        sources=Sources(
            conversation,
            Operators(settings.admin_chats),
            make_look(settings),
            Previewing(database, joining),
        ),
        links=Links(lambda: bot.username),
    )
    guards = make_guards(bot, wording, clock, settings.admitted)
    handlers = Handlers(use_cases, wording, guards, clock=clock)
    operators = sorted(one for one in settings.admin_chats if isinstance(one, int))
    made = menus(wording, operators)
    return Receiver(bot, handlers.handle, writable=database.is_writable, menus=made)
