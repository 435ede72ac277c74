"""What is known of a chat, and who and what the bot is."""

from __future__ import annotations

EXPORT_ALL = "All that I know of this chat, as of {day}."
EXPORT_PART = "All that I know of this chat, as of {day}. Part {part} of {parts}."
EXPORT_FAILED = "The file did not get through. Please try /export again in a while."

FORGET_ASK = "Delete all that I know of this chat?"
FORGET_WHAT = (
    "That is what it follows ({count}), its settings, and what I keep of my messages. It can’t be "
    "undone. /export gives you a copy first."
)
FORGOTTEN = "All is deleted. /start begins anew."
FORGOTTEN_TOAST = "All is deleted."
NOT_FORGOTTEN = "Nothing is deleted."
BUTTON_FORGET = "Delete all"
BUTTON_KEEP = "Delete nothing"

ABOUT_ME = "I am Dateline {version}, free software under the {licence}."
ABOUT_SOURCE = "My source code: {link}"
ABOUT_NO_SOURCE = "Whoever runs me has my source code and may share it with you."
ABOUT_NAMES = "Names and descriptions come from {wikidata}, free for all to use ({licence})."
ABOUT_YOURS = "What I know of you: /export gives you all of it, /forget deletes it."
MIT_LICENCE = "MIT licence"
