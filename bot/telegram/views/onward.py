"""What leads on from where nothing more can be said: buttons under dead ends."""

from __future__ import annotations

from types import MappingProxyType

from bot.telegram import choices, texts
from bot.telegram.buttons import Button, Rows, button
from bot.telegram.choices import Onward
from bot.telegram.texts.plural import Plural
from bot.telegram.wording import Words

_LABELS = MappingProxyType(
    {
        Onward.TODAY: texts.charts.BUTTON_TODAY,
        Onward.BUSY: texts.labels.BUTTON_BUSY,
        Onward.FOLLOWING: texts.labels.BUTTON_FOLLOWING,
        Onward.HELP: texts.labels.BUTTON_HELP,
        Onward.SETTINGS: texts.labels.BUTTON_SETTINGS,
        Onward.START: texts.labels.BUTTON_START,
        Onward.LOCATION: texts.settings.BUTTON_LOCATION,
    }
)
# What leads on from sentences that need no looking up; from texts as from plurals.
_NEXT = MappingProxyType(
    {
        texts.follows.FOLLOW_WHOM: (Onward.BUSY, Onward.HELP),
        texts.follows.FOLLOWING_NONE: (Onward.BUSY, Onward.TODAY),
        texts.follows.UNKNOWN: (Onward.BUSY, Onward.HELP),
        texts.follows.UNKNOWN_OFFLINE: (Onward.BUSY, Onward.HELP),
        texts.follows.NOT_FOLLOWED: (Onward.FOLLOWING,),
        texts.reading.NO_WORDS: (Onward.BUSY, Onward.HELP),
        texts.reading.NO_TEXT: (Onward.BUSY, Onward.HELP),
        texts.reading.TOO_LONG: (Onward.BUSY, Onward.HELP),
        texts.reading.NOBODY_WITHIN: (Onward.BUSY, Onward.HELP),
        texts.follows.TOO_MANY: (Onward.FOLLOWING,),
        texts.follows.TOO_MANY_AT_ONCE: (Onward.FOLLOWING,),
        texts.reading.UNKNOWN_COMMAND: (Onward.HELP,),
        texts.reading.EDITED: (Onward.TODAY, Onward.HELP),
        texts.events.BAD_NUMBER: (Onward.TODAY,),
        texts.events.WHICH_EVENT: (Onward.TODAY,),
        texts.events.NOTHING_ALERTED: (Onward.TODAY, Onward.BUSY),
        texts.events.FOUND_NONE: (Onward.TODAY,),
        texts.events.RELATED_NONE: (Onward.TODAY,),
        texts.days.UNCLEAR_DAY: (Onward.TODAY,),
        texts.charts.WEEK_ALONE: (Onward.TODAY,),
        texts.starting.BUSY_NONE: (Onward.TODAY, Onward.HELP),
        texts.days.NOTHING_KNOWN: (Onward.HELP, Onward.SETTINGS),
        texts.events.SEARCH_WHAT: (Onward.TODAY,),
        texts.reading.TOO_LONG_SEARCH: (Onward.TODAY,),
        texts.charts.TIMELINE_NOBODY: (Onward.BUSY,),
        texts.reading.GONE_ENTITY: (Onward.BUSY,),
        texts.reading.GONE_EVENT: (Onward.TODAY,),
        texts.reading.BROKEN: (Onward.TODAY, Onward.HELP),
        texts.privacy.NOT_FORGOTTEN: (Onward.SETTINGS,),
        texts.privacy.FORGOTTEN: (Onward.START,),
        texts.settings.BACK_MISSED: (Onward.TODAY, Onward.FOLLOWING),
        texts.settings.BACK_NOTHING: (Onward.TODAY, Onward.FOLLOWING),
        texts.settings.NOT_PAUSED: (Onward.TODAY, Onward.FOLLOWING),
    }
)


def onward(words: Words, *ways: Onward) -> Rows:
    """Buttons that lead on, two in a row."""
    made = [_way(words, way) for way in ways]
    return [made[start : start + 2] for start in range(0, len(made), 2)]


def after(words: Words, text: str | Plural) -> Rows:
    """The buttons that lead on from a sentence that stands alone."""
    return onward(words, *_NEXT.get(text, ()))


def _way(words: Words, way: Onward) -> Button:
    return button(words(_LABELS[way]), choices.go(way))
