"""What readers see of events that many publishers tell, in several languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.digest import one_day
from bot.services.answering import DayAnswer, EventCard
from bot.standin.entities import Formatted
from bot.telegram import views
from bot.telegram.wording import LANGUAGES, Wording, Words
from storage.model import Account, Alert, Citation, Entity, Event, Evidence, Mention
from tests.unit.test_views import BASHIR, DAY, ENGLISH, EVENT, labels, links, parsed

WORDING = Wording()


def told_by(*citations: Citation) -> Event:
    """The event with these sources, known from feeds only."""
    return replace(EVENT, citations=citations, page=None)


def many(count: int) -> Event:
    """The event with sources of so many publishers."""
    sources = (Citation(f"Paper {n}", f"https://paper{n}.example/1") for n in range(1, count + 1))
    return told_by(*sources)


def alerted(event: Event, words: Words = ENGLISH, hits: tuple[Mention, ...] = ()) -> Formatted:
    """An alert about the event."""
    return parsed(views.alert(words, Alert(event, hits or event.mentions[:1])).params)


def card(event: Event, words: Words = ENGLISH) -> Formatted:
    """The event in full."""
    return parsed(views.event_card(words, EventCard(event, frozenset(), 0)).sent().params)


def line(content: Formatted, start: str) -> str:
    """The line that begins so."""
    return next(found for found in content.text.splitlines() if found.startswith(start))


def quotes(content: Formatted) -> list[str]:
    """What is folded."""
    return [content.part(e) for e in content.entities if e.kind == "expandable_blockquote"]


# --- other headlines


def test_other_headlines_stand_folded_each_with_who_told_it() -> None:
    told = (
        Account(
            DAY, "Bashir in Sochi. He stays.", citations=(Citation("TASS", "https://t.example/1"),)
        ),
        Account(DAY, "Al-Baschir trifft Putin <b>", language="de"),
    )
    content = parsed(
        views.event_card(ENGLISH, EventCard(EVENT, frozenset(), 0, told)).sent().params
    )
    (quote,) = quotes(content)
    assert quote.splitlines() == [
        "Other headlines:",
        "• Bashir in Sochi. — TASS",
        "• [de] Al-Baschir trifft Putin <b>",
    ]
    assert links(content)["TASS"] == "https://t.example/1"
    many_told = tuple(replace(told[0], text=f"Bashir {n}") for n in range(20))
    (quote,) = quotes(
        parsed(views.event_card(ENGLISH, EventCard(EVENT, frozenset(), 0, many_told)).sent().params)
    )
    assert [line.split(" — ")[0] for line in quote.splitlines()[1:]] == [
        f"• Bashir {n}" for n in range(8)
    ]


# --- sources


def test_sources_stand_by_publisher_with_their_language() -> None:
    event = told_by(
        Citation("BBC", "https://bbc.example/1", "en"),
        Citation("Le Monde", "https://lemonde.example/1", "fr"),
        Citation("bbc", "https://bbc.example/2", "en-GB"),
        Citation("BBC", "https://bbc.example/3", "ar"),
        Citation("", "https://www.site.example/1"),
    )
    content = alerted(event)
    assert line(content, "3 sources") == (
        "3 sources: BBC [2] [3] (ar), Le Monde (fr), site.example"
    )
    assert links(content) == {
        "BBC": "https://bbc.example/1",
        "[2]": "https://bbc.example/2",
        "[3]": "https://bbc.example/3",
        "Le Monde": "https://lemonde.example/1",
        "site.example": "https://www.site.example/1",
    }
    french = alerted(event, WORDING.of("fr")).text
    assert "3 sources : BBC (en) [2] (en-gb) [3] (ar), Le Monde, site.example" in french


def test_a_publisher_has_five_links_on_an_alert_and_two_in_a_line() -> None:
    event = told_by(*(Citation("Wire", f"https://wire.example/{n}") for n in range(9)))
    assert line(alerted(event), "Sources") == "Sources: Wire [2] [3] [4] [5]"
    answer = DayAnswer(DAY, False, one_day(DAY, [event]), (DAY, DAY))
    content = parsed(views.today(ENGLISH, answer).sent().params)
    assert "— Wire [2] · /event_17" in content.text


def test_few_sources_are_not_counted() -> None:
    assert line(alerted(many(2)), "Sources") == "Sources: Paper 1, Paper 2"
    assert line(alerted(many(3)), "3 sources") == "3 sources: Paper 1, Paper 2, Paper 3"


def test_many_sources_are_counted_and_the_card_has_the_rest_in_a_quote() -> None:
    first = ", ".join(f"Paper {n}" for n in range(1, 9))
    assert line(alerted(many(20)), "20 sources") == f"20 sources: {first} and 12 more"
    assert quotes(alerted(many(20))) == []
    shown = card(many(20))
    assert line(shown, "20 sources") == f"20 sources: {first} and 12 more"
    assert quotes(shown) == [", ".join(f"Paper {n}" for n in range(9, 21))]
    assert len(links(shown)) == 20
    assert quotes(card(many(8))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [60, 300])
def test_however_many_sources_a_card_is_one_message(language: str, count: int) -> None:
    event = replace(many(count), summary="So it was. " * 200)
    content = card(event, WORDING.of(language))
    assert 40 < len(links(content)) <= 92
    assert 8 < sum("Paper" in name for name in links(content)) < 92
    assert len(quotes(content)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [3, 5, 12, 21, 100])
def test_sources_are_counted_in_every_language(language: str, count: int) -> None:
    words = WORDING.of(language)
    told = next(
        found for found in alerted(many(count), words).text.splitlines() if "Paper" in found
    )
    assert words.number(count) in told.partition("Paper")[0]


def test_publishers_cannot_break_the_message() -> None:
    names = ("</a><b>x", '"><script>', "\u202egnp", "/start", "a\nb")
    sources = (Citation(n, f"https://p{i}.example/1", "</b>") for i, n in enumerate(names))
    content = alerted(told_by(*sources))
    told = line(content, "5 sources")
    assert told == (
        '5 sources: </a><b>x (</b>), "><script> (</b>), gnp (</b>), /start (</b>), a b (</b>)'
    )
    assert "expandable_blockquote" not in {entity.kind for entity in content.entities}


def test_in_arabic_each_part_keeps_its_direction() -> None:
    event = told_by(*(Citation(f"P{n}", f"https://p{n}.example/1", "en") for n in range(3)))
    found = alerted(event, WORDING.of("ar")).text
    assert found.count("\u2068") == found.count("\u2069") > 6
    assert "\u2068P0 \u2068(en)\u2069\u2069" in found


# --- title, summary and preview


def test_the_summary_is_quoted_between_title_and_sources() -> None:
    event = replace(EVENT, summary="He came by plane & <left> again.")
    for content in (alerted(event), card(event)):
        assert quotes(content) == ["He came by plane & <left> again."]
        text = content.text
        assert text.index("visits Russia") < text.index("He came") < text.index("Sources")
    assert quotes(alerted(EVENT)) == []
    assert quotes(alerted(replace(event, withdrawn=True))) == []


def test_a_summary_is_cut_and_says_its_language() -> None:
    event = replace(EVENT, summary="Слово " * 500, language="ru")
    (quote,) = quotes(alerted(event))
    assert quote.startswith("[ru] ")
    assert quote.rstrip("\u2069").endswith("…")
    assert len(quote) < 520
    assert "[ru]" not in alerted(event, WORDING.of("ru")).text


def test_an_event_of_feeds_only_has_no_page_of_the_portal() -> None:
    content = alerted(many(1))
    assert "Wikipedia" not in content.text
    assert content.text.endswith("Sources: Paper 1\n/event_17")


def test_the_preview_is_of_the_first_article_else_the_events_own_picture() -> None:
    picture = "https://pictures.example/1.jpg"
    event = replace(many(2), picture=picture)
    nowhere = replace(event, citations=(Citation("Paper", "urn:1"),))

    def preview(shown: Event) -> object:
        return views.alert(ENGLISH, Alert(shown, shown.mentions)).params["link_preview_options"]

    assert preview(event) == {"url": "https://paper1.example/1", "prefer_large_media": True}
    assert preview(nowhere) == {"url": picture, "prefer_large_media": True}
    assert preview(replace(nowhere, picture=None)) == {"is_disabled": True}
    assert preview(replace(nowhere, withdrawn=True)) == {"is_disabled": True}


# --- why


def test_an_alert_says_which_words_stood_for_somebody() -> None:
    netanyahu = Entity(5, "Benjamin Netanyahu")
    plain = (Mention(netanyahu, Evidence.ALIAS, "Bibi Netanyahu"),)
    assert alerted(EVENT, hits=plain).text.startswith(
        "Benjamin Netanyahu (written as “Bibi Netanyahu”)\n"
    )
    same = (Mention(netanyahu, Evidence.ALIAS, "BENJAMIN  NETANYAHU"),)
    assert alerted(EVENT, hits=same).text.startswith("Benjamin Netanyahu\n")
    linked = Mention(netanyahu, Evidence.LINK, "Bibi")
    topic = Mention(netanyahu, Evidence.TOPIC, "Israel")
    for hits in ((topic, *plain, linked), (linked, topic, *plain)):
        assert alerted(EVENT, hits=hits).text.startswith("Benjamin Netanyahu\n")
    assert " (written as " in alerted(EVENT, hits=(topic, *plain)).text


def test_names_with_commas_are_told_apart() -> None:
    names = ("Iraq", "Al-Sinek, Baghdad", "Sudan")
    mentions = tuple(
        Mention(Entity(number, name), Evidence.LINK, name) for number, name in enumerate(names, 1)
    )
    shown = card(replace(EVENT, mentions=mentions))
    assert line(shown, "About: ") == "About: Iraq · Al-Sinek, Baghdad · Sudan"
    shown = card(replace(EVENT, mentions=mentions[::2]))
    assert line(shown, "About: ") == "About: Iraq, Sudan"


def test_whoever_a_feed_names_can_be_followed_from_the_alert() -> None:
    named = (Mention(BASHIR, Evidence.ALIAS, BASHIR.label), *EVENT.mentions[1:])
    params = views.alert(ENGLISH, Alert(replace(EVENT, mentions=named), EVENT.mentions[1:2])).params
    assert "Follow Omar al-Bashir" in labels(params)
