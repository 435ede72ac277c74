"""What readers see keeps Telegram's limits and markup, whatever the sources say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest import one_day, sections
from bot.core.digest import today as parts_of_today
from bot.services.answering import DayAnswer, EntityCard, EventCard, Found, RelatedAnswer, Welcome
from bot.services.finding import Several, Unknown
from bot.services.following import Followed, NotFollowed, Unfollowed
from bot.standin.entities import Formatted, detect, utf16_length
from bot.standin.html import parse_html
from bot.standin.limits import check_keyboard, check_text
from bot.telegram import texts, views
from bot.telegram.markup import MOST_ENTITIES, Rich, bold, clip, fill, link, plain, quoted
from bot.telegram.screens import Screen, toast
from storage.model import (
    Alert,
    Citation,
    Entity,
    Event,
    Evidence,
    Follow,
    FollowMode,
    Mention,
    RelatedEvent,
)

DAY = date(2017, 11, 23)
AT = datetime(2017, 11, 24, tzinfo=UTC)
BASHIR = Entity(1, "Omar al-Bashir", "Q57265", "President of Sudan")
PUTIN = Entity(2, "Vladimir Putin", "Q7747", "President of Russia")
RELATIONS = Entity(3, "Foreign relations of Russia")
EVENT = Event(
    id=17,
    day=DAY,
    title="Omar al-Bashir visits Russia. He meets Vladimir Putin & asks for <protection>.",
    category="International relations",
    topics=("Foreign relations of Russia",),
    citations=(
        Citation("Al Jazeera", "https://aljazeera.example/a?x=1&y=2"),
        Citation("Reuters", "https://reuters.example/b"),
    ),
    mentions=(
        Mention(BASHIR, Evidence.LINK, "Omar al-Bashir"),
        Mention(PUTIN, Evidence.LINK, "Vladimir Putin"),
        Mention(RELATIONS, Evidence.TOPIC, "Foreign relations of Russia"),
    ),
    page="Portal:Current events/2017 November 23",
    language="en",
    revision=1,
    first_shown_at=AT,
    withdrawn=False,
)
PORTAL = "https://en.wikipedia.org/wiki/Portal:Current_events/2017_November_23"


def parsed(params: dict[str, Any]) -> Formatted:
    """A text as Telegram would take it, its limits and keyboard checked."""
    content = detect(parse_html(params["text"]))
    check_text(content)
    check_keyboard(params.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"])
    assert len(content.entities) <= MOST_ENTITIES
    return content


def shown(screen: Screen) -> str:
    """A screen's text as readers see it."""
    return parsed(screen.sent().params).text


def labels(params: dict[str, Any]) -> list[str]:
    """The labels of the buttons."""
    return [b["text"] for row in params["reply_markup"]["inline_keyboard"] for b in row]


def links(content: Formatted) -> dict[str, str]:
    """The linked words and where they lead."""
    found = (e for e in content.entities if e.kind == "text_link")
    return {content.part(entity): dict(entity.details)["url"] for entity in found}


# --- the alert


def test_an_alert_says_whom_what_when_and_by_which_source() -> None:
    params = views.alert(Alert(EVENT, EVENT.mentions[:1])).params
    content = parsed(params)
    assert content.text == (
        "Omar al-Bashir\n\n"
        "Omar al-Bashir visits Russia. He meets Vladimir Putin & asks for <protection>.\n\n"
        "23 November 2017 · International relations\n"
        "Sources: Al Jazeera, Reuters\n"
        "Wikipedia’s Current events, CC BY-SA · /event_17"
    )
    bolds = [content.part(entity) for entity in content.entities if entity.kind == "bold"]
    assert bolds == ["Omar al-Bashir", "Omar al-Bashir visits Russia."]
    assert links(content) == {
        "Al Jazeera": EVENT.citations[0].url,
        "Reuters": EVENT.citations[1].url,
        "Wikipedia’s Current events": PORTAL,
    }


def test_an_alert_offers_related_and_the_others_named() -> None:
    params = views.alert(Alert(EVENT, EVENT.mentions[:1])).params
    assert labels(params) == ["Related", "Follow Vladimir Putin"]
    data = [row[0]["callback_data"] for row in params["reply_markup"]["inline_keyboard"]]
    assert data == ["r:17", "f:2:17"]


