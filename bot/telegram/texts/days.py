"""Days."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

NEVER_WAS = "There is no {day}. Send a day such as /today 2017-11-23"
NOT_IN_MONTH = "{month} has no day {day}. Send a day such as /today 2017-11-23"
UNCLEAR_DAY = (
    "I can’t read {typed} as one day. Send a day like this: /today 2017-11-23, or: "
    "/today 23 November 2017"
)
PRESS_A_DAY = "Or press one:"
TOO_LATE = "{day} is still to come. /today shows what is known so far."
TOO_EARLY = "I have no events of {day}: what I know begins on {first}. Try that day: /today {iso}"
EMPTY_DAY = "I have no events of {day}."
NOTHING_YET = "Nothing yet today. Yesterday:"
EMPTY_TODAY = "Nothing is known of today yet."
KNOWN_DAYS = "What I know runs from {first} to {last}."
NOTHING_KNOWN = "I have no events at all yet: they come in by themselves. Please ask again later."
OTHER_NEWS = "Other news"
MORE_NEWS = "More"  # a heading: events whose sources give them no category
PAGE = "Page {page} of {pages}"
LONG_DAY = Plural(
    "{count} event. The most important come first; press a category to see it by itself.",
    "{count} events. The most important come first; press a category to see it by itself.",
)
LONG_DAY_BARE = Plural(  # where there is one category only
    "{count} event. The most important come first.",
    "{count} events. The most important come first.",
)
BUTTON_ALL_CATEGORIES = "‹ All categories"
ONLY_MINE = "Only events about those whom you follow."
EMPTY_MINE = "Nothing here is about those whom you follow."
PICK_DAY = "{month}: which day?"
NO_DAY_TOAST = "I have no events of that day."
BUTTON_PICK_DAY = "Pick a day"
BUTTON_MINE = "Only mine"
DAY_OF_WEEK = "{weekday} {day}"  # "Thursday 23 November"
