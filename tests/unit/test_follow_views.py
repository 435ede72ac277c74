"""How follows, filters, months and inline results look, whatever is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.filters import Contradiction, TooLongWord, TooManyWords
from bot.services.answering import MonthAnswer
from bot.services.filtering import Filtered, MisreadFilter, NoWords
from bot.services.finding import Several
from bot.services.following import Ended, FollowCard, NotFollowed
from bot.services.inline import InlineEvent, Shelf
from bot.telegram import buttons, views
from bot.telegram.markup import MOST_UNITS
from bot.telegram.screens import Screen
from bot.telegram.sharing import Links
from bot.telegram.texts import starting as texts
from bot.telegram.views.follows import TO_END, TO_FILTER
from bot.telegram.wording import LANGUAGES as CODES
from bot.telegram.wording import Words
from storage.model import Call, Entity, Event, Filter, Follow, FollowMode
from tests.support.bot_api import Schema
from tests.unit.test_views import AT, BASHIR, DAY, ENGLISH, EVENT, PUTIN, parsed, shown
from tests.unit.test_views_limits import ENTITIES, EVENTS, FULL, FULLEST, LANGUAGES, WORDS

LINKS = Links(lambda: "a_bot")
BACK = buttons.day_page(DAY, 9999, now=False, mine=True)
BAD = (TooManyWords(21), TooLongWord("ψι"), Contradiction("ψι"), NoWords())


def follow_of(entity: Entity, mode: FollowMode, wanted: Filter = Filter()) -> Follow:  # noqa: B008 (frozen)
    return Follow(entity.id, 1, entity, mode, AT, wanted)


def follow_screens(
    words: Words, entities: Sequence[Entity], category: str = "", word: str = "ψι"
) -> Iterator[Screen | Call | str]:
    """All that is shown of these follows and of their filters."""
    filters = (Filter(), Filter((category,), (word,) * 20), Filter((), (), (word,) * 20))
    for wanted, mode in product(filters, FollowMode):
        follows = [follow_of(entity, mode, wanted) for entity in entities] * 4
        for purpose in (TO_END, TO_FILTER):
            yield views.following(words, follows, 2, purpose)
        for at in (None, 480):
            entry = FollowCard(follows[0], at)
            yield views.follow_card(words, entry, LINKS, ZoneInfo("UTC"), 9999)
            yield views.mode_toast(words, entry)
            for total in (0, 31):
                yield from _filter_screens(words, Filtered(entry, (category,) * 40, 7, total))
    for why in BAD:
        yield views.named_filter(words, MisreadFilter(entities[0], why))
    for entity in (None, entities[0]):
        yield views.ended_toast(words, Ended(entity, ()))
        yield views.named_filter(words, Ended(entity, ()))
    yield views.named_filter(words, Several(word, tuple(entities[:8])))
    for nearest in ((), tuple(entities[:8])):
        yield views.named_filter(words, NotFollowed(word, nearest, any=True))
    yield views.named_filter(words, NotFollowed(word, (), any=False))


def _filter_screens(words: Words, found: Filtered) -> Iterator[Screen | Call | str]:
    entity = found.entry.follow.entity
    yield views.filter_card(words, found, 9999)
    yield views.named_filter(words, found)
    yield views.filter_toast(words, found)
    yield views.filter_question(words, entity, LINKS, is_forced=False)
    yield views.filter_by_command(words, entity)


@settings(max_examples=6, deadline=None)
@given(LANGUAGES, st.lists(ENTITIES, min_size=1, max_size=12), WORDS, st.text(max_size=60))
def test_follows_of_any_name_and_filter_can_be_shown(
    words: Words, entities: list[Entity], category: str, word: str
) -> None:
    for one in follow_screens(words, entities, category, word):
        if isinstance(one, Screen):
            assert len(shown(one)) <= MOST_UNITS
        elif isinstance(one, Call):
            parsed(one.params)


@settings(max_examples=20, deadline=None)
@given(LANGUAGES, st.lists(EVENTS, max_size=5), st.none() | ENTITIES)
def test_events_of_any_content_can_be_posted(
    words: Words, events: list[Event], whose: Entity | None
) -> None:
    unlike = {event.id: event for event in [*events, FULLEST]}.values()
    shelf = Shelf(tuple(InlineEvent(event, whose) for event in unlike), 20, None)
    call = views.inline_results(words, shelf, "1", LINKS)
    assert Schema.load().check(call.method, call.params) == []
    for result in call.params["results"]:
        assert 1 <= len(result["id"].encode()) <= 64
        assert result["title"].strip()
        content = result["input_message_content"]
        parsed({"text": content["message_text"], "reply_markup": result.get("reply_markup", {
            "inline_keyboard": []})})  # fmt: skip


def test_what_is_posted_of_the_sample_week_says_so() -> None:
    shelf = Shelf((InlineEvent(EVENT),), None, None, is_sample=True)
    (result,) = views.inline_results(ENGLISH, shelf, "1", LINKS).params["results"]
    text = result["input_message_content"]["message_text"]
    assert text.endswith(f"\n<i>{texts.SAMPLE}</i>")
    assert text.startswith("<b>Omar al-Bashir visits Russia.")
    assert "Sample" not in result["title"]


def test_what_is_posted_has_no_number_and_leads_to_following_its_first() -> None:
    call = views.inline_results(ENGLISH, Shelf((InlineEvent(EVENT),), None, None), "1", LINKS)
    (result,) = call.params["results"]
    assert (call.params["cache_time"], call.params["is_personal"]) == (60, True)
    assert call.params["next_offset"] == ""
    assert "button" not in call.params
    assert result["description"] == "23 Nov 2017 · Al Jazeera · Reuters"
    assert "/event_17" not in result["input_message_content"]["message_text"]
    follow = {"text": "Follow Omar al-Bashir", "url": "https://t.me/a_bot?start=f_1"}
    assert result["reply_markup"] == {"inline_keyboard": [[follow]]}
    (of_putin,) = views.inline_results(
        ENGLISH, Shelf((InlineEvent(EVENT, PUTIN),), 20, None), "1", LINKS
    ).params["results"]
    assert of_putin["description"].startswith("Vladimir Putin · President of Russia · 23 Nov")


def test_the_data_of_buttons_has_room_for_another_chats_id() -> None:
    number, page = 2**63 - 1, 9999
    for data in (
        buttons.filter_category(number, "0" * 8, page),
        buttons.mode(number, "a", page),
        buttons.month(DAY, BACK),
    ):
        assert len(f"{data}@-100{'9' * 10}") <= 64


def test_a_filter_stored_long_ago_shows_each_category_once() -> None:
    wanted = Filter(("Sports", "Sport", "Law & Crime", "Law and crime"))
    entry = FollowCard(follow_of(PUTIN, FollowMode.AT_ONCE, wanted), None)
    for screen in (
        views.follow_card(ENGLISH, entry, LINKS, ZoneInfo("UTC")),
        views.filter_card(ENGLISH, Filtered(entry, ("Sports", "Law and crime"), 0, 0)),
    ):
        told = shown(screen)
        assert (told.count("Sports"), told.count("Law and crime")) == (1, 1)


# --- months


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("month", [date(2017, 11, 1), date(2015, 2, 1), date(2016, 2, 1)])
def test_a_month_is_a_grid_of_weeks(code: str, month: date) -> None:
    words = Words(code)
    days = frozenset(month.replace(day=day) for day in range(1, 29))
    answer = MonthAnswer(month, days, (date(1999, 1, 7), date(2017, 12, 31)))
    screen = views.month(words, answer, BACK, mine=True)
    shown(screen)
    heads, *weeks = [row for row in screen.rows if len(row) == 7]
    assert [head["text"] for head in heads] == [
        format_date(date(2017, 11, 20 + n), "EEEEEE", code) for n in range(7)
    ]
    pressed = [one["callback_data"] for week in weeks for one in week]
    assert [data for data in pressed if data != buttons.no_day()] == [
        f"t:{day}:1:m" for day in sorted(days)
    ]
    place = next(n for n, week in enumerate(weeks[0]) if week["callback_data"] != "k:-")
    assert place == month.weekday()


def test_months_lead_to_those_of_which_anything_is_known() -> None:
    known = (date(2016, 12, 31), date(2017, 12, 1))
    around = {
        month: [
            button["text"]
            for button in views.month(
                ENGLISH, MonthAnswer(month, frozenset(), known), BACK, mine=False
            ).rows[-2]
        ]
        for month in (date(2016, 12, 1), date(2017, 1, 1), date(2017, 12, 1))
    }
    assert list(around.values()) == [
        ["Jan ›", "2017 »"],
        ["‹ Dec", "Feb ›"],
        ["« 2016", "‹ Nov"],
    ]
    empty = views.month(ENGLISH, MonthAnswer(DAY, frozenset(), None), BACK, mine=False)
    assert [row for row in empty.rows if row][-1][0]["callback_data"] == BACK


def test_the_list_says_what_its_signs_mean() -> None:
    follows = [
        follow_of(BASHIR, FollowMode.AT_ONCE),
        follow_of(PUTIN, FollowMode.MUTED, Filter((), (FULL,))),
    ]
    screen = views.following(ENGLISH, follows)
    assert shown(screen).splitlines()[-1] == "🔔 at once · 🔕 muted · 🔍 filtered"
    assert [row[0]["text"] for row in screen.rows if row] == [
        "🔔 Omar al-Bashir",
        "🔕🔍 Vladimir Putin",
    ]
