"""Inline mode: events to post in any chat."""

from __future__ import annotations

BUTTON_OPEN_BOT = "Open the bot"
