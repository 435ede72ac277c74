"""Filters: only some of somebody's events."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

FILTER_WHOSE = "Whose events do you want only some of? Press a name, or send: /filter NAME"
FILTER_HEAD = "Only some events about {who}"
FILTER_NONE = "No filter: every event comes. Press the categories that you want, or name words."
FILTER_CATEGORIES = "Only: {categories}"
FILTER_MUST = "With the words: {words}"
FILTER_MUST_NOT = "Without the words: {words}"
FILTER_PASSING = Plural(
    "{passing} of {count} event of the last month would have come.",
    "{passing} of {count} events of the last month would have come.",
)
FILTER_NO_EVENTS = "There was no event about {who} in the last month to try it on."
FILTER_ASK = (
    "Which words must an event about {who} have, and which must it not have? Reply to this "
    "message with them, such as: {example}"
)
FILTER_BY_COMMAND = "Send the words like this: {command}"
FILTER_EXAMPLE = "ceasefire -football “peace talks”"
FILTER_PLACEHOLDER = "ceasefire -football"
FILTER_NO_WORDS = "I can’t make out a word in that. Send words such as: {example}"
FILTER_TOO_MANY = Plural(
    "That is too much: please send {count} word at most.",
    "That is too much: please send {count} words at most.",
)
FILTER_TOO_LONG = Plural(
    "{word} is too long for a word: please send {count} character at most.",
    "{word} is too long for a word: please send {count} characters at most.",
)
FILTER_CONTRADICTION = "{word} can’t both occur and not occur. Send it once, with or without “-”."
FILTER_TOAST = "The filter of {who} is changed."
FILTER_OFF_TOAST = "Every event about {who} comes again."
FILTER_WAS_NONE = "There was no filter to remove: every event about {who} comes."
BUTTON_FILTER_WORDS = "Words…"
BUTTON_FILTER_OFF = "Remove the filter"
