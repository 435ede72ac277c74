"""Numbers of things as operators read them."""

from __future__ import annotations

import pytest

from bot.core.counting import counted, lasting, noun, sized


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 events"), (1, "1 event"), (2, "2 events"), (21, "21 events"), (1.5, "1.5 events")],
)
def test_a_number_of_things(number: float, said: str) -> None:
    assert counted(number, "event") == said


def test_not_every_plural_ends_alike() -> None:
    assert counted(3, "entry", "entries") == "3 entries"
    assert counted(1, "entry", "entries") == "1 entry"
    assert (noun(1, "reply", "replies"), noun(0, "reply", "replies")) == ("reply", "replies")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (99, "99 s"), (120, "2 min"), (3600, "1 h"), (5400, "90 min"), (1e6, "11 d")],
)
def test_how_long_something_lasts(seconds: float, said: str) -> None:
    assert lasting(seconds) == said


def test_how_much_something_is() -> None:
    assert [sized(count) for count in (1, 4, 10 * 2**20)] == ["1 byte", "4 bytes", "10 MB"]
