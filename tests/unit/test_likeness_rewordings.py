"""Reports that are reworded again and again: they hide no others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.kept import Postings
from bot.core.likeness.recent import NEWEST

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINKS = (
    "Ferry Aurelia sinks off Kythira. The ferry Aurelia sank off Kythira with sailors aboard;"
    " coastguards searched for survivors overnight."
)
AGAIN = (
    "Ferry Aurelia sinks off Kythira, survivors searched. Coastguards searched overnight for"
    " sailors aboard the ferry that sank."
)
ELECTION = (
    "Kythira votes for a new mayor: Aurelia Sample leads in district {0} as coastguards, sailors"
    " and ferry crews cast ballots overnight; searched sank survivors aboard sinks counted {0}"
)


@pytest.mark.parametrize("times", [0, NEWEST - 1, NEWEST, 3 * NEWEST])
def test_one_that_is_reworded_often_does_not_hide_another(times: int) -> None:
    recent = RecentReports()
    recent.keep(ComparedReport(1, 1, 1, NOON, SINKS))
    for number in range(times):
        recent.keep(ComparedReport(2, 2, 2, NOON, ELECTION.format(number)))
    assert recent.join(ComparedReport(3, 0, 3, NOON, AGAIN)) == 1
    nearest = recent.nearest(ComparedReport(3, 0, 3, NOON, AGAIN), 1)
    assert nearest is not None
    assert nearest[0] == 1


@pytest.mark.parametrize("times", [NEWEST - 1, 3 * NEWEST])
def test_nor_one_that_names_the_same_articles(times: int) -> None:
    named = frozenset({"giorgia meloni", "emmanuel macron", "treaty of the quirinal"})
    recent = RecentReports()
    for number in range(100, 200):  # among others, the articles are rare
        recent.keep(ComparedReport(number, number, 3, NOON, f"Quarry {number} opens"))
    recent.keep(ComparedReport(1, 1, 1, NOON, "Meloni and Macron sign it.", "en", named))
    for number in range(times):
        recent.keep(
            ComparedReport(2, 2, 2, NOON, f"{number} matters", "en", frozenset({*named, "nato"}))
        )
    italian = ComparedReport(3, 0, 3, NOON, "Firmato il protocollo del trattato.", "it", named)
    assert recent.join(italian) == 1


def test_what_is_left_out_is_met_no_more_and_nothing_else_is() -> None:
    postings = Postings()
    for slot in (1, 2, 5):
        postings.add([7, 8], slot)
    postings.leave_out([7], 2)
    assert list(postings.newest(7, 9)) == [1, 5]
    assert list(postings.newest(8, 9)) == [1, 2, 5]
    postings.leave_out([7, 8], 3)  # none has it
    postings.leave_out([7, 9], 9)
    assert list(postings.newest(7, 9)) == [1, 5]
    assert list(postings.newest(8, 9)) == [1, 2, 5]
    assert list(postings.newest(9, 9)) == []
    postings.leave_out([7, 8], 5)
    postings.leave_out([7], 1)
    assert list(postings.newest(7, 9)) == []
    postings.add([7], 6)
    assert list(postings.newest(7, 9)) == [6]
