"""How long reading feeds takes, recorded and hostile, and how many fields are as expected."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import NotAFeed
from bot.sources.feeds import MAX_BODY, FeedReading, read_feed
from tests.support.data import find_data
from tests.support.expected import Agreement, agreements
from tests.support.feeds import URL, hostile_bodies

AT = datetime(2026, 11, 22, tzinfo=UTC)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this measurement."""
    parser.add_argument("--differences", action="store_true", help="print every field that differs")
    parser.add_argument("--size", type=int, default=MAX_BODY, help="bytes of a hostile body")


async def measure(arguments: argparse.Namespace) -> None:
    """Print times in milliseconds, the slowest first, and agreement by suite and field."""
    _measure_hostile(arguments.size)
    data = find_data()
    if data is None:
        raise SystemExit("No recorded feeds: set DATELINE_DATA.")
    _measure_recorded(data / "feeds")
    _compare(data / "feeds", show=arguments.differences)


def _read(body: bytes) -> tuple[FeedReading | str, float]:
    start = time.perf_counter()
    try:
        reading: FeedReading | str = read_feed(body, URL, content_type=None, at=AT)
    except NotAFeed as refusal:
        reading = str(refusal)
    return reading, (time.perf_counter() - start) * 1000


def _measure_hostile(size: int) -> None:
    print(f"hostile bodies of {size / 1024 / 1024:.1f} MiB")
    taken = {}
    for name, body in hostile_bodies(size).items():
        reading, milliseconds = _read(body)
        taken[name] = milliseconds, _said(reading)
    for name, (milliseconds, said) in sorted(taken.items(), key=lambda item: -item[1][0]):
        print(f"{milliseconds:8.0f} ms  {name}: {said}")


def _said(reading: FeedReading | str) -> str:
    if isinstance(reading, str):
        return reading
    return f"{len(reading.entries)} entries, {len(reading.dropped)} dropped"


def _measure_recorded(folder: Path) -> None:
    taken: list[tuple[float, str]] = []
    refused = Counter[str]()
    entries = 0
    for path in _files(folder):
        reading, milliseconds = _read(path.read_bytes())
        taken.append((milliseconds, path.name))
        if isinstance(reading, str):
            refused[reading] += 1
        else:
            entries += len(reading.entries)
    total = sum(milliseconds for milliseconds, _ in taken)
    print(f"\n{len(taken)} recorded files: {entries} entries, {total / 1000:.1f} s in all")
    for milliseconds, name in sorted(taken, reverse=True)[:5]:
        print(f"{milliseconds:8.0f} ms  {name}")
    for reason, count in refused.most_common():
        print(f"{count:8}  refused: {reason}")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _compare(folder: Path, *, show: bool) -> None:
    found: list[Agreement] = [one for path in _files(folder) for one in agreements(path, AT)]
    print("\nfields as expected")
    for suite in sorted({one.suite for one in found}):
        _print_suite(suite, [one for one in found if one.suite == suite])
    if show:
        for one in found:
            if not one.agrees:
                print(
                    f"{one.file} {one.field}:\n  expected {one.expected!r}\n  read     {one.read!r}"
                )


def _print_suite(suite: str, found: Iterable[Agreement]) -> None:
    total, agreed = Counter[str](), Counter[str]()
    for one in found:
        total[one.field] += 1
        agreed[one.field] += one.agrees
    print(f"  {suite}: {agreed.total()} of {total.total()}")
    for field, count in sorted(total.items()):
        print(f"    {field}: {agreed[field]} of {count}")
