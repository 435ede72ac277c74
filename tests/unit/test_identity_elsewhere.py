"""Two sources with one link: do they tell one happening?"""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.identity import Neighbour, evidence_urls, join_event
from storage.model import Account, Citation, Link

A = "https://a.example/flood"
FLOOD = "Floods in Samplia leave 12 people dead."


def account(text: str) -> Account:
    links = (Link("Samplia", "Samplia"),)
    return Account(date(2017, 11, 23), text, links=links, citations=(Citation("Paper", A),))


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        ("Floods in Samplia leave 15 people dead.", 7),
        ("Floods in the North leave 12 people dead.", 7),
        ("Floods in the North leave 15 people dead.", None),
    ],
    ids=["another toll", "another place", "both"],
)
def test_they_may_differ_in_the_toll_or_in_the_place_but_not_in_both(
    text: str, event_id: int | None
) -> None:
    said = account(FLOOD)
    beside = Neighbour(7, said, evidence_urls(said), present=True, elsewhere=True)
    assert join_event(account(text), [beside]) == event_id
