"""While the database fails the log says so once an hour, and once when it is well again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.troubles import Troubles
from storage.errors import DatabaseUnavailable

FULL = DatabaseUnavailable("The database can't be written: its disk is full.")
HOUR = timedelta(hours=1)


class Clock:
    """A time that is set."""

    now = datetime(2017, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def troubles(clock: Clock, caplog: pytest.LogCaptureFixture) -> Iterator[Troubles]:
    caplog.set_level(logging.INFO)
    troubles = Troubles(clock)
    with troubles.told():
        yield troubles


def fails(what: str, error: Exception = FULL) -> None:
    try:
        raise error
    except Exception:
        logging.getLogger("bot.any").exception("%s failed", what)


def test_what_failed_first_is_told_and_why(
    troubles: Troubles, caplog: pytest.LogCaptureFixture
) -> None:
    for what in ("reading feeds", "send", "update 7"):
        fails(what)
    assert caplog.messages == [f"reading feeds failed: {FULL}"]
    assert caplog.records[0].exc_info is None
    assert troubles.is_on


def test_it_is_told_again_after_an_hour_and_when_it_is_over(
    troubles: Troubles, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    fails("send")
    for _ in range(90):
        clock.now += timedelta(minutes=1)
        fails("send")
    troubles.end()
    troubles.end()
    assert not troubles.is_on
    assert caplog.messages == [
        f"send failed: {FULL}",
        f"send failed: {FULL} (Since 2017-11-23 12:00 UTC.)",
        "the database is well again, after 90 minutes",
    ]


def test_one_that_comes_and_goes_is_told_once_an_hour(
    troubles: Troubles, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(60):
        fails("send")
        troubles.end()
        clock.now += timedelta(minutes=1)
    assert len(caplog.messages) == 2
    fails("send")
    assert len(caplog.messages) == 3


def test_what_was_made_of_it_is_it_too(
    troubles: Troubles, caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("this message")
    error.__cause__ = FULL
    fails("send", error)
    assert caplog.messages == [f"send failed: {FULL}"]


def test_all_else_is_logged_as_ever(troubles: Troubles, caplog: pytest.LogCaptureFixture) -> None:
    fails("send", ValueError("a bug"))
    logging.getLogger("bot.any").info("all is well")
    assert caplog.messages == ["send failed", "all is well"]
    assert caplog.records[0].exc_info
    assert not troubles.is_on
