"""What is said where several people read: there, a sentence that elsewhere says "you" would
speak to everybody. By the sentence that stands in its place in a private chat."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.telegram.texts import (
    charts,
    commands,
    days,
    digests,
    follows,
    labels,
    privacy,
    reading,
    settings,
)
from bot.telegram.texts.plural import Plural

__all__ = ["SHARED"]

SHARED: Mapping[str | Plural, str | Plural] = MappingProxyType(
    {
        follows.FOLLOWED: "{who} is followed from now on. The next event comes by itself.",
        follows.FOLLOWED_PAUSED: "{who} is followed from now on.",
        follows.FOLLOWED_BEFORE: "Followed already: {names}",
        follows.FOLLOWED_PAUSED_TOAST: (
            "{who} is followed from now on. Nothing comes while I pause: /start goes on."
        ),
        follows.FOLLOWED_ALL: "From now on followed: {names}",
        follows.FOLLOWED_ALREADY: "{who} is followed already. Whatever is new comes by itself.",
        follows.FOLLOWED_DIGEST: "{who} is followed already. Whatever is new comes in the digest.",
        follows.FOLLOWED_MUTED: "{who} is followed already, but muted: nothing comes.",
        follows.FOLLOWED_TOAST: "{who} is followed from now on. /unfollow ends it.",
        follows.FOLLOWED_ALREADY_TOAST: "{who} is followed already.",
        follows.UNFOLLOWED: "{who} is no longer followed.",
        follows.UNFOLLOWED_NOT: "{who} is not followed.",
        follows.UNFOLLOWED_ALL: "No longer followed: {names}",
        follows.NOT_FOLLOWED_LISTED: "Nobody is followed who is called: {names}",
        follows.NOT_FOLLOWED: "Nobody called {name} is followed. /following lists who is.",
        follows.NOT_FOLLOWED_NEAR: ("Nobody called {name} is followed. Is one of these meant?"),
        follows.NOT_FOLLOWED_NEAR_ONE: "Nobody called {name} is followed. Is this one meant?",
        follows.NOT_FOLLOWED_TOAST: "{who} is not followed any more.",
        follows.FOLLOWING_HEAD: "Who is followed here ({count}).",
        follows.FOLLOWING_NOW: "Press a name to choose how it is told, or to stop.",
        follows.FOLLOWING_NONE: (
            "Nobody is followed here yet. Send /follow and a name, or see who is in the news: "
            "/today"
        ),
        follows.WHICH_UNFOLLOW: "Which {name} shall no longer be followed?",
        follows.IS_FOLLOWED: "{who} is followed here.",
        follows.TOO_MANY: Plural(
            "{count} is followed already, and that is as many as I can carry. /unfollow makes "
            "room.",
            "{count} are followed already, and that is as many as I can carry. /unfollow makes "
            "room.",
        ),
        labels.BUTTON_FOLLOWING: "Who is followed here",
        reading.UNKNOWN_COMMAND_NEAR: (
            "I don’t know the command {typed}. Is {command} meant? /help lists those that I know."
        ),
        charts.WEEK_NONE: (
            "I know of no event about those who are followed here, from {first} to {last}."
        ),
        days.ONLY_MINE: "Only events about those who are followed here.",
        days.EMPTY_MINE: "Nothing here is about those who are followed.",
        days.BUTTON_MINE: "Only followed",
        digests.DIGEST_HEAD: "Digest · {day}",
        digests.DIGEST_PART: "Digest · {day} · {part} of {parts}",
        digests.DIGEST_TOLD: Plural(
            "{count} alert has come already: {events}",
            "{count} alerts have come already: {events}",
        ),
        digests.CATCH_UP_HEAD: "What happened meanwhile",
        settings.SETTINGS_HEAD: "What is chosen here",
        settings.BUTTON_FOLLOWS: "Who is followed here: {count}",
        settings.BUTTON_SET_ZONE: "Set the time zone",
        settings.DIGEST_DAILY: "The digest comes daily at {time} ({place}).",
        settings.DIGEST_NONE: (
            "There is no daily digest here. It sums up a day: what was not told at once, and what "
            "else was in the news."
        ),
        settings.DIGEST_HELD: (
            "That falls into the quiet hours ({hours}), so it comes when they end, at {time}."
        ),
        settings.WEEKLY_AT: (
            "The week, with a chart, comes by itself. Day and time: {weekday}, {time} ({place})."
        ),
        settings.WEEKLY_NONE: (
            "There is no weekly digest here. It shows the week, with a chart, as /week does."
        ),
        settings.QUIET_NONE: "There are no quiet hours here: alerts come at any time of day.",
        settings.QUIET_DIGEST: (
            "The digest of {time} falls into them, so it comes when they end, at {end}."
        ),
        settings.ZONE_NOW: "Time zone here: {place}. It is {time} there.",
        settings.ZONE_NOT_CHOSEN: (
            "No time zone is chosen here, so all times are in UTC. It is {time} there."
        ),
        settings.ZONE_UTC: "Times are in UTC until a time zone is chosen here.",
        settings.ZONE_PICK: (
            "Press a place with the right time, or send a city, such as /timezone Kathmandu"
        ),
        settings.ZONE_UNKNOWN: (
            "I know no place called {name}. Send a large city nearby, such as /timezone "
            "Kathmandu, or press a place with the right time:"
        ),
        settings.PAUSE: "I pause: no alerts and no digests come.",
        settings.PAUSE_HOW: (
            "What happens meanwhile is kept. Press Go on or send /start, and it comes as one "
            "message."
        ),
        settings.PAUSE_UNTIL: (
            "I pause: no alerts and no digests come until {weekday}, {day}, {time}."
        ),
        settings.PAUSE_THEN: (
            "What happens meanwhile is kept, and comes then as one message. Press Go on or send "
            "/start to end the pause earlier."
        ),
        settings.BACK_MISSED: "I am back. What happened meanwhile comes as one message.",
        settings.BACK_NOTHING: "I am back. Nothing happened meanwhile.",
        settings.NOT_PAUSED: "There is no pause: whatever is new comes by itself.",
        privacy.ABOUT_YOURS: (
            "What I know of this chat: /export gives you all of it, /forget deletes it."
        ),
        commands.COMMANDS["following"]: "who is followed here, and how it is told",
        commands.COMMANDS["week"]: "the last seven days, with a chart",
        commands.COMMANDS["digest"]: "a daily digest, and at what hour",
        commands.COMMANDS["timezone"]: "the time zone for hours and days",
        commands.COMMANDS["settings"]: "all that is chosen here",
    }
)
