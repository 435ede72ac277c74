"""What says in which language events are told: once below a list of one language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.core.digest import one_day
from bot.services.answering import DayAnswer, EntityCard, FoundEvents, FoundNaming, RelatedAnswer
from bot.services.summaries import Bundle, Summary
from bot.telegram import views
from bot.telegram.wording import LANGUAGES, Wording, Words
from storage.model import DigestKind, Event, Heading, RelatedEvent
from tests.unit.test_event_views import alerted, card
from tests.unit.test_views import BASHIR, DAY, EVENT, parsed, shown
from tests.unit.test_views_files import WEEK, YEAR
from tests.unit.test_views_files import parsed as parsed_call

WORDING = Wording()
GERMAN = WORDING.of("de")
OTHER = replace(EVENT, id=18, title="Putin spricht in Sotschi.")
LISTS = range(9)


def lists(words: Words, *events: Event) -> Iterator[str]:
    """All lists that there are, of these events."""
    mine = Summary(Heading(DigestKind.DAILY, DAY), events[:1], (), events[1:])
    yield shown(views.today(words, DayAnswer(DAY, False, one_day(DAY, events), (DAY, DAY))))
    yield parsed(views.digest(words, mine).params).text
    yield shown(views.bundle(words, Bundle(1, DigestKind.QUIET, events)))
    yield shown(views.found(words, FoundEvents("a", events)))
    yield shown(views.found(words, FoundNaming("a", BASHIR, events)))
    yield shown(views.entity_card(words, EntityCard(BASHIR, events, False)))
    related = RelatedAnswer(events[0], tuple(RelatedEvent(each, ()) for each in events[1:]))
    yield shown(views.related(words, related))
    yield parsed_call(views.week(words, replace(WEEK, events=events, total=len(events)))).text
    yield parsed_call(views.timeline(words, replace(YEAR, latest=events))).text


@pytest.mark.parametrize("at", LISTS)
def test_a_list_of_one_language_says_so_once_below(at: int) -> None:
    text = list(lists(GERMAN, EVENT, OTHER))[at]
    assert "[en]" not in text
    assert text.count("Texte auf Englisch") == 1
    assert "/event_" not in text.partition("Texte auf Englisch")[2]


@pytest.mark.parametrize("at", LISTS)
def test_where_languages_differ_each_line_says_so(at: int) -> None:
    text = list(lists(GERMAN, EVENT, replace(OTHER, language="de-AT")))[at]
    assert "Texte auf" not in text
    assert text.count("[en]") == 1
    assert "[de" not in text


@pytest.mark.parametrize("at", LISTS)
def test_nothing_is_said_of_the_readers_language(at: int) -> None:
    text = list(lists(WORDING.of("en"), EVENT, replace(OTHER, language="en-GB")))[at]
    assert "[" not in text
    assert "Texts in" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_every_language(language: str) -> None:
    words = WORDING.of(language)
    told = replace(EVENT, language="pt-br")
    assert words.language_name("pt") in next(lists(words, told, told))


def test_a_message_about_one_event_keeps_its_mark() -> None:
    assert "\n\n[en] Omar al-Bashir" in alerted(EVENT, GERMAN).text
    assert card(EVENT, GERMAN).text.startswith("[en] Omar al-Bashir")
