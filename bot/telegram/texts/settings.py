"""What a chat chooses: digests, quiet hours, time zone, language, pause."""

from __future__ import annotations

SETTINGS_HEAD = "What you have chosen"
SETTING_DIGEST = "Daily digest: {value}"
SETTING_WEEKLY = "Weekly digest: {value}"
SETTING_QUIET = "Quiet hours: {value}"
SETTING_ZONE = "Time zone: {value}"
SETTING_LANGUAGE = "Language: {value}"
SETTING_NONE = "none"
SETTING_AS_TELEGRAM = "{language}, as in Telegram"
TIME_AT = "{time} ({place})"
HOURS = "{start}–{end}"
WEEKDAY_AT = "{weekday}, {time}"
PLACE = "{city}, {country}"
PLACE_REGION = "{city} ({region})"

BUTTON_DIGEST = "Daily digest"
BUTTON_WEEKLY_DAY = "Weekly digest"
BUTTON_QUIET = "Quiet hours"
BUTTON_ZONE = "Time zone"
BUTTON_LANGUAGE = "Language"
BUTTON_EXPORT = "My data as a file"
BUTTON_FORGET_ALL = "Delete all …"
BUTTON_FOLLOWS = "Whom I follow: {count}"
BUTTON_PAUSE = "Pause"
BUTTON_GO_ON = "Go on"
BUTTON_TO_SETTINGS = "‹ Settings"
BUTTON_OFF = "Off"
BUTTON_OTHER_HOURS = "Other hours"
BUTTON_SET_ZONE = "Set my time zone"
BUTTON_MORE_PLACES = "More places"
BUTTON_OTHER_PLACE = "Another place"
BUTTON_BACK_TO = "Back to {place}"
BUTTON_AS_TELEGRAM = "As in Telegram"
EXPORT_TOAST = "Here it comes."

# --- daily and weekly digest

DIGEST_DAILY = "Your digest comes daily at {time} ({place})."
DIGEST_NONE = (
    "You have no daily digest. It sums up a day: what you were not told at once, and what else "
    "was in the news."
)
DIGEST_NEXT_TODAY = "The next one: today, {time}."
DIGEST_NEXT_TOMORROW = "The next one: tomorrow, {weekday}, {day}, {time}."
DIGEST_NEXT = "The next one: {weekday}, {day}, {time}."
DIGEST_HELD = "That falls into your quiet hours ({hours}), so it comes when they end, at {time}."
DIGEST_UNREAD = "I can’t read {typed} as a time of day. Send one such as /digest 08:00"
DIGEST_PICK = "Press a time, or send one: /digest 08:00"
DIGEST_TOAST = "Daily digest: {time}"
DIGEST_OFF_TOAST = "No daily digest any more."
WEEKLY_AT = "Your week, with a chart, comes by itself. Day and time: {weekday}, {time} ({place})."
WEEKLY_NONE = "You have no weekly digest. It shows your week, with a chart, as /week does."
WEEKLY_PICK = "Press a day:"
WEEKLY_SET_TOAST = "Weekly digest: {time}"
WEEKLY_OFF_TOAST = "No weekly digest any more."

# --- quiet hours

QUIET_HOURS = (
    "Quiet hours: {start} to {end} ({place}). Alerts wait until they end; then up to three come "
    "singly, more as one message."
)
QUIET_NOW = "It is quiet now: alerts wait until {time}."
QUIET_NONE = "You have no quiet hours: alerts come at any time of day."
QUIET_DIGEST = "Your digest of {time} falls into them, so it comes when they end, at {end}."
QUIET_UNREAD = (
    "I can’t read {typed} as quiet hours. Send two times that differ, such as /quiet 22:00-07:00"
)
QUIET_PICK = "Press some hours, or send them: /quiet 22:00-07:00"
QUIET_FROM = "From when on shall it be quiet?"
QUIET_UNTIL = "Quiet from {start}. Until when?"
QUIET_TOAST = "Quiet hours: {hours}"
QUIET_OFF_TOAST = "No quiet hours any more."

# --- time zone

ZONE_NOW = "Your time zone: {place}. It is {time} there."
ZONE_NOT_CHOSEN = "I don’t know where you are, so all times are in UTC. It is {time} there."
ZONE_UTC = "Times are in UTC until you tell me where you are."
ZONE_PICK = "Press a place that has your time, or send a city, such as /timezone Kathmandu"
ZONE_WHICH = "Several places are called {name}. Which one is it?"
ZONE_OF_SEVERAL = "Several places have the time {name}. Which one is it?"
ZONE_OF_COUNTRY = "{country}: there are several time zones. Which of these places has your time?"
ZONE_NEAR_ONE = "I know no place called {name}. Do you mean this one?"
ZONE_NEAR = "I know no place called {name}. Do you mean one of these?"
ZONE_UNKNOWN = (
    "I know no place called {name}. Send a large city near you, such as /timezone Kathmandu, or "
    "press a place that has your time:"
)
ZONE_TOAST = "Time zone: {place}"
BUTTON_LOCATION = "Share my location"
BUTTON_NO_LOCATION = "Rather not"
LOCATION_ASK = (
    "Press the button below to share your location. I look up the time zone and forget the rest."
)
LOCATION_THANKS = "Thank you. I keep the time zone only, not where you are."
LOCATION_NOT = "All right. You can send a city instead, such as /timezone Kathmandu"
LOCATION_NOWHERE = "I can’t tell the time there. Send a city instead, such as /timezone Kathmandu"

# --- language

LANGUAGE_NOW = "My language here: {language}."
LANGUAGE_AS_TELEGRAM = "My language here: {language}, as in your Telegram."
LANGUAGE_EVENTS = "Events stay in the language of their sources."
LANGUAGE_UNREAD = "I don’t speak {typed}. Press a language that I do:"
LANGUAGE_TOAST = "From now on: {language}"

# --- pause

PAUSE = "I pause: you get no alerts and no digests."
PAUSE_HOW = (
    "What happens meanwhile is kept for you. Press Go on or send /start, and it comes as one "
    "message."
)
PAUSE_UNTIL = "I pause: you get no alerts and no digests until {weekday}, {day}, {time}."
PAUSE_THEN = (
    "What happens meanwhile is kept for you, and comes then as one message. Press Go on or send "
    "/start to end the pause earlier."
)
PAUSE_UNREAD = "I can’t tell from {typed} how long to pause."
PAUSE_NO_TIME = "{typed} is no time at all: the pause would be over at once."
PAUSE_PAST = "{typed} has passed already."
PAUSE_TOO_FAR = "{typed} is too far ahead: a pause that ends by itself lasts ten years at most."
PAUSE_TRY = "Say it like this: /stop 3 days, or /stop until Friday"
PAUSE_ALONE = "Nothing is changed yet. /stop alone pauses everything, until /start."
PAUSE_ENDLESS = (  # what is sent with /stop to mean the same as without it
    "forever, for ever, until further notice, now, please, it, all, everything"
)
STOP_FOLLOWING = "Shall I stop following {who}?"
STOP_FOLLOWING_WHICH = "Shall I stop following one of these?"
PAUSED_SINCE = "Paused since {day}."
PAUSED_UNTIL = "Paused until {weekday}, {day}, {time}."
PAUSE_TOAST = "Paused."
BACK_MISSED = "Welcome back. What you missed comes as one message."
BACK_NOTHING = "Welcome back. You missed nothing."
NOT_PAUSED = "There is no pause: whatever is new comes to you."
