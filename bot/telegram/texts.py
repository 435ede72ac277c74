"""All sentences that readers see, in one place. Places to fill are written ``{name}``."""

from __future__ import annotations

from types import MappingProxyType

# Name and purpose of each command, as Telegram's menu and /help list them.
COMMANDS = MappingProxyType(
    {
        "follow": "be told what happens to somebody or something",
        "unfollow": "stop being told",
        "following": "whom you follow",
        "today": "what happened today, or on another day",
        "related": "earlier events on the same people and places",
        "event": "one event in full, by its number",
        "search": "find events by words",
        "help": "what I can do",
        "start": "begin here",
    }
)
USAGES = MappingProxyType(
    {
        "follow": "/follow NAME",
        "unfollow": "/unfollow NAME",
        "today": "/today [DAY]",
        "related": "/related [NUMBER]",
        "event": "/event NUMBER",
        "search": "/search WORDS",
    }
)

# --- starting and helping

WELCOME = "I tell you what happened to those whom you follow."
WELCOME_HOW = (
    "Name people, places or organisations: you get one message per event about them, with its "
    "sources linked, and nothing else."
)
WELCOME_NEXT = "Begin with /follow and a name, or see /today."
WELCOME_BUSY = "Begin with /follow and a name, see /today, or follow somebody much in the news:"

HELP_HEAD = "What I can do"
HELP_NAMES = "Any other text is a name: I look up who that is and what is new."
HELP_HOW = (
    "An event reaches you once it has stood for a few minutes, and once only. When its wording or "
    "its sources change, the message changes with it, silently."
)
HELP_LIMITS = (
    "I know what the portal lists. I cannot tell whether it is true, and I answer no questions "
    "beyond these commands."
)
HELP_SOURCE = (
    "The events come from {portal}, written by Wikipedia’s contributors and shared under {licence}."
)
PORTAL_NAME = "Wikipedia’s Current events portal"
PORTAL_URL = "https://en.wikipedia.org/wiki/Portal:Current_events"
LICENCE_NAME = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"

# --- what cannot be read

UNKNOWN_COMMAND = "I don’t know the command {typed}. /help lists those that I know."
EDITED = "I read messages once and don’t notice edits. Please send it again as a new message."
NO_TEXT = "I can read text only. Send me a name, or see /help."
NO_WORDS = "I can’t make out a name in that. Send one in letters, such as: Vladimir Putin"
TOO_LONG = "That is too long for a name: please send {most} characters at most."
TOO_LONG_SEARCH = "That is too much to search for: please send {most} characters at most."
NO_GROUPS = "I don’t work in groups yet. Please write to me in a private chat."
BROKEN = "Something went wrong on my side, and it is noted. Please try again in a while, or /help."

# --- pressing

STALE = "This button no longer works. Ask again, or see /help."
GONE_ENTITY = "I don’t know this one any more. Send /follow and a name."
GONE_EVENT = "I have no such event. /today lists the newest."

# --- following

FOLLOW_WHOM = "Whom shall I follow? Send the name with the command, such as: /follow Vladimir Putin"
UNFOLLOW_WHOM = "Whom shall I stop following? Press a name, or send it: /unfollow NAME"
FOLLOWED = "You follow {who} now. The next event comes to you by itself."
FOLLOWED_ALREADY = "You follow {who} already. Whatever is new comes to you by itself."
FOLLOWED_TOAST = "You follow {who} now. /unfollow ends it."
FOLLOWED_ALREADY_TOAST = "You follow {who} already."
LATEST = "Latest:"
NO_LATEST = "I have no such event yet."
TOO_MANY = "You follow {most} already, and that is as many as I can carry. /unfollow makes room."
UNFOLLOWED = "You no longer follow {who}."
UNFOLLOWED_NOT = "You don’t follow {who}."
NOT_FOLLOWED = "You follow nobody called {name}. /following lists whom you follow."
NOT_FOLLOWED_NEAR = "You follow nobody called {name}. Do you mean one of these?"
FOLLOWING_HEAD = "Whom you follow ({count})."
FOLLOWING_NOW = "Press a name to stop following it."
FOLLOWING_NONE = "You follow nobody yet. Send /follow and a name, or see who is in the news: /today"
WHICH = "Which {name} do you mean?"
WHICH_ONE = "By {name}, do you mean this one?"
WHICH_UNFOLLOW = "Which {name} do you no longer want to follow?"
UNKNOWN = "I know nobody and nothing called {name}. Check the spelling, or try a fuller name."
UNKNOWN_NEAR = "I know nobody and nothing called {name}. Do you mean one of these?"
IS_FOLLOWED = "You follow {who}."

# --- days

NEVER_WAS = "There is no {day}. Send a day such as /today 2017-11-23"
UNCLEAR_DAY = (
    "I can’t read {typed} as one day. Send a day like this: /today 2017-11-23, or: "
    "/today 23 November 2017"
)
PRESS_A_DAY = "Or press one:"
TOO_LATE = "{day} is still to come. /today shows what is known so far."
TOO_EARLY = "What I know begins on {first}. Try that day: /today {iso}"
EMPTY_DAY = "I have no events of {day}."
EMPTY_TODAY = "Nothing is known of today yet."
KNOWN_DAYS = "What I know runs from {first} to {last}."
NOTHING_KNOWN = "I have no events at all yet: they come in by themselves. Please ask again later."
OTHER_NEWS = "Other news"
PAGE = "Page {page} of {pages}"

# --- events

DAY_PAGE = "Wikipedia’s Current events"
DAY_PAGE_OF = "Wikipedia’s Current events of {day}"
SHARED_LICENCE = "CC BY-SA"
SOURCES = "Sources:"
NO_SOURCES = "No sources are linked."
ABOUT = "About:"
VIA_TOPIC = "{who} (via topic)"
MORE = "and {count} more"
WITHDRAWN = "Gone from its source: Wikipedia no longer lists it."
REWORDED_ONCE = "Reworded once since it was first seen."
REWORDED = "Reworded {count} times since it was first seen."
RELATED_TO = "Related to {number}: {title}"
RELATED_NONE = (
    "I know of no earlier event that names the same people or places as {number}: {title}"
)
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
FOUND_MORE = "These are the newest {count}. Add a word to narrow it down."
FOUND_NONE = "No event has {words}. Words count from their beginning; try fewer or shorter ones."
CATCH_UP = "What you missed:"
CATCH_UP_MORE = "And {count} more: see /today for each day."

# --- labels of buttons

BUTTON_RELATED = "Related"
BUTTON_FOLLOW = "Follow {who}"
BUTTON_FOLLOW_AGAIN = "Follow again"
BUTTON_UNFOLLOW = "Unfollow"
BUTTON_BACK = "‹ Earlier page"
BUTTON_ON = "Next page ›"
