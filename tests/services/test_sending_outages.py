"""What the log says while messages can't be sent; on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.services.outages import Outage
from bot.services.outcomes import Failed, Outcome, Refused
from storage.database import Database
from tests.support.flood import READER, due
from tests.support.portal import START
from tests.support.post import Post, send_round


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level("INFO", logger="bot.services.outages")
    caplog.clear()
    return caplog


def lines(told: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in told.records if each.name == "bot.services.outages"]


async def work(post: Post, *answers: Outcome) -> None:
    """Send what is due until all of these were given, and one message was taken."""
    post.telegram.answers[READER] += answers
    await post.expanding.expand()
    while not post.telegram.log and post.clock() < START + timedelta(hours=8):
        await send_round(post.sending)
        post.clock.pass_by(60)


async def test_failing_deliveries_are_told_once_an_hour_and_at_their_end(
    database: Database, told: pytest.LogCaptureFixture
) -> None:
    post = Post(database)
    began = f"{post.clock():%Y-%m-%d %H:%M} UTC"
    await due(database, READER)
    await work(post, *[Failed("Internal Server Error")] * 24)
    first, again, end = lines(told)
    assert first == "messages could not be sent, trying again: Internal Server Error"
    assert again.startswith("messages could not be sent ")
    assert again.endswith(f" times since {began}: Internal Server Error")
    assert int(again.split()[5]) > 10
    assert end.startswith("messages can be sent again, after ")


async def test_what_telegram_refuses_is_no_outage(
    database: Database, told: pytest.LogCaptureFixture
) -> None:
    post = Post(database)
    await due(database, READER)
    post.telegram.answers[READER] += [Refused("Bad Request: whatever")]
    await post.expanding.expand()
    await send_round(post.sending)
    assert post.telegram.answers[READER] == []
    assert lines(told) == []


def test_an_outage_that_comes_and_goes_is_told_once_an_hour(
    told: pytest.LogCaptureFixture,
) -> None:
    outage = Outage("messages", "sent")

    def at(minutes: int) -> datetime:
        return START + timedelta(minutes=minutes)

    for minute in range(0, 90, 2):
        outage.note("no connection", at(minute))
        outage.end(at(minute + 1))
    outage.note("no connection", at(200))
    assert lines(told) == [
        "messages could not be sent, trying again: no connection",
        "messages can be sent again, after 1 minute",
        f"messages could not be sent 31 times since {START:%Y-%m-%d %H:%M} UTC: no connection",
        "messages can be sent again, after 61 minutes",
        "messages could not be sent, trying again: no connection",
    ]
