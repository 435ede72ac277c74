"""Which events of some days name whom, and how many of them, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from storage.database import Database
from storage.events import Naming
from tests.support.portal import entity
from tests.support.story import POLITICS, Story, account

FIRST, LAST = date(2017, 11, 20), date(2017, 11, 22)


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


async def test_the_events_that_name_several_entities(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-19", "[[Vlad]] speaks too early."))
    one = await story.tell(account("2017-11-20", "[[Vlad]] speaks.", topics=["[[Vlad]]"]))
    two = await story.tell(account("2017-11-22", "[[Omar]] meets [[Vlad]].", category="Sports"))
    await story.tell(account("2017-11-21", "[[Somebody else]] speaks."))
    await story.tell(account("2017-11-23", "[[Vlad]] speaks too late."))
    gone = account("2017-11-21", "[[Vlad]] is said to be ill.")
    await story.tell(gone)
    await story.withdraw(gone)
    vlad, omar = await entity(database, "Vlad"), await entity(database, "Omar")
    async with database.reading() as tx:
        found = await tx.events.naming([omar, vlad], FIRST, LAST)
        nobody = await tx.events.naming([], FIRST, LAST)
    assert found == [
        Naming(vlad, one, FIRST, POLITICS, "Vlad speaks.\nVlad"),
        *sorted(
            (Naming(number, two, LAST, "Sports", "Omar meets Vlad.") for number in (vlad, omar)),
            key=lambda each: each.entity_id,
        ),
    ]
    assert nobody == []


async def test_how_many_events_of_each_day_name_an_entity(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-19", "[[Vlad]] speaks too early."))
    one = await story.tell(account("2017-11-20", "[[Vlad]] speaks.", topics=["[[Vlad]]"]))
    two = await story.tell(account("2017-11-22", "They talk.", topics=["[[Vlad]]"]))
    three = await story.tell(account("2017-11-22", "[[Omar]] meets [[Vlad]]."))
    four = await story.tell(account("2017-11-22", "[[Omar]] speaks to himself."))
    gone = account("2017-11-21", "[[Vlad]] is said to be ill.")
    await story.tell(gone)
    await story.withdraw(gone)
    async with database.reading() as tx:
        found = await tx.events.count_by_day(await entity(database, "Vlad"), FIRST, LAST)
        named = [await entity(database, name) for name in ("Vlad", "Omar", "Ada")]
        counted = await tx.events.count_naming(named, FIRST, LAST)
        nobody = await tx.events.count_naming([], FIRST, LAST)
        numbers = await tx.events.naming_ids(named, FIRST, LAST)
    assert found == {FIRST: 1, LAST: 2}
    assert numbers == {named[0]: {one, two, three}, named[1]: {three, four}}
    assert counted == {named[0]: 3, named[1]: 2}
    assert nobody == {}


async def test_the_categories_of_some_days(database: Database, story: Story) -> None:
    for day, category in ((19, "Too early"), (20, "Sports"), (21, ""), (22, POLITICS),
                          (22, "Sports"), (23, "Too late")):  # fmt: skip
        told = f"[[Vlad]] speaks of {category}."
        await story.tell(account(f"2017-11-{day}", told, category=category))
    gone = account("2017-11-21", "[[Vlad]] is said to be ill.", category="Health")
    await story.tell(gone)
    await story.withdraw(gone)
    async with database.reading() as tx:
        assert await tx.events.categories(FIRST, LAST) == [POLITICS, "Sports"]


async def test_how_many_reports_a_source_has_told(database: Database, story: Story) -> None:
    await story.tell(account("2017-11-20", "[[Vlad]] speaks."))
    await story.tell(account("2017-11-21", "[[Vlad]] speaks again."))
    async with database.transaction() as tx:
        portal, other = [await tx.sources.source("portal", key) for key in ("en", "other")]
        assert await tx.reports.count(portal.id) == 2
        assert await tx.reports.count(other.id) == 0
