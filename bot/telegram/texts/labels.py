"""Labels of buttons."""

from __future__ import annotations

BUTTON_RELATED = "Related"
BUTTON_FOLLOW = "Follow {who}"
BUTTON_FOLLOW_AGAIN = "Follow again"
BUTTON_UNFOLLOW = "Unfollow"
BUTTON_BACK = "‹ Earlier page"
BUTTON_ON = "Next page ›"
BUTTON_BUSY = "Who is in the news"
BUTTON_FOLLOWING = "Whom I follow"
BUTTON_HELP = "Help"
BUTTON_SETTINGS = "Settings"
BUTTON_START = "Begin anew"
