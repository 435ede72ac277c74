"""A copy made as the README says, while others write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.database import Database
from storage.model import PORTAL

README = Path(__file__).parents[2] / "README.md"


async def test_a_copy_has_all_that_was_committed_before_it(tmp_path: Path) -> None:
    assert "VACUUM INTO" in README.read_text()
    database = await Database.open(f"sqlite:///{tmp_path / 'dateline.db'}")
    async with database.transaction() as tx:
        kept = await tx.sources.source(PORTAL, "en.wikipedia.org")
    async with database.transaction() as tx:
        await tx.leases.take("written meanwhile", "another", 60)
        with closing(sqlite3.connect(tmp_path / "dateline.db")) as shell:
            shell.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
    await database.close()
    copy = await Database.open(f"sqlite:///{tmp_path / 'copy.db'}")
    async with copy.reading() as tx:
        assert await tx.leases.holders() == {}
        assert await tx.sources.all() == [kept]
    await copy.close()
