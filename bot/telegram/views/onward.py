"""What leads on from where nothing more can be said: buttons under dead ends."""

from __future__ import annotations

from types import MappingProxyType

from bot.telegram import choices, texts
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Way
from bot.telegram.wording import Words

_LABELS = MappingProxyType(
    {
        Way.TODAY: texts.BUTTON_TODAY,
        Way.BUSY: texts.BUTTON_BUSY,
        Way.FOLLOWING: texts.BUTTON_FOLLOWING,
        Way.HELP: texts.BUTTON_HELP,
        Way.SETTINGS: texts.BUTTON_SETTINGS,
        Way.START: texts.BUTTON_START,
        Way.LOCATION: texts.BUTTON_LOCATION,
    }
)
# What leads on from sentences that need no looking up; from texts as from plurals.
_NEXT = MappingProxyType(
    {
        texts.FOLLOW_WHOM: (Way.BUSY, Way.HELP),
        texts.FOLLOWING_NONE: (Way.BUSY, Way.TODAY),
        texts.UNKNOWN: (Way.BUSY, Way.HELP),
        texts.UNKNOWN_OFFLINE: (Way.BUSY, Way.HELP),
        texts.NOT_FOLLOWED: (Way.FOLLOWING,),
        texts.NO_WORDS: (Way.BUSY, Way.HELP),
        texts.NO_TEXT: (Way.BUSY, Way.HELP),
        texts.TOO_LONG: (Way.BUSY, Way.HELP),
        texts.NOBODY_WITHIN: (Way.BUSY, Way.HELP),
        texts.TOO_MANY: (Way.FOLLOWING,),
        texts.TOO_MANY_AT_ONCE: (Way.FOLLOWING,),
        texts.UNKNOWN_COMMAND: (Way.HELP,),
        texts.EDITED: (Way.TODAY, Way.HELP),
        texts.BAD_NUMBER: (Way.TODAY,),
        texts.WHICH_EVENT: (Way.TODAY,),
        texts.NOTHING_ALERTED: (Way.TODAY, Way.BUSY),
        texts.FOUND_NONE: (Way.TODAY,),
        texts.RELATED_NONE: (Way.TODAY,),
        texts.TOO_LATE: (Way.TODAY,),
        texts.UNCLEAR_DAY: (Way.TODAY,),
        texts.NEVER_WAS: (Way.TODAY,),
        texts.BUSY_NONE: (Way.TODAY, Way.HELP),
        texts.NOTHING_KNOWN: (Way.HELP, Way.SETTINGS),
        texts.SEARCH_WHAT: (Way.TODAY,),
        texts.TOO_LONG_SEARCH: (Way.TODAY,),
        texts.TIMELINE_NOBODY: (Way.BUSY,),
        texts.GONE_ENTITY: (Way.BUSY,),
        texts.GONE_EVENT: (Way.TODAY,),
        texts.BROKEN: (Way.TODAY, Way.HELP),
        texts.NOT_FORGOTTEN: (Way.SETTINGS,),
        texts.FORGOTTEN: (Way.START,),
        texts.BACK_MISSED: (Way.TODAY, Way.FOLLOWING),
        texts.BACK_NOTHING: (Way.TODAY, Way.FOLLOWING),
        texts.NOT_PAUSED: (Way.TODAY, Way.FOLLOWING),
    }
)


def onward(words: Words, *ways: Way) -> Rows:
    """Buttons that lead on, two in a row."""
    made = [_way(words, way) for way in ways]
    return [made[start : start + 2] for start in range(0, len(made), 2)]


def after(words: Words, text: str | texts.Plural) -> Rows:
    """The buttons that lead on from a sentence that stands alone."""
    return onward(words, *_NEXT.get(text, ()))


def _way(words: Words, way: Way) -> Button:
    return button(words(_LABELS[way]), choices.go(way))
