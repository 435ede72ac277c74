"""A day with two thousand events: one screen that can be read, then pages, then categories."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.digest import one_day
from bot.services.answering import DayAnswer
from bot.standin.entities import Formatted
from bot.telegram import views
from bot.telegram.buttons import DAY as DAY_DATA
from bot.telegram.buttons import MONTH as MONTH_DATA
from bot.telegram.wording import LANGUAGES, Wording, Words
from storage.model import Citation, Event
from tests.support.wording import masked, masked_arabic
from tests.unit.test_views import AT, DAY, ENGLISH, EVENT, labels, parsed

WORDING = Wording()
NAMED = ("Sports", "Politics and elections", "Law and crime", "Arts and culture")
_NUMBER = re.compile(r"/event_(\d+)")


def entry(number: int, *, publishers: int = 1, category: str = "") -> Event:
    """An event that feeds alone tell."""
    return replace(
        EVENT,
        id=number,
        title=f"Something number {number} happened somewhere and people talk about it",
        category=category,
        topics=(),
        citations=tuple(
            Citation(f"Paper {n}", f"https://paper{n}.example/{number}") for n in range(publishers)
        ),
        page=None,
        first_shown_at=AT + timedelta(seconds=number),
    )


def busy_day(count: int = 2000, **changes: bool) -> DayAnswer:
    """Most events have one publisher and no category; every hundredth has several."""
    events = [
        entry(
            n,
            publishers=2 + n // 100 if n % 100 == 0 else 1,
            category=NAMED[n // 100 % 4] if n % 4 == 0 else "",
        )
        for n in range(1, count + 1)
    ]
    return DayAnswer(DAY, False, one_day(DAY, events), (DAY, DAY), **changes)


BUSY = busy_day()


def page(number: int = 1, category: str | None = None, words: Words = ENGLISH) -> Formatted:
    """A page of the day."""
    shown = views.today(words, BUSY, page=number, category=category)
    return parsed(shown.sent().params)


def data(number: int = 1, category: str | None = None) -> dict[str, str]:
    """The buttons under a page: their labels and data."""
    shown = views.today(ENGLISH, BUSY, page=number, category=category).sent().params
    rows = shown["reply_markup"]["inline_keyboard"]
    return {button["text"]: button["callback_data"] for row in rows for button in row}


def ids(content: Formatted) -> list[int]:
    """The events of a page."""
    return [int(number) for number in _NUMBER.findall(content.text)]


def test_the_first_page_is_one_screen_with_the_most_reported_events() -> None:
    shown = page()
    assert sorted(ids(shown)) == list(range(900, 2001, 100))
    head, day, *_ = shown.text.split("\n\n")
    assert head == (
        "2,000 events. The most important come first; press a category to see it by itself."
    )
    assert day == "23 November 2017"
    assert len(shown.text) < 2000
    assert "Page 1 of 167" in shown.text
    assert (
        "• Something number 2000 happened somewhere and people talk about it — "
        "Paper 0, Paper 1 and 20 more · /event_2000"
    ) in shown.text.splitlines()


def test_each_category_is_a_press_away_what_has_none_comes_last() -> None:
    assert list(data()) == [
        "Next page ›",
        "125 · Sports",
        "125 · Arts and culture",
        "125 · Law and crime",
        "125 · Politics and elections",
        "1,500 · More",
        "Pick a day",
        "Only mine",
    ]


def test_a_category_has_pages_of_its_own_and_leads_back() -> None:
    key = data()["125 · Law and crime"].rpartition(":c")[2]
    assert re.match(DAY_DATA, data()["125 · Law and crime"])
    seen: list[int] = []
    for number in range(1, 12):
        shown = page(number, key)
        assert shown.text.startswith("23 November 2017\n\nLaw and crime\n")
        assert f"Page {number} of 11" in shown.text
        seen += ids(shown)
        turns = data(number, key)
        assert turns["‹ All categories"] == "t:2017-11-23:1"
        assert ("Next page ›" in turns) == (number < 11)
        assert turns.get("Next page ›", f"t:2017-11-23:{number + 1}:c{key}") == (
            f"t:2017-11-23:{number + 1}:c{key}"
        )
        assert re.match(MONTH_DATA, turns["Pick a day"])
        assert turns["Pick a day"].endswith(f":{number}:c{key}")
    assert len(seen) == len(set(seen)) == 125
    assert seen[:2] == [1800, 1400]  # then the newest of those that one publisher tells


def test_what_has_no_category_stands_under_more() -> None:
    key = data()["1,500 · More"].rpartition(":c")[2]
    shown = page(1, key)
    assert shown.text.startswith("23 November 2017\n\nMore\n• ")
    assert ids(shown) == [n for n in range(1999, 1980, -1) if n % 4][:12]


@pytest.mark.parametrize("words", [ENGLISH, masked(), masked_arabic()], ids=lambda w: w.language)
def test_pages_have_every_event_once(words: Words) -> None:
    answer = busy_day(100)
    found: list[int] = []
    for number in range(1, 10):
        found += ids(parsed(views.today(words, answer, page=number).sent().params))
    assert sorted(found) == list(range(1, 101))


def test_a_category_that_is_there_no_longer_leads_to_the_first_page() -> None:
    assert page(3, "01234567").text == page(3).text
    few = DayAnswer(DAY, False, one_day(DAY, [EVENT]), (DAY, DAY))
    assert views.today(ENGLISH, few, category="01234567") == views.today(ENGLISH, few)
    assert page(9999).text == page(167).text


def test_only_mine_says_so_and_stays_so() -> None:
    mine = busy_day(mine=True)
    params = views.today(ENGLISH, mine).sent().params
    assert parsed(params).text.startswith("Only events about those whom you follow.\n2,000 events.")
    assert "✓ Only mine" in labels(params)
    rows = params["reply_markup"]["inline_keyboard"]
    assert rows[0][0]["callback_data"] == "t:2017-11-23:2:m"
    assert all(":m:c" in button["callback_data"] for row in rows[1:4] for button in row)
    assert all(re.match(DAY_DATA, button["callback_data"]) for row in rows[1:4] for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_in_every_language(language: str) -> None:
    words = WORDING.of(language)
    shown = page(1, None, words)
    assert words.number(2000) in shown.text.split("\n\n")[0]
    assert len(ids(shown)) == 12
    if language != "en":
        assert "More" not in shown.text
        assert "come first" not in shown.text


def test_titles_as_long_and_wild_as_they_come_stay_one_message() -> None:
    wild = ("<b>" * 200, "x" * 3000, "😀" * 400, "\u202e" + "مرحبا " * 90, "</a>&amp; " * 90)
    events = [
        replace(entry(n, publishers=9, category=f"<i>{n % 13} {'c' * 150}"), title=wild[n % 5])
        for n in range(1, 100)
    ]
    answer = DayAnswer(DAY, True, one_day(DAY, events), (DAY, DAY))
    for words in (ENGLISH, masked(), masked_arabic()):
        for number in (1, 2, 9):
            params = views.today(words, answer, page=number).sent().params
            assert len(ids(parsed(params))) == (3 if number == 9 else 12)
