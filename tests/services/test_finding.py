"""Whom a name means: what is known, what is near, what a search outside adds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.errors import SourceUnreachable
from bot.services.finding import Choice, Clear, Finder, Several, Unknown
from bot.services.following import (
    Followed,
    Gone,
    TooMany,
)
from bot.sources.mediawiki import FoundArticle
from storage.database import Database
from tests.support.requests import READER, Kept, request
from tests.support.story import NOON, Story, account
from tests.support.using import Encyclopedia, follow, follows, service


async def out_of_reach(words: str) -> Sequence[FoundArticle]:
    """A search without a network."""
    raise SourceUnreachable("no route")


async def silent(words: str) -> Sequence[FoundArticle]:
    """A search that never answers."""
    await asyncio.Event().wait()
    return ()


ZIDANE = FoundArticle("Zinedine Zidane", "French footballer", "Q1835")
FILM = FoundArticle("Zidane (film)", "2006 documentary", "Q218888")


async def test_a_name_of_several_is_asked_about(database: Database, story: Story) -> None:
    await story.use_words("Georgia (country)", "Georgia", 155)
    await story.use_words("Georgia (U.S. state)", "Georgia", 60)
    following = service(database)
    answer = await follow(following, "Georgia")
    assert isinstance(answer, Several)
    assert [e.label for e in answer.entities] == ["Georgia (country)", "Georgia (U.S. state)"]
    assert await follows(following) == []


async def test_a_part_of_names_is_asked_about_most_mentioned_first(
    database: Database, story: Story
) -> None:
    await story.use_words("Martin Bashir", "Martin Bashir", 3)
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    answer = await follow(service(database), "Bashir")
    assert isinstance(answer, Several)
    assert [e.label for e in answer.entities] == ["Omar al-Bashir", "Martin Bashir"]


async def test_a_misspelt_name_gets_the_nearest(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    answer = await follow(service(database), "Omar al Basheer")
    assert isinstance(answer, Unknown)
    assert [e.label for e in answer.nearest] == ["Omar al-Bashir"]


async def test_an_unknown_name_is_searched_for_and_followed_before_any_event(
    database: Database, story: Story
) -> None:
    following = service(database, Finder(database, Encyclopedia([FILM, ZIDANE])))
    answer = await follow(following, "Zinedine Zidane")
    assert isinstance(answer, Followed)
    assert (answer.entity.qid, answer.entity.description) == ("Q1835", "French footballer")
    event = await story.tell(account("2017-11-24", "[[Zinedine Zidane]] wins a cup."))
    async with database.reading() as tx:
        (named,) = (await tx.events.many([event]))[0].entities
    assert named.id == answer.entity.id


async def test_search_results_are_offered_and_one_can_be_chosen(database: Database) -> None:
    following = service(database, Finder(database, Encyclopedia([FILM, ZIDANE])))
    answer = await follow(following, "Zidane")
    assert isinstance(answer, Unknown)
    assert [e.label for e in answer.nearest] == ["Zidane (film)", "Zinedine Zidane"]
    kept: Kept[Followed | TooMany | Gone] = Kept()
    await following.follow_entity(request(), answer.nearest[1].id, kept)
    assert await follows(following) == ["Zinedine Zidane"]


async def test_what_was_only_offered_once_is_no_clear_name(database: Database) -> None:
    following = service(database, Finder(database, Encyclopedia([FILM, ZIDANE])))
    await follow(following, "Zidane")
    answer = await follow(following, "Zidane")
    assert isinstance(answer, Several)
    assert {e.label for e in answer.entities} == {"Zidane (film)", "Zinedine Zidane"}


async def test_search_finds_an_entity_known_by_its_wikidata_id(
    database: Database, story: Story
) -> None:
    known = await story.use_words("Zizou", "Zizou", 9)
    await story.describe(known, "Zinedine Zidane", "Q1835", "French footballer")
    answer = await follow(
        service(database, Finder(database, Encyclopedia([ZIDANE]))), "Zinedine Zidane"
    )
    assert isinstance(answer, Followed)
    assert answer.entity.id == known


async def test_known_names_are_not_searched_for(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-21", "[[Robert Mugabe]] resigns."))
    search = Encyclopedia([ZIDANE])
    await follow(service(database, Finder(database, search)), "Robert Mugabe")
    assert search.asked == []


async def test_one_word_of_a_name_misspelt_gets_who_has_it(
    database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-21", "[[Robert Mugabe]] resigns in [[Zimbabwe]]."))
    for typed in ("Mugabee", "robert Mugabee", "Zimbabve"):
        answer = await follow(service(database), typed)
        assert isinstance(answer, Unknown)
        expected = "Zimbabwe" if typed.startswith("Z") else "Robert Mugabe"
        assert [e.label for e in answer.nearest] == [expected]
    assert await follow(service(database), "Mugabeelectric") == Unknown("Mugabeelectric")


async def test_a_surname_means_the_only_one_followed_who_has_it(
    database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-23", "[[Vladimir Putin]] meets [[Putin (film)]]."))
    finder, following = Finder(database), service(database)
    await follow(following, "Vladimir Putin")

    async def meant(name: str) -> Choice:
        hints = await finder.look(name)
        async with database.transaction() as tx:
            chat = await tx.chats.chat(READER, NOON)
            return await finder.decide(tx, name, hints, await tx.chats.follows(chat.id))

    answer = await meant("vladimir")
    assert isinstance(answer, Clear)
    assert answer.entity.label == "Vladimir Putin"
    await story.tell(account("2017-11-23", "[[Vladimir Kara-Murza]] speaks."))
    await follow(following, "Vladimir Kara-Murza")
    assert isinstance(await meant("vladimir"), Several)


async def test_to_follow_somebody_whose_surname_is_followed_asks_where_there_are_others(
    database: Database, story: Story
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] speaks."))
    following = service(database)
    await follow(following, "Omar al-Bashir")
    answer = await follow(following, "Bashir")
    assert isinstance(answer, Followed)
    assert (answer.entity.label, answer.new) == ("Omar al-Bashir", False)
    await story.tell(account("2017-11-23", "[[Martin Bashir]] speaks."))
    assert isinstance(await follow(following, "Bashir"), Several)


@pytest.mark.parametrize("search", [out_of_reach, silent])
async def test_without_an_answer_from_outside_nobody_is_unknown_for_certain(
    database: Database, search: Encyclopedia
) -> None:
    following = service(database, Finder(database, search, patience=0.01))
    assert await follow(following, "Ann Nobody") == Unknown("Ann Nobody", is_certain=False)
    certain = service(database, Finder(database, Encyclopedia([])))
    assert await follow(certain, "Ann Nobody") == Unknown("Ann Nobody")


@pytest.mark.parametrize("search", [out_of_reach, silent])
async def test_without_an_answer_from_outside_what_is_known_counts(
    database: Database, story: Story, search: Encyclopedia
) -> None:
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] visits [[Russia]]."))
    following = service(database, Finder(database, search, patience=0.01))
    answer = await follow(following, "Omar al Basheer")
    assert isinstance(answer, Unknown)
    assert [e.label for e in answer.nearest] == ["Omar al-Bashir"]


async def test_that_nothing_can_be_looked_up_is_told_once_an_hour_and_when_it_is_over(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    now, is_away = NOON, True

    async def search(words: str) -> Sequence[FoundArticle]:
        return await (out_of_reach(words) if is_away else Encyclopedia([])(words))

    finder = Finder(database, search, clock=lambda: now)
    with caplog.at_level("INFO"):
        for name in ("Ann Nobody", "Bob Nobody"):
            await finder.look(name)
        now += timedelta(hours=1)
        await finder.look("Cid Nobody")
        is_away = False
        await finder.look("Ann Nobody")
    looked_up = "names that readers send could not be looked up"
    assert caplog.messages == [
        f"{looked_up}, trying again: no route",
        f"{looked_up} 3 times since 2017-11-24 12:00 UTC: no route",
        "names that readers send can be looked up again, after 60 minutes",
    ]
