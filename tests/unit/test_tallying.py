"""What the log says of the messages about events."""

from __future__ import annotations

from bot.services.outcomes import Delivered, Failed, Refused, Unreachable
from bot.services.tallying import LONGEST, QUIET, Tally


def test_an_event_has_one_line_once_nothing_more_comes_of_it() -> None:
    tally = Tally()
    for number in range(120):
        tally.note(56, Delivered(number), number / 10, is_edit=False)
    tally.note(56, Unreachable("blocked"), 12, is_edit=False)
    tally.note(57, Delivered(1), 20, is_edit=True)
    assert list(tally.over(12 + QUIET - 0.1)) == []
    assert list(tally.over(12 + QUIET)) == ["event 56: sent 120, out of reach 1"]
    assert list(tally.over(29.9)) == []
    assert list(tally.rest()) == ["event 57: edited 1"]
    assert list(tally.rest()) == []


def test_a_long_round_is_told_of_as_it_goes_on() -> None:
    tally = Tally()
    told: list[str] = []
    for second in range(0, int(LONGEST) + 1, 5):
        tally.note(1, Delivered(second), second, is_edit=False)
        told += tally.over(second)
    assert told == ["event 1: sent 121"]


def test_what_fails_is_counted_apart() -> None:
    tally = Tally()
    for outcome in (Failed("status 502"), Failed("no answer"), Refused("too long"), None):
        tally.note(1, outcome, 0, is_edit=False)
    assert list(tally.rest()) == ["event 1: to be tried again 2, refused 1, not sent 1"]
