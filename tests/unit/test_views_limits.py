"""Whatever the sources say, what readers see keeps Telegram's limits and can be parsed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digest import one_day, sections
from bot.services.answering import DayAnswer, EntityCard, EventCard, FoundEvents, RelatedAnswer
from bot.services.finding import Several, Unknown
from bot.services.following import Followed, NotFollowed, Unfollowed, Welcome
from bot.standin.entities import utf16_length
from bot.telegram import views
from bot.telegram.markup import MOST_UNITS, Rich, bold, clip, clip_clause, fill, link, plain
from bot.telegram.screens import toast
from bot.telegram.texts import reading as texts
from bot.telegram.views.events import posted
from bot.telegram.wording import Words
from storage.model import (
    Account,
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
from tests.support.wording import masked, masked_arabic
from tests.unit.test_views import AT, DAY, ENGLISH, parsed, shown

# --- limits and markup, whatever comes

LONG = ("x" * 5000, "<b>" * 1700, "😀" * 2600, "مرحبا " * 900, "/a " * 1700, "A b. " * 1000)
LANGUAGES = st.sampled_from([ENGLISH, masked(), masked_arabic()])
WORDS = (
    st.text(max_size=500)
    | st.text("<>&\"'*_`/@#[]() 😀\u202e\u0600ab.", max_size=500)
    | st.sampled_from(LONG)
)
URLS = st.sampled_from(
    ["https://a.example/x", "http://", "javascript:alert(1)", 'https://a.b/"><b>', "x" * 5000, ""]
)
CODES = st.sampled_from(["", "en", "ar", "fr", "zh-Hant", "<b>"])
ENTITIES = st.builds(Entity, st.integers(1, 2**63 - 1), WORDS, st.none(), st.none() | WORDS)
MENTIONS = st.builds(Mention, ENTITIES, st.sampled_from(Evidence), WORDS)
EVENTS = st.builds(
    Event,
    id=st.integers(1, 2**63 - 1),
    day=st.dates(),
    title=WORDS,
    category=WORDS,
    topics=st.lists(WORDS, max_size=3).map(tuple),
    citations=st.lists(st.builds(Citation, WORDS, URLS, CODES), max_size=40).map(tuple),
    mentions=st.lists(MENTIONS, max_size=40).map(tuple),
    page=st.none() | WORDS,
    language=st.sampled_from(["en", "de", "zh-hans"]),
    revision=st.just(1),
    first_shown_at=st.none(),
    withdrawn=st.booleans(),
    summary=WORDS,
    picture=st.none() | URLS,
)


@settings(max_examples=30, deadline=None)
@given(LANGUAGES, EVENTS, st.lists(EVENTS, max_size=10))
def test_events_of_any_content_can_be_sent(words: Words, event: Event, others: list[Event]) -> None:
    parsed(views.alert(words, Alert(event, event.mentions)).params)
    told = tuple(Account(DAY, other.title, citations=other.citations) for other in others)
    shown(views.event_card(words, EventCard(event, frozenset(), 3, told)))
    related = tuple(RelatedEvent(other, other.entities) for other in others[:5])
    shown(views.related(words, RelatedAnswer(event, related)))
    shown(views.found(words, FoundEvents(event.title, tuple(others))))
    parts = tuple(part for part in one_day(DAY, [event, *others]))
    assert sum(len(part.events) for part in parts) == sum(
        len(s.events) for s in sections([event, *others])
    )
    for page in (1, 2, 3):
        shown(views.today(words, DayAnswer(DAY, True, parts, (DAY, DAY)), event.title, page))


@settings(max_examples=30, deadline=None)
@given(LANGUAGES, WORDS, st.lists(ENTITIES, min_size=1, max_size=8), st.lists(EVENTS, max_size=5))
def test_people_of_any_name_can_be_shown(
    words: Words, name: str, entities: list[Entity], events: list[Event]
) -> None:
    some = tuple(entities)
    follows = [
        Follow(number, 1, entity, FollowMode.AT_ONCE, AT)
        for number, entity in enumerate(some * 20, 1)
    ]
    followed = Followed(some[0], True, tuple(events[:3]), suggestions=some)
    for screen in (
        views.follow(words, followed),
        views.follow(words, Several(name, some)),
        views.follow(words, Unknown(name, some)),
        views.follow(words, Unknown(name)),
        views.unfollow(words, Unfollowed(some[0], True)),
        views.unfollow(words, NotFollowed(name, some, True)),
        views.unfollow(words, NotFollowed(name, (), False)),
        views.following(words, follows, 2),
        views.entity_card(words, EntityCard(some[0], tuple(events), False)),
        views.welcome(words, Welcome(some)),
        views.sentence(words, texts.UNKNOWN_COMMAND, typed=name),
    ):
        shown(screen)
    for text in (
        views.follow_toast(words, followed),
        views.unfollow_toast(words, Unfollowed(some[0], True)),
    ):
        assert utf16_length(toast("1", text).params["text"]) <= 200


FULL = "ab" * 40
FULLEST = Event(
    id=2**63 - 1,
    day=DAY,
    title="abc " * 500,
    category=FULL * 2,
    topics=(FULL * 4,),
    citations=tuple(Citation(f"{n} {FULL}", f"https://a.example/{n}", "qqq") for n in range(120)),
    mentions=tuple(
        Mention(Entity(n, FULL, None, FULL), Evidence.TOPIC, FULL) for n in range(1, 40)
    ),
    page=FULL,
    language="abcdefghijk",
    revision=1,
    first_shown_at=None,
    withdrawn=True,
    summary="abc " * 500,
)
STANDING = replace(FULLEST, withdrawn=False)
RICHEST = replace(  # few publishers, each with many links, and nobody by a name that is known
    STANDING,
    citations=tuple(
        Citation(f"{n % 9} {FULL}", f"https://a.example/{n}", "abcdefghijk") for n in range(120)
    ),
    mentions=tuple(
        Mention(Entity(n, FULL, None, FULL), Evidence.ALIAS, FULL[1:]) for n in range(1, 40)
    ),
)
TOLD = Account(DAY, FULL * 9, citations=RICHEST.citations[:1], language="abcdefghijk")


@pytest.mark.parametrize(
    "words", [ENGLISH, masked(), masked_arabic()], ids=lambda words: words.language
)
def test_the_fullest_messages_leave_room_for_a_mark(words: Words) -> None:
    related = (RelatedEvent(FULLEST, FULLEST.entities),) * 5
    follows = [Follow(1, 1, FULLEST.entities[0], FollowMode.AT_ONCE, AT)] * 50
    parts = one_day(DAY, [replace(FULLEST, id=n, withdrawn=False) for n in range(1, 60)])
    long = one_day(DAY, [replace(STANDING, id=n, category=f"{n} {FULL}") for n in range(1, 90)])
    for text in (
        parsed(views.alert(words, Alert(FULLEST, FULLEST.mentions)).params).text,
        shown(views.event_card(words, EventCard(FULLEST, frozenset(), 3))),
        parsed(views.alert(words, Alert(STANDING, STANDING.mentions)).params).text,
        shown(views.event_card(words, EventCard(STANDING, frozenset(), 3))),
        parsed(views.alert(words, Alert(RICHEST, RICHEST.mentions, told=TOLD)).params).text,
        parsed(views.alert(words, Alert(RICHEST, (), RICHEST.entities)).params).text,
        shown(views.event_card(words, EventCard(RICHEST, frozenset(), 3))),
        shown(views.event_card(words, EventCard(RICHEST, frozenset(), 3, (TOLD,) * 90))),
        *(shown(posted(words, event)) for event in (STANDING, RICHEST)),
        shown(views.related(words, RelatedAnswer(FULLEST, related))),
        shown(views.found(words, FoundEvents(FULL, (FULLEST,) * 10, more=True))),
        shown(views.following(words, follows)),
        shown(views.follow(words, Several(FULL, FULLEST.entities[:8]))),
        shown(views.help_text(words)),
        *(shown(views.today(words, DayAnswer(DAY, True, parts, None), page=n)) for n in (1, 2)),
        *(shown(views.today(words, DayAnswer(DAY, True, long, None), page=n)) for n in (1, 2)),
    ):
        assert utf16_length(text) <= MOST_UNITS, text


# --- pieces of markup


@given(WORDS, st.integers(1, 300))
def test_clipping_counts_utf16_units(text: str, units: int) -> None:
    assert utf16_length(clip(text, units)) <= units


def test_clipping_cuts_at_words() -> None:
    assert clip("one two three", 100) == "one two three"
    assert clip("one two three", 9) == "one two…"
    assert clip("😀" * 10, 7) == "😀😀😀…"


@pytest.mark.parametrize(
    ("text", "units", "kept"),
    [
        ("one two three, four five six", 25, "one two three…"),
        ("one two three after four five", 24, "one two three…"),
        ("one two three 4,000 five six", 25, "one two three 4,000…"),
        ("one, two three four five six", 25, "one, two three four…"),
        ("一二三四五六，七八九十", 10, "一二三四五六…"),
        ("one two three, four", 25, "one two three, four"),
    ],
)
def test_titles_are_cut_at_a_clause_where_one_begins_late(text: str, units: int, kept: str) -> None:
    assert clip_clause(text, units) == kept


def test_filling_escapes_the_sentence_and_counts_the_parts() -> None:
    made = fill("a < {who}!", {"who": bold("<b>")})
    assert made == Rich("a &lt; <b>&lt;b&gt;</b>!", 8, 1)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "ftp://a.b", "https://a b.c"])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert link("here", url) == plain("here")
