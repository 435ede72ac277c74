"""Where the entries of a feed stand, and which of them are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.sources.feeds.times import parse_time
from storage.model import Dropped

MAX_ENTRIES = 500
_ENTRY = r"<(?!/)(?:item|entry|[A-Za-z_][\w.-]{0,40}+:(?:item|entry))(?=[\s/>])"
ENTRY = re.compile(_ENTRY, re.I)
_OPENING = re.compile(rf"<!--|<!\[CDATA\[|{_ENTRY}", re.I)
_ENDS = {"<!--": re.compile("-->"), "<![CDATA[": re.compile(re.escape("]]>"))}
_BEGINNINGS = {opening: re.compile(re.escape(opening)) for opening in _ENDS}
_DATE = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:pubDate|published|updated|date|issued|modified)>\s*([^<]{6,60})", re.I
)
_MAX_OPENINGS = 1_000_000  # of entries, comments and sections that are looked at
_HEAD = 20_000  # characters of an entry in which its time is looked for


@dataclass(frozen=True)
class Window:
    """The part of a feed that is read, and where its entries start in it.

    ``is_end`` tells whether the feed's own end is that of ``text``.
    """

    text: str
    starts: tuple[int, ...]
    is_end: bool = True
    dropped: tuple[Dropped, ...] = ()


class Searched:
    """Finds a string again and again, further on each time, in linear time altogether."""

    def __init__(self, text: str, wanted: re.Pattern[str]) -> None:
        self._text = text
        self._pattern = wanted
        self._found = -1

    def after(self, place: int) -> int:
        """Where it stands next from ``place`` on; the text's length if nowhere."""
        if self._found < place:
            match = self._pattern.search(self._text, place)
            self._found = match.start() if match else len(self._text)
        return self._found


def window_of(text: str, root: int) -> Window:
    """The feed from its root with at most MAX_ENTRIES entries: the newest, else the first.

    Feeds list their newest first; one that lists it last shows so by the times of its
    first and last entry.
    """
    starts = _entry_starts(text, root)
    if len(starts) <= MAX_ENTRIES:
        return Window(text, tuple(starts))
    dropped = (Dropped("too many entries", f"{len(starts) - MAX_ENTRIES} of {len(starts)}"),)
    if not _ascends(text, starts):
        end = starts[MAX_ENTRIES]
        return Window(text[:end], tuple(starts[:MAX_ENTRIES]), is_end=False, dropped=dropped)
    kept = starts[-MAX_ENTRIES:]
    gap = kept[0] - starts[0]
    moved = tuple(start - gap for start in kept)
    return Window(text[: starts[0]] + text[kept[0] :], moved, dropped=dropped)


def _entry_starts(text: str, place: int) -> list[int]:
    """Where entries begin, but for those within comments and CDATA sections.

    A section that another begins in, and an entry as well, was never closed.
    """
    starts = []
    ends = {opening: Searched(text, end) for opening, end in _ENDS.items()}
    openings = {opening: Searched(text, wanted) for opening, wanted in _BEGINNINGS.items()}
    entry = Searched(text, ENTRY)
    for _ in range(_MAX_OPENINGS):
        match = _OPENING.search(text, place)
        if match is None:
            break
        place = match.end()
        opening = match[0].upper()
        if opening not in ends:
            starts.append(match.start())
            continue
        end = ends[opening].after(place)
        is_unclosed = openings[opening].after(place) < end and entry.after(place) < end
        if end < len(text) and not is_unclosed:
            place = end + 3
    return starts


def _ascends(text: str, starts: list[int]) -> bool:
    first = _time_at(text, starts[0], starts[1])
    last = _time_at(text, starts[-1], len(text))
    return first is not None and last is not None and first < last


def _time_at(text: str, start: int, end: int) -> datetime | None:
    found = _DATE.search(text, start, min(end, start + _HEAD))
    return parse_time(found[1]) if found else None
