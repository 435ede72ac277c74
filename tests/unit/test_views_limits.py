"""Whatever the sources say, what readers see keeps Telegram's limits and can be parsed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest import one_day, sections
from bot.services.answering import DayAnswer, EntityCard, EventCard, Found, RelatedAnswer
from bot.services.finding import Several, Unknown
from bot.services.following import Followed, NotFollowed, Unfollowed, Welcome
from bot.standin.entities import utf16_length
from bot.telegram import texts, views
from bot.telegram.markup import Rich, bold, clip, fill, link, plain, quoted
from bot.telegram.screens import toast
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
from tests.unit.test_views import AT, DAY, parsed, shown

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
