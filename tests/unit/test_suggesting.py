"""Whom to suggest to a reader who begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.suggesting import Newsworthy, suggested
from storage.model import Entity

STATES = [Entity(n, f"State {n}", description="country in Europe") for n in range(1, 5)]
ADA, BEN, CLEO = (Entity(n, name) for n, name in ((11, "Ada"), (12, "Ben"), (13, "Cleo")))


def test_those_come_first_who_are_in_the_news_more_than_usual() -> None:
    candidates = [
        Newsworthy(ADA, lately=9, usually=9.5),
        Newsworthy(BEN, lately=4, usually=0),
        Newsworthy(CLEO, lately=4, usually=2),
    ]
    assert suggested(candidates, 6) == (BEN, CLEO, ADA)
    assert suggested(candidates, 2) == (BEN, CLEO)


def test_of_equals_the_busier_and_older_comes_first() -> None:
    candidates = [
        Newsworthy(CLEO, lately=2, usually=0),
        Newsworthy(ADA, lately=4, usually=1),
        Newsworthy(BEN, lately=2, usually=0),
    ]
    assert suggested(candidates, 6) == (ADA, BEN, CLEO)


def test_who_is_not_in_the_news_is_not_suggested() -> None:
    assert suggested([Newsworthy(ADA, lately=0, usually=0)], 6) == ()


def test_countries_make_way_but_are_better_than_nobody() -> None:
    states = [Newsworthy(state, lately=9, usually=0) for state in STATES]
    people = [Newsworthy(each, lately=1, usually=0) for each in (ADA, BEN, CLEO)]
    assert suggested([*states, *people], 5) == (*STATES[:2], ADA, BEN, CLEO)
    assert suggested([*states, *people], 6) == (*STATES[:2], ADA, BEN, CLEO, STATES[2])
    assert suggested(states, 6) == tuple(STATES)


def named(who: Entity, *events: int) -> Newsworthy:
    return Newsworthy(who, len(events), 0, frozenset(events))


def test_who_comes_with_another_makes_way_but_is_better_than_nobody() -> None:
    trump, president = named(ADA, 1, 2, 3, 4, 5, 6), named(BEN, 2, 3, 4, 9)
    assert suggested([trump, president, named(CLEO, 8)], 3) == (ADA, CLEO, BEN)
    assert suggested([trump, president], 2) == (ADA, BEN)
    for apart in (named(BEN, 2, 3, 8, 9), named(BEN, 2, 3, 4, 8, 9)):
        assert suggested([trump, apart, named(CLEO, 8)], 3) == (ADA, BEN, CLEO)
    # Too few to tell.
    assert suggested([trump, named(BEN, 2, 3), named(CLEO, 8)], 3) == (ADA, BEN, CLEO)


counts = st.builds(
    Newsworthy,
    st.builds(Entity, st.integers(1, 99), st.just("X")),
    st.integers(0, 50),
    st.floats(0, 50),
)


@given(st.lists(counts, unique_by=lambda c: c.entity.id), st.integers(0, 8))
def test_nobody_is_suggested_twice_or_past_the_limit(
    candidates: list[Newsworthy], limit: int
) -> None:
    found = suggested(candidates, limit)
    assert len(found) == len(set(found)) <= limit
    assert found == suggested(reversed(candidates), limit)