def test_an_alert_previews_its_first_source() -> None:
    params = views.alert(Alert(EVENT, EVENT.mentions[:1])).params
    url = EVENT.citations[0].url
    assert params["link_preview_options"] == {"url": url, "prefer_large_media": True}


def test_a_topic_says_that_it_is_one() -> None:
    text = parsed(views.alert(Alert(EVENT, EVENT.mentions[2:])).params).text
    assert text.startswith("Foreign relations of Russia (via topic)\n")
    both = (Mention(BASHIR, Evidence.TOPIC, "al-Bashir"), EVENT.mentions[0])
    assert parsed(views.alert(Alert(EVENT, both)).params).text.startswith("Omar al-Bashir\n")


def test_a_withdrawn_event_is_struck_through() -> None:
    params = views.alert(Alert(replace(EVENT, withdrawn=True), EVENT.mentions[:1])).params
    content = parsed(params)
    struck = [content.part(e) for e in content.entities if e.kind == "strikethrough"]
    assert struck == [EVENT.title]
    assert texts.WITHDRAWN in content.text
    assert params["link_preview_options"] == {"is_disabled": True}


def test_what_was_missed_fits_one_message() -> None:
    events = [replace(EVENT, id=number) for number in range(1, 200)]
    text = parsed(views.catch_up(events).params).text
    told = text.count("/event_")
    assert 5 < told < 60
    assert text.endswith(f"And {199 - told} more: see /today for each day.")
    assert "more" not in parsed(views.catch_up(events[:3]).params).text


# --- days


def day_answer(events: list[Event]) -> DayAnswer:
    """A day with these events."""
    return DayAnswer(DAY, False, one_day(DAY, events), (DAY, DAY))


def test_a_day_shows_categories_sources_numbers_and_its_page() -> None:
    other = replace(EVENT, id=18, category="", citations=(), title="A team wins.")
    content = parsed(views.today(day_answer([other, EVENT])).sent().params)
    assert content.text == (
        "23 November 2017\n\n"
        "International relations\n"
        "• Omar al-Bashir visits Russia. — Al Jazeera, Reuters /event_17\n\n"
        "Other news\n"
        "• A team wins. /event_18\n\n"
        "Wikipedia’s Current events of 23 November 2017, CC BY-SA"
    )
    assert links(content)["Wikipedia’s Current events of 23 November 2017"] == PORTAL


def test_pages_of_a_day_hold_every_event_once_and_lead_to_each_other() -> None:
    events = [replace(EVENT, id=n, category=f"Category {n % 9}") for n in range(1, 120)]
    answer = day_answer(events)
    seen: list[str] = []
    page, turning = 1, ["Next page ›"]
    while "Next page ›" in turning:
        screen = views.today(answer, page=page)
        params = screen.sent().params
        seen += [word for word in parsed(params).text.split() if word.startswith("/event_")]
        turning = labels(params)
        assert ("‹ Earlier page" in turning) == (page > 1)
        page += 1
    assert page > 3
    assert sorted(seen) == sorted(f"/event_{event.id}" for event in events)


def test_a_page_past_the_last_is_the_last() -> None:
    assert views.today(day_answer([EVENT]), page=99) == views.today(day_answer([EVENT]))


def test_the_day_before_has_its_own_heading() -> None:
    before = replace(EVENT, id=3, day=date(2017, 11, 22))
    late = replace(before, id=4)
    parts = parts_of_today(DAY, [EVENT], [late], [before])
    text = shown(views.today(DayAnswer(DAY, True, parts, (DAY, DAY))))
    assert "(22 November 2017) — Al Jazeera, Reuters /event_4" in text
    assert text.index("/event_4") < text.index("\n\n22 November 2017\n\n") < text.index("/event_3")


# --- limits and markup, whatever comes

