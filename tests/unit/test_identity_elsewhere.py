"""Two sources with one link: do they tell one happening?"""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.identity import Neighbour, evidence_urls, join_event
from storage.model import Account, Citation, Link

A = "https://a.example/flood"
FLOOD = "Floods in Samplia leave 12 people dead."


def account(text: str, *linked: str) -> Account:
    links = tuple(Link(title, title) for title in linked)
    return Account(date(2017, 11, 23), text, links=links, citations=(Citation("Paper", A),))


def joined(text: str, known: str, *linked: str) -> int | None:
    """The event that a report joins beside one of event 7 with the same link."""
    said = account(known, *linked)
    beside = Neighbour(7, said, evidence_urls(said), present=True, elsewhere=True)
    return join_event(account(text, *linked), [beside])


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
    assert joined(text, FLOOD, "Samplia") == event_id


@pytest.mark.parametrize(
    ("text", "event_id"),
    [
        ("A ferry with sixty people on board capsizes in a storm; 12 dead.", 7),
        ("The president of Samplia visits the wounded of a fire in a market; 12 dead.", None),
    ],
    ids=["some words shared", "hardly any"],
)
def test_with_another_toll_and_nobody_named_by_both_they_share_some_words(
    text: str, event_id: int | None
) -> None:
    assert joined(text, "Three dead after a ferry sinks off Sulawesi.") == event_id


@pytest.mark.parametrize(("linked", "event_id"), [(["Samplia"], 7), ([], None)])
def test_of_other_words_and_another_toll_they_must_name_the_same(
    linked: list[str], event_id: int | None
) -> None:
    text = "Dam breaks after days of heavy rain, 15 dead, minister resigns"
    assert joined(text, FLOOD, *linked) == event_id
