"""What must stand for its hold before readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.standing import observe, settle, show_at_once
from storage.model import Account, Citation, Link, Standing, Topic

DAY = date(2017, 11, 23)
START = datetime(2017, 11, 23, 12, tzinfo=UTC)
HOLD = timedelta(minutes=10)


def account(
    text: str = "A bridge opens.",
    *,
    links: str = "",
    words: str = "",
    sources: str = "",
    publisher: str = "Paper",
    category: str = "Arts",
    topic: str = "",
) -> Account:
    return Account(
        day=DAY,
        text=text,
        category=category,
        topics=(Topic(topic),) if topic else (),
        links=tuple(Link(name, words or name.lower()) for name in links),
        citations=tuple(Citation(publisher, f"https://{name}.example/") for name in sources),
    )


@dataclass(frozen=True)
class Reading:
    """What a page said so many minutes after the start."""

    minute: int
    account: Account | None

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=self.minute)


def read(readings: Sequence[Reading], hold: timedelta = HOLD) -> list[Standing]:
    """What stands after each reading."""
    standing, history = Standing(), []
    for reading in readings:
        standing = settle(observe(standing, reading.account, reading.at), reading.at, hold)
        history.append(standing)
    return history


def last(*readings: tuple[int, Account | None], hold: timedelta = HOLD) -> Standing:
    return read([Reading(*reading) for reading in readings], hold)[-1]


def shown(standing: Standing) -> Account:
    assert standing.shown is not None
    return standing.shown


# --- one by one


def test_a_new_report_is_shown_once_it_has_stood_for_its_hold() -> None:
    assert not last((0, account()), (9, account())).visible
    assert last((0, account()), (10, account())).visible


def test_a_report_that_vanishes_within_its_hold_is_never_shown() -> None:
    gone = last((0, account()), (9, None), (30, None))
    assert not gone.visible
    assert gone.shown is None


def test_a_report_that_comes_again_stands_from_then_on() -> None:
    readings = [(0, account()), (5, None), (8, account()), (12, account())]
    assert not last(*readings).visible
    assert last(*readings, (18, account())).visible


def test_a_report_reworded_within_its_hold_is_shown_when_the_new_words_have_stood() -> None:
    readings = [(0, account("Draft.")), (8, account("Final.")), (12, account("Final."))]
    assert not last(*readings).visible
    assert shown(last(*readings, (18, account("Final.")))).text == "Final."


def test_a_link_that_stays_while_the_words_around_it_change_keeps_its_time() -> None:
    readings = [(0, account("Draft.")), (10, account("Draft.")), (12, account(links="X"))]
    standing = last(*readings, (18, account("Final.", links="X")))
    assert standing.since["link X"] == START + timedelta(minutes=12)
    assert standing.since["wording"] == START + timedelta(minutes=18)


def test_links_are_timed_apart_from_the_wording() -> None:
    readings = [(0, account(links="X")), (10, account(links="X")), (12, account(links="XY"))]
    assert [link.target for link in shown(last(*readings)).links] == ["X"]
    reworded = account("It opens at last.", links="XY")
    standing = last(*readings, (20, reworded), (22, reworded))
    assert [link.target for link in shown(standing).links] == ["X", "Y"]
    assert shown(standing).text == "A bridge opens."


def test_a_link_that_comes_and_goes_within_the_hold_is_never_shown() -> None:
    plain, linked = account(links="X"), account(links="XY")
    said = {0: plain, 10: plain, 12: linked, 20: plain, 21: linked, 30: linked}
    for standing in read([Reading(*each) for each in said.items()]):
        assert "Y" not in {link.target for link in (standing.shown or plain).links}


def test_a_link_taken_out_is_shown_until_that_has_stood() -> None:
    readings = [(0, account(links="XY")), (10, account(links="XY")), (12, account(links="Y"))]
    assert {link.target for link in shown(last(*readings)).links} == {"X", "Y"}
    standing = last(*readings, (22, account(links="Y")))
    assert [link.target for link in shown(standing).links] == ["Y"]


def test_a_second_source_of_the_bullet_waits_for_its_own_hold() -> None:
    readings = [(0, account(sources="a")), (10, account(sources="a")), (12, account(sources="ab"))]
    assert len(shown(last(*readings)).citations) == 1
    assert len(shown(last(*readings, (22, account(sources="ab")))).citations) == 2


def test_a_publisher_named_otherwise_counts_once_it_has_stood() -> None:
    known, renamed = account(sources="a"), account(sources="a", publisher="Gazette")
    readings = [(0, known), (10, known), (12, renamed)]
    assert shown(last(*readings, (21, renamed))) == known
    assert shown(last(*readings, (22, renamed))) == renamed


def test_a_publisher_misnamed_within_the_hold_is_never_shown_whatever_else_changes() -> None:
    known, misnamed = account(sources="a"), account(sources="ab", publisher="X", category="Law")
    readings = [(0, known), (10, known), (12, misnamed), (13, known), (40, known)]
    for count in range(2, len(readings) + 1):
        assert shown(last(*readings[:count])) == known


def test_the_words_of_a_link_count_with_the_wording() -> None:
    known, renamed = account(links="X", words="one"), account("Other.", links="X", words="two")
    readings = [(0, known), (10, known), (12, replace(renamed, category="Law"))]
    assert shown(last(*readings)) == known
    assert shown(last(*readings, (20, renamed), (22, renamed))) == renamed
    assert shown(last(*readings, (20, known), (30, known))) == known


def test_a_new_place_counts_once_it_has_stood() -> None:
    there = account(category="Law", topic="A trial")
    readings = [(0, account()), (10, account()), (12, there)]
    assert shown(last(*readings)).category == "Arts"
    settled = shown(last(*readings, (22, there)))
    assert (settled.category, settled.topics) == ("Law", there.topics)


def test_a_withdrawal_counts_once_it_has_stood() -> None:
    readings = [(0, account()), (10, account()), (12, None)]
    assert last(*readings).visible
    withdrawn = last(*readings, (22, None))
    assert not withdrawn.visible
    assert withdrawn.shown == account()


def test_a_report_back_within_the_hold_was_never_withdrawn() -> None:
    standing = last((0, account()), (10, account()), (12, None), (21, account()), (40, account()))
    assert standing.visible
    assert standing.since == {}


def test_a_return_counts_once_it_has_stood() -> None:
    readings = [(0, account()), (10, account()), (12, None), (22, None), (30, account("Again."))]
    assert not last(*readings).visible
    back = last(*readings, (40, account("Again.")))
    assert back.visible
    assert shown(back).text == "Again."


def test_without_a_hold_everything_counts_at_once() -> None:
    none = timedelta(0)
    assert last((0, account(links="X")), hold=none) == show_at_once(account(links="X"))
    assert shown(last((0, account()), (1, account("Other.")), hold=none)).text == "Other."
    assert not last((0, account()), (1, None), hold=none).visible


def test_words_that_stood_count_only_when_a_reading_confirms_them() -> None:
    standing = observe(Standing(), account(), START)
    assert not settle(standing, START + timedelta(minutes=5), HOLD).visible
    assert settle(standing, START + HOLD, HOLD).visible


# --- whatever happens

ACCOUNTS = st.builds(
    account,
    st.sampled_from(["One.", "Two."]),
    links=st.sampled_from(["", "X", "Y", "XY", "YX"]),
    sources=st.sampled_from(["", "a", "ab"]),
    publisher=st.sampled_from(["Paper", "Gazette"]),
    category=st.sampled_from(["Arts", "Law"]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Reading]:
    steps = draw(st.lists(st.tuples(st.integers(1, 12), st.none() | ACCOUNTS), max_size=15))
    minutes = 0
    readings = [Reading(0, draw(ACCOUNTS))]
    for step, said in steps:
        minutes += step
        readings.append(Reading(minutes, said))
    return readings


def parts(said: Account | None) -> set[str]:
    """What an account says, apart."""
    if said is None:
        return set()
    links = {f"link {link.target}" for link in said.links}
    sources = {f"{citation.publisher} {citation.url}" for citation in said.citations}
    return {f"text {said.text}", f"category {said.category}", *links, *sources}


def visible_parts(standing: Standing) -> set[str]:
    return parts(standing.shown) if standing.visible else set()


def held(readings: Sequence[Reading]) -> list[Reading]:
    """The readings that a change has to outlast: those of the last hold, and the one that
    stood when it began."""
    begin = readings[-1].at - HOLD
    before = [reading for reading in readings if reading.at <= begin]
    return [*before[-1:], *(reading for reading in readings if reading.at > begin)]


@given(histories())
def test_nothing_is_shown_that_has_not_stood(readings: list[Reading]) -> None:
    before = Standing()
    for count, standing in enumerate(read(readings), start=1):
        window = held(readings[:count])
        # What was the last to be shown had stood then, even if a withdrawal came between.
        for new in visible_parts(standing) - parts(before.shown):
            assert window[0].at <= window[-1].at - HOLD
            assert all(new in parts(reading.account) for reading in window)
        if standing.visible and not before.visible:
            assert all(reading.account is not None for reading in window)
        before = standing


@given(histories())
def test_nothing_goes_that_has_not_been_gone(readings: list[Reading]) -> None:
    before: set[str] = set()
    for count, standing in enumerate(read(readings), start=1):
        for gone in before - visible_parts(standing):
            window = held(readings[:count])
            assert window[0].at <= window[-1].at - HOLD
            assert not any(gone in parts(reading.account) for reading in window)
        before = visible_parts(standing)


@given(histories())
def test_what_stands_is_shown(readings: list[Reading]) -> None:
    said = readings[-1].account
    confirmed = [*readings, Reading(readings[-1].minute + 10, said)]
    assert visible_parts(read(confirmed)[-1]) == parts(said)


@given(histories())
def test_nothing_waits_once_all_has_stood(readings: list[Reading]) -> None:
    confirmed = [*readings, Reading(readings[-1].minute + 10, readings[-1].account)]
    assert read(confirmed)[-1].since == {}
