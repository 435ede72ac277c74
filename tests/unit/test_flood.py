"""How many commands a chat may send in a minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.flood import MOST, Flow, Verdict

START = datetime(2017, 11, 24, 12, tzinfo=UTC)
TAKEN, TOLD, SILENT = Verdict.TAKEN, Verdict.TOLD, Verdict.SILENT


def verdicts(seconds: Iterable[float]) -> list[Verdict]:
    """What becomes of commands sent so many seconds after the start."""
    flow, found = Flow(), []
    for number, second in enumerate(seconds):
        verdict, flow = flow.next(number, START + timedelta(seconds=second))
        found.append(verdict)
    return found


def test_twenty_at_once_are_taken_one_sentence_then_silence() -> None:
    assert verdicts([0.0] * 25) == [TAKEN] * 20 + [TOLD] + [SILENT] * 4


def test_a_minute_later_all_is_well_again() -> None:
    assert verdicts([0.0] * 22 + [59.9, 60.0])[-2:] == [SILENT, TAKEN]


def test_the_silence_is_of_one_piece() -> None:
    """What had been taken first is no longer counted after a while: nobody could tell which
    command would be heard."""
    seconds = [*(2.0 * n for n in range(21)), *(60.0 + n for n in range(39)), 100.0]
    assert verdicts(seconds) == [TAKEN] * 20 + [TOLD] + [SILENT] * 39 + [TAKEN]


def test_twenty_a_minute_are_never_too_many() -> None:
    assert set(verdicts(3.0 * n for n in range(100))) == {TAKEN}


def test_a_command_that_comes_again_counts_once() -> None:
    flow = Flow()
    for number in range(MOST):
        _, flow = flow.next(number, START)
    again, same = flow.next(0, START + timedelta(seconds=5))
    assert (again, same) == (TAKEN, flow)
    told, flow = flow.next(99, START)
    assert told == TOLD
    assert flow.next(99, START + timedelta(seconds=2))[0] == TOLD
    assert flow.next(100, START + timedelta(seconds=2))[0] == SILENT


def test_whoever_was_told_by_a_toast_is_told_once_more_by_a_message() -> None:
    flow = Flow()
    for number in range(MOST):
        _, flow = flow.next(number, START, is_press=True)
    found = []
    for number, is_press in enumerate((True, True, False, False, True), MOST):
        verdict, flow = flow.next(number, START + timedelta(seconds=number), is_press=is_press)
        found.append(verdict)
    assert found == [TOLD, SILENT, TOLD, SILENT, SILENT]
    later = START + timedelta(seconds=MOST + 60)  # a minute after the toast
    assert flow.next(99, later)[0] == TAKEN


def test_a_flow_is_over_once_nothing_counts() -> None:
    assert Flow().is_over(START)
    _, flow = Flow().next(1, START)
    assert not flow.is_over(START + timedelta(seconds=59))
    assert flow.is_over(START + timedelta(seconds=60))


@given(st.lists(st.floats(0, 30), max_size=150))
def test_no_minute_has_more_than_twenty_nor_two_sentences(pauses: list[float]) -> None:
    times, now = [], 0.0
    for pause in pauses:
        now += pause / 4
        times.append(now)
    found = list(zip(times, verdicts(times), strict=True))
    taken = [at for at, verdict in found if verdict is TAKEN]
    told = [at for at, verdict in found if verdict is TOLD]
    assert all(later - first >= 59.999 for first, later in zip(taken, taken[MOST:], strict=False))
    assert all(later - first >= 59.999 for first, later in pairwise(told))
