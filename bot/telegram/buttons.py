"""Buttons under messages: their labels, and the data that they send when pressed.

Data is at most 64 bytes. Numbers in it are checked again when it comes back: anybody can
send any data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.telegram.markup import LONGEST_LABEL, Label, clip

Button = dict[str, str]
Rows = Sequence[Sequence[Button]]

YEARS = range(1900, 2200)  # days of others stand on no button
_NUMBER = r"([1-9]\d{0,18})"
_PAGE = r"([1-9]\d{0,3})"
_DAY = r"(\d{4}-\d\d-\d\d)"
_MINE = r"(:m)?"
_CATEGORY = r"(?::c([0-9a-f]{8}))?"  # by its key

FOLLOW = rf"f:{_NUMBER}\Z"  # from a card about the entity, which is then redone in place
FOLLOW_BESIDE = rf"f:{_NUMBER}:{_NUMBER}\Z"  # from a message about an event
FOLLOW_BELOW = rf"fb:{_NUMBER}\Z"  # from a message that goes on asking about others
FOLLOW_START = rf"s:{_NUMBER}\Z"  # from the welcome
UNFOLLOW = rf"u:{_NUMBER}\Z"
UNFOLLOW_ALL = r"ua\Z"
UNFOLLOW_LISTED = rf"u:{_NUMBER}:{_PAGE}\Z"  # from a page of the list to choose from
WHO = rf"w:{_NUMBER}\Z"
FOLLOWS = rf"l:{_PAGE}\Z"
RELATED = rf"r:{_NUMBER}\Z"
OPEN = rf"o:{_NUMBER}:{_PAGE}\Z"  # these with the page of the list to go back to
MODE = rf"m:{_NUMBER}:([adm]):{_PAGE}\Z"
STOP = rf"x:{_NUMBER}:{_PAGE}\Z"
UNFOLLOWING = rf"lu:{_PAGE}\Z"
FILTERS = rf"lf:{_PAGE}\Z"
FILTER = rf"fl:{_NUMBER}:{_PAGE}\Z"
FILTER_CATEGORY = rf"fc:{_NUMBER}:([0-9a-f]{{8}}):{_PAGE}\Z"
FILTER_WORDS = rf"fw:{_NUMBER}\Z"
FILTER_OFF = rf"fx:{_NUMBER}:{_PAGE}\Z"
DAY = rf"t:{_DAY}:{_PAGE}{_MINE}{_CATEGORY}\Z"
TIMELINE = rf"y:{_NUMBER}\Z"
YEAR_FOLLOW = rf"yf:{_NUMBER}\Z"  # from a year, whose buttons alone can be redone
YEAR_UNFOLLOW = rf"yu:{_NUMBER}\Z"
WEEK_CARD = rf"wc:{_NUMBER}\Z"
WEEK_TODAY = r"wt\Z"
WEEKLY = r"wk:([01]):(\d{4}-\d\d-\d\d)\Z"
FORGET = r"fg:(-?[1-9]\d{0,18})\Z"
KEEP = r"fg:no\Z"
NOW = rf"n:{_DAY}:{_PAGE}{_MINE}{_CATEGORY}\Z"
# With the page to go back to:
MONTH = rf"k:(\d{{4}}-\d\d):([tn]):{_DAY}:{_PAGE}{_MINE}{_CATEGORY}\Z"
NO_DAY = r"k:-\Z"
BUNDLE = rf"c:{_NUMBER}:{_PAGE}\Z"
SOURCES = rf"sl:{_PAGE}\Z"
SOURCE_TURN = rf"st:([pr]):{_NUMBER}:{_PAGE}\Z"  # pause or resume, on a page of the list
SOURCE_REMOVE = rf"sx:{_NUMBER}\Z"
SOURCE_KEEP = rf"sk:{_NUMBER}\Z"


def follow(entity_id: int) -> str:
    """Data: follow this entity."""
    return f"f:{entity_id}"


def follow_beside(entity_id: int, event_id: int) -> str:
    """Data: follow this entity, pressed under a message about this event."""
    return f"f:{entity_id}:{event_id}"


def follow_below(entity_id: int) -> str:
    """Data: follow this entity, pressed under a message that stays."""
    return f"fb:{entity_id}"


def follow_start(entity_id: int) -> str:
    """Data: follow this entity, pressed under the welcome."""
    return f"s:{entity_id}"


def unfollow(entity_id: int, page: int | None = None) -> str:
    """Data: follow this entity no more, perhaps pressed on a page of the list."""
    return f"u:{entity_id}" if page is None else f"u:{entity_id}:{page}"


def unfollow_all() -> str:
    """Data: follow nobody any more."""
    return "ua"


def who(entity_id: int) -> str:
    """Data: show who this is."""
    return f"w:{entity_id}"


def follows(page: int) -> str:
    """Data: show this page of the list of follows."""
    return f"l:{page}"


def related(event_id: int) -> str:
    """Data: show what is related to this event."""
    return f"r:{event_id}"


def open_follow(entity_id: int, page: int) -> str:
    """Data: show a follow by itself."""
    return f"o:{entity_id}:{page}"


def mode(entity_id: int, letter: str, page: int) -> str:
    """Data: be told of this entity at once (a), in the digest (d) or not at all (m)."""
    return f"m:{entity_id}:{letter}:{page}"


def stop(entity_id: int, page: int) -> str:
    """Data: follow this entity no more, pressed where the follow is shown by itself."""
    return f"x:{entity_id}:{page}"


def unfollowing(page: int) -> str:
    """Data: show this page of the list to choose from whom to follow no more."""
    return f"lu:{page}"


def filters(page: int) -> str:
    """Data: show this page of the list to choose from whose filter to see."""
    return f"lf:{page}"


def filter_of(entity_id: int, page: int) -> str:
    """Data: show a follow's filter."""
    return f"fl:{entity_id}:{page}"


