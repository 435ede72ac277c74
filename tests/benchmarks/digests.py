"""Digests and quiet hours of the recorded year against an independent reckoning."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.database import Database
from tests.support.digest_readers import READERS
from tests.support.reckoning import reckon
from tests.support.year import Reader, replay_year, revisions_of_2017

Messages = Sequence[tuple[datetime, str]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this measurement."""
    parser.add_argument("--since", type=_day, default=_day("2017-04-01"), help="the first day")
    parser.add_argument("--until", type=_day, default=_day("2018-01-08"), help="the day after")


async def measure(arguments: argparse.Namespace) -> None:
    """Replay, reckon, and print for each reader what came and what differs."""
    path = revisions_of_2017()
    if path is None:
        raise SystemExit("No recorded data: set DATELINE_DATA.")
    start, end = arguments.since, arguments.until
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        database = await Database.open(f"sqlite:///{folder}/year.db")
        try:
            record = await replay_year(database, path, READERS, start, end)
        finally:
            await database.close()
    print(f"{len(record.polls)} polls in {time.monotonic() - began:.0f} s")
    expected = reckon(READERS, record.ids, record.facts, record.polls, start, end)
    for number, reader in enumerate(READERS):
        _report(reader, record.came[number], expected[number])


def _report(reader: Reader, came: Messages, expected: Messages) -> None:
    kinds = Counter(text.split()[0].rstrip(":") for _, text in came)
    counts = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    others = [*(Counter(came) - Counter(expected)), *(Counter(expected) - Counter(came))]
    result = "as reckoned" if came == expected else f"{len(others)} DIFFER"
    print(f"{reader.zone}: {len(came)} messages ({counts}), {result}")
    for at, text in sorted(others)[:20]:
        is_ours = (at, text) in came
        local = at.astimezone(ZoneInfo(reader.zone))
        print(f"  {'came' if is_ours else 'due '} {local:%Y-%m-%d %H:%M} {text}")


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
