"""Categories of feed entries, by their terms and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.categories import category_of, heading
from bot.telegram.texts.categories import CATEGORIES

POLITICS = "Politics and elections"
SPORTS = "Sports"
BUSINESS = "Business and economy"


@pytest.mark.parametrize(
    ("term", "category"),
    [
        ("Politics", POLITICS),
        ("POLITIK", POLITICS),
        ("Política", POLITICS),
        ("Политика", POLITICS),
        ("سياسة", POLITICS),
        ("السياسة", POLITICS),
        ("政治", POLITICS),
        ("Siyaset", POLITICS),
        ("Polityka", POLITICS),
        ("Sport", SPORTS),
        ("Deportes", SPORTS),
        ("Esportes", SPORTS),
        ("体育", SPORTS),
        ("رياضة", SPORTS),
        ("Économie", BUSINESS),
        ("Wirtschaft", BUSINESS),
        ("Экономика", BUSINESS),
        ("Santé", "Health and environment"),
        ("Umwelt", "Health and environment"),
        ("Ciencia", "Science and technology"),
        ("Technologie", "Science and technology"),
        ("Deprem", "Disasters and accidents"),
        ("Erdbeben", "Disasters and accidents"),
        ("Kriminalität", "Law and crime"),
        ("Guerre", "Armed conflicts and attacks"),
        ("حرب", "Armed conflicts and attacks"),
        ("Cultura", "Arts and culture"),
        ("ثقافة وفنون", "Arts and culture"),
        ("外交", "International relations"),
        ("Law and crime", "Law and crime"),  # the portal's own name
    ],
)
def test_what_a_feed_calls_its_section_gives_the_category(term: str, category: str) -> None:
    assert category_of([term], "https://example.org/12345") == category


@pytest.mark.parametrize(
    "term", ["World", "News", "Home", "Europe", "Panorama", "Aktuell", "", "  ", "12", "—"]
)
def test_what_fits_any_event_gives_none(term: str) -> None:
    assert category_of([term], "https://example.org/news/world/12345") == ""


@pytest.mark.parametrize(
    ("terms", "category"),
    [
        (["Arts & Entertainment"], "Arts and culture"),
        (["Politics/Elections"], POLITICS),
        (["News > Business"], BUSINESS),
        (["Экономика и бизнес"], BUSINESS),
        (["World", "Top stories", "Football"], SPORTS),
        (["Football", "Sport", "Premier League"], SPORTS),
        (["Politics", "Economy"], ""),
        (["Science & Environment"], ""),
        (["War and peace"], ""),  # a book
        (["Politik", "Ausland"], ""),  # anything that happens abroad
        (["Ausland", "Fußball"], SPORTS),
    ],
)
def test_several_names_agree_or_give_none(terms: list[str], category: str) -> None:
    assert category_of(terms, "") == category


@pytest.mark.parametrize(
    ("url", "category"),
    [
        ("https://example.org/sport/football/2017/nov/23/a-final", SPORTS),
        ("https://example.org/Politics/a-vote", POLITICS),
        ("https://sports.example.org/a-final", SPORTS),
        ("https://example.org/news/business-42100000", BUSINESS),
        ("https://example.org/news/world-europe-42100000", ""),
        ("https://example.org/%D1%81%D0%BF%D0%BE%D1%80%D1%82/1", SPORTS),
        ("https://example.org/science_and_technology/1", "Science and technology"),
        ("https://example.org/politik/ausland/eine-wahl", ""),
        ("https://example.org/politics/business/a-vote", ""),
        ("https://example.org/sport", ""),  # the article's own name, not a section
        ("https://sport.org/1", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_section_of_the_address_gives_the_category(url: str, category: str) -> None:
    assert category_of([], url) == category


def test_terms_go_before_the_section_which_decides_among_several() -> None:
    assert category_of(["Politics"], "https://example.org/sport/1") == POLITICS
    assert category_of(["Politics", "Sport"], "https://example.org/sport/1") == SPORTS
    assert category_of(["Politics", "Sport"], "https://example.org/culture/1") == ""


@given(st.lists(st.text(max_size=120), max_size=60), st.text(max_size=200))
def test_whatever_feeds_say_a_category_is_one_that_readers_know(terms: list[str], url: str) -> None:
    assert category_of(terms, f"https://example.org/{url}") in {"", *CATEGORIES}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Law & crime", "Law and crime"),
        ("Law and Crime", "Law and crime"),
        ("Armed conflicts & attacks", "Armed conflicts and attacks"),
        ("Politics and government", POLITICS),
        ("Conflicts and attacks", "Armed conflicts and attacks"),
        ("Science & weather", "Science and weather"),
        ("Arab Spring", "Arab Spring"),
        ("Disasters", "Disasters and accidents"),
        ("Sport", SPORTS),
        ("Business & economics", BUSINESS),
        ("Armed Conflict and attacks", "Armed conflicts and attacks"),
        ("Attacks and armed conflicts", "Armed conflicts and attacks"),
        ("Environment and health", "Health and environment"),
        ("Law and politics", "Law and politics"),  # neither of both
        ("", ""),
    ],
)
def test_headings_of_the_portal_are_named_as_they_are_today(written: str, name: str) -> None:
    assert heading(written) == name


@pytest.mark.parametrize("written", ["News", "Current Events", "Current events", "Other"])
def test_headings_that_fit_any_event_are_none(written: str) -> None:
    assert heading(written) == ""


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_that_readers_have_in_their_language_is_one_heading(category: str) -> None:
    assert heading(category) == category


@given(st.text(max_size=40))
def test_a_heading_stays_when_it_is_named_again(written: str) -> None:
    assert heading(heading(written)) == heading(written)
