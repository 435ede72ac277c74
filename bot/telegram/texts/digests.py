"""Digests, and alerts that go as one message."""

from __future__ import annotations

from bot.telegram.texts.plural import Plural

DIGEST_HEAD = "Your digest · {day}"
DIGEST_PART = "Your digest · {day} · {part} of {parts}"
DIGEST_TOLD = Plural(
    "You have had {count} alert: {events}",
    "You have had {count} alerts: {events}",
)
DIGEST_OTHERS = "Also in the news"
DIGEST_PAGES = "Wikipedia’s Current events: {days}"
CATCH_UP_HEAD = "What you missed"
QUIET_HEAD = "While it was quiet"
GONE_BUNDLE = "Nothing of this is left: Wikipedia no longer lists it. /today shows what is new."
