"""Which known report is this one? Which known event does it belong to?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import identity
from bot.core.conflicts import places_conflict
from bot.core.identity import (
    SAME_REPORT_LIKENESS,
    KnownReport,
    Neighbour,
    evidence_urls,
    join_event,
    match_reports,
    text_likeness,
)
from storage.model import Account, Citation, Link, Topic

BRIDGE = "The mayor of Springfield opens a new bridge over the river."
REWORDED = "A new bridge over the river is opened by the mayor of Springfield."
FLOOD = "Floods in the north leave thousands without a home."
A, B, C = "https://a.example/bridge", "https://b.example/bridge", "https://c.example/flood"


def account(
    text: str, *urls: str, links: Sequence[str] = (), topics: Sequence[str] = ()
) -> Account:
    return Account(
        day=date(2017, 11, 23),
        text=text,
        links=tuple(Link(target, target) for target in links),
        topics=tuple(Topic(name, (Link(name, name),)) for name in topics),
        citations=tuple(Citation("Paper", url) for url in urls),
    )


def known(number: int, text: str, *urls: str, present: bool = True) -> KnownReport:
    return KnownReport(number, text, evidence_urls(account(text, *urls)), present)


# --- reports of one page


def test_the_same_link_is_the_same_report() -> None:
    assert match_reports([known(1, BRIDGE, A)], [account(FLOOD, A)]) == [1]


def test_tracking_parameters_make_no_other_link() -> None:
    seen = account("Other words altogether.", A + "?utm_source=feed&utm_medium=rss#top")
    assert match_reports([known(1, BRIDGE, A)], [seen]) == [1]


def test_alike_words_are_the_same_report() -> None:
    assert match_reports([known(1, BRIDGE, A)], [account(REWORDED, B)]) == [1]


def test_neither_link_nor_words_make_another_report() -> None:
    assert match_reports([known(1, BRIDGE, A)], [account(FLOOD, C)]) == [None]


def test_a_shared_front_page_is_no_shared_link() -> None:
    front = "https://news.example/"
    assert match_reports([known(1, BRIDGE, front)], [account(FLOOD, front)]) == [None]


def test_reworded_moved_and_relinked_at_once() -> None:
    before = [known(1, BRIDGE, A), known(2, FLOOD, C)]
    after = [account(FLOOD, C), account(REWORDED, B)]
    assert match_reports(before, after) == [2, 1]


def test_two_bullets_of_one_link_stay_two() -> None:
    before = [known(1, BRIDGE, A), known(2, FLOOD, A)]
    assert match_reports(before, [account(FLOOD, A), account(BRIDGE, A)]) == [2, 1]


def test_a_report_continues_only_once() -> None:
    assert match_reports([known(1, BRIDGE, A)], [account(REWORDED, A), account(BRIDGE, A)]) == [
        None,
        1,
    ]


def test_a_report_still_there_goes_before_one_that_is_gone() -> None:
    before = [known(1, BRIDGE, A, present=False), known(2, BRIDGE, A)]
    assert match_reports(before, [account(BRIDGE, A)]) == [2]


def test_of_the_same_words_those_with_the_same_link_belong_together() -> None:
    before = [known(1, BRIDGE, B), known(2, BRIDGE, A)]
    assert match_reports(before, [account(BRIDGE, A)]) == [2]


def test_alike_words_about_another_place_are_another_report_but_tolls_rise() -> None:
    before = [known(1, "A bomb kills 12 people in Kabul.")]
    assert match_reports(before, [account("A bomb kills 12 people in Peshawar.")]) == [None]
    assert match_reports(before, [account("A bomb kills 15 people in Kabul.")]) == [1]


def test_a_report_that_was_gone_is_known_again() -> None:
    assert match_reports([known(1, BRIDGE, A, present=False)], [account(BRIDGE, A)]) == [1]


def test_one_known_only_by_its_links_is_known_again() -> None:
    assert match_reports([known(1, "", A, present=False)], [account(BRIDGE, A)]) == [1]


WORDS = st.sampled_from(["bridge", "flood", "mayor", "river", "in Kabul", "in Bonn", "storm"])
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
URLS = st.lists(st.sampled_from([A, B, C]), max_size=2, unique=True)
ACCOUNTS = st.builds(lambda text, urls: account(text, *urls), TEXTS, URLS)
SEEN = st.lists(ACCOUNTS, max_size=6)
KNOWN = st.lists(st.tuples(TEXTS, URLS, st.booleans()), max_size=6).map(
    lambda rows: [
        known(number, text, *urls, present=present)
        for number, (text, urls, present) in enumerate(rows, start=1)
    ]
)


@given(KNOWN, SEEN)
def test_matching_is_one_to_one(before: list[KnownReport], after: list[Account]) -> None:
    matched = [number for number in match_reports(before, after) if number is not None]
    assert len(matched) == len(set(matched))
    assert set(matched) <= {report.id for report in before}


@given(KNOWN, SEEN, st.randoms(use_true_random=False))
def test_matching_does_not_depend_on_the_order_of_what_is_known(
    before: list[KnownReport], after: list[Account], random: object
) -> None:
    shuffled = sorted(before, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert match_reports(shuffled, after) == match_reports(before, after)


# Whoever says the same with the same links, in whatever order, is the same to the matching.
UNLIKE = st.lists(ACCOUNTS, max_size=6, unique_by=lambda each: (each.text, evidence_urls(each)))


@given(KNOWN, UNLIKE, st.permutations(range(6)))
def test_matching_does_not_depend_on_the_order_on_the_page(
    before: list[KnownReport], after: list[Account], order: list[int]
) -> None:
    moved = [after[index] for index in order if index < len(after)]
    as_it_was = dict(zip(after, match_reports(before, after), strict=True))
    assert dict(zip(moved, match_reports(before, moved), strict=True)) == as_it_was


def in_one_sorting(before: Sequence[KnownReport], after: Sequence[Account]) -> list[int | None]:
    """The rule of ``match_reports`` at its plainest: every pair ranked, the best first."""
    pairs = []
    for (index, seen), report in product(enumerate(after), before):
        same, shared = seen.text == report.text, bool(evidence_urls(seen) & report.urls)
        likeness = 1.0 if same else text_likeness(report.text, seen.text)
        elsewhere = places_conflict(report.text, seen.text)
        if same or shared or (likeness >= SAME_REPORT_LIKENESS and not elsewhere):
            rank = (-(same and shared), -same, -shared, -likeness, -report.present)
            pairs.append((rank, seen.text, sorted(evidence_urls(seen)), index, report.id))
    matched: dict[int, int] = {}
    for *_, index, number in sorted(pairs):
        if index not in matched and number not in matched.values():
            matched[index] = number
    return [matched.get(index) for index in range(len(after))]


@given(KNOWN, SEEN)
def test_matching_is_as_if_every_pair_were_ranked(
    before: list[KnownReport], after: list[Account]
) -> None:
    assert match_reports(before, after) == in_one_sorting(before, after)


def test_each_text_is_taken_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [known(n, f"Work of taking apart: before {n}") for n in range(40)]
    after = [account(f"Work of taking apart: after {n}") for n in range(40)]
    taken: list[str] = []

    def taking(text: str) -> list[str]:
        taken.append(text)
        return text.split()

    monkeypatch.setattr(identity, "words", taking)
    match_reports(before, after)
    assert sorted(taken) == sorted([r.text for r in before] + [a.text for a in after])


@given(st.lists(ACCOUNTS, max_size=6, unique=True))
def test_an_unchanged_page_continues_all_its_reports(seen: list[Account]) -> None:
    urls = [[citation.url for citation in each.citations] for each in seen]
    before = [known(n, each.text, *urls[n]) for n, each in enumerate(seen)]
    matched = match_reports(before, seen)
    assert None not in matched
    assert [seen[n or 0].text for n in matched] == [each.text for each in seen]


# --- events


def neighbour(
    event_id: int,
    text: str,
    *urls: str,
    links: Sequence[str] = (),
    topics: Sequence[str] = (),
    present: bool = True,
) -> Neighbour:
    said = account(text, *urls, links=links, topics=topics)
    return Neighbour(event_id, said, evidence_urls(said), present)


def test_one_link_and_a_shared_entity_are_one_event() -> None:
    new = account("A bridge opens.", A, links=["Springfield"])
    assert join_event(new, [neighbour(7, BRIDGE, A, links=["Springfield"])]) == 7


@pytest.mark.parametrize(("text", "event_id"), [("A bridge opens.", None), ("Talks begin.", 7)])
def test_a_topic_makes_no_event_of_all_that_stands_under_it(
    text: str, event_id: int | None
) -> None:
    new = account("Talks begin.", A, links=["Mediator"], topics=["Peace process"])
    beside = neighbour(7, text, A, links=["Peace process"], topics=["Peace process"])
    assert join_event(new, [beside]) == event_id


def test_one_link_and_no_shared_entity_are_two_while_both_stand() -> None:
    new = account("A bridge opens.", A, links=["Springfield"])
    standing = neighbour(7, "The budget passes.", A, links=["Parliament"])
    assert join_event(new, [standing]) is None


def test_what_followed_one_that_is_gone_is_the_same_event() -> None:
    new = account("A bridge opens.", A, links=["Springfield"])
    gone = neighbour(7, "The budget passes.", A, links=["Parliament"], present=False)
    assert join_event(new, [gone]) == 7


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A bomb kills 12 people.", "A bomb kills 15 people."),
        ("A bomb explodes in Kabul.", "A bomb explodes in Peshawar."),
    ],
)
def test_other_numbers_or_places_are_other_events(first: str, second: str) -> None:
    beside = neighbour(7, second, A, links=["Bomb"], present=False)
    assert join_event(account(first, A, links=["Bomb"]), [beside]) is None


def test_a_link_in_three_unlike_events_proves_nothing() -> None:
    live = [neighbour(n, f"News {n}.", A, links=["Springfield"]) for n in (1, 2, 3)]
    new = account("News 4.", A, links=["Springfield"])
    assert join_event(new, live) is None
    assert join_event(new, live[:2]) is not None


@pytest.mark.parametrize(
    "front", ["https://news.example/", "https://www.news.example/index.html", "https://n.example/live"]
)  # fmt: skip
def test_front_and_live_pages_prove_nothing(front: str) -> None:
    new = account("A bridge opens.", front, links=["Springfield"])
    assert join_event(new, [neighbour(7, BRIDGE, front, links=["Springfield"])]) is None


def test_the_likest_event_wins_then_the_older() -> None:
    new = account(BRIDGE, A, B, links=["Springfield"])
    like = neighbour(9, REWORDED, A, links=["Springfield"])
    unlike = neighbour(4, FLOOD, B, links=["Springfield"])
    assert join_event(new, [unlike, like]) == 9
    twin = neighbour(12, REWORDED, B, links=["Springfield"])
    assert join_event(new, [twin, like]) == 9


def test_without_a_link_nothing_is_joined() -> None:
    beside = neighbour(7, BRIDGE, A, links=["Springfield"])
    assert join_event(account(BRIDGE, links=["Springfield"]), [beside]) is None


def test_likeness_is_between_nothing_and_one() -> None:
    assert text_likeness(BRIDGE, BRIDGE) == 1
    assert text_likeness(BRIDGE, FLOOD) == 0
    assert text_likeness("", "") == 0
    assert 0.8 < text_likeness(BRIDGE, REWORDED) < 1
