"""Looking back, with charts: a week, a year."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

WEEK = Plural("{count} event from {first} to {last}", "{count} events from {first} to {last}")
WEEK_ALONE = (
    "I don’t know what {typed} means here. /week shows the last seven days, and takes nothing "
    "behind it. For one day, send it like this: /today 2017-11-23"
)
WEEK_FILTERED = "Left out by filters: {names}"
WEEK_OTHERS = "Others"
WEEK_SEVERAL = "An event that names several of them counts for each."
WEEK_NONE = "I know of no event about those whom you follow, from {first} to {last}."
BUTTON_WEEKLY = "Each week"
BUTTON_NOT_WEEKLY = "No longer each week ({time})"
BUTTON_TODAY = "What happened today"
WEEKLY_TOAST = "From now on this comes each {weekday}, {time}."
NOT_WEEKLY_TOAST = "This no longer comes by itself."

TIMELINE_WHOM = "Whose year? Press a name, or send it: /timeline NAME"
TIMELINE_NOBODY = "Whose year? Send the name with the command, such as: /timeline Vladimir Putin"
YEAR = Plural("{count} event since {first}", "{count} events since {first}")
YEAR_NONE = "I know of no event since {first}."
