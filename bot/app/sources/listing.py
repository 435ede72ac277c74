"""How ``sources list`` looks, in 80 columns or as wide as the terminal."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.cells import set_cell_size
from rich.text import Text

from bot.core.counting import counted, lasting
from bot.services.managing.finding import name_of
from bot.sources.texts import one_line
from storage.model import Feed, FeedState

_WIDTHS = (60, 140)  # cells of a line, at least and at most
_STATES = {"active": "green", "failing": "red", "ended": "red", "paused": "yellow"}
_COLUMNS = (("  no", 4), ("state", 8), ("title", 0), ("lang", 4), ("read", 10), ("next", 9))
_EVERY = 6  # cells for how often a feed is read
_GAP = "  "
_MINUTE = 60  # seconds
_MARGIN = " " * 6


def as_document(feed: Feed) -> dict[str, Any]:
    """A feed for programs; times in ISO 8601, UTC."""
    return {
        "id": feed.id,
        "title": feed.title,
        "url": feed.url,
        "listed_as": feed.key,
        "state": state_of(feed),
        "origin": feed.origin.value,
        "language": feed.language,
        "region": feed.region,
        "last_success_at": _iso(feed.last_success_at),
        "due_at": _iso(feed.due_at) if _is_polled(feed) else None,
        "interval_seconds": int(feed.interval.total_seconds()),
        "failures": feed.failures,
        "failing_since": _iso(feed.failing_since),
        "failure": feed.failure,
    }


def state_of(feed: Feed) -> str:
    """How a feed fares, in a word."""
    if not feed.listed and feed.state is not FeedState.REMOVED:
        return "unlisted"
    if feed.state is FeedState.ACTIVE and feed.failing_since is not None:
        return "failing"
    return feed.state.value


def table(feeds: Sequence[Feed], now: datetime, width: int | None = None) -> Iterator[Text]:
    """The feeds in lines; below each its address where another has its title, and the reason
    where it fails."""
    least, most = _WIDTHS
    width = min(max(width or shutil.get_terminal_size((80, 24)).columns, least), most)
    fixed = sum(cells for _, cells in _COLUMNS) + _EVERY + len(_GAP) * len(_COLUMNS)
    wide = width - fixed
    yield Text(_row([name for name, _ in _COLUMNS], "every", wide), style="bold")
    titles = Counter(one_line(feed.title) for feed in feeds if feed.title)
    for feed in feeds:
        yield _line(feed, now, wide)
        if titles[one_line(feed.title)] > 1:
            yield _below(one_line(feed.url), width, "dim")
        if feed.failure and state_of(feed) in ("failing", "ended"):
            yield _below(one_line(feed.failure), width, "red")


def summary(feeds: Sequence[Feed]) -> str:
    """How many feeds fare how."""
    states = [state_of(feed) for feed in feeds]
    counts = (f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    return f"{counted(len(feeds), 'feed')}: {', '.join(counts)}."


# --- parts


def _line(feed: Feed, now: datetime, wide: int) -> Text:
    state = state_of(feed)
    cells = [
        f"{feed.id:>4}",
        state,
        name_of(feed),
        feed.language,
        _ago(feed.last_success_at, now),
        _next(feed, now),
    ]
    # How long a feed that fails is left alone grows, and "next" says it.
    every = "–" if state == "failing" else span(feed.interval)
    line = Text(_row(cells, every, wide))
    line.stylize(_STATES.get(state, "dim"), 6, 6 + len(state))
    return line


def _below(text: str, width: int, style: str) -> Text:
    return Text(_MARGIN + _cut(text, width - len(_MARGIN)).rstrip(), style=style)


def _row(cells: Sequence[str], every: str, wide: int) -> str:
    sized = (_cut(cell, size or wide) for cell, (_, size) in zip(cells, _COLUMNS, strict=True))
    return f"{_GAP.join(sized)}{_GAP}{every}".rstrip()


def _cut(text: str, cells: int) -> str:
    """The text in just as many cells (Chinese letters take two), cut with an ellipsis."""
    whole = set_cell_size(text, cells)
    return whole if whole.rstrip() == text.rstrip() else set_cell_size(text, cells - 1) + "…"


def _ago(at: datetime | None, now: datetime) -> str:
    return f"{span(now - at)} ago" if at else "never"


def _next(feed: Feed, now: datetime) -> str:
    if not _is_polled(feed) or feed.due_at is None:
        return "–"
    return f"in {span(feed.due_at - now)}" if feed.due_at > now else "now"


def _is_polled(feed: Feed) -> bool:
    return feed.listed and feed.state is FeedState.ACTIVE


def span(length: timedelta) -> str:
    """A length of time, roughly: "40 s", "1 min", "15 min", "3 h", "2 d"."""
    seconds = round(length.total_seconds())
    return "1 min" if _MINUTE <= seconds < 2 * _MINUTE else lasting(seconds)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
