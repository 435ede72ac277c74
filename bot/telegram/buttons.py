"""Buttons under messages: their labels, and the data that they send when pressed.

Data is at most 64 bytes. Numbers in it are checked again when it comes back: anybody can
send any data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.telegram.markup import clip

Button = dict[str, str]
Rows = Sequence[Sequence[Button]]

LONGEST_LABEL = 48
_NUMBER = r"([1-9]\d{0,18})"
_PAGE = r"([1-9]\d{0,3})"

FOLLOW = rf"f:{_NUMBER}\Z"  # from a card about the entity, which is then redone in place
FOLLOW_BESIDE = rf"f:{_NUMBER}:{_NUMBER}\Z"  # from a message about an event
FOLLOW_START = rf"s:{_NUMBER}\Z"  # from the welcome
UNFOLLOW = rf"u:{_NUMBER}\Z"
UNFOLLOW_LISTED = rf"u:{_NUMBER}:{_PAGE}\Z"  # from a page of the list of follows
WHO = rf"w:{_NUMBER}\Z"
FOLLOWS = rf"l:{_PAGE}\Z"
RELATED = rf"r:{_NUMBER}\Z"
DAY = rf"t:(\d{{4}}-\d\d-\d\d):{_PAGE}\Z"
NOW = rf"n:(\d{{4}}-\d\d-\d\d):{_PAGE}\Z"


def follow(entity_id: int) -> str:
    """Data: follow this entity."""
    return f"f:{entity_id}"


def follow_beside(entity_id: int, event_id: int) -> str:
    """Data: follow this entity, pressed under a message about this event."""
    return f"f:{entity_id}:{event_id}"


def follow_start(entity_id: int) -> str:
    """Data: follow this entity, pressed under the welcome."""
    return f"s:{entity_id}"


def unfollow(entity_id: int, page: int | None = None) -> str:
    """Data: follow this entity no more, perhaps pressed on a page of the list."""
    return f"u:{entity_id}" if page is None else f"u:{entity_id}:{page}"


def who(entity_id: int) -> str:
    """Data: show who this is."""
    return f"w:{entity_id}"


def follows(page: int) -> str:
    """Data: show this page of the list of follows."""
    return f"l:{page}"


def related(event_id: int) -> str:
    """Data: show what is related to this event."""
    return f"r:{event_id}"


def day_page(day: date, page: int, *, now: bool) -> str:
    """Data: a page of a day, or (``now``) of what was new on a day as it went on."""
    return f"{'n' if now else 't'}:{day.isoformat()}:{page}"


def button(label: str, data: str) -> Button:
    """One button; its label is shortened to what a phone shows."""
    return {"text": clip(label, LONGEST_LABEL) or "…", "callback_data": data}


def column(buttons: Iterable[Button]) -> Rows:
    """One button a row."""
    return [[one] for one in buttons]


def keyboard(rows: Rows) -> dict[str, Any]:
    """An InlineKeyboardMarkup; without rows it takes the buttons away."""
    return {"inline_keyboard": [list(row) for row in rows if row]}
