"""Starting and helping."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

WELCOME = "I tell you what happened to those whom you follow."
WELCOME_HOW = (
    "Name people, places or organisations: you get one message per event about them, with its "
    "sources linked, and nothing else."
)
WELCOME_NEXT = "Begin with a name: send me one, of anybody."
WELCOME_BUSY = "Press some who are in the news this week, or send me any name:"
BUSY = "In the news this week. Press whom to follow, or send me any name:"
BUSY_NONE = "There is nobody to suggest from this week’s news. Send me any name."
BUTTON_TO_DIGEST = "That’s all. Next: a daily digest?"
BUTTON_DIGEST_FIRST = "Next: a daily digest?"
BUTTON_NO_DIGEST = "No digest"
BUTTON_LATER = "Later"
START_DIGEST = (
    "Shall I also sum up each day for you? Press when: your digest tells what you were not told at "
    "once, and what else was in the news."
)
START_ZONE = (
    "And where are you? Press a place that has your time, share your location, or send a city, "
    "such as /timezone Kathmandu"
)
START_DONE = "All set."
START_FOLLOWS = Plural(
    "You follow {count} now: whatever is new comes to you by itself.",
    "You follow {count} now: whatever is new comes to you by itself.",
)
START_FOLLOWING = "You follow: {names}"
START_FOLLOWS_NONE = "You follow nobody yet: send me any name, or see who is in the news."
START_MORE = "/settings changes all of this."

HELP_HEAD = "What I can do"
HELP_NAMES = "Any other text is a name: I look up who that is and what is new."
HELP_WORDS = (
    "To /search and /filter, send words that must occur, -words that must not, and “phrases in "
    "quotes”: in an event’s title, summary or topics. A word that must occur counts from its "
    "beginning, all else as it stands."
)
HELP_HOW = (
    "An event reaches you once only: from a publisher’s feed at once, from Wikipedia when it has "
    "stood there for a few minutes. When its wording or its sources change, the message changes "
    "with it, silently."
)
HELP_LIMITS = (
    "I know what my sources tell. I cannot tell whether it is true, and I answer no questions "
    "beyond these commands."
)
HELP_SOURCE = (
    "The events come from {portal}, written by Wikipedia’s contributors and shared under "
    "{licence}, and from publishers’ feeds, whose titles and summaries are the publishers’ own."
)
PORTAL_NAME = "Wikipedia’s Current events portal"

# --- the sample week

SAMPLE = "Sample of November 2017, not today’s news"
