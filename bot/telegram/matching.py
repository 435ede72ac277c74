"""Which messages are meant for the bot, as filters of the library's."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from telegram import Message, MessageEntity, Update
from telegram.ext import BaseHandler, filters

from bot.telegram import buttons
from bot.telegram.reach import is_inside

Handler = BaseHandler[Update, Any, None]
Match = Any  # what a handler's check_update gives: a regular expression's match, or others

_EVENT = re.compile(r"/event_\d+(?!\w)")
_SLASHES = r"[/／\\]"  # also of Chinese and Japanese keyboards, and the wrong one
_FAREWELL = re.compile(
    rf"/(stop|forget)(@|\s|\Z)|{_SLASHES}*(stop|forget)[.!]*\s*\Z", re.IGNORECASE
)
_FORGETTING = re.compile(rf"{buttons.FORGET}|{buttons.KEEP}")
_EVENT_OF = re.compile(rf"{_EVENT.pattern}(?:@(\w+))?")
_MOST_ALBUMS = 100  # that are remembered; their parts come within seconds

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
# A place that is shared as one goes is edited with every move.
PRIVATE_EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & filters.TEXT
# Of groups and channels, where a post may be a command; not what only repeats what somebody
# else has said, who may be no administrator.
ELSEWHERE = (
    ~filters.ChatType.PRIVATE
    & (filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST)
    & ~filters.FORWARDED
)
BEGINS_WITH_EVENT = filters.Regex(rf"\A{_EVENT.pattern}")
# Commands that people write with a name and without knowing of the slash: "follow Syria".
_WITH_NAMES = ("follow", "unfollow")
MOVED = filters.StatusUpdate.MIGRATE
TOPIC_CLOSED = filters.StatusUpdate.FORUM_TOPIC_CLOSED
TOPIC_OPENED = filters.StatusUpdate.FORUM_TOPIC_REOPENED


class _ReplyToBot(filters.MessageFilter):
    """Replies to a message of the bot's."""

    def filter(self, message: Message) -> bool:
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        return author is not None and author.id == message.get_bot().id


class _Repeated(filters.MessageFilter):
    """What somebody else has written already: a channel's post that its group shows too, or
    what the bot itself has made, chosen from inline results."""

    def filter(self, message: Message) -> bool:
        via = message.via_bot
        return bool(message.is_automatic_forward) or (
            via is not None and via.id == message.get_bot().id
        )


class Albums(filters.MessageFilter):
    """What has no text, of an album of which a part was answered: each photo comes as a message
    of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._answered: deque[str] = deque(maxlen=_MOST_ALBUMS)

    def note(self, message: Message) -> None:
        """Remember the album of a message that was answered, if it is of one."""
        if message.media_group_id:
            self._answered.append(message.media_group_id)

    def filter(self, message: Message) -> bool:
        return message.media_group_id in self._answered


class _OwnEvent(filters.MessageFilter):
    """A message that begins with "/event_17", for this bot or for none in particular."""

    def filter(self, message: Message) -> bool:
        found = _EVENT_OF.match(message.text or "")
        return found is not None and (found[1] is None or _is_bot(message, found[1]))


class _OwnCommand(filters.MessageFilter):
    """A message that begins with a command that names this bot."""

    def filter(self, message: Message) -> bool:
        first = message.entities[0] if message.entities else None
        if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
            return False
        return _is_bot(message, (message.text or "")[: first.length].partition("@")[2])


def _is_bot(message: Message, name: str) -> bool:
    return name.lower() == message.get_bot().username.lower()


REPLY_TO_BOT = _ReplyToBot()
REPEATED = _Repeated()
OWN_EVENT = _OwnEvent()
OWN_COMMAND = _OwnCommand()


def is_farewell(update: Update) -> bool:
    """Whether a chat wants to hear no more, or to be forgotten, or has removed the bot."""
    if (change := update.my_chat_member) is not None:
        return not is_inside(change.new_chat_member.to_dict())
    if (query := update.callback_query) is not None:
        return _FORGETTING.match(query.data or "") is not None
    message = update.effective_message
    return message is not None and _FAREWELL.match(message.text or "") is not None


def bare_command(name: str) -> filters.BaseFilter:
    """Messages that are this command as people write it without knowing of the slash: its name
    alone, or behind what looks like a slash ("stop", "//today", "／today 23 November")."""
    follows = r"|\s+\S" if name in _WITH_NAMES else ""
    written = rf"\A\s*(?:{_SLASHES}+{name}(?=\s|\Z)|{name}(?:[.!?]*\s*\Z{follows}))"
    return filters.Regex(re.compile(written, re.IGNORECASE))


def behind_word(message: Message) -> str:
    """What stands behind the word that begins a message."""
    return " ".join((message.text or "").split(maxsplit=1)[1:]).strip()


def event_word(message: Message) -> str:
    """The "/event_17" that begins a message; whatever follows it is left out."""
    found = _EVENT.match(message.text or "")
    return found[0] if found else ""


async def ignore(update: Update, match: Match) -> None:
    """What Telegram says by itself (a pinned message, a new picture) asks for no answer."""
