"""From what was found out to what readers see. Pure: data in, ``Screen`` or ``Call`` out."""

from bot.telegram.views.days import today
from bot.telegram.views.events import alert, catch_up, event_card, found, related
from bot.telegram.views.fixed import counted, help_text, sentence
from bot.telegram.views.people import (
    beside_event,
    entity_card,
    follow,
    follow_toast,
    following,
    lookup,
    under_welcome,
    unfollow,
    unfollow_toast,
    welcome,
)

__all__ = [
    "alert",
    "beside_event",
    "catch_up",
    "counted",
    "entity_card",
    "event_card",
    "follow",
    "follow_toast",
    "following",
    "found",
    "help_text",
    "lookup",
    "related",
    "sentence",
    "today",
    "under_welcome",
    "unfollow",
    "unfollow_toast",
    "welcome",
]
