"""What the log says when feeds begin to fail."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import SourceGone, SourceUnreachable
from bot.services.feeding.complaints import MOST, SPAN, Complaints
from storage.model import Feed

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
AWAY = SourceUnreachable("no connection")


def feed(number: int) -> Feed:
    return Feed(number, f"https://f{number}.example/rss", f"https://f{number}.example/rss")


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged since it was asked last; warnings all."""
    assert {record.levelno for record in caplog.records} <= {logging.WARNING}
    said = [record.getMessage() for record in caplog.records]
    caplog.clear()
    return said


def test_a_network_that_is_away_is_no_flood(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints()
    for number in range(83):
        complaints.note(feed(number), AWAY, NOW + timedelta(seconds=10 * number))
    said = logged(caplog)
    assert said[0] == "https://f0.example/rss could not be read, and is tried again: no connection"
    assert len(said) == MOST + 1
    assert said[-1] == "more feeds could not be read: `dateline sources list` shows them all"
    complaints.note(feed(1), AWAY, NOW + SPAN)
    assert logged(caplog) == [said[0].replace("f0", "f1")]


def test_a_feed_that_is_gone_is_always_named(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints()
    for number in range(MOST + 1):
        complaints.note(feed(number), AWAY, NOW)
    logged(caplog)
    complaints.note(feed(9), SourceGone("status 410"), NOW)
    assert logged(caplog) == ["https://f9.example/rss is gone for good: status 410"]
