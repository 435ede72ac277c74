"""Recorded pages: ``replay`` and ``backfill`` put together."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app.databases import opened
from bot.app.progress import Progress
from bot.app.wikimedia import open_wikimedia
from bot.config import Settings
from bot.core.counting import counted, noun
from bot.services.backfilling import COUNTS, Backfilling, Day, revision_of
from bot.services.replaying import Replaying, unnamed
from bot.sources.recordings import RecordedPage, read_archive, read_revisions
from bot.sources.wikipedia import decode_page, page_day, page_name, read_page
from storage.model import PageReading

Emit = Callable[[dict[str, Any]], None]
BATCH = 50  # pages a request: the API's limit
# Digits of the counts of a month.
_WIDTHS = {"days": 5, "reports": 6, "sources": 6, "events": 6, "dropped": 5, "new": 6}


async def replay(
    file: Path,
    follows: Sequence[str],
    *,
    hold: timedelta,
    until: datetime | None,
    database: str | None,
    emit: Emit,
) -> None:
    """Run a recording through the real pipeline; ``emit`` gets what would have been sent.

    Without a ``database`` it runs in one of its own, gone afterwards.
    """
    revisions = [
        each
        for each in read_revisions(file)
        if (until is None or each.polled_at <= until) and day_of(each.page)
    ]
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        async with opened(database or f"sqlite:///{folder}/replay.db") as opened_database:
            replaying = Replaying(opened_database, _read_day, hold=hold, emit=emit)
            await replaying.replay(file.name, revisions, follows)
            for name, near in (await unnamed(opened_database, follows)).items():
                like = f" Is one of these meant: {', '.join(near)}?" if near else ""
                print(f"No event names {name!r}.{like}", file=sys.stderr)


def day_of(name: str) -> date | None:
    """The day of a page's name; None where it is no day page."""
    try:
        return page_day(name)
    except ValueError:
        return None


def _read_day(page: str, text: str) -> PageReading | None:
    return read_page(page, text) if day_of(page) else None


async def backfill_archive(
    settings: Settings, archive: Path, emit: Emit, progress: Progress
) -> None:
    """Take recorded day pages in from a folder or tar."""
    pages = read_archive(archive, day_of)
    progress.begin(len(pages))
    await _backfill(settings.database_url, _recorded_days(pages), emit, progress)


async def backfill_since(
    settings: Settings, since: date, until: date, emit: Emit, progress: Progress
) -> None:
    """Take days in from the portal's API, 50 pages a request."""
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    progress.begin(len(days))
    async with open_wikimedia(settings) as wikimedia:

        async def batches() -> AsyncIterator[list[Day]]:
            for start in range(0, len(days), BATCH):
                names = [page_name(day) for day in days[start : start + BATCH]]
                versions = await wikimedia.pages(names)
                taken = [v for v in versions if v.text is not None]
                progress.advance(len(names) - len(taken))
                yield [
                    Day(read_page(v.page, v.text or ""), str(v.revision))
                    for v in sorted(taken, key=lambda v: page_day(v.page))
                ]

        await _backfill(settings.database_url, batches(), emit, progress)


async def _recorded_days(pages: Sequence[RecordedPage]) -> AsyncIterator[list[Day]]:
    for start in range(0, len(pages), BATCH):
        texts = [(page.name, decode_page(page.content)) for page in pages[start : start + BATCH]]
        yield [Day(read_page(name, text), revision_of(text)) for name, text in texts]


async def _backfill(
    address: str, batches: AsyncIterator[list[Day]], emit: Emit, progress: Progress
) -> None:
    started = time.monotonic()
    async with opened(address) as database:
        backfilling = Backfilling(database, clock=lambda: datetime.now(UTC))
        months = await backfilling.take(batches, progress.advance)
    # Each line has the same keys, whatever it is about.
    for line in months:
        emit({"kind": "month", **line, "seconds": None, "peak_mib": None})
    totals = {name: sum(line[name] for line in months) for name in COUNTS}
    spent = {"seconds": round(time.monotonic() - started, 1), "peak_mib": _peak_mib()}
    emit({"kind": "summary", "month": None, **totals, **spent})


def _peak_mib() -> int:
    """This process's greatest memory so far, in MiB (``getrusage`` counts KiB, on macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


# --- printing


def print_json(line: dict[str, Any]) -> None:
    """A line for programs."""
    print(json.dumps(line, ensure_ascii=False), flush=True)


def print_replayed(line: dict[str, Any]) -> None:
    """What would have been sent, or how much at the end."""
    if line["kind"] == "summary":
        said = (counted(line[key], *_forms(key)) for key in line if key != "kind")
        print(", ".join(said), flush=True)
        return
    at = datetime.fromisoformat(line["at"])
    print(f"{at:%Y-%m-%d %H:%M} {line['kind']:10} {line['follow']}: {line['title']}", flush=True)


def print_month(line: dict[str, Any]) -> None:
    """What a month has brought, or all of them."""
    name = line["month"] or "in all"
    cells = (
        f"{line[key]:{width}} {noun(line[key], *_forms(key)):{len(key)}}"
        for key, width in _WIDTHS.items()
    )
    print(f"{name:8}", *cells, flush=True)
    if line["kind"] == "summary":
        print(f"{counted(line['seconds'], 'second')}, {line['peak_mib']} MiB at most")


def _forms(key: str) -> tuple[str, str]:
    """What a count is called, for one and for many: "events", but "dropped" for both."""
    return key.removesuffix("s"), key
