"""Events found by words, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.filters import Contradiction, TooLongWord, TooManyWords
from bot.core.names import fold
from bot.services.answering import (
    Answering,
    Common,
    FoundEvents,
    FoundNaming,
    OnlyWithout,
    SearchAnswer,
)
from bot.services.conversation import Conversation
from bot.services.finding import Finder, Several
from storage.database import Database
from storage.model import Name
from tests.support.requests import Kept, request, undressed
from tests.support.story import Story, account

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in [[Sochi]].")


@pytest.fixture
def answering(database: Database) -> Answering:
    return Answering(Conversation(database, dress=undressed), Finder(database))


async def search(answering: Answering, words: str) -> SearchAnswer:
    kept: Kept[SearchAnswer] = Kept()
    await answering.search(request(), words, kept)
    return kept.only


async def numbers(answering: Answering, words: str) -> list[int]:
    """The events found."""
    found = await search(answering, words)
    assert isinstance(found, FoundEvents)
    return [event.id for event in found.events]


async def test_search_finds_beginnings_of_words_newest_first(
    answering: Answering, story: Story
) -> None:
    old = await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    new = await story.tell(MEETING)
    for words, expected in {
        "putin": [new, old],
        "VLAD put": [new, old],
        "putin memo": [old],
        "putin, memo": [old],
        "al-Bash": [new],
        "utin": [],
        "100% _": [],
    }.items():
        assert await numbers(answering, words) == expected, words


async def test_search_obeys_signs_and_quotes_as_filters_do(
    answering: Answering, story: Story
) -> None:
    talks = await story.tell(account("2017-11-01", "Peace talks on Syria begin in Sochi."))
    russia = await story.tell(account("2017-11-02", "Russia talks of Syria. Peace is far."))
    for words, expected in {
        "talks peace": [russia, talks],
        "“peace talks”": [talks],
        '"peace talks" Russia': [],
        "Syria -Russia": [talks],
        "Syria –russ": [russia, talks],
        'Syria -"peace talks"': [russia],
        "+Syria +Peace": [russia, talks],
    }.items():
        assert await numbers(answering, words) == expected, words


async def test_what_cannot_be_searched_for_is_said(answering: Answering) -> None:
    assert await search(answering, "-Russia -Syria") == OnlyWithout()
    assert await search(answering, "Syria -syria") == Contradiction("-syria".removeprefix("-"))
    assert isinstance(await search(answering, "x" * 61), TooLongWord)
    assert isinstance(await search(answering, " ".join(map(str, range(21)))), TooManyWords)


async def test_words_of_too_many_events_are_refused(answering: Answering, story: Story) -> None:
    for number in range(1, 101):
        rare = "They meet" if number % 9 else "Somebody meets"
        await story.tell(
            account(f"2017-{number % 9 + 1:02}-01", f"{rare} for the {number}th time.")
        )
    assert await search(answering, "the") == Common("the")
    assert await search(answering, "the mee") == Common("the mee")
    assert len(await numbers(answering, "the 77th")) == 1
    assert len(await numbers(answering, "somebody")) == 10
    assert len(await numbers(answering, "the -they")) == 10


async def test_few_events_are_listed_whatever_the_words(answering: Answering, story: Story) -> None:
    for number in range(1, 13):
        await story.tell(account("2017-11-01", f"The match of day {number}."))
    assert len(await numbers(answering, "the")) == 10


async def test_where_no_event_has_the_words_those_about_whom_they_name_are_found(
    database: Database, answering: Answering, story: Story
) -> None:
    syria = await story.use_words("Syria", "Syria", 9)
    old = await story.tell(account("2017-11-01", "Peace talks on [[Syria]] begin."))
    new = await story.tell(account("2017-11-02", "[[Syria|It]] is quiet."))
    async with database.transaction() as tx:
        await tx.entities.describe(syria, "Syria", None, None, {"de": Name("Syrien")})
        await tx.entities.add_aliases(syria, {"de": {"Syrien": fold("Syrien")}})
    for words in ("Syrien", '"Syrien"', "+syrien"):
        found = await search(answering, words)
        assert isinstance(found, FoundNaming), words
        assert (found.words, found.entity.id) == (words, syria)
        assert [event.id for event in found.events] == [new, old]
    assert await search(answering, "Syrien -Peru") == FoundEvents("Syrien -Peru", ())
    assert await search(answering, "Atlantis") == FoundEvents("Atlantis", ())


class Short(Answering):
    """Answers that look through two events."""

    most_searched = 2


async def test_a_search_looks_through_the_newest_events_and_says_how_far_back(
    database: Database, answering: Answering, story: Story
) -> None:
    old = await story.tell(account("2017-11-05", "[[Vladimir Putin]] opens a memorial."))
    new = await story.tell(account("2017-11-07", "[[Vladimir Putin]] opens a bridge."))
    short = Short(Conversation(database, dress=undressed), Finder(database))
    both = await search(short, "putin")
    assert isinstance(both, FoundEvents)
    assert ([event.id for event in both.events], both.since) == ([new, old], None)
    late = [await story.tell(account("2017-11-08", text)) for text in ("A vote.", "A match.")]
    same = await story.tell(account("2017-11-08", "A match in Peru."))
    assert await search(short, "memorial") == FoundEvents("memorial", (), since=date(2017, 11, 8))
    found = await search(short, "match")
    assert isinstance(found, FoundEvents)
    assert [event.id for event in found.events] == [same, late[1]]
    assert await numbers(short, "vote") == [late[0]]  # of a day that was begun, all are
    named = await search(short, "Vladimir Putin")
    assert isinstance(named, FoundNaming)
    assert named.since == date(2017, 11, 8)
    assert await numbers(answering, "memorial") == [old]


async def test_words_that_name_several_are_asked_about_where_no_event_has_them(
    answering: Answering, story: Story
) -> None:
    await story.use_words("Georgia (country)", "Gürcistan", 155)
    await story.use_words("Georgia (U.S. state)", "Gürcistan", 60)
    assert await search(answering, "Tiflis") == FoundEvents("Tiflis", ())
    several = await search(answering, "Gürcistan")
    assert isinstance(several, Several)
    assert len(several.entities) == 2


async def test_who_is_named_without_any_event_is_not_found(
    answering: Answering, story: Story
) -> None:
    await story.use_words("Peru", "Perú", 9)
    assert await search(answering, "Perú") == FoundEvents("Perú", ())
