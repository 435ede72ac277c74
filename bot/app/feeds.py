"""``sources check`` put together: a feed read once, and what would come of it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.text import Text

from bot.app.clock import utc_now
from bot.app.recorded import opened
from bot.config import Settings
from bot.errors import (
    InputError,
    NotAFeed,
    SourceBusy,
    SourceError,
    SourceUnreachable,
    SourceUnreadable,
)
from bot.services.previewing import Joined, Preview, Previewing
from bot.sources.feeds import MAX_BODY, Entry, FeedReading, read_feed
from bot.sources.feeds.texts import one_line, shortened
from bot.sources.http import TIMEOUT, PoliteClient

NEWEST = 10
MOST_REASONS = 8
_MARGIN = 18  # cells before what is told of an entry: as wide as its time
_WIDTHS = (40, 100)  # cells of a line, at least and at most
_EXAMPLE = 60
_NOT_MODIFIED = 304
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Checked:
    """A feed as ``url`` (after redirects) served it, and what would come of its newest entries."""

    url: str
    reading: FeedReading
    newest: Sequence[Preview]


async def check_feed(
    settings: Settings, url: str, *, as_json: bool, patience: float = TIMEOUT
) -> None:
    """Fetch ``url`` once and print what would come of it. Keeps nothing.

    Raises ``InputError`` where ``url`` is no web address, and ``SourceError``, with a sentence
    that says what to do, where no feed could be read within ``patience`` seconds.
    """
    _check_address(url)
    at = utc_now()
    final, reading = await _read(settings, url, at, patience)
    publisher = reading.title or urlsplit(final).hostname or final
    language = reading.language or "en"
    async with opened(settings.database_url) as database:
        previews = await Previewing(database).preview(
            newest(reading.entries), publisher, at, language=language
        )
    checked = Checked(final, reading, previews)
    if as_json:
        print(json.dumps(_as_document(checked), ensure_ascii=False))
    else:
        for line in _as_lines(checked, url):
            print(line)


def newest(entries: Sequence[Entry]) -> list[Entry]:
    """The newest entries, those without a time last, in the feed's order among equals."""
    return sorted(entries, key=lambda entry: entry.at or _LONG_AGO, reverse=True)[:NEWEST]


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        httpx.URL(url).host.encode()  # refuses names that no host can have
    except (ValueError, httpx.InvalidURL):
        is_web = False
    if not is_web or any(map(str.isspace, url)):
        example = "https://example.org/feed.xml"
        raise InputError(f"{one_line(url)!r} is no web address: write it like {example}")


async def _read(
    settings: Settings, url: str, at: datetime, patience: float
) -> tuple[str, FeedReading]:
    """The address after redirects, and the feed there."""
    try:
        async with PoliteClient(settings.user_agent) as client:
            answer = await client.get(url, max_bytes=MAX_BODY, timeout=patience)
        if answer.status == _NOT_MODIFIED:
            host = urlsplit(answer.url).hostname
            raise SourceUnreadable(f"{host} answers a first request with status 304")
        content_type = answer.headers.get("content-type")
        return answer.url, read_feed(answer.body, answer.url, content_type=content_type, at=at)
    except SourceError as error:
        raise SourceError(_explained(error)) from None


def _explained(error: SourceError) -> str:
    """The error as a sentence, and what to do."""
    said = one_line(str(error)).removesuffix(": try again later")
    if isinstance(error, NotAFeed) and error.feeds:
        said = "This is a web page, not a feed. Check one of the feeds that it names:"
        return "\n  ".join((said, *error.feeds))
    said = said[:1].upper() + said[1:] if isinstance(error, NotAFeed) else said
    return f"{said}. {_advice(error)}"


def _advice(error: SourceError) -> str:
    if isinstance(error, SourceBusy):
        return "Check it again after that."
    if isinstance(error, SourceUnreachable):
        return "Look whether the address is right; if it is, check it again later."
    if isinstance(error, NotAFeed):
        return "Look on the site for “RSS”, “Atom” or “feed”, and check that address."
    return "Look whether the address is that of a feed, and open to everybody."


# --- For programs -----------------------------------------------------------------------


