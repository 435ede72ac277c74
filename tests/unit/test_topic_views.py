"""What stands before titles in lists, and what alerts say beside theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.digest import one_day
from bot.services.answering import DayAnswer, EntityCard, FoundEvents, RelatedAnswer
from bot.services.inline import InlineEvent, Shelf
from bot.services.summaries import Summary
from bot.telegram import views
from bot.telegram.sharing import Links
from bot.telegram.views.inline import inline_results
from bot.telegram.wording import LANGUAGES, Wording
from storage.model import (
    Account,
    Alert,
    Citation,
    DigestKind,
    Entity,
    Heading,
    Mention,
    RelatedEvent,
)
from tests.unit.test_event_views import alerted, line, quotes
from tests.unit.test_views import BASHIR, DAY, ENGLISH, EVENT, PUTIN, parsed, shown

WORDING = Wording()
FIRES = "2017 California wildfires"
TOLL = replace(
    EVENT,
    title="The death toll grows to 35 people. More are missing.",
    category="Disasters and accidents",
    topics=("Disasters in 2017", FIRES),
)
LINE = f"{FIRES}: The death toll grows to 35 people."
WAIVED = Account(
    DAY,
    "Bashir & Putin meet <again>. They eat.",
    citations=(Citation(" ", "https://x.example/1"), Citation("TASS", "https://t.example/1")),
)


# --- lists


def test_lists_show_the_topic_that_a_title_needs() -> None:
    day = DayAnswer(DAY, False, one_day(DAY, [TOLL]), (DAY, DAY))
    for text in (
        shown(views.today(ENGLISH, day)),
        shown(views.found(ENGLISH, FoundEvents("toll", (TOLL,)))),
        shown(views.related(ENGLISH, RelatedAnswer(EVENT, (RelatedEvent(TOLL, ()),)))),
        shown(views.entity_card(ENGLISH, EntityCard(BASHIR, (TOLL,), False))),
        parsed(
            views.digest(ENGLISH, Summary(Heading(DigestKind.DAILY, DAY), (TOLL,), (), ())).params
        ).text,
    ):
        assert LINE in text
    found = inline_results(
        ENGLISH, Shelf((InlineEvent(TOLL),), None, None), "1", Links(lambda: "some_bot")
    )
    assert found.params["results"][0]["title"] == LINE


def test_a_list_about_the_topic_does_not_repeat_it() -> None:
    about = EntityCard(Entity(5, FIRES), (TOLL,), False)
    assert LINE not in shown(views.entity_card(ENGLISH, about))
    under = replace(TOLL, category=FIRES)
    assert LINE not in shown(views.found(ENGLISH, FoundEvents("toll", (under,))))


def test_a_line_with_its_topic_is_no_longer_than_others() -> None:
    long = replace(TOLL, title="The death toll " * 90, topics=("Fires and " * 7,))
    found = shown(views.found(ENGLISH, FoundEvents("toll", (long,))))
    (said,) = [each for each in found.splitlines() if "Fires and" in each]
    assert said.count("The death toll") > 4
    assert len(said) < 250


# --- alerts


def told(hits: tuple[Mention, ...] = EVENT.mentions[1:2]) -> Alert:
    return Alert(replace(EVENT, title="He travels.", summary="By train."), hits, told=WAIVED)


def test_an_alert_shows_the_words_that_name_whom_it_is_about() -> None:
    content = parsed(views.alert(ENGLISH, told()).params)
    said = "• Bashir & Putin meet <again>. — TASS"
    assert content.text.startswith(f"Vladimir Putin\n\nHe travels.\n\n{said}\n\nBy train.\n\n")
    assert quotes(content) == ["By train."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_shows_them_in_every_language(language: str) -> None:
    words = WORDING.of(language)
    content = parsed(views.alert(words, told()).params)
    assert "Bashir & Putin meet <again>." in content.text
    assert "TASS" in content.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alert_says_whom_its_event_names_no_more(language: str) -> None:
    words = WORDING.of(language)
    content = parsed(views.alert(words, Alert(EVENT, (), former=(PUTIN, BASHIR))).params)
    first, _, rest = content.text.partition("\n\n")
    assert first != ""
    assert first.count("Vladimir Putin") == first.count("Omar al-Bashir") == 1
    assert "Omar al-Bashir visits Russia." in rest


def test_who_is_named_no_more_is_marked_so() -> None:
    content = parsed(views.alert(ENGLISH, Alert(EVENT, (), former=(PUTIN,))).params)
    assert content.text.startswith("Vladimir Putin (no longer named)\n\n")
    assert line(alerted(EVENT), "Omar") == "Omar al-Bashir"