LONG = ("x" * 5000, "<b>" * 1700, "😀" * 2600, "مرحبا " * 900, "/a " * 1700, "A b. " * 1000)
WORDS = (
    st.text(max_size=500)
    | st.text("<>&\"'*_`/@#[]() 😀\u202e\u0600ab.", max_size=500)
    | st.sampled_from(LONG)
)
URLS = st.sampled_from(
    ["https://a.example/x", "http://", "javascript:alert(1)", 'https://a.b/"><b>', "x" * 5000, ""]
)
ENTITIES = st.builds(Entity, st.integers(1, 2**63 - 1), WORDS, st.none(), st.none() | WORDS)
MENTIONS = st.builds(Mention, ENTITIES, st.sampled_from(Evidence), WORDS)
EVENTS = st.builds(
    Event,
    id=st.integers(1, 2**63 - 1),
    day=st.dates(),
    title=WORDS,
    category=WORDS,
    topics=st.lists(WORDS, max_size=3).map(tuple),
    citations=st.lists(st.builds(Citation, WORDS, URLS), max_size=40).map(tuple),
    mentions=st.lists(MENTIONS, max_size=40).map(tuple),
    page=st.none() | WORDS,
    language=st.sampled_from(["en", "de", "zh-hans"]),
    revision=st.just(1),
    first_shown_at=st.none(),
    withdrawn=st.booleans(),
    summary=st.none() | WORDS,
)


@settings(max_examples=30, deadline=None)
@given(EVENTS, st.lists(EVENTS, max_size=10))
def test_events_of_any_content_can_be_sent(event: Event, others: list[Event]) -> None:
    parsed(views.alert(Alert(event, event.mentions)).params)
    parsed(views.catch_up([event, *others]).params)
    shown(views.event_card(EventCard(event, frozenset(), 3)))
    related = tuple(RelatedEvent(other, other.entities) for other in others[:5])
    shown(views.related(RelatedAnswer(event, related)))
    shown(views.found(Found(event.title, tuple(others))))
    parts = tuple(part for part in one_day(DAY, [event, *others]))
    assert sum(len(part.events) for part in parts) == sum(
        len(s.events) for s in sections([event, *others])
    )
    for page in (1, 2, 3):
        shown(views.today(DayAnswer(DAY, True, parts, (DAY, DAY)), event.title, page))


@settings(max_examples=30, deadline=None)
@given(WORDS, st.lists(ENTITIES, min_size=1, max_size=8), st.lists(EVENTS, max_size=5))
def test_people_of_any_name_can_be_shown(
    name: str, entities: list[Entity], events: list[Event]
) -> None:
    some = tuple(entities)
    follows = [
        Follow(number, 1, entity, FollowMode.AT_ONCE, AT)
        for number, entity in enumerate(some * 20, 1)
    ]
    followed = Followed(some[0], True, tuple(events[:3]), suggestions=some)
    for screen in (
        views.follow(followed),
        views.follow(Several(name, some)),
        views.follow(Unknown(name, some)),
        views.follow(Unknown(name)),
        views.unfollow(Unfollowed(some[0], True)),
        views.unfollow(NotFollowed(name, some, True)),
        views.unfollow(NotFollowed(name, (), False)),
        views.following(follows, 2),
        views.entity_card(EntityCard(some[0], tuple(events), False)),
        views.welcome(Welcome(some)),
        views.sentence(texts.UNKNOWN_COMMAND, typed=name),
    ):
        shown(screen)
    for text in (views.follow_toast(followed), views.unfollow_toast(Unfollowed(some[0], True))):
        assert utf16_length(toast("1", text).params["text"]) <= 200


# --- the help


def test_the_help_names_every_command_and_whose_words_the_events_are() -> None:
    content = parsed(views.help_text().sent().params)
    assert all(f"/{name}" in content.text for name in texts.COMMANDS)
    assert links(content)["CC BY-SA 4.0"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert "Wikipedia’s contributors" in content.text


# --- pieces of markup


@given(WORDS, st.integers(1, 300))
def test_clipping_counts_utf16_units(text: str, units: int) -> None:
    assert utf16_length(clip(text, units)) <= units


def test_clipping_cuts_at_words() -> None:
    assert clip("one two three", 100) == "one two three"
    assert clip("one two three", 9) == "one two…"
    assert clip("😀" * 10, 7) == "😀😀😀…"


def test_direction_of_what_was_typed_stays_inside() -> None:
    assert quoted("\u202eevil").html == "“evil”"
    assert quoted("عمر البشير").html == "“\u2068عمر البشير\u2069”"


def test_filling_escapes_the_sentence_and_counts_the_parts() -> None:
    made = fill("a < {who}!", who=bold("<b>"))
    assert made == Rich("a &lt; <b>&lt;b&gt;</b>!", 8, 1)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "ftp://a.b", "https://a b.c"])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert link("here", url) == plain("here")
