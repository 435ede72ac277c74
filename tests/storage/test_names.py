"""What other languages call an entity: kept, and told wherever the entity is."""

from __future__ import annotations

from datetime import timedelta

from bot.core.names import fold
from storage.database import Database
from storage.model import Entity, Name
from tests.support.portal import START, Portal, entity, follow
from tests.support.story import account

LONG_AGO = START - timedelta(days=30)
NAMES = {"de": Name("Springfeld", "eine Stadt"), "tr": Name("Baharköy")}


async def describe(database: Database, number: int, **names: Name) -> None:
    async with database.transaction() as tx:
        await tx.entities.describe(number, "Springfield", None, "a city", names)


async def get(database: Database, number: int) -> Entity:
    async with database.reading() as tx:
        found = await tx.entities.get(number)
    assert found is not None
    return found


async def test_an_entity_has_a_name_in_each_language(database: Database) -> None:
    number = await entity(database, "Springfield")
    await describe(database, number, **NAMES)
    found = await get(database, number)
    assert found.names == NAMES
    assert found.name("de") == Name("Springfeld", "eine Stadt")
    assert found.name("tr") == Name("Baharköy")
    assert found.name("fr") == Name("Springfield", "a city")


async def test_what_is_heard_later_is_added_and_replaces_but_deletes_nothing(
    database: Database,
) -> None:
    number = await entity(database, "Springfield")
    await describe(database, number, **NAMES)
    await describe(database, number, de=Name("Neu-Springfeld"), fr=Name("Champ-Source"))
    await describe(database, number)
    assert (await get(database, number)).names == {
        "de": Name("Neu-Springfeld"),
        "tr": Name("Baharköy"),
        "fr": Name("Champ-Source"),
    }


async def test_names_come_with_events_follows_and_candidates(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    number = await entity(database, "Springfield")
    await describe(database, number, **NAMES)
    portal = Portal(database)
    [flood] = await portal.stand(0, account("2017-11-23", "A flood reaches [[Springfield]]."))
    async with database.reading() as tx:
        [followed] = await tx.chats.follows(chat)
        [named] = await tx.entities.named(fold("Springfield"))
        [known] = await tx.entities.known([number])
        [busiest] = await tx.events.busiest(START.date(), 9)
    [mentioned] = (await portal.event(flood)).entities
    for found in (followed.entity, named.entity, known.entity, busiest, mentioned):
        assert found.names == NAMES


async def test_who_is_merged_brings_the_names_that_the_other_lacks(database: Database) -> None:
    older, newer = await entity(database, "Springfield"), await entity(database, "Spring Field")
    await describe(database, older, de=Name("Springfeld"))
    await describe(database, newer, de=Name("Quellfeld"), tr=Name("Baharköy"))
    async with database.transaction() as tx:
        assert await tx.entities.merge(older, newer, since=LONG_AGO) == older
    assert (await get(database, newer)).names == {
        "de": Name("Springfeld"),
        "tr": Name("Baharköy"),
    }
