"""Days of which there is nothing yet, and days whose events have no category."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.digest import DayPart, one_day
from bot.core.digest import today as parts_of_today
from bot.services.answering import DayAnswer
from bot.services.filtering import category_key
from bot.services.summaries import Summary
from bot.telegram import views
from bot.telegram.screens import Screen
from storage.model import DigestKind, Event, Heading
from tests.unit.test_views import DAY, ENGLISH, EVENT, labels, parsed, shown

TODAY = DAY + timedelta(days=1)
FIRST = DAY - timedelta(days=9)
BARE = replace(EVENT, id=3, title="A river rises.", category="", topics=(), citations=(), page=None)
BARE_LINE = "• A river rises. · /event_3"


def new_on(*of_day: Event, mine: bool = False) -> DayAnswer:
    """What is new today, after a day with an event."""
    parts = parts_of_today(TODAY, of_day, [], [EVENT])
    return DayAnswer(TODAY, True, parts, (FIRST, DAY), mine=mine)


def ways(screen: Screen) -> list[str]:
    return labels(screen.sent().params)


def test_where_today_has_nothing_yet_it_says_so_before_the_day_before() -> None:
    screen = views.today(ENGLISH, new_on())
    assert shown(screen).startswith(
        "Nothing yet today. Yesterday:\n\n23 November 2017\n\nInternational relations\n"
    )
    assert "‹ 22 Nov" in ways(screen)
    mine = shown(views.today(ENGLISH, new_on(mine=True)))
    assert mine.startswith(
        "Only events about those whom you follow.\nNothing yet today. Yesterday:\n\n23 Nov"
    )


def test_where_today_has_something_the_day_before_is_a_press_away() -> None:
    screen = views.today(ENGLISH, new_on(replace(EVENT, id=1, day=TODAY)))
    assert shown(screen).startswith("24 November 2017\n\nInternational relations\n")
    assert "‹ 23 Nov" in ways(screen)


def test_there_is_no_way_back_beyond_the_first_day() -> None:
    screen = views.today(ENGLISH, replace(new_on(), days=(DAY, DAY)))
    assert not [label for label in ways(screen) if label.startswith("‹")]


def test_a_long_day_before_is_said_to_be_the_day_before_too() -> None:
    many = [replace(EVENT, id=number, day=DAY) for number in range(1, 99)]
    answer = replace(new_on(), parts=parts_of_today(TODAY, [], [], many))
    screen = views.today(ENGLISH, answer)
    assert shown(screen).startswith("Nothing yet today. Yesterday:\n98 events. The most important")
    assert "‹ 22 Nov" in ways(screen)


# --- no category


def day(*parts: DayPart) -> str:
    return shown(views.today(ENGLISH, DayAnswer(DAY, False, parts, (FIRST, DAY))))


def test_a_heading_that_tells_nothing_apart_is_left_out() -> None:
    alone = day(*one_day(DAY, [BARE]))
    assert alone == f"23 November 2017\n\n{BARE_LINE}"
    both = day(*one_day(DAY, [EVENT, BARE]))
    assert both.endswith(f"\n\nMore\n{BARE_LINE}\n\nWikipedia’s Current events of 23 November "
                         "2017, CC BY-SA")  # fmt: skip


def test_a_long_day_without_categories_offers_none() -> None:
    many = [replace(BARE, id=number) for number in range(101, 199)]
    answer = DayAnswer(DAY, False, one_day(DAY, many), (FIRST, DAY))
    screen = views.today(ENGLISH, answer)
    head = "98 events. The most important come first.\n\n23 November 2017\n\n• A river"
    assert shown(screen).startswith(head)
    assert [label for label in ways(screen) if "More" in label] == []
    mixed = replace(answer, parts=one_day(DAY, [EVENT, *many]))
    chosen = views.today(ENGLISH, mixed, category=category_key(""))
    assert shown(chosen).startswith("23 November 2017\n\nMore\n• A river")


def test_a_digest_without_categories_has_no_heading_for_none() -> None:
    heading = Heading(DigestKind.DAILY, DAY)
    alone = parsed(views.digest(ENGLISH, Summary(heading, (BARE,), (), ())).params).text
    assert alone == f"Your digest · Thursday 23 November\n\n{BARE_LINE}"
    both = parsed(views.digest(ENGLISH, Summary(heading, (EVENT, BARE), (), ())).params).text
    assert f"\n\nMore\n{BARE_LINE}\n\n" in both