def _as_document(checked: Checked) -> dict[str, Any]:
    reading = checked.reading
    return {
        "url": checked.url,
        "title": reading.title,
        "site": reading.site_url,
        "language": reading.language,
        "ttl_seconds": int(reading.ttl.total_seconds()) if reading.ttl else None,
        "entries": len(reading.entries),
        "dropped": [
            {"reason": reason, "count": count, "example": example}
            for reason, count, example in _dropped(reading)
        ],
        "newest": [_as_entry(preview) for preview in checked.newest],
    }


def _as_entry(preview: Preview) -> dict[str, Any]:
    entry, joins = preview.entry, preview.joins
    return {
        "at": entry.at.isoformat() if entry.at else None,
        "title": entry.title,
        "url": entry.url,
        "entities": [
            {"id": entity.id, "label": entity.label, "qid": entity.qid}
            for entity in preview.entities
        ],
        "joins": {"event": joins.number, "title": joins.title} if joins else None,
    }


def _dropped(reading: FeedReading) -> list[tuple[str, int, str]]:
    """Why something was dropped, how often, and the first such text; the most frequent first."""
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for each in reading.dropped:
        head = each.reason.partition(": ")[0]
        # "time that cannot be meant: 2099-01-01" is one reason, "entry: no text" is another.
        reason = one_line(head if " " in head else each.reason)
        counts[reason] += 1
        examples.setdefault(reason, shortened(one_line(each.text), _EXAMPLE))
    return [(reason, count, examples[reason]) for reason, count in counts.most_common()]


# --- For people -------------------------------------------------------------------------


def _as_lines(checked: Checked, asked: str) -> Iterator[str]:
    reading = checked.reading
    yield from _wrapped(reading.title or "not given", "title")
    if checked.url != asked:
        yield _labelled("leads to", checked.url)
    yield _labelled("site", reading.site_url or "not given")
    yield _labelled("language", reading.language or "not given (taken as English)")
    yield _labelled("wants to be read", _interval(reading.ttl))
    yield _labelled("entries", str(len(reading.entries)))
    yield from _dropped_lines(reading)
    yield ""
    if not checked.newest:
        yield "There is no entry that can be used."
        return
    yield f"The newest {len(checked.newest)} of {len(reading.entries)} (times in UTC):"
    for preview in checked.newest:
        yield ""
        yield from _entry_lines(preview)


def _dropped_lines(reading: FeedReading) -> Iterator[str]:
    dropped = _dropped(reading)
    label = "dropped"
    for reason, count, example in dropped[:MOST_REASONS]:
        like = f" ({example})" if example else ""
        yield from _wrapped(f"{count} × {reason}{like}", label)
        label = ""
    if len(dropped) > MOST_REASONS:
        yield _labelled("", f"and {len(dropped) - MOST_REASONS} more reasons")
    if not dropped:
        yield _labelled(label, "nothing")


def _entry_lines(preview: Preview) -> Iterator[str]:
    at = preview.entry.at
    yield from _wrapped(preview.entry.title, f"{at:%Y-%m-%d %H:%M}" if at else "no time")
    if preview.entities:
        yield from _wrapped(f"names {', '.join(one.label for one in preview.entities)}", "")
    yield from _wrapped(_fate(preview.joins), "")


def _fate(joins: Joined | None) -> str:
    if joins is None:
        return "new event"
    return f"joins /event_{joins.number}" + (f" “{joins.title}”" if joins.title else "")


def _interval(ttl: timedelta | None) -> str:
    if ttl is None:
        return "as often as one likes (it does not say)"
    minutes = max(1, round(ttl.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour"), _counted(rest, "minute")]
    return f"every {' and '.join(filter(None, parts))} at most"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}" if number else ""


def _labelled(label: str, text: str) -> str:
    return f"{label:{_MARGIN}}{text}"


def _wrapped(text: str, label: str) -> Iterator[str]:
    """``text`` beside its label, in lines as wide as the terminal, 80 cells where it is none.

    Measured in cells: Chinese letters take two.
    """
    least, most = _WIDTHS
    width = min(max(shutil.get_terminal_size((80, 24)).columns, least), most)
    console = Console(width=width)
    for line in Text(text).wrap(console, width - _MARGIN):
        yield _labelled(label, line.plain.rstrip())
        label = ""
