"""What saves comparing in full: bounds that nothing alike enough exceeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.likeness import ComparedReport, RecentReports
from bot.core.likeness.bounding import at_most, at_most_with
from bot.core.likeness.evidence import Worth, entity_overlap, gather, verdict
from bot.core.likeness.kept import Kept
from bot.core.likeness.profile import Profile

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
Said = tuple[str, frozenset[str], str]  # the text, articles named, and the language
WORDS = (
    "Kabul Oslo 12 15 dead hurt killed ferry sinks fire Monday 2-1 rate bank storm Berlin".split()
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
named = st.sets(st.sampled_from(["oslo", "nato", "ann sample"])).map(frozenset)
said = st.tuples(texts, named, st.sampled_from(["en", "en", "de"]))
events = st.lists(said, min_size=1, max_size=4)


class Open(RecentReports):
    """Reports of the window, with what is reckoned of them."""

    def profile(self, event_id: int) -> Profile:
        """An event's reports."""
        return self._profile(event_id)

    def of(self, event_id: int) -> Kept:
        """An event's first report."""
        return self._profile(event_id).reports[0]

    @property
    def worth(self) -> Worth:
        """What terms and articles say."""
        return self._worth


def told(
    number: int, event_id: int, text: str, entities: frozenset[str], language: str, minutes: int = 1
) -> ComparedReport:
    at = NOON + number * timedelta(minutes=minutes)
    return ComparedReport(number, event_id, 1, at, text, language, entities)


def kept(*given_events: list[Said], minutes: int = 1) -> Open:
    """Reports of some events, of which each is told so long after the one before."""
    recent = Open()
    number = 0
    for event_id, reports in enumerate(given_events, 1):
        for report in reports:
            number += 1
            recent.keep(told(number, event_id, *report, minutes))
    return recent


@settings(deadline=None)  # the first one reads the tables of words and places
@given(events, events, st.sampled_from([1, 300]))
def test_no_verdict_exceeds_its_bound(one: list[Said], other: list[Said], minutes: int) -> None:
    recent = kept(one, other, minutes=minutes)
    here, there = recent.profile(1), recent.profile(2)
    found = verdict(here, there, recent.worth)
    assert at_most(here, there) >= found
    # Who joins weighs otherwise than what is joined.
    assert at_most(there, here) >= verdict(there, here, recent.worth)
    if len(other) == 1:
        assert at_most_with(here, recent.of(2)) >= found


@settings(deadline=None)
@given(events, events, st.sampled_from([1, 300]))
def test_a_single_report_is_bounded_as_an_event_of_one_is(
    one: list[Said], other: list[Said], minutes: int
) -> None:
    recent = kept(one, other[:1], minutes=minutes)
    here, there = recent.profile(1), recent.profile(2)
    assert at_most_with(here, recent.of(2)) == pytest.approx(at_most(here, there), abs=1e-5)


def test_what_shares_little_is_bounded_low() -> None:
    recent = kept(
        [("ferry sinks off the coast of Norway in a storm", frozenset(), "en")],
        [("bank raises its rate in a storm of protest", frozenset(), "en")],
    )
    assert at_most(recent.profile(1), recent.profile(2)) < 0.2


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=40), texts, st.sampled_from([0.3, 0.5, 0.8]))
def test_the_nearest_is_the_same_however_much_it_must_be_alike(
    known: list[str], asked: str, least: float
) -> None:
    reports: list[list[Said]] = [[(text, frozenset(), "en")] for text in known]
    recent = kept(*reports)
    question = told(0, 0, asked, frozenset(), "en")
    nearest = recent.nearest(question, 1)
    found = recent.nearest(question, 1, least)
    if nearest is not None and nearest[1] >= least:
        assert found is not None
        assert found[1] == pytest.approx(nearest[1])
    elif found is not None:
        assert found[1] < least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A ferry capsizes off Lombok on Monday; rescuers search",
            "A ferry capsizes off Lombok; rescuers search",
        ),
        ("The Colts win 31-24 at home over Springfield", "The Colts win at home over Springfield"),
    ],
)
def test_a_day_or_a_score_that_only_one_names_says_nothing(one: str, other: str) -> None:
    recent = kept([(one, frozenset(), "en")], [(other, frozenset(), "en")])
    found = gather(recent.profile(1), recent.profile(2), recent.worth)
    assert found is not None
    assert not (found.other_day or found.other_score)


def test_one_article_in_common_says_nothing_of_what_happened() -> None:
    two: Said = ("Ferry sinks", frozenset({"oslo", "nato"}), "en")
    one: Said = ("Ferry sinks", frozenset({"oslo"}), "en")
    recent = kept([two], [one], [two])
    first, *others = map(recent.profile, (1, 2, 3))
    overlaps = [entity_overlap(first, other, recent.worth.of_article) for other in others]
    assert overlaps == [0.0, 1.0]


def test_a_name_is_counted_for_each_report_that_has_it() -> None:
    first: Said = ("Ferry Aurelia sinks", frozenset(), "en")
    second: Said = ("The ferry Aurelia sank", frozenset(), "en")
    names = kept([first, second]).profile(1).voices["en"].names
    assert max(names.values()) == 2
