"""A bot whose database another process holds: it waits, says so once, and goes on."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.app.running import Signals, serve
from bot.config import load
from bot.standin import TOKEN, StandInServer, World
from tests.support.commands import Commands, closed_port, dateline
from tests.support.databases import Postgres

__all__ = ["closed_port", "dateline"]  # fixtures

PATIENCE = 60.0
LOCKED = "is locked: another process writes to it. Try again when it is done."


class Heard(logging.Handler):
    """The log, waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []
        self._changed = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
        self._changed.set()

    async def until(self, part: str, times: int = 1) -> None:
        """Wait until so many messages have this part."""
        async with asyncio.timeout(PATIENCE):
            while sum(part in message for message in self.messages) < times:
                self._changed.clear()
                await self._changed.wait()


@contextmanager
def hearing() -> Iterator[Heard]:
    handler, root = Heard(), logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database for which nobody waits long."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0)
    monkeypatch.setattr("storage.database._PRAGMAS", ())
    monkeypatch.setattr("storage.database._PROOF_SECONDS", 0)
    monkeypatch.setattr("bot.app.running.RETRY_SECONDS", 0.01)
    monkeypatch.setattr("bot.app.jobs.WATCH_SECONDS", 0.01)
    return Path(shutil.copy(migrated_file, tmp_path))


@asynccontextmanager
async def run(database: Path | str) -> AsyncIterator[None]:
    """The part that sends, until the end."""
    url = f"sqlite:///{database}" if isinstance(database, Path) else database
    async with StandInServer(World()) as server:
        settings = load(None, bot_token=TOKEN, telegram_api_url=server.url, database_url=url)
        signals = Signals(asyncio.Event(), asyncio.Event())
        running = asyncio.create_task(serve(settings, frozenset({"send"}), signals))
        try:
            yield
        finally:
            signals.stop.set()
            await running


async def test_it_waits_to_begin(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with hearing() as heard, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with run(file):
            await heard.until(LOCKED)
            assert not any("stop with Ctrl-C" in message for message in heard.messages)
            other.rollback()
            await heard.until("stop with Ctrl-C")
    assert f"waiting to begin: The database sqlite:///{file} {LOCKED}" in caplog.messages
    assert "the database is well again, after 0 minutes" in caplog.messages


def let_in(folder: str, other: Path) -> None:
    """Let the server whose sockets are in a folder be found in another one, too."""
    for file in Path(folder).glob(".s.PGSQL.*"):
        (other / file.name).symlink_to(file)


async def test_it_waits_for_a_server(
    postgres: Postgres,
    migrated_name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.app.running.RETRY_SECONDS", 0.01)
    caplog.set_level(logging.INFO)
    url = make_url(postgres.new_database(migrated_name))
    late = url.set(query={"host": str(tmp_path)}).render_as_string(hide_password=False)
    with hearing() as heard:
        async with run(late):
            await heard.until("its server does not answer")
            let_in(str(url.query["host"]), tmp_path)
            await heard.until("stop with Ctrl-C")
    assert "the database is well again, after 0 minutes" in caplog.messages


async def test_it_ends_while_it_waits(file: Path) -> None:
    with hearing() as heard, closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(PATIENCE), run(file):
            await heard.until(LOCKED)


async def test_what_fails_meanwhile_is_a_line_and_no_traces(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with hearing() as heard, closing(sqlite3.connect(file)) as other:
        async with run(file):
            await heard.until("stop with Ctrl-C")
            with hearing() as all_heard:  # too late to be spared what others are
                other.execute("BEGIN IMMEDIATE")
                await all_heard.until("failed", times=10)
                other.rollback()
                await heard.until("the database is well again")
    told = [record for record in caplog.records if LOCKED in record.getMessage()]
    assert len(told) == 1
    assert not any(record.exc_info for record in caplog.records)


def test_a_command_ends_with_a_sentence(dateline: Commands, file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = dateline("sources", "add", "--unchecked", "https://a.example/rss")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"The database sqlite:///dateline.db {LOCKED}\n"
