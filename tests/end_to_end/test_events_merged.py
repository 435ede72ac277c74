"""An operator says that two events are one, and that they are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.commands import Commands, closed_port, dateline
from tests.support.day_pages import bullet, page_text

__all__ = ["closed_port", "dateline"]  # fixtures


@pytest.fixture
def known(dateline: Commands, tmp_path: Path) -> Commands:
    """Three events, 1 to 3."""
    told = [
        bullet(f"[[{name}]] speaks.", (f"Wire {name}", f"https://{name.lower()}.example/1"))
        for name in ("Ann", "Bob", "Cid")
    ]
    (tmp_path / "archive").mkdir()
    page = page_text(date(2017, 11, 23), told)
    (tmp_path / "archive" / "2017_November_23.txt").write_text(page, "utf-8")
    assert dateline("backfill", "--archive", str(tmp_path / "archive")).code == 0
    return dateline


def test_two_become_one_and_two_again(known: Commands) -> None:
    ran = known("events", "merge", "3", "1")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Events 3 and 1 are one now: event 1, Ann speaks.\n"
    card = known("ask", "/event_3").out
    assert card.startswith("Ann speaks.")
    assert "Other headlines:\n• Cid speaks. — Wire Cid\n" in card
    again = known("events", "merge", "1", "3")
    assert again.out == "Events 1 and 3 are one already: event 1, Ann speaks.\n"
    parted = known("events", "unmerge", "3")
    assert parted.out == "Event 3 is one of its own again, apart from event 1: Cid speaks.\n"
    assert known("ask", "/event_3").out.startswith("Cid speaks.")


def test_for_programs(known: Commands) -> None:
    merged = known("events", "merge", "1", "2", "--json").documents
    assert merged == [{"event": 1, "merged": [2], "title": "Ann speaks."}]
    again = known("events", "merge", "1", "2", "--json").documents
    assert again == [{"event": 1, "merged": [], "title": "Ann speaks."}]
    parted = known("events", "unmerge", "2", "--json").documents
    assert parted == [{"event": 2, "apart_from": 1, "title": "Bob speaks."}]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["merge", "1", "99"], "There is no event 99."),
        (["merge", "-- -5", "1"], ""),
        (["merge", "1", str(2**63)], f"There is no event {2**63}."),
        (["merge", "1", "1"], "Event 1 is one event already. Name another"),
        (["merge", "1"], ""),
        (["merge", "one", "2"], "'one' is no event's number: write 17 for /event_17."),
        (["unmerge", "99"], "There is no event 99."),
        (["unmerge", "2"], "Event 2 was not merged into another, so there is nothing to undo."),
        (["unmerge"], ""),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    known: Commands, arguments: list[str], says: str
) -> None:
    ran = known("events", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(says)
    assert "Traceback" not in ran.err


def test_without_any_event_it_is_said_how_they_come(dateline: Commands) -> None:
    ran = dateline("events", "unmerge", "1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("has no events yet: `dateline run` brings them in.\n")


def test_who_names_the_one_that_stayed_hears_which_to_name(known: Commands) -> None:
    known("events", "merge", "1", "2")
    known("events", "merge", "3", "2")
    ran = known("events", "unmerge", "1")
    assert ran.code == 2
    assert ran.err == (
        "Event 1 is the one that stayed. To part it, name one merged into it: 2, 3.\n"
    )
