"""How what a chat has chosen looks, and how it is chosen: screens that are mostly buttons."""

from bot.telegram.views.settings.hours import (
    digest,
    digest_hours,
    digest_state,
    digest_toast,
    quiet,
    quiet_from,
    quiet_toast,
    quiet_until,
)
from bot.telegram.views.settings.overview import (
    back,
    language,
    language_toast,
    paused,
    settings,
    weekly,
    weekly_toast,
    with_pause,
)
from bot.telegram.views.settings.zones import (
    ask_location,
    keep_location,
    located,
    places,
    zone,
    zone_toast,
)

__all__ = [
    "ask_location",
    "back",
    "digest",
    "digest_hours",
    "digest_state",
    "digest_toast",
    "keep_location",
    "language",
    "language_toast",
    "located",
    "paused",
    "places",
    "quiet",
    "quiet_from",
    "quiet_toast",
    "quiet_until",
    "settings",
    "weekly",
    "weekly_toast",
    "with_pause",
    "zone",
    "zone_toast",
]
