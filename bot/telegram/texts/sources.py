"""Sources, as the operator's chats manage them."""

from __future__ import annotations

from types import MappingProxyType

from bot.telegram.texts.plural import Plural

# Of the operator's chats alone: name and purpose, as Telegram's menu lists them there.
OPERATOR_COMMANDS = MappingProxyType({"sources": "the places that news comes from"})

SOURCES_NOT_HERE = "That is for my operator’s chats. /help lists what everybody can do."
SOURCES_CHAT_NUMBER = (
    "For my operator: the number of this chat, to be put into ADMIN_CHATS, is {number}"
)
SOURCES_HEAD = Plural(
    "{count} source. Press one to pause it or to go on reading it.",
    "{count} sources. Press one to pause it or to go on reading it.",
)
SOURCES_FAILING = Plural("{count} of them can’t be read.", "{count} of them can’t be read.")
SOURCES_NONE = "There is no source yet. Send me a feed’s address like this: {example}"
SOURCES_HOW = "I can do more with a source. Send me one of these:"
SOURCES_HOW_ADD = "list a feed: {example}"
SOURCES_HOW_CHECK = "see what would come of one: {example}"
SOURCES_HOW_SHOW = "see more of one: {example}"
SOURCES_HOW_CHANGE = "pause, resume or remove one: {example}"

SOURCE_LINE = "{number}. {title}"
SOURCE_WHEN = "{day}, {time}"
SOURCE_READ = "read on {when}"
SOURCE_UNREAD = "not read yet"
SOURCE_FAILS = "has failed since {when}: {why}"
SOURCE_PAUSED = "paused"
SOURCE_ENDED = "ended: its publisher says that it is gone"

SOURCE_INTERVAL = "Interval: {span}"  # "15 minutes": how often it is asked
SOURCE_NEXT = "Next time: {when}"
SOURCE_REPORTS = Plural("{count} report so far", "{count} reports so far")

SOURCE_NO_ADDRESS = "{typed} is no feed’s address. Send one like this: {example}"
SOURCE_WHOSE_ADDRESS = "Which feed? Send its address like this: {example}"
SOURCE_NO_NAME = "Say which one: its number, its address or words of its title. /sources lists all."
SOURCE_ADDED = "{title} is a source from now on, number {number}. /sources lists all."
SOURCE_ADDED_LATER = (
    "{title} is a source from now on, number {number}. I couldn’t read it just now and try again "
    "soon; /sources says how it goes."
)
SOURCE_KNOWN = "{title} is a source already, number {number}. /sources lists all."
SOURCE_KNOWN_THERE = (
    "{address} leads to {there}, and that is a source already: {title}, number {number}. /sources "
    "lists all."
)
SOURCE_NOT_READ = "I couldn’t read {address}: {why}. Check the address; /sources lists what I read."
SOURCE_SLOW = (
    "{address} takes longer to answer than I can wait here. On my server, this waits: {command} "
    "Or send /sources to see the others."
)
SOURCE_PRIVATE = (
    "{address} lies in a private network, where no message can send me. On my server, this can: "
    "{command}"
)
SOURCE_IS_PAGE = "{address} is a web page, not a feed. Try one that it names:"
SOURCE_WHICH = "Which one do you mean by {typed}? Send its number instead. /sources lists all."
SOURCE_UNKNOWN = "No source is called {typed}. /sources lists all."
SOURCE_UNKNOWN_NEAR = "No source is called {typed}. These are like it; /sources lists all."
SOURCE_REMOVED_BEFORE = "{title} has been removed. This brings it back: {example}"
SOURCE_NOW_PAUSED = "{title} is paused. It goes on with {example}"
SOURCE_NOW_READ = "{title} is read from now on. /sources lists all."
SOURCE_IS_READ = "{title} is not paused. /sources lists all."
SOURCE_HAS_ENDED = "{title} has ended. To ask its publisher once more, send {example}"
SOURCE_REMOVE_ASK = "Remove {title}? What it has told so far stays."
SOURCE_REMOVED = "{title} is removed. This brings it back: {example}"
SOURCE_STAYS = "{title} stays. /sources lists all."
SOURCE_GONE = "That source is not listed any more. /sources lists all."
SOURCE_PAUSED_TOAST = "{title} is paused."
SOURCE_RESUMED_TOAST = "{title} is read from now on."

SOURCE_LANGUAGE = "Language: {language}"
SOURCE_ENTRIES = Plural("{count} entry", "{count} entries")
SOURCE_ENTRIES_NONE = "It has no entry that I can use."
SOURCE_PARTS_DROPPED = Plural(
    "{count} part of it can’t be used.", "{count} parts of it can’t be used."
)
SOURCE_NEWEST = "The newest, and what would come of them:"
SOURCE_NAMES = "about {names}"
SOURCE_JOINS = "joins {event}"
SOURCE_NEW_EVENT = "a new event"
SOURCE_TO_ADD = "To list it, send {example}"

NEWS_FAILING = "These sources have failed for a day; I keep trying. /sources shows more."
NEWS_ENDED = "These sources have ended, and I no longer ask for them. /sources shows more."
NEWS_BACK = "These sources can be read again."
NEWS_LINE = "{title}: {why}"

BUTTON_SOURCE_PAUSE = "⏸ {title}"
BUTTON_SOURCE_RESUME = "▶️ {title}"
BUTTON_SOURCE_REMOVE = "Remove it"
BUTTON_SOURCE_KEEP = "Keep it"
