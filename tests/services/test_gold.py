"""The portal's November of 2017 as an hourly poll saw it, against what was counted by hand.

Runs where the recorded data is at hand (``tests/support/data.py`` says where).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.recorded import replay
from tests.support.data import find_data

NO_HOLD = timedelta(0)
Line = dict[str, Any]

# Polled times in UTC of the first version that names each, one alert a time.
TIMES = {
    "Vladimir Putin": ["11-06T09:02", "11-24T07:02", "11-26T01:20"],
    "Omar al-Bashir": ["11-24T07:02"],
    "Robert Mugabe": [
        "11-03T21:02", "11-07T06:02", "11-15T01:21", "11-18T11:02", "11-19T13:02", "11-21T17:02",
    ],
    "North Korea": ["11-07T20:02", "11-08T20:02", "11-13T12:02", "11-20T20:02", "11-28T22:02"],
}  # fmt: skip
HARIRI = ["11-10T15:02", "11-18T13:02", "11-22T06:02"]
TRUMP_DAYS = [2, 2, 3, 4, 6, 7, 13, 20, 24, 24, 29]


@pytest.fixture(scope="module")
def recording() -> Path:
    """The recorded month; tests that need it are skipped where it is missing."""
    folder = find_data()
    path = folder / "current_events" / "revisions_2017-11.jsonl" if folder else None
    if path is None or not path.is_file():
        pytest.skip("the recorded month is not at hand: set DATELINE_DATA")
    return path


async def replayed(recording: Path, *follows: str) -> list[Line]:
    lines: list[Line] = []
    await replay(recording, follows, hold=NO_HOLD, until=None, database=None, emit=lines.append)
    return lines


def times(lines: Iterable[Line], follow: str, kind: str = "alert") -> list[str]:
    return [
        line["at"][5:16] for line in lines if (line["kind"], line.get("follow")) == (kind, follow)
    ]


async def test_each_follower_is_alerted_when_the_page_first_names_whom_they_follow(
    recording: Path,
) -> None:
    lines = await replayed(recording, *TIMES, "Saad Hariri", "Donald Trump")
    assert {follow: times(lines, follow) for follow in TIMES} == TIMES
    # Two bullets of the 22nd stood apart before one cited the links of both: two events,
    # where the hand counted one.
    hariri = times(lines, "Saad Hariri")
    assert set(HARIRI) <= set(hariri)
    assert len(hariri) in (3, 4)
    days = [
        int(line["day"][-2:])
        for line in lines
        if (line["kind"], line.get("follow")) == ("alert", "Donald Trump")
    ]
    assert sorted(days) == TRUMP_DAYS
    assert "11-24T16:02" in times(lines, "Omar al-Bashir", "edit")
    assert 245 <= lines[-1]["events"] <= 276
    assert lines[-1]["revisions"] == 566
