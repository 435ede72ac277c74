"""``dateline doctor`` and the database: it looks, and makes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest

from bot.app.clock import utc_now
from bot.services.sampling import RECORDING
from bot.standin import TOKEN, StandInServer, World
from storage.database import Database
from storage.model import Call
from tests.support.commands import Commands, Ran, closed_port, dateline

__all__ = ["closed_port", "dateline"]  # fixtures


@pytest.fixture
def empty(dateline: Commands, tmp_path: Path) -> Commands:
    """The command line in a folder with nothing in it."""
    for each in tmp_path.iterdir():
        each.unlink()
    return dateline


def database_line(dateline: Commands) -> str:
    """What it says of the database."""
    (line,) = [line for line in dateline("doctor").out.splitlines() if line[5:14] == "database "]
    return line


def test_a_database_that_is_not_there_yet_is_not_made(empty: Commands, tmp_path: Path) -> None:
    told = "ok   database   dateline.db is not there yet: `dateline run` makes it"
    empty.set(DATABASE_URL="sqlite:///dateline.db")
    assert database_line(empty) == told
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_to_be_made(empty: Commands, tmp_path: Path) -> None:
    empty.set(DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/x.db")
    told = f"There is no folder {tmp_path}/nowhere for the database: make it, or mend DATABASE_URL."
    assert database_line(empty) == f"MEND database   {told}"
    for command in ("run", "migrate"):
        assert empty(command) == Ran(2, "", f"{told}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which nobody may write")
def test_a_database_that_can_not_be_made_is_to_be_mended(empty: Commands) -> None:
    empty.set(DATABASE_URL="sqlite:////proc/x.db")
    assert database_line(empty) == (
        "MEND database   x.db can't be made in the folder /proc (No such file or directory): allow "
        "it, or mend DATABASE_URL"
    )
    assert empty("migrate").code == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_is_named(dateline: Commands, tmp_path: Path) -> None:
    (tmp_path / "fixed").mkdir(mode=0o555)
    dateline.set(DATABASE_URL=f"sqlite:///{tmp_path}/fixed/x.db")
    assert f"x.db can't be made in the folder {tmp_path}/fixed" in database_line(dateline)


def test_a_database_that_is_damaged_is_said_to_be(dateline: Commands, tmp_path: Path) -> None:
    assert dateline("migrate").code == 0
    path = tmp_path / "dateline.db"
    path.write_bytes(path.read_bytes()[:5000])
    said = database_line(dateline)
    assert said.startswith("MEND database   The database sqlite:///")
    assert "is damaged (database disk image is malformed): restore a backup (see README" in said
    assert "can be written" not in said


async def test_the_database_is_opened_once(
    dateline: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, opened = Database.open, []

    async def noted(address: str) -> Database:
        opened.append(address)
        return await opening(address)

    monkeypatch.setattr(Database, "open", noted)
    async with StandInServer(World()) as server:
        dateline.set(BOT_TOKEN=TOKEN, TELEGRAM_API_URL=server.url, FEEDS="off")
        await dateline.beside("doctor")
    assert opened == ["sqlite:///dateline.db"]


def test_wrong_settings_are_told_to_programs_too(dateline: Commands) -> None:
    dateline.set(SEND_RATE="0", POLL_INTERVAL="often", ALOWED_CHATS="7")
    ran = dateline("doctor", "--json")
    assert ran.code == 2
    [found] = [json.loads(line) for line in ran.out.splitlines()]
    says = found.pop("says")
    assert found == {"part": "settings", "state": "mend", "ok": False}
    assert says.split("; ") == ran.err.splitlines()
    assert len(ran.err.splitlines()) == 3


async def test_the_sample_week_is_named(dateline: Commands, tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path}/dateline.db")
    async with database.transaction() as tx:
        await tx.sources.replayed(RECORDING, utc_now())
    await database.close()
    said = (await dateline.beside("doctor")).out
    assert (
        " (0 failing, 0 paused), all of the sample week of November 2017: until it ends, no feed "
        "is read\n"
    ) in said


# --- what fails though the database answers


@asynccontextmanager
async def kept(folder: Path) -> AsyncIterator[Database]:
    """The command line's database."""
    database = await Database.open(f"sqlite:///{folder}/dateline.db")
    try:
        yield database
    finally:
        await database.close()


