"""The log says of a first reading that it was: what it brings is told to nobody."""

from __future__ import annotations

import logging

import pytest

from storage.database import Database
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.polled_pages import BRIDGE, FLOOD, PolledPages

ONE = "https://one.example.org/rss"
STORIES = [FeedEntry(f"Tale {number}", f"https://one.example.org/{number}") for number in range(3)]


@pytest.fixture(autouse=True)
def heard(caplog: pytest.LogCaptureFixture) -> None:
    """All that is worth a line is heard."""
    caplog.set_level(logging.INFO, logger="bot.services")


def first(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was said of first readings."""
    return [said for said in caplog.messages if "for the first time" in said]


async def test_a_feed_is_named_once_it_was_read(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    stand = PolledFeeds(database)
    await stand.add(ONE, *STORIES[:2])
    await stand.poll_due()
    assert first(caplog) == [f"{ONE}: read for the first time, 2 entries, no alerts"]
    stand.publish(ONE, *STORIES)
    await stand.poll(15)
    assert len(first(caplog)) == 1


async def test_so_is_the_portal(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    paper = PolledPages(database)
    paper.write(FLOOD)
    await paper.poll()
    assert first(caplog) == ["the portal is read for the first time: 1 event, no alerts"]
    paper.write(FLOOD, BRIDGE)
    await paper.stand()
    assert len(first(caplog)) == 1
