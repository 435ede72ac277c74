"""Filters of follows, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.filters import Contradiction, TooLongWord, TooManyWords
from bot.services.answering import Answering, FoundEvents, SearchAnswer
from bot.services.conversation import Conversation
from bot.services.filtering import (
    Filtered,
    Filtering,
    MisreadFilter,
    NoWords,
    ShownFilter,
    WordedFilter,
    category_key,
)
from bot.services.finding import Finder
from bot.services.following import Ended
from storage.database import Database
from storage.model import Filter
from tests.support.filtering import by_name, filters, follow
from tests.support.requests import READER, Kept, request, undressed
from tests.support.statements import asked
from tests.support.story import NOON, POLITICS, Story, account

TALKS = account("2017-11-23", "[[Vladimir Putin]] talks of a ceasefire.", category=POLITICS)
MATCH = account("2017-11-22", "[[Vladimir Putin]] watches football.", category="Sports")
EARLIER = account("2017-10-20", "[[Vladimir Putin]] talks of a ceasefire again.")
OTHER = account("2017-11-20", "[[Ratko Mladić]] is heard at last.", category="Law and crime")


async def test_a_filter_shows_the_last_weeks_categories_and_how_many_events_pass(
    database: Database, story: Story
) -> None:
    for told in (TALKS, MATCH, EARLIER, OTHER):
        await story.tell(told)
    (putin,) = await follow(database, story, "Vladimir Putin")
    kept: Kept[ShownFilter] = Kept()
    await Filtering(Conversation(database, dress=undressed)).show(request(), putin, kept)
    shown = kept.only
    assert isinstance(shown, Filtered)
    assert shown.categories == ("Law and crime", POLITICS, "Sports")
    assert (shown.passing, shown.total) == (2, 2)


async def test_categories_are_wanted_and_no_longer_by_their_keys(
    database: Database, story: Story
) -> None:
    for told in (TALKS, MATCH):
        await story.tell(told)
    (putin,) = await follow(database, story, "Vladimir Putin")
    filtering = Filtering(Conversation(database, dress=undressed))
    wanted = []
    for key in ("sports", POLITICS, "Sports", "Nothing known"):
        kept: Kept[ShownFilter] = Kept()
        await filtering.toggle(request(), putin, category_key(key), kept)
        assert isinstance(kept.only, Filtered)
        wanted.append((kept.only.entry.follow.filter.categories, kept.only.passing))
    assert wanted == [
        (("Sports",), 1),
        ((POLITICS, "Sports"), 2),
        ((POLITICS,), 1),
        ((POLITICS,), 1),
    ]
    assert await filters(database) == [Filter(categories=(POLITICS,))]


async def test_a_press_reads_no_events_but_those_of_whom_it_is_about(
    database: Database, story: Story
) -> None:
    for told in (TALKS, MATCH, OTHER):
        await story.tell(told)
    (putin,) = await follow(database, story, "Vladimir Putin")
    kept: Kept[ShownFilter] = Kept()
    with asked(database) as statements:
        await Filtering(Conversation(database, dress=undressed)).toggle(
            request(), putin, category_key("Sports"), kept
        )
    assert isinstance(kept.only, Filtered)
    assert len([each for each in statements if "FROM mentions" in each.sql]) == 1
    assert not [each for each in statements if "events.citations" in each.sql]


async def test_a_filters_words_are_those_that_a_search_asks(
    database: Database, story: Story
) -> None:
    """Title, summary and topics, from the beginnings of words on."""
    await story.tell(TALKS)
    await story.tell(account("2017-11-22", "[[Vladimir Putin]] speaks.", topics=["[[Iraqi wars]]"]))
    told = account("2017-11-21", "[[Vladimir Putin]] is silent.")
    await story.tell(replace(told, summary="Of Iraq and its wartime he says no word."))
    await follow(database, story, "Vladimir Putin")
    answering = Answering(Conversation(database, dress=undressed), Finder(database))
    for words, passing in {"war Iraq": 2, "talk": 1, '"Iraqi wars"': 1, "Iraq -wars": 1}.items():
        shown, found = await by_name(database, f"Putin: {words}"), Kept[SearchAnswer]()
        await answering.search(request(), words, found)
        assert isinstance(shown, Filtered)
        assert shown.passing == passing, words
        assert isinstance(found.only, FoundEvents)
        assert len(found.only.events) == passing, words


async def test_a_category_spelled_in_several_ways_is_one_to_press(
    database: Database, story: Story
) -> None:
    for number, category in enumerate(("SUMO", "Sumo")):
        told = f"[[Vladimir Putin]] watches match {number}."
        await story.tell(account("2017-11-23", told, category=category))
    (putin,) = await follow(database, story, "Vladimir Putin")
    filtering, kept = Filtering(Conversation(database, dress=undressed)), Kept[ShownFilter]()
    await filtering.show(request(), putin, kept)
    async with database.transaction() as tx:
        (chat,) = await tx.chats.topics(READER)
        await tx.chats.set_filter(chat.id, putin, Filter(("sumo",)))
    await filtering.show(request(), putin, kept)
    assert [isinstance(each, Filtered) and each.categories for each in kept.answers] == [
        ("SUMO",),
        ("sumo",),
    ]


async def test_a_category_wanted_under_names_of_earlier_years_is_unwanted_at_one_press(
    database: Database, story: Story
) -> None:
    await story.tell(MATCH)
    (putin,) = await follow(database, story, "Vladimir Putin")
    async with database.transaction() as tx:
        (chat,) = await tx.chats.topics(READER)
        await tx.chats.set_filter(chat.id, putin, Filter(("Sport", "Sports")))
    filtering, kept = Filtering(Conversation(database, dress=undressed)), Kept[ShownFilter]()
    await filtering.show(request(), putin, kept)
    await filtering.toggle(request(), putin, category_key("Sports"), kept)
    assert [isinstance(each, Filtered) and len(each.categories) for each in kept.answers] == [1, 1]
    assert await filters(database) == [Filter()]


async def test_a_wanted_category_stays_pressable_when_no_event_has_it_of_late(
    database: Database, story: Story
) -> None:
    await story.tell(TALKS)
    (putin,) = await follow(database, story, "Vladimir Putin")
    async with database.transaction() as tx:
        (chat,) = await tx.chats.topics(READER)
        await tx.chats.set_filter(chat.id, putin, Filter(("Transport",)))
    filtering, kept = Filtering(Conversation(database, dress=undressed)), Kept[ShownFilter]()
    await filtering.show(request(), putin, kept)
    await filtering.toggle(request(), putin, category_key("Transport"), kept)
    assert [isinstance(each, Filtered) and each.categories for each in kept.answers] == [
        (POLITICS, "Transport"),
        (POLITICS,),
    ]


async def test_words_take_the_place_of_those_before_and_leave_the_categories(
    database: Database, story: Story
) -> None:
    for told in (TALKS, MATCH):
        await story.tell(told)
    (putin,) = await follow(database, story, "Vladimir Putin")
    filtering, words = Filtering(Conversation(database, dress=undressed)), Kept[WordedFilter]()
    await filtering.toggle(request(), putin, category_key(POLITICS), Kept[ShownFilter]())
    await filtering.set_words(request(), putin, "old", words)
    await filtering.set_words(request(), putin, 'CEASEFIRE -"ice hockey"', words)
    wanted = Filter((POLITICS,), ("CEASEFIRE",), ("ice hockey",))
    assert await filters(database) == [wanted]
    assert [isinstance(each, Filtered) and each.passing for each in words.answers] == [0, 1]
    await filtering.clear(request(), putin, Kept[ShownFilter]())
    assert await filters(database) == [Filter()]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("+ - “”", NoWords()),
        ("war -War", Contradiction("War")),
        ("x" * 61, TooLongWord("x" * 61)),
        (" ".join(f"w{n}" for n in range(21)), TooManyWords(21)),
    ],
)
async def test_words_that_make_no_filter_change_nothing(
    database: Database, story: Story, text: str, why: object
) -> None:
    (putin,) = await follow(database, story, "Vladimir Putin")
    filtering, kept = Filtering(Conversation(database, dress=undressed)), Kept[WordedFilter]()
    await filtering.set_words(request(), putin, "peace", kept)
    await filtering.set_words(request(), putin, text, kept)
    misread = kept.answers[1]
    assert isinstance(misread, MisreadFilter)
    assert (misread.entity.id, misread.why) == (putin, why)
    assert await filters(database) == [Filter(must=("peace",))]


async def test_a_follow_that_has_ended_has_no_filter(database: Database, story: Story) -> None:
    (bashir,) = await follow(database, story, "Omar al-Bashir")
    putin = await story.use_words("Vladimir Putin", "Putin", 1)
    filtering, kept = Filtering(Conversation(database, dress=undressed)), Kept[WordedFilter]()
    await filtering.toggle(request(), putin, category_key(POLITICS), kept)
    await filtering.set_words(request(), putin, "war", kept)
    await filtering.clear(request(), 999, kept)
    ended = kept.answers
    assert all(isinstance(answer, Ended) for answer in ended)
    assert [
        answer.entity and answer.entity.id for answer in ended if isinstance(answer, Ended)
    ] == [
        putin,
        putin,
        None,
    ]
    assert isinstance(ended[0], Ended)
    assert [follow.entity.id for follow in ended[0].left] == [bashir]


async def test_without_news_a_filter_is_tried_on_the_last_month_known(
    database: Database, story: Story
) -> None:
    story.at = NOON - timedelta(days=60)
    await story.tell(account("2017-09-20", "[[Vladimir Putin]] speaks.", category="Business"))
    (putin,) = await follow(database, story, "Vladimir Putin")
    kept: Kept[ShownFilter] = Kept()
    await Filtering(Conversation(database, dress=undressed)).show(request(), putin, kept)
    assert isinstance(kept.only, Filtered)
    assert (kept.only.categories, kept.only.total) == (("Business and economy",), 1)
