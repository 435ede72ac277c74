"""Digests and quiet hours of a recorded year against an independent reckoning.

By default the weeks around October's changes of clocks; with ``DATELINE_WHOLE_YEAR`` set, or
by ``python -m tests.benchmarks digests``, the whole year.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from tests.support.digest_readers import READERS
from tests.support.reckoning import reckon
from tests.support.year import replay_year, revisions_of_2017

WEEKS = datetime(2017, 10, 14, tzinfo=UTC), datetime(2017, 10, 31, tzinfo=UTC)
YEAR = datetime(2017, 4, 1, tzinfo=UTC), datetime(2018, 1, 8, tzinfo=UTC)


async def test_every_message_of_every_reader_is_as_reckoned(
    tmp_path: Path, migrated_file: Path
) -> None:
    path = revisions_of_2017()
    if path is None:
        pytest.skip("the recorded year is not at hand: set DATELINE_DATA")
    start, end = YEAR if os.environ.get("DATELINE_WHOLE_YEAR") else WEEKS
    database = await Database.open(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'y.db')}")
    try:
        record = await replay_year(database, path, READERS, start, end)
    finally:
        await database.close()
    expected = reckon(READERS, record.ids, record.facts, record.polls, start, end)
    days = (end - start).days
    for number, reader in enumerate(READERS):
        assert record.came[number] == expected[number], reader.zone
        kinds = Counter(text.split()[0].rstrip(":") for _, text in record.came[number])
        assert kinds["daily"] >= days - 3, reader.zone
        assert kinds["alert"] >= days // 5, reader.zone
    assert sum(text.startswith("quiet") for came in expected for _, text in came) > 2
