"""Entities: by article and name; two that are one, and one that is two."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.names import fold, fold_title, twin_key
from storage.database import Database
from storage.entities import Article, Title, Use
from storage.model import Entity, Event
from storage.tables import AliasRow, ArticleRow, EntityRow
from tests.support.portal import START, Portal, entity, expand, follow, send_all
from tests.support.rows import column, count, rows
from tests.support.story import account

NOW = START + timedelta(minutes=10)
LONG_AGO = START - timedelta(days=1)


def title(text: str) -> Title:
    return Title(text, twin_key(text), fold_title(text))


async def articles(database: Database, *titles: str) -> dict[str, Article]:
    async with database.transaction() as tx:
        return await tx.entities.articles("en", [title(text) for text in titles])


async def merge(database: Database, *titles: str) -> int:
    one, other = [await entity(database, text) for text in titles]
    async with database.transaction() as tx:
        return await tx.entities.merge(one, other, since=LONG_AGO)


async def move(database: Database, text: str, to: int | None = None) -> int:
    article = (await articles(database, text))[text]
    async with database.transaction() as tx:
        return await tx.entities.move_article(article, to, text, since=LONG_AGO)


def named(event: Event) -> list[Entity]:
    return list(event.entities)


# --- articles and twins


async def test_an_article_is_known_again(database: Database) -> None:
    first = await articles(database, "Springfield", "Jo Mayor")
    assert await articles(database, "Jo Mayor", "Springfield") == first
    assert len({article.entity_id for article in first.values()}) == 2


async def test_titles_that_differ_in_case_only_share_an_entity(database: Database) -> None:
    found = await articles(database, "Omar Al-Bashir", "Omar al-Bashir", "Abu Bakar Bashir")
    assert found["Omar Al-Bashir"].entity_id == found["Omar al-Bashir"].entity_id
    assert found["Abu Bakar Bashir"].entity_id != found["Omar al-Bashir"].entity_id
    later = await articles(database, "OMAR AL-BASHIR")
    assert later["OMAR AL-BASHIR"].entity_id == found["Omar al-Bashir"].entity_id


async def test_one_word_in_two_cases_may_be_two(database: Database) -> None:
    found = await articles(database, "AIDS", "Aids")
    assert found["AIDS"].entity_id != found["Aids"].entity_id


async def test_a_thousand_titles_at_once(database: Database) -> None:
    titles = [f"Village number {number}" for number in range(2500)]
    assert len(await articles(database, *titles)) == 2500
    assert await count(database, EntityRow) == 2500


@pytest.mark.parametrize("number", [0, -1, 12345, 2**63, 2**70])
async def test_a_number_of_nobody(database: Database, number: int) -> None:
    async with database.reading() as tx:
        assert await tx.entities.get(number) is None


# --- names


async def use(database: Database, text: str, words: str, times: int) -> None:
    entity_id = await entity(database, text)
    async with database.transaction() as tx:
        await tx.entities.note_uses("en", [Use(entity_id, words, fold(words), times)])


async def test_uses_are_counted(database: Database) -> None:
    for times in (2, 3):
        await use(database, "Robert Mugabe", "the president", times)
    assert await rows(database, AliasRow.text, AliasRow.uses) == [("the president", 5)]


async def test_names_are_found_by_title_first_then_by_use(database: Database) -> None:
    await use(database, "Georgia (country)", "Georgia", 1)
    await use(database, "Atlanta", "Georgia", 9)
    await use(database, "Tbilisi", "Georgia", 10)
    async with database.reading() as tx:
        found = await tx.entities.named(fold("georgia"))
    assert [(each.entity.label, each.uses, each.exact) for each in found] == [
        ("Georgia (country)", 1, True),
        ("Tbilisi", 10, False),
        ("Atlanta", 9, False),
    ]


async def test_names_of_other_languages_are_kept_once(database: Database) -> None:
    number = await entity(database, "Vladimir Putin")
    names = {"ru": {"Путин": fold("Путин")}, "en": {"Putin": "putin"}}
    for _ in range(2):
        async with database.transaction() as tx:
            await tx.entities.add_aliases(number, names)
    assert await count(database, AliasRow) == 2
    async with database.reading() as tx:
        [found] = await tx.entities.named("putin")
    assert found.entity.id == number


async def test_what_is_unresolved_followed_first_then_newest(database: Database) -> None:
    await articles(database, "One place", "Two places", "Three places")
    await follow(database, 1, "Two places")
    async with database.transaction() as tx:
        found = await tx.entities.unresolved(2)
        assert [each.title for each in found] == ["Two places", "Three places"]
        await tx.entities.resolved([each.id for each in found], NOW)
        assert [each.title for each in await tx.entities.unresolved(9)] == ["One place"]


# --- two that are one


async def test_the_older_stays_and_the_newer_leads_to_it(database: Database) -> None:
    old, new = await entity(database, "Omar al-Bashir"), await entity(database, "Omar Bashir")
    assert await merge(database, "Omar Bashir", "Omar al-Bashir") == old
    async with database.reading() as tx:
        found = await tx.entities.get(new)
    assert found == Entity(old, "Omar al-Bashir")
    assert await column(database, ArticleRow.entity_id) == [old, old]


async def test_merging_one_with_itself_changes_nothing(database: Database) -> None:
    number = await entity(database, "Omar al-Bashir")
    assert await merge(database, "Omar al-Bashir", "Omar al-Bashir") == number


async def test_the_wikidata_id_and_description_of_either_stay(database: Database) -> None:
    old, new = await entity(database, "Omar al-Bashir"), await entity(database, "Omar Bashir")
    async with database.transaction() as tx:
        await tx.entities.describe(new, "Omar Bashir", "Q1", "a president")
    await merge(database, "Omar al-Bashir", "Omar Bashir")
    async with database.reading() as tx:
        assert await tx.entities.by_qid("Q1") == Entity(old, "Omar al-Bashir", "Q1", "a president")


async def test_follows_of_both_are_one(database: Database) -> None:
    both = await follow(database, 1, "Omar al-Bashir", "Omar Bashir")
    new_only = await follow(database, 2, "Omar Bashir")
    kept = await merge(database, "Omar al-Bashir", "Omar Bashir")
    async with database.reading() as tx:
        for chat in (both, new_only):
            assert [each.entity.id for each in await tx.chats.follows(chat)] == [kept]


async def test_mentions_of_both_are_one(database: Database) -> None:
    said = account(
        "2017-11-23",
        "[[Omar Bashir]] and [[Omar al-Bashir]] meet.",
        topics=["[[Omar Bashir|Sudan's president]]"],
    )
    portal = Portal(database)
    [number] = await portal.stand(0, said)
    kept = await merge(database, "Omar al-Bashir", "Omar Bashir")
    event = await portal.event(number)
    assert [each.id for each in named(event)] == [kept]
    assert sorted(mention.evidence for mention in event.mentions) == ["link", "topic"]


async def test_uses_of_both_are_added_up(database: Database) -> None:
    await use(database, "Omar al-Bashir", "Bashir", 2)
    await use(database, "Omar Bashir", "Bashir", 3)
    await use(database, "Omar Bashir", "the president", 1)
    await merge(database, "Omar al-Bashir", "Omar Bashir")
    assert await rows(database, AliasRow.text, AliasRow.uses) == [
        ("Bashir", 5),
        ("the president", 1),
    ]


async def test_followers_are_told_of_what_named_the_other(database: Database) -> None:
    await follow(database, 1, "Omar al-Bashir")
    await follow(database, 2, "Omar Bashir")
    [event] = await Portal(database).stand(
        0, account("2017-11-23", "[[Omar Bashir]] travels to Sochi.")
    )
    assert await send_all(database, NOW) == [(2, event)]
    await merge(database, "Omar al-Bashir", "Omar Bashir")
    assert await send_all(database, NOW) == [(1, event)]
    assert await send_all(database, NOW) == []


async def test_who_had_the_event_is_not_told_again(database: Database) -> None:
    await follow(database, 1, "Omar al-Bashir", "Omar Bashir")
    said = account("2017-11-23", "[[Omar Bashir]] meets [[Omar al-Bashir]].")
    [event] = await Portal(database).stand(0, said)
    assert await send_all(database, NOW) == [(1, event)]
    await merge(database, "Omar al-Bashir", "Omar Bashir")
    assert await send_all(database, NOW) == []


async def test_what_was_announced_long_before_is_not_told_after_a_merge(
    database: Database,
) -> None:
    await follow(database, 1, "Omar al-Bashir")
    await Portal(database).stand(0, account("2017-11-23", "[[Omar Bashir]] travels."))
    await expand(database, NOW)
    one, other = [await entity(database, text) for text in ("Omar al-Bashir", "Omar Bashir")]
    async with database.transaction() as tx:
        await tx.entities.merge(one, other, since=NOW + timedelta(seconds=1))
    assert await send_all(database, NOW) == []


# --- one that is two


async def test_an_article_moves_with_the_mentions_that_it_named(database: Database) -> None:
    portal = Portal(database)
    one, two = await portal.stand(
        0,
        account("2017-11-23", "[[New Line]] opens."),
        account("2017-11-23", "The shares of [[New line]] fall."),
    )
    moved = await move(database, "New line")
    assert [each.id for each in named(await portal.event(two))] == [moved]
    assert moved not in [each.id for each in named(await portal.event(one))]


async def test_an_article_moves_to_an_entity_that_is_there(database: Database) -> None:
    portal = Portal(database)
    said = account("2017-11-23", "[[New line]], or [[New Line Cinema]], opens.")
    [number] = await portal.stand(0, said)
    target = await entity(database, "New Line Cinema")
    assert await move(database, "New line", target) == target
    event = await portal.event(number)
    assert [each.id for each in named(event)] == [target]
    assert len(event.mentions) == 1


async def test_followers_of_where_it_moves_are_told(database: Database) -> None:
    await follow(database, 1, "New Line Cinema")
    await articles(database, "New Line")
    [event] = await Portal(database).stand(0, account("2017-11-23", "[[New line]] opens."))
    assert await send_all(database, NOW) == []
    await move(database, "New line", await entity(database, "New Line Cinema"))
    assert await send_all(database, NOW) == [(1, event)]


async def test_who_follows_while_two_are_merged_follows_the_survivor(database: Database) -> None:
    kept, gone = [await entity(database, text) for text in ("Omar al-Bashir", "Omar Bashir")]

    async def merge_meanwhile() -> None:
        async with database.transaction() as tx:
            await tx.locks.merging()
            await tx.entities.merge(kept, gone, since=LONG_AGO)

    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOW)
        assert await tx.entities.get(gone)
        await tx.chats.follow(chat.id, gone, NOW)
        merging = asyncio.create_task(merge_meanwhile())
    await merging
    async with database.reading() as tx:
        assert [follow.entity.id for follow in await tx.chats.follows(chat.id)] == [kept]


async def test_following_who_was_merged_follows_the_survivor(database: Database) -> None:
    gone = await entity(database, "Omar Bashir")
    kept = await merge(database, "Omar al-Bashir", "Omar Bashir")
    async with database.transaction() as tx:
        chat = await tx.chats.chat(1, NOW)
        assert await tx.chats.follow(chat.id, max(gone, kept), NOW)
        assert [each.entity.id for each in await tx.chats.follows(chat.id)] == [kept]
