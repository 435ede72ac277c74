"""Following."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

FOLLOW_WHOM = "Whom shall I follow? Send the name with the command, such as: /follow Vladimir Putin"
UNFOLLOW_WHOM = "Whom shall I stop following? Press a name, or send it: /unfollow NAME"
FOLLOWED = "You follow {who} now. The next event comes to you by itself."
FOLLOWED_PAUSED = "You follow {who} now."
FOLLOWED_ALL = "From now on you follow: {names}"
FOLLOWED_BEFORE = "You follow already: {names}"
FOLLOWED_ALREADY = "You follow {who} already. Whatever is new comes to you by itself."
FOLLOWED_DIGEST = "You follow {who} already. Whatever is new comes in your digest."
FOLLOWED_MUTED = "You follow {who} already, but it is muted: nothing comes."
FOLLOWED_TOAST = "You follow {who} now. /unfollow ends it."
FOLLOWED_PAUSED_TOAST = "You follow {who} now. Nothing comes while I pause: /start goes on."
FOLLOWED_ALREADY_TOAST = "You follow {who} already."
LATEST = "Latest:"
NO_LATEST = "I know of no event under this name yet."
TOO_MANY = Plural(
    "You follow {count} already, and that is as many as I can carry. /unfollow makes room.",
    "You follow {count} already, and that is as many as I can carry. /unfollow makes room.",
)
TOO_MANY_AT_ONCE = Plural(
    "There is room for {count} more only, so none of these is added. Send fewer, or make room with "
    "/unfollow",
    "There is room for {count} more only, so none of these is added. Send fewer, or make room with "
    "/unfollow",
)
TOO_MANY_NAMES = Plural(
    "That is too much at once: please send {count} name at most.",
    "That is too much at once: please send {count} names at most.",
)
UNFOLLOWED = "You no longer follow {who}."
UNFOLLOWED_ALL = "You no longer follow: {names}"
UNFOLLOWED_NOT = "You don’t follow {who}."
NOT_FOLLOWED = "You follow nobody called {name}. /following lists whom you follow."
NOT_FOLLOWED_NEAR = "You follow nobody called {name}. Do you mean one of these?"
NOT_FOLLOWED_NEAR_ONE = "You follow nobody called {name}. Do you mean this one?"
NOT_FOLLOWED_LISTED = "You follow nobody called: {names}"
EVERYBODY = "all, everybody, everything"  # what is sent with /unfollow to mean each of them
UNFOLLOW_ALL = Plural(
    "Shall I stop following all {count}? {names}",
    "Shall I stop following all {count}? {names}",
)
BUTTON_UNFOLLOW_ALL = "Stop following all"
FOLLOWING_HEAD = "Whom you follow ({count})."
UNNAMED = "No. {number}"
FOLLOWING_NOW = "Press a name to choose how you are told, or to stop."
FOLLOWING_NONE = "You follow nobody yet. Send /follow and a name, or see who is in the news: /today"
WHICH = "Which {name} do you mean?"
WHICH_ONE = "By {name}, do you mean this one?"
WHICH_WITHIN = "In {name} I make out:"
SEND_ALONE = "These may mean several: send each alone, please: {names}"
WHICH_UNFOLLOW = "Which {name} do you no longer want to follow?"
UNKNOWN = "I know nobody and nothing called {name}. Check the spelling, or try a fuller name."
UNKNOWN_NEAR = "I know nobody and nothing called {name}. Do you mean one of these?"
UNKNOWN_NEAR_ONE = "I know nobody and nothing called {name}. Do you mean this one?"
UNKNOWN_LISTED = "I know nobody and nothing called: {names}"
UNKNOWN_LISTED_OFFLINE = (
    "I don’t know these yet, and I can’t look them up in Wikipedia just now: {names}"
)
UNKNOWN_OFFLINE = (
    "I don’t know {name} yet, and I can’t look it up in Wikipedia just now. Check the spelling, "
    "or try again later."
)
UNKNOWN_OFFLINE_NEAR = (
    "I don’t know {name} yet, and I can’t look it up in Wikipedia just now. Do you mean one of "
    "these?"
)
UNKNOWN_OFFLINE_NEAR_ONE = (
    "I don’t know {name} yet, and I can’t look it up in Wikipedia just now. Do you mean this one?"
)
IS_FOLLOWED = "You follow {who}."

# --- one follow by itself

SIGN_AT_ONCE = "{sign} at once"
SIGN_DIGEST = "{sign} in the digest"
SIGN_MUTED = "{sign} muted"
SIGN_FILTERED = "{sign} filtered"
FOLLOW_SINCE = "Followed since {day}."
TOLD_AT_ONCE = "Each event comes at once, as a message of its own."
TOLD_DIGEST = "Events come in the daily digest, at {time}."
TOLD_DIGEST_NEVER = "Events come in the daily digest, but no hour is set for it yet."
TOLD_MUTED = "Muted: no event comes."
MODE_TOAST_AT_ONCE = "{who}: at once."
MODE_TOAST_DIGEST = "{who}: in the digest."
MODE_TOAST_DIGEST_NEVER = "{who}: in the digest. Now choose its hour."
MODE_TOAST_MUTED = "{who}: muted."
NOT_FOLLOWED_TOAST = "You don’t follow {who} any more."
SHARED_FOLLOW = "What happens to {who}, told at once:"
BUTTON_AT_ONCE = "At once"
BUTTON_IN_DIGEST = "In the digest"
BUTTON_MUTE = "Mute"
BUTTON_FILTER = "Filter…"
BUTTON_TIMELINE = "Timeline"
BUTTON_SHARE = "Share"
BUTTON_STOP = "Stop following"
BUTTON_RETURN = "‹ Back"
BUTTON_HOW_TOLD = "How you are told…"
BUTTON_DIGEST_HOUR = "Choose the hour"
