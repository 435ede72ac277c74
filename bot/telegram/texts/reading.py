"""What cannot be read, and buttons that no longer work."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

UNKNOWN_COMMAND = "I don’t know the command {typed}. /help lists those that I know."
UNKNOWN_COMMAND_NEAR = (
    "I don’t know the command {typed}. Do you mean {command}? /help lists those that I know."
)
EDITED = "I read messages once and don’t notice edits. Please send it again as a new message."
NO_TEXT = "I can read text only. Send me a name, or see /help."
NO_WORDS = "I can’t make out a name in that. Send one in letters, such as: Vladimir Putin"
TOO_LONG = Plural(
    "That is too long for a name: please send {count} character at most.",
    "That is too long for a name: please send {count} characters at most.",
)
NOBODY_WITHIN = Plural(
    "I know none of the names in that. Send one alone, of {count} character at most.",
    "I know none of the names in that. Send one alone, of {count} characters at most.",
)
TOO_LONG_SEARCH = Plural(
    "That is too much to search for: please send {count} character at most.",
    "That is too much to search for: please send {count} characters at most.",
)
BROKEN = "Something went wrong on my side, and it is noted. Please try again in a while, or /help."

STALE = "This button no longer works. Ask again, or see /help."
GONE_ENTITY = "I don’t know this one any more. Send /follow and a name."
GONE_EVENT = "I have no such event. /today lists the newest."

# --- marks

QUOTED = "“{text}”"  # around what a reader typed
