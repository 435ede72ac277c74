"""Whom and where two texts name is not what happened: news of one person is not one event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.likeness import ComparedReport, RecentReports

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

PAIRS = [
    # What the two do is told by other words, however their names and titles repeat.
    (
        "Zelensky asks Germany for more Patriot batteries. Ukrainian President Volodymyr"
        " Zelensky said on Saturday his country needs more air defence.",
        "Zelensky sacks army chief after Kharkiv losses. Ukrainian President Volodymyr"
        " Zelensky has removed the head of the armed forces.",
        "Ukraine's top general removed. President Zelensky dismissed the army chief on"
        " Saturday, weeks after losses near Kharkiv.",
    ),
    (
        "Macron tests positive for Covid-19. French President Emmanuel Macron will work in"
        " isolation for a week, the Elysee says.",
        "Macron dissolves parliament, calls snap election. French President Emmanuel Macron"
        " dissolved the National Assembly after a defeat in European elections.",
        "France to hold snap elections as Macron dissolves National Assembly. The president"
        " acted after far-right gains in the European vote.",
    ),
    (
        "Modi addresses joint session of US Congress. Indian Prime Minister Narendra Modi"
        " spoke of shared values and was cheered by lawmakers.",
        "Modi opens new parliament building in Delhi. Indian Prime Minister Narendra Modi"
        " inaugurated the building amid an opposition boycott.",
        "India's Modi inaugurates new parliament as opposition stays away. The building in"
        " New Delhi cost 120 million dollars.",
    ),
    (
        "Scholz travels to Kyiv with new weapons. German Chancellor Olaf Scholz announced"
        " deliveries worth 650 million euros.",
        "Scholz loses confidence vote in Bundestag. German Chancellor Olaf Scholz failed to"
        " win the backing of lawmakers on Monday.",
        "German chancellor Scholz loses vote of confidence. The Bundestag vote on Monday"
        " opens the way to early elections.",
    ),
    (
        "Lula sworn in for third term. Brazilian President Luiz Inacio Lula da Silva promised"
        " to fight hunger and protect the Amazon.",
        "Lula undergoes surgery after fall. Brazilian President Luiz Inacio Lula da Silva is"
        " recovering in a Sao Paulo hospital, doctors said.",
        "Brazil's Lula recovering after brain surgery. The president had fallen at home, the"
        " hospital in Sao Paulo said.",
    ),
    (
        "Netanyahu rejects ceasefire proposal. Israeli Prime Minister Benjamin Netanyahu"
        " called the demands delusional.",
        "Netanyahu undergoes hernia operation. Israeli Prime Minister Benjamin Netanyahu was"
        " operated on in Jerusalem on Sunday night.",
        "Israel's Netanyahu has hernia surgery. The operation of the prime minister in"
        " Jerusalem was successful, doctors said.",
    ),
]


def joins(first: str, second: str) -> bool:
    reports = RecentReports()
    reports.keep(ComparedReport(1, 1, 1, NOON, first))
    return reports.join(ComparedReport(2, 0, 2, NOON, second)) is not None


@pytest.mark.parametrize(("other", "one", "again"), PAIRS)
def test_a_name_with_its_titles_does_not_make_one_event(other: str, one: str, again: str) -> None:
    assert not joins(other, one)
    assert not joins(one, other)
    assert joins(one, again)


def test_a_person_in_the_news_all_day_is_no_event_that_grows() -> None:
    reports = RecentReports()
    for number, (other, one, _) in enumerate(PAIRS, 1):
        for place, text in ((2 * number, other), (2 * number + 1, one)):
            told = ComparedReport(place, 0, place, NOON, text)
            assert reports.join(told) is None
            reports.keep(ComparedReport(place, place, place, NOON, text))
    for number, (_, one, again) in enumerate(PAIRS, 1):
        assert reports.join(ComparedReport(99, 0, 99, NOON, again)) == 2 * number + 1, one


def test_two_tolls_in_two_towns_of_one_country_are_no_rising_toll() -> None:
    kabul = "Gunmen attack police post in Kabul. Officials in Afghanistan say 12 officers died."
    kandahar = (
        "Gunmen attack police post in Kandahar. Officials in Afghanistan say 15 officers died."
    )
    later = "Gunmen attack police post in Kabul. Officials in Afghanistan say 15 officers died."
    assert not joins(kabul, kandahar)
    assert joins(kabul, later)
