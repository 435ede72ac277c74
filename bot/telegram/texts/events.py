"""Events: alerts, cards, related ones, search results."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

DAY_PAGE = "Wikipedia’s Current events"
DAY_PAGE_OF = "Wikipedia’s Current events of {day}"
TEXTS_IN = "Texts in {language}"  # below a list: "Texts in English"
LICENSED = "{work}, {licence}"  # "Wikipedia’s Current events, CC BY-SA 4.0"
SOURCES = "Sources: {sources}"
SOURCES_COUNTED = Plural("{count} source: {sources}", "{count} sources: {sources}")
SOURCE = "Source"
NO_SOURCES = "No sources are linked."
OTHER_HEADLINES = "Other headlines:"
ABOUT = "About: {names}"
VIA_TOPIC = "{who} (via topic)"
VIA_WORDS = "{who} (written as {words})"
NO_LONGER = "{who} (no longer named)"
MORE = Plural("and {count} more", "and {count} more")
WITHDRAWN = "Gone from its source: Wikipedia no longer lists it."
REWORDED = Plural(
    "Reworded once since it was first seen.",
    "Reworded {count} times since it was first seen.",
)
RELATED_TO = "Related to {number}: {title}"
RELATED_HERE = "Related to {number}"  # under the message about it
RELATED_NONE = "I know of no earlier event that names the same people or places as {number}."
CONTEXT = "Context: {names}"
NOTHING_ALERTED = (
    "Related to which event? Reply to an alert with /related, or send its number: /related 17"
)
WHICH_EVENT = "Which event? Send its number, such as: /event 17, or find one with /today"
BAD_NUMBER = (
    "{typed} is no event’s number. Numbers stand at each event: /event_17 has the number 17"
)
SEARCH_WHAT = "What shall I search for? Send words with the command, such as: /search Darfur"
FOUND = "Events with {words}, newest first:"
FOUND_MORE = Plural(
    "This is only the newest. Add a word to narrow it down.",
    "These are the newest {count}. Add a word to narrow it down.",
)
FOUND_NONE = "No event has {words}. Words count from their beginning; try fewer or shorter ones."
FOUND_BACK_TO = "I looked through the newest events only, back to {day}."
FOUND_NAMING = "No event has {words}, but these are about {who}, newest first:"
FOUND_COMMON = "Too many events have {words}. Add a word that fewer have, such as: /search Darfur"
SEARCH_ONLY_WITHOUT = "Send at least one word that must occur, such as: /search {example}"
