"""How long /related and /today take on the whole archive, against a database of one year."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from bot.app.chat import make_receiver
from bot.app.clock import utc_now
from bot.app.recorded import day_of
from bot.config import load
from bot.services.backfilling import Backfilling, Day, revision_of
from bot.services.finding import no_search
from bot.services.joining import Joining
from bot.services.sampling import Clock
from bot.sources.recordings import RecordedPage, read_archive
from bot.sources.wikipedia import decode_page, read_page
from bot.standin import TOKEN, StandInServer, World
from bot.telegram.api import open_bot
from bot.telegram.wording import Wording
from storage.database import Database
from tests.support.data import find_data
from tests.support.portal import events_of

YEAR = 2017
DAY = date(2017, 11, 23)
PERSON = "Omar al-Bashir"
BATCH = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this measurement."""
    parser.add_argument("--archive", type=Path, help="a folder or tar of day pages")
    parser.add_argument("--rounds", type=int, default=30, help="answers of each kind")


async def measure(arguments: argparse.Namespace) -> None:
    """Build both databases, ask each in turn, print medians in milliseconds and ratios."""
    archive = arguments.archive or _recorded_archive()
    pages = read_archive(archive, day_of)
    year = [page for page in pages if page.day.year == YEAR]
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        whole = await _database(f"sqlite:///{folder}/whole.db", pages)
        small = await _database(f"sqlite:///{folder}/year.db", year)
        try:
            await _compare(whole, small, arguments.rounds)
        finally:
            await whole.close()
            await small.close()


def _recorded_archive() -> Path:
    data = find_data()
    if data is None:
        raise SystemExit("No recorded data: say --archive PATH or set DATELINE_DATA.")
    return data / "current_events" / "days_1999-2017.tar.xz"


async def _database(address: str, pages: Sequence[RecordedPage]) -> Database:
    database = await Database.open(address)
    backfilling = Backfilling(database, clock=lambda: datetime.now(UTC))
    await backfilling.take(_days(pages), lambda days: None)
    return database


async def _days(pages: Sequence[RecordedPage]) -> AsyncIterator[list[Day]]:
    for start in range(0, len(pages), BATCH):
        texts = [(page.name, decode_page(page.content)) for page in pages[start : start + BATCH]]
        yield [Day(read_page(name, text), revision_of(text)) for name, text in texts]


async def _compare(whole: Database, small: Database, rounds: int) -> None:
    for name, command in (("related", _related), ("today", _today)):
        taken: dict[str, list[float]] = {"whole": [], "year": []}
        for _ in range(rounds):  # in turn, so that both meet the same noise
            taken["whole"].append(await _timed(whole, command))
            taken["year"].append(await _timed(small, command))
        one, other = (statistics.median(taken[key]) for key in ("whole", "year"))
        print(f"/{name}: {one:.1f} ms on the archive, {other:.1f} ms on a year,"
              f" ratio {one / other:.2f}")  # fmt: skip


async def _timed(database: Database, command: Callable[[Database], Awaitable[str]]) -> float:
    """Milliseconds from an update to its queued answer, as a reader's would be handled."""
    text = await command(database)
    world = World(first_id=time.time_ns() // 1000)
    user = world.add_user("reader", 42, started=True)
    async with StandInServer(world) as server, open_bot(TOKEN, server.url) as bot:
        receiver = make_receiver(
            database,
            bot,
            no_search,
            Wording(),
            lambda rows: None,
            settings=load(None),
            clock=Clock(utc_now),
            joining=Joining(),
        )
        world.say(user, text)
        (update,) = world.updates.take_all()
        started = time.perf_counter()
        await receiver.handle_raw(update)
        return (time.perf_counter() - started) * 1000


async def _related(database: Database) -> str:
    events = await events_of(database, DAY)
    seed = next(e for e in events if any(m.entity.label == PERSON for m in e.mentions))
    return f"/related {seed.id}"


async def _today(database: Database) -> str:
    return f"/today {DAY.isoformat()}"
