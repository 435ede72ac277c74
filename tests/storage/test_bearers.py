"""Whom many names mean, looked up at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, event

from bot.core.names import fold
from storage.database import Database
from storage.model import Bearer
from storage.statements import CHUNK
from storage.tables import ArticleRow
from tests.support.portal import START
from tests.support.story import Story


async def bearers(database: Database, *names: str) -> dict[str, list[Bearer]]:
    async with database.reading() as tx:
        return await tx.entities.by_names(names)


async def add_aliases(database: Database, number: int, **names: str) -> None:
    listed = {language: {name: fold(name)} for language, name in names.items()}
    async with database.transaction() as tx:
        await tx.entities.add_aliases(number, listed)


async def test_titles_words_and_names_from_wikidata(database: Database) -> None:
    story = Story(database)
    number = await story.use_words("Omar al-Bashir", "President Omar Bashir", 3)
    await add_aliases(database, number, de="Omar Baschir", ru="Омар аль-Башир")
    titled = Bearer(number, "Omar al-Bashir", "Omar al-Bashir", titled=True)
    vouched = Bearer(number, "Omar al-Bashir", "Omar al-Bashir", is_vouched=True)
    assert await bearers(database, "omar al bashir", "omar baschir", "president omar bashir") == {
        # The Russian spelling comes to the same.
        "omar al bashir": [Bearer(number, titled.label, titled.title, 0, True, True)],
        "omar baschir": [vouched],
        "president omar bashir": [Bearer(number, titled.label, titled.title, 3)],
    }
    assert await bearers(database, "nobody", "") == {}
    assert await bearers(database) == {}


async def test_uses_are_those_of_all_spellings(database: Database) -> None:
    story = Story(database)
    number = await story.use_words("Omar al-Bashir", "Omar Bashir", 3)
    await story.use_words("Omar al-Bashir", "OMAR BASHIR", 2)
    await add_aliases(database, number, en="Omar Bashir")
    [found] = (await bearers(database, "omar bashir"))["omar bashir"]
    assert (found.uses, found.is_vouched) == (5, False)
    await add_aliases(database, number, fr="Omar Bashir")
    [found] = (await bearers(database, "omar bashir"))["omar bashir"]
    assert (found.uses, found.is_vouched) == (5, True)


async def test_several_bearers_and_the_title_without_a_qualifier(database: Database) -> None:
    story = Story(database)
    pilot = await story.use_words("John Smith (pilot)", "Smith", 1)
    sailor = await story.use_words("John Smith (sailor)", "Smith", 1)
    found = (await bearers(database, "john smith"))["john smith"]
    assert [(one.entity_id, one.title) for one in found] == [
        (pilot, "John Smith (pilot)"),
        (sailor, "John Smith (sailor)"),
    ]
    other = await story.use_words("John Smith", "Smith", 1)
    async with database.transaction() as tx:
        await tx.entities.merge(pilot, other, since=START - timedelta(days=1))
    found = (await bearers(database, "john smith"))["john smith"]
    assert [(one.entity_id, one.title) for one in found] == [
        (pilot, "John Smith"),
        (sailor, "John Smith (sailor)"),
    ]


async def test_the_merged_count_as_the_one_that_is_left(database: Database) -> None:
    story = Story(database)
    one = await story.use_words("Ann Sample", "Ann S. Sample", 2)
    other = await story.use_words("Anna Sample", "Ann S. Sample", 3)
    async with database.transaction() as tx:
        await tx.entities.merge(one, other, since=START - timedelta(days=1))
    expected = Bearer(one, "Ann Sample", "Ann Sample", 5)
    assert (await bearers(database, "ann s sample"))["ann s sample"] == [expected]
    [found] = (await bearers(database, "anna sample"))["anna sample"]
    assert (found.entity_id, found.title) == (one, "Anna Sample")


async def test_an_article_as_the_entity_is_called_stands_for_it(database: Database) -> None:
    story = Story(database)
    one = await story.use_words("Anne Sample", "Ann S. Sample", 2)
    other = await story.use_words("Ann Sample", "Ann", 1)
    async with database.transaction() as tx:
        await tx.entities.merge(one, other, since=START - timedelta(days=1))
        await tx.entities.describe(one, "Ann Sample", "Q1", None)
    [found] = (await bearers(database, "ann s sample"))["ann s sample"]
    assert found == Bearer(one, "Ann Sample", "Ann Sample", 2)


async def test_who_has_no_article_is_left_out(database: Database) -> None:
    await Story(database).use_words("Ann Sample", "Ann Sample", 5)
    async with database.transaction() as tx:
        await tx.session.execute(delete(ArticleRow))
        assert await tx.entities.by_names(["ann sample"]) == {}


async def test_entities_by_the_titles_of_their_articles(database: Database) -> None:
    story = Story(database)
    one = await story.use_words("Ann Sample", "Ann", 1)
    other = await story.use_words("Anna Sample", "Anna", 1)
    await story.describe(one, "Ann S.", "Q1", "a person")
    async with database.transaction() as tx:
        await tx.entities.merge(one, other, since=START - timedelta(days=1))
        asked = ["Ann Sample", "Anna Sample", "Nobody"]
        found = await tx.entities.by_titles("en", asked)
        assert await tx.entities.by_titles("de", asked) == {}
    assert {title: (each.id, each.label) for title, each in found.items()} == {
        "Ann Sample": (one, "Ann S."),
        "Anna Sample": (one, "Ann S."),
    }


@pytest.mark.parametrize("chunks", [1, 2])
async def test_it_takes_three_statements_a_thousand_names(database: Database, chunks: int) -> None:
    story = Story(database)
    await story.use_words("Ann Sample", "Ann Sample", 5)
    names = [f"name {number}" for number in range(chunks * CHUNK - 1)]
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement != "BEGIN":
            statements.append(statement)

    async with database.reading() as tx:
        event.listen(tx.session.get_bind(), "before_cursor_execute", note)
        found = await tx.entities.by_names(["ann sample", *names])
        event.remove(tx.session.get_bind(), "before_cursor_execute", note)
    assert list(found) == ["ann sample"]
    assert len(statements) == 2 * chunks + 1
