"""What a look at a feed brings, for people: in lines as wide as their terminal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta

from rich.console import Console
from rich.text import Text

from bot.app.sources.checked import Checked, reasons
from bot.core.counting import counted, noun
from bot.services.previewing import Preview
from bot.sources.http import Validators
from storage.model import Feed, FeedState

MOST_REASONS = 8
_MARGIN = 18  # cells before what is told of an entry: as wide as its time
_WIDTHS = (40, 100)  # cells of a line, at least and at most
_ASIDE = "dim"
_GOOD = "green"
_STATES = {
    FeedState.PAUSED: "paused",
    FeedState.ENDED: "ended by its publisher",
    FeedState.REMOVED: "removed",
}


def tell(checked: Checked, console: Console, *, is_to_be_added: bool = False) -> None:
    """Print it, with colours where the console has any. How to add it needs no word where
    ``is_to_be_added``.

    Where the output is no terminal lines are 80 cells wide, or what COLUMNS says.
    """
    least, most = _WIDTHS
    columns = console.width if console.is_terminal else shutil.get_terminal_size((80, 24)).columns
    lines = Console(width=min(max(columns, least), most) - _MARGIN)
    for label, said in _said(checked, is_to_be_added):
        if label is None:
            console.print(said)
            continue
        for line in said.wrap(lines, lines.width):
            line.rstrip()
            console.print(Text.assemble((f"{label:{_MARGIN}}", _ASIDE), line), soft_wrap=True)
            label = ""


# What stands at the left of it (None: nothing, not even a margin), and a text of any length.
Line = tuple[str | None, Text]
_EMPTY: Line = (None, Text())


def _said(checked: Checked, is_to_be_added: bool) -> Iterator[Line]:
    yield from _about(checked)
    if checked.known or not is_to_be_added:
        yield "listed", _listed(checked.known)
    yield from _about_polls(checked)
    yield from _about_entries(checked)
    yield _EMPTY
    if not checked.newest:
        yield None, Text("There is no entry that can be used.")
        return
    if not checked.knows_names:
        unknown = "none known yet; they come with the first events or a backfill"
        yield "names", Text(unknown, style="yellow")
    yield "newest", Text(_heading(checked))
    for preview in checked.newest:
        yield _EMPTY
        yield from _entry(preview)


def _about(checked: Checked) -> Iterator[Line]:
    reading = checked.reading
    yield "title", Text(reading.title or "not given", style="bold" if reading.title else "")
    if checked.is_redirected:
        yield "leads to", Text(checked.url)
    yield "site", Text(reading.site_url or "not given")
    yield "language", Text(reading.language or "not given (taken as English)")


def _listed(feed: Feed | None) -> Text:
    if feed is None:
        return Text("no: dateline sources add lists it")
    state = _STATES.get(feed.state, "" if feed.listed else "no longer in its list")
    return Text(f"as number {feed.id}" + (f", {state}" if state else ""))


def _about_polls(checked: Checked) -> Iterator[Line]:
    asks_for = checked.asks_for
    asked = (
        f"{_interval(asks_for)} at most" if asks_for else "as often as one likes (it does not say)"
    )
    yield "wants to be read", Text(asked)
    yield "would be read", Text(f"{_interval(checked.interval)}, then as often as it changes")
    yield "if unchanged", _unchanged(checked.validators)


def _unchanged(validators: Validators) -> Text:
    named = {"ETag": validators.etag, "Last-Modified": validators.modified}
    given = " and ".join(name for name, value in named.items() if value)
    if not given:
        return Text("it is sent whole again (no ETag, no Last-Modified)", style="yellow")
    return Text(f"it need not be sent again ({given})")


def _about_entries(checked: Checked) -> Iterator[Line]:
    entries = checked.reading.entries
    counts = {
        "a summary": sum(bool(entry.summary) for entry in entries),
        "a picture": sum(bool(entry.picture) for entry in entries),
        "a time": sum(bool(entry.at) for entry in entries),
    }
    having = ", ".join(f"{count or 'none'} with {what}" for what, count in counts.items())
    yield "entries", Text(f"{len(entries)}: {having}" if entries else "0")
    dropped = reasons(checked.reading)
    label = "dropped"
    for each in dropped[:MOST_REASONS]:
        like = f" ({each.example})" if each.example else ""
        yield label, Text(f"{each.count} × {each.reason}{like}", style="yellow")
        label = ""
    if len(dropped) > MOST_REASONS:
        rest = len(dropped) - MOST_REASONS
        yield "", Text(f"and {rest} more {noun(rest, 'reason')}")
    if not dropped:
        yield label, Text("nothing")


def _heading(checked: Checked) -> str:
    joining = sum(preview.joins is not None for preview in checked.newest)
    count, new = len(checked.newest), len(checked.newest) - joining
    fates = [f"{joining} of a known event" if joining else "", f"{new} new" if new else ""]
    of_all = f"{count} of {len(checked.reading.entries)}"
    return f"{of_all}: {', '.join(filter(None, fates))} (times in UTC)"


def _entry(preview: Preview) -> Iterator[Line]:
    entry = preview.entry
    yield f"{entry.at:%Y-%m-%d %H:%M}" if entry.at else "no time", Text(entry.title, style="bold")
    if preview.entities:
        labels = Text(", ").join(Text(one.label, style="cyan") for one in preview.entities)
        yield "", Text("names ") + labels
    having = (preview.category, entry.summary and "summary", entry.picture and "picture")
    if any(having):
        yield "", Text(" · ".join(filter(None, having)), style=_ASIDE)
    yield "", _fate(preview)


def _fate(preview: Preview) -> Text:
    joins = preview.joins
    if joins is None:
        return Text("new event")
    title = f" “{joins.title}”" if joins.title else ""
    return Text(f"joins /event_{joins.number}{title}", style=_GOOD)


def _interval(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    parts = [
        counted(number, unit) for number, unit in ((hours, "hour"), (rest, "minute")) if number
    ]
    return f"every {' and '.join(parts)}"