def filter_category(entity_id: int, key: str, page: int) -> str:
    """Data: let a filter want a category (by its key), or no longer."""
    return f"fc:{entity_id}:{key}:{page}"


def filter_words(entity_id: int) -> str:
    """Data: ask for a filter's words."""
    return f"fw:{entity_id}"


def filter_off(entity_id: int, page: int) -> str:
    """Data: take a filter away."""
    return f"fx:{entity_id}:{page}"


def day_page(
    day: date, page: int, *, now: bool, mine: bool = False, category: str | None = None
) -> str:
    """Data: a page of a day, or (``now``) of what was new on a day as it went on; ``mine``:
    only of those whom the chat follows; only of a ``category`` (its key), if one is given."""
    chosen = f"{':m' if mine else ''}{f':c{category}' if category else ''}"
    return f"{'n' if now else 't'}:{day.isoformat()}:{page}{chosen}"


def month(first: date, back: str) -> str:
    """Data: the days of a month to pick from; ``back`` is the data of the page to go back to."""
    return f"k:{first:%Y-%m}:{back}"


def no_day() -> str:
    """Data of what is no day in a month's grid, or has no events."""
    return "k:-"


def timeline(entity_id: int) -> str:
    """Data: show this entity's year."""
    return f"y:{entity_id}"


def year_follow(entity_id: int) -> str:
    """Data: follow this entity, pressed under its year."""
    return f"yf:{entity_id}"


def year_unfollow(entity_id: int) -> str:
    """Data: follow this entity no more, pressed under its year."""
    return f"yu:{entity_id}"


def week_card(entity_id: int) -> str:
    """Data: show who this is, pressed under a week."""
    return f"wc:{entity_id}"


def week_today() -> str:
    """Data: show what is new today, pressed under a week."""
    return "wt"


def weekly(last: date, *, wanted: bool) -> str:
    """Data: get the week by itself or no longer, pressed under the week up to this day."""
    return f"wk:{int(wanted)}:{last.isoformat()}"


def forget(telegram_id: int) -> str:
    """Data: delete all that is known of this chat."""
    return f"fg:{telegram_id}"


def keep() -> str:
    """Data: delete nothing."""
    return "fg:no"


def bundle_page(number: int, page: int) -> str:
    """Data: a page of the alerts that went as one message, by the number of its row."""
    return f"c:{number}:{page}"


def sources(page: int) -> str:
    """Data: show this page of the sources."""
    return f"sl:{page}"


def source_turn(number: int, page: int, *, resume: bool) -> str:
    """Data: pause a source or read it again, pressed on a page of the list."""
    return f"st:{'r' if resume else 'p'}:{number}:{page}"


def source_remove(number: int) -> str:
    """Data: remove a source, pressed under the question whether to."""
    return f"sx:{number}"


def source_keep(number: int) -> str:
    """Data: do not remove it."""
    return f"sk:{number}"


def button(label: str, data: str) -> Button:
    """One button; its label is shortened to what a phone shows."""
    return {"text": _fit(label), "callback_data": data}


def link(label: str, url: str) -> Button:
    """A button that opens an address."""
    return {"text": _fit(label), "url": url}


def share(label: str, query: str) -> Button:
    """A button that lets one pick a chat, and asks the bot there by this inline query."""
    return {"text": _fit(label), "switch_inline_query": query}


def column(buttons: Iterable[Button]) -> Rows:
    """One button a row."""
    return [[one] for one in buttons]


def keyboard(rows: Rows) -> dict[str, Any]:
    """An InlineKeyboardMarkup; without rows it takes the buttons away."""
    return {"inline_keyboard": [list(row) for row in rows if row]}


def _fit(label: str) -> str:
    return label if isinstance(label, Label) else clip(label, LONGEST_LABEL) or "…"
