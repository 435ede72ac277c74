"""Names that are typed as people talk: within a sentence, with signs around, in the reader's
own language; on both databases."""

from __future__ import annotations

import pytest

from bot.core.names import fold
from bot.services.finding import Several, Unknown
from bot.services.following import Followed
from storage.database import Database
from storage.model import Name
from tests.support.story import Story
from tests.support.using import follow, follows, service

SYRIA, RUSSIA, TRUMP = "Syria", "Russia", "Donald Trump"


@pytest.fixture
async def story(database: Database) -> Story:
    """Three are well known, one in two languages."""
    told = Story(database)
    for title in (SYRIA, RUSSIA, TRUMP):
        await told.use_words(title, title, 9)
    return told


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("what happened in Syria?", [SYRIA]),
        ("who is donald trump", [TRUMP]),
        ("what do Donald Trump and Russia want of Syria", [TRUMP, RUSSIA, SYRIA]),
        ("Syria or Atlantis", [SYRIA]),
    ],
)
async def test_names_within_a_sentence_are_offered(
    database: Database, story: Story, typed: str, names: list[str]
) -> None:
    following = service(database)
    answer = await follow(following, typed)
    assert isinstance(answer, Several)
    assert (answer.name, sorted(e.label for e in answer.entities)) == (typed, sorted(names))
    assert answer.is_within
    assert await follows(following) == []


async def test_who_follows_a_name_within_a_sentence_is_asked_still(
    database: Database, story: Story
) -> None:
    following = service(database)
    await follow(following, "Syria")
    for typed in ("war in Syria", "Syria or Atlantis", "Palace of Syria"):
        answer = await follow(following, typed)
        assert isinstance(answer, Several), typed
        assert answer.is_within
    assert await follows(following) == [SYRIA]


async def test_a_sentence_without_a_name_has_none(database: Database, story: Story) -> None:
    assert await follow(service(database), "what is new there") == Unknown("what is new there")


async def test_a_name_with_a_comma_is_one(database: Database, story: Story) -> None:
    await story.use_words("Syria, Russia", "Syria, Russia", 9)
    answer = await follow(service(database), "Syria, Russia")
    assert isinstance(answer, Followed)
    assert answer.entity.label == "Syria, Russia"


async def test_what_another_language_calls_it_is_clear(database: Database, story: Story) -> None:
    number = await story.use_words(SYRIA, SYRIA, 1)
    await call(database, number, "Syrien", "سوريا", SYRIA)
    for typed in ("Syrien", "سوريا"):
        answer = await follow(service(database), typed)
        assert isinstance(answer, Followed), typed
        assert answer.entity.id == number


async def test_a_name_that_is_the_same_in_all_languages_may_be_of_others(
    database: Database, story: Story
) -> None:
    number = await story.use_words("Springfield, Illinois", "the city", 1)
    await call(database, number, "Springfield", label="Springfield")
    assert isinstance(await follow(service(database), "Springfield"), Several)


async def call(database: Database, number: int, *names: str, label: str = SYRIA) -> None:
    """Let other languages call an entity so, as Wikidata has it."""
    called = {f"l{place}": Name(name) for place, name in enumerate(names)}
    async with database.transaction() as tx:
        await tx.entities.describe(number, label, None, None, called)
        aliases = {code: {name.label: fold(name.label)} for code, name in called.items()}
        await tx.entities.add_aliases(number, aliases)
