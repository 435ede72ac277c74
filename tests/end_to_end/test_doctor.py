"""``dateline doctor`` and the database: it looks, and makes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.app.clock import utc_now
from bot.app.sampling import RECORDING
from storage.database import Database
from tests.support.commands import Commands, closed_port, dateline

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
    told = f"MEND database   there is no folder {tmp_path}/nowhere: make it, or mend DATABASE_URL"
    assert database_line(empty) == told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_is_named(dateline: Commands, tmp_path: Path) -> None:
    (tmp_path / "fixed").mkdir(mode=0o555)
    dateline.set(DATABASE_URL=f"sqlite:///{tmp_path}/fixed/x.db")
    assert f"the folder {tmp_path}/fixed can't be written" in database_line(dateline)


def test_a_database_that_is_damaged_is_said_to_be(dateline: Commands, tmp_path: Path) -> None:
    assert dateline("migrate").code == 0
    path = tmp_path / "dateline.db"
    path.write_bytes(path.read_bytes()[:5000])
    said = database_line(dateline)
    assert said.startswith("MEND database   The database sqlite:///")
    assert "is damaged (database disk image is malformed): restore a backup (see README" in said
    assert "can be written" not in said


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
