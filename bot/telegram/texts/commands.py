"""The commands: what each is for, and how it is used."""

from __future__ import annotations

from types import MappingProxyType

# Name and purpose of each command, as Telegram's menu and /help list them.
COMMANDS = MappingProxyType(
    {
        "follow": "be told what happens to somebody or something",
        "unfollow": "stop being told",
        "following": "whom you follow, and how you are told",
        "filter": "be told only some of somebody’s events",
        "today": "what happened today, or on another day",
        "related": "earlier events on the same people and places",
        "event": "one event in full, by its number",
        "search": "find events by words",
        "week": "your last seven days, with a chart",
        "timeline": "somebody’s year, with a chart",
        "digest": "a daily digest, at an hour of yours",
        "timezone": "where you are, for hours and days",
        "quiet": "hours in which alerts wait",
        "language": "in which language I write",
        "settings": "all that you have chosen",
        "stop": "pause; /start ends it",
        "export": "all that I know of you, as a file",
        "forget": "delete all that I know of you",
        "about": "my licence, version and source",
        "help": "what I can do",
        "start": "begin here",
    }
)
USAGE = "{command} – {purpose}"
USAGES = MappingProxyType(
    {
        "follow": "/follow NAME",
        "unfollow": "/unfollow NAME",
        "filter": "/filter NAME: WORDS",
        "today": "/today [DAY]",
        "related": "/related [NUMBER]",
        "event": "/event NUMBER",
        "search": "/search WORDS",
        "timeline": "/timeline NAME",
        "digest": "/digest HH:MM",
        "timezone": "/timezone CITY",
        "quiet": "/quiet HH:MM-HH:MM",
        "stop": "/stop [HOW LONG]",
    }
)
