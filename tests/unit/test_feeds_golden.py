"""Whole feeds beside what is read from them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sources.feeds import FeedReading, read_feed
from tests.support.golden import GoldenCheck, golden

__all__ = ["golden"]  # a fixture

_FOLDER = Path(__file__).parent / "golden" / "feeds"
_FEEDS = sorted(_FOLDER.glob("*.feed"))
_URL = "https://feeds.example.org/world/feed.xml"
_AT = datetime(2017, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("path", _FEEDS, ids=lambda path: path.stem)
def test_feed_reads_as_reviewed(path: Path, golden: GoldenCheck) -> None:
    reading = read_feed(path.read_bytes(), _URL, content_type=None, at=_AT)
    golden(path.with_suffix(".json"), _json(reading))


def test_every_golden_file_has_its_feed() -> None:
    assert {path.stem for path in _FOLDER.glob("*.json")} == {path.stem for path in _FEEDS}


def _json(reading: FeedReading) -> str:
    return json.dumps(asdict(reading), indent=1, ensure_ascii=False, default=str) + "\n"
