"""Who may do what where.

Commands and buttons that stand in no list here change something: in groups and channels they
are for administrators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto

from bot.core.hours import is_off
from bot.telegram import buttons, choices
from bot.telegram.choices import Onward
from bot.telegram.texts import commands as texts
from storage.model import ChatKind

# For everybody, also in groups.
ASKING = frozenset(
    {
        "about",
        "event",
        "following",
        "help",
        "related",
        "search",
        "start",
        "timeline",
        "today",
        "week",
    }
)
# About one person's or one chat's data: asked for and got in private.
PRIVATE = frozenset({"export", "forget"})
# What is done for another chat that an administrator names behind it, in private.
_NOT_FOR_OTHERS = (ASKING - {"following"}) | {"sources"}

# Buttons for everybody, by the patterns of their data.
_TO_EVERYBODY = (Onward.TODAY, Onward.BUSY, Onward.FOLLOWING, Onward.HELP, Onward.LOCATION)
_ASKING_PRESSES = (
    buttons.WHO,
    buttons.FOLLOWS,
    buttons.OPEN,
    buttons.RELATED,
    buttons.DAY,
    buttons.NOW,
    buttons.MONTH,
    buttons.NO_DAY,
    buttons.BUNDLE,
    buttons.TIMELINE,
    buttons.WEEK_CARD,
    buttons.WEEK_TODAY,
    rf"go:({'|'.join(_TO_EVERYBODY)})\Z",
)
# Of these, the buttons for everybody in a channel too, where many read and few write: what
# answers whoever pressed alone, and the pages of alerts that stand nowhere else.
_ASKING_IN_CHANNELS = (buttons.RELATED, buttons.NO_DAY, buttons.BUNDLE)
# As the commands that are for private chats.
_PRIVATE_PRESSES = (choices.EXPORT, choices.FORGET, buttons.FORGET, buttons.KEEP)


class Hindrance(Enum):
    """Why nothing can be done for a chat."""

    NOT_LET_IN = auto()  # the operator lets in only some chats, and not this one
    UNKNOWN = auto()  # there is no such group or channel, as far as the bot can see
    NOT_ADMIN = auto()  # the asker is no administrator of it
    NOT_THERE = auto()  # the bot is not in it
    MAY_NOT_POST = auto()
    CANT_TELL = auto()  # Telegram does not say just now


def changes(command: str, text: str = "") -> bool:
    """Whether a command, with this text behind it, changes what a chat follows or wants."""
    ends_weekly = command == "week" and is_off(text)
    return command not in ASKING | PRIVATE or ends_weekly


def takes_target(command: str) -> bool:
    """Whether a group or channel may be named behind it, to do it there."""
    return command not in _NOT_FOR_OTHERS


def is_for_admins(data: str, kind: ChatKind) -> bool:
    """Whether a button of this data, in a chat of this kind, is for administrators: it changes
    what the chat follows or wants, or makes what all subscribers of a channel see."""
    if kind is ChatKind.PRIVATE:
        return False
    asking = _ASKING_IN_CHANNELS if kind is ChatKind.CHANNEL else _ASKING_PRESSES
    return not _is_one_of(asking, data)


def is_private_press(data: str) -> bool:
    """Whether a button of this data works in private chats only."""
    return _is_one_of(_PRIVATE_PRESSES, data)


def _is_one_of(patterns: Iterable[str], data: str) -> bool:
    return any(re.match(pattern, data) for pattern in patterns)


def menu_of_groups(*, for_admins: bool) -> dict[str, str]:
    """The commands for a group's members, or its administrators, with what each is for."""
    return {
        name: purpose
        for name, purpose in texts.COMMANDS.items()
        if name not in PRIVATE | {"start"} and (for_admins or not changes(name))
    }
