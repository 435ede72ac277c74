"""Numbers of things as operators read them."""

from __future__ import annotations

import pytest

from bot.core.counting import counted, noun


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
