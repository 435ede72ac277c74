"""Budgets of requests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.pace import Budget
from bot.errors import SourceBusy
from bot.sources.http import Pace


def test_burst_goes_at_once_and_then_one_by_one() -> None:
    budget = Budget.of(120, 3600, burst=2)
    waits = []
    for _ in range(4):
        waits.append(budget.wait(10.0))
        budget = budget.spent(10.0)
    assert waits == pytest.approx([0, 0, 30, 60])


def test_tokens_come_back_up_to_the_burst() -> None:
    budget = Budget.of(60, 60, burst=2).spent(0.0).spent(0.0)
    assert budget.wait(0.5) == pytest.approx(0.5)
    assert budget.wait(1.0) == 0
    later = budget.spent(1000.0).spent(1000.0)
    assert later.wait(1000.0) == pytest.approx(1)


@given(st.lists(st.floats(0, 500), max_size=200).map(sorted))
def test_no_more_go_than_the_burst_and_what_flowed_in(times: list[float]) -> None:
    budget = Budget.of(30, 60, burst=5)
    gone = []
    for now in times:
        gone.append(now + budget.wait(now))
        budget = budget.spent(now)
    for moment in gone:
        assert sum(time <= moment for time in gone) <= 5 + moment * 0.5 + 1e-6


async def test_pace_waits_as_long_as_its_budget_says() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    pace = Pace(Budget.of(1, 10), monotonic=lambda: 5.0, sleep=sleep)
    for _ in range(3):
        await pace()
    assert slept == pytest.approx([10, 20])


async def test_pace_refuses_to_wait_longer_than_allowed() -> None:
    pace = Pace(Budget.of(1, 10), max_wait=3, monotonic=lambda: 5.0)
    await pace()
    for _ in range(2):
        with pytest.raises(SourceBusy) as busy:
            await pace()
        assert busy.value.retry_after == pytest.approx(10)
