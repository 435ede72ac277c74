"""Which event a report is taken to tell of, by what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.likeness import ComparedReport, RecentReports

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PORTAL, AGENCY, PAPER = 1, 2, 3

FERRY = (
    "A ferry capsizes off the island of Lombok; rescuers search for the crew of the Sinar Bangun."
)
FERRY_AGAIN = "Rescuers search off Lombok for the crew of the capsized ferry Sinar Bangun."
BUDGET = "The Bundestag adopts the budget after a night of talks about the Autobahn toll."


def told(
    report_id: int,
    text: str,
    event_id: int = 0,
    *,
    source_id: int = 0,
    hours: float = 0,
    entities: frozenset[str] = frozenset(),
    language: str = "en",
    listed: bool = False,
) -> ComparedReport:
    at = NOON + timedelta(hours=hours)
    source = source_id or 100 + report_id
    return ComparedReport(report_id, event_id, source, at, text, language, entities, listed)


def kept(*reports: ComparedReport) -> RecentReports:
    recent = RecentReports()
    for report in reports:
        recent.keep(report)
    return recent


def test_another_wording_joins_and_other_news_does_not() -> None:
    recent = kept(told(1, FERRY, 7), told(2, BUDGET, 8))
    assert recent.join(told(3, FERRY_AGAIN)) == 7
    assert recent.join(told(4, "Heavy snow closes the airport of Oslo.")) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 killed in Kabul", "15 killed in Peshawar"),
        ("Bomb kills 12 in Kabul market", "Bomb kills 12 in Peshawar market"),
        ("Donald Trump wins Ohio", "Donald Trump wins Iowa"),
        ("Twelve dead in blast at a mine in Chile", "Fifteen dead in blast at a mine in Turkey"),
        ("Senator Miller wins the primary in Texas", "Senator Miller wins the primary in Nevada"),
    ],
)
def test_what_happened_elsewhere_is_another_event(first: str, second: str) -> None:
    recent = kept(told(1, first, 1))
    assert recent.join(told(2, second)) is None
    assert kept(told(2, second, 2)).join(told(1, first)) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12 dead in Kabul market bombing", "15 dead in Kabul market bombing"),
        ("12 killed in Kabul as bomb hits mosque", "Afghan mosque bomb kills 19 in Kabul"),
        ("Storm in Ohio tears roofs off houses", "Storm tears roofs off houses in Columbus, Ohio"),
    ],
)
def test_a_toll_that_rises_in_one_place_is_the_same_event(first: str, second: str) -> None:
    assert kept(told(1, first, 1)).join(told(2, second)) == 1


def test_other_counts_without_a_common_name_are_other_events() -> None:
    recent = kept(told(1, "12 killed as bus falls into ravine", 1))
    assert recent.join(told(2, "31 killed as bus falls into ravine")) is None
    assert recent.join(told(3, "12 killed as bus falls into a ravine")) == 1


def test_bullets_of_one_portal_stay_apart_however_alike() -> None:
    recent = kept(told(1, FERRY, 1, source_id=PORTAL, listed=True))
    assert recent.join(told(2, FERRY, source_id=PORTAL, listed=True)) is None
    assert recent.join(told(3, FERRY, source_id=PAPER, listed=True)) == 1
    assert recent.join(told(4, FERRY, source_id=AGENCY)) == 1


def test_entries_of_one_feed_may_join_each_other() -> None:
    recent = kept(told(1, FERRY, 1, source_id=AGENCY))
    assert recent.join(told(2, FERRY_AGAIN, source_id=AGENCY)) == 1


def test_events_with_bullets_of_one_portal_are_no_twins() -> None:
    bullets = [told(n, FERRY, n, source_id=PORTAL, listed=True) for n in (1, 2)]
    recent = kept(*bullets, told(3, FERRY_AGAIN, 2, source_id=AGENCY))
    assert recent.twin(2) is None


def test_an_event_told_twice_is_found_as_twin_once_both_have_grown() -> None:
    recent = kept(told(1, FERRY, 1), told(2, FERRY_AGAIN, 2))
    assert recent.twin(2) == 1
    recent.move(2, 1)
    assert recent.twin(1) is None
    assert recent.join(told(3, FERRY_AGAIN)) == 1


def test_events_that_an_operator_split_are_never_twins_again() -> None:
    recent = kept(told(1, FERRY, 1), told(2, FERRY_AGAIN, 2))
    recent.apart(1, 2)
    assert recent.twin(1) is None
    assert recent.twin(2) is None
    recent.keep(told(1, FERRY, 1))  # reworded or not, they stay apart
    assert recent.twin(2) is None
    recent.keep(told(3, FERRY, 3))
    assert recent.twin(3) in (1, 2)
    recent.move(1, 3)
    assert recent.twin(3) is None  # what is known of the gone one holds for the survivor


def test_a_related_event_with_the_same_persons_stays_apart() -> None:
    persons = frozenset({"omar al-bashir", "vladimir putin", "sudan", "russia"})
    bullet = told(
        1,
        "Omar al-Bashir, President of Sudan, meets Russia's President Vladimir Putin in Sochi"
        " and asks for protection from the United States.",
        1,
        source_id=PORTAL,
        entities=persons,
        listed=True,
    )
    arrests = told(
        2,
        "Police in Russia arrest 290 protesters who call on President Vladimir Putin to resign.",
        2,
        source_id=PORTAL,
        entities=frozenset({"vladimir putin", "russia"}),
        listed=True,
    )
    recent = kept(bullet, arrests)
    article = told(
        3,
        "Sudan's Bashir asks Putin to protect his country from US.\nAt a meeting with Vladimir"
        " Putin in the resort of Sochi, Omar al-Bashir said Sudan needed Russia's protection"
        " from acts of the United States.",
        hours=5,
        source_id=AGENCY,
        entities=frozenset({"omar al-bashir", "vladimir putin"}),
    )
    assert recent.join(article) == 1
    recent.keep(told(3, article.text, 1, source_id=AGENCY, entities=article.entities))
    assert recent.twin(1) is None
    assert kept(arrests).join(article) is None


NAMED = frozenset({"giorgia meloni", "emmanuel macron", "treaty of the quirinal"})


def test_across_languages_articles_that_both_name_join_them() -> None:
    recent = kept(told(1, "Meloni and Macron sign an addition to the treaty.", 1, entities=NAMED))
    italian = "Meloni e Macron firmano un protocollo del trattato del Quirinale."
    assert recent.join(told(2, italian, language="it", entities=NAMED, hours=2)) == 1
    assert recent.join(told(3, italian, language="it", entities=NAMED, hours=60)) is None
    few = frozenset({"emmanuel macron"})
    assert recent.join(told(4, italian, language="it", entities=few, hours=2)) is None


def test_across_languages_places_and_counts_must_not_conflict() -> None:
    named = NAMED | {"g7"}
    recent = kept(told(1, "12 killed in Kabul", 1, entities=named))
    assert recent.join(told(2, "15 Tote in Peshawar", language="de", entities=named)) is None


def test_the_likest_report_of_a_source() -> None:
    recent = kept(
        told(1, FERRY, 1, source_id=AGENCY),
        told(2, BUDGET, 2, source_id=AGENCY),
        told(3, FERRY, 1, source_id=PAPER),
    )
    found = recent.nearest(told(9, FERRY_AGAIN), AGENCY)
    assert found is not None
    assert found[0] == 1
    assert 0.3 < found[1] < 1
    same = recent.nearest(told(9, FERRY), PAPER)
    assert same is not None
    assert same[0] == 3
    assert same[1] == pytest.approx(1, abs=1e-4)
    assert recent.nearest(told(9, "Oslo airport closed by snow"), AGENCY) is None
    assert recent.nearest(told(9, FERRY), PORTAL) is None


def test_a_report_in_another_language_is_no_likest_one() -> None:
    recent = kept(told(1, BUDGET, 1, source_id=AGENCY, entities=NAMED, language="de"))
    assert recent.nearest(told(2, FERRY, entities=NAMED), AGENCY) is None


@pytest.mark.parametrize(("reports_each", "twin"), [(1, 8), (2, 8), (4, 8), (12, None)])
def test_two_events_of_many_reports_have_to_be_more_alike(
    reports_each: int, twin: int | None
) -> None:
    shaken = "A strong earthquake shakes villages on the island and damages many houses."
    searched = "Rescuers search the damaged houses on the island after the earthquake."
    recent = RecentReports()
    for number in range(0, 2 * reports_each, 2):
        recent.keep(told(number, shaken, 8))
        recent.keep(told(number + 1, searched, 9))
    assert recent.twin(9) == twin
    assert recent.join(told(99, "The earthquake damaged houses on the island.")) in {8, 9}