async def read(folder: Path, at: datetime) -> None:
    """Let the portal have been read last."""
    async with kept(folder) as database, database.transaction() as tx:
        source = await tx.sources.source("portal", "en")
        await tx.sources.succeeded(source.id, at)


def test_a_database_that_can_not_be_written_is_not_well(
    dateline: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._PROOF_SECONDS", 0)
    with connect(tmp_path / "dateline.db") as other:
        other.execute("BEGIN IMMEDIATE")
        said = database_line(dateline)
    other.close()
    assert said == (
        "MEND database   The database sqlite:///dateline.db is locked: another process writes to "
        "it. Try again when it is done."
    )


async def test_news_of_days_ago_is_not_well(dateline: Commands, tmp_path: Path) -> None:
    await read(tmp_path, utc_now() - timedelta(hours=50))
    said = (await dateline.beside("doctor")).out
    assert "nothing has been read for 2 days: is `dateline run` running?" in said
    assert "\nMEND database " in said
    await read(tmp_path, utc_now() - timedelta(minutes=50))
    assert "\nok   database " in (await dateline.beside("doctor")).out
    await read(tmp_path, utc_now() - timedelta(hours=5))
    dateline.set(POLL_INTERVAL="2h")
    assert "\nok   database " in (await dateline.beside("doctor")).out


async def test_a_message_that_waits_for_hours_is_not_well(
    dateline: Commands, tmp_path: Path
) -> None:
    async def waiting(since: timedelta) -> None:
        at = utc_now() - since
        async with kept(tmp_path) as database, database.transaction() as tx:
            chat = await tx.chats.chat(1, at)
            await tx.outbox.reply(chat.id, [Call("sendMessage", {"text": "Good morning"})], at)

    await waiting(timedelta(minutes=50))
    assert "\nok   database " in (await dateline.beside("doctor")).out
    await waiting(timedelta(hours=3))
    ran = await dateline.beside("doctor", "--json")
    (found,) = [line for line in ran.out.splitlines() if '"part": "database"' in line]
    assert '"state": "mend"' in found
    assert "a message has waited for 3 hours: see the log of `dateline run`" in found
    assert ran.code == 1


async def test_feeds_that_fail_are_led_to_and_half_of_them_are_not_well(
    dateline: Commands, tmp_path: Path
) -> None:
    for name in "abc":
        await dateline.beside("sources", "add", "--unchecked", f"https://{name}.example/rss")
    assert " 3 feeds (0 failing, 0 paused), " in (await dateline.beside("doctor")).out

    async def failing(number: int) -> str:
        async with kept(tmp_path) as database, database.transaction() as tx:
            feed = (await tx.feeds.all())[number]
            await tx.feeds.save([replace(feed, failing_since=utc_now(), failure="no answer")])
        return (await dateline.beside("doctor")).out

    one = await failing(0)
    assert "\nok   database " in one
    assert " 3 feeds (1 failing, 0 paused; see `dateline sources list`), " in one
    two = await failing(1)
    assert "\nMEND database " in two
    assert "half of the feeds or more can't be read" in two


async def test_what_could_be_better_is_a_hint(dateline: Commands) -> None:
    ran = await dateline.beside("doctor", "--json")
    states = {
        line.partition('"part": "')[2].partition('"')[0]: line for line in ran.out.splitlines()
    }
    for part in ("telegram", "contact"):
        assert '"state": "hint"' in states[part]
        assert '"ok": true' in states[part]
