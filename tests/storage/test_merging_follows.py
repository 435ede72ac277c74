"""Two entities that turn out to be one: what its followers are told, and are not told again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.database import Database
from storage.model import Filter, FollowMode, Telling
from tests.support.digest_desk import Desk, utc
from tests.support.portal import Portal, entity, follow, send_all
from tests.support.story import account

FIRE = account("2017-11-23", "A fire in [[Bombay]] harbour burns ships.",
               sources=[("R", "https://r.example/1")])  # fmt: skip
MOURNED = account("2017-11-23", "A fire in [[Bombay]] harbour burns ships. [[Mumbai]] mourns.",
                  sources=[("R", "https://r.example/1")])  # fmt: skip


async def unite(database: Database, one: str, other: str, desk: Desk | None = None) -> None:
    """Make one of two entities; the first named of the two in these tests is the older."""
    a, b = await entity(database, one), await entity(database, other)
    since = (desk.clock() if desk else Portal(database).at(0)) - timedelta(hours=24)
    async with database.transaction() as tx:
        await tx.locks.merging()
        await tx.entities.merge(a, b, since=since)


async def choose(database: Database, chat: int, title: str, mode: FollowMode) -> None:
    number = await entity(database, title)
    async with database.transaction() as tx:
        await tx.chats.set_mode(chat, number, mode)


# --- who was asked already


@pytest.mark.parametrize("before", [FollowMode.MUTED, FollowMode.DIGEST])
@pytest.mark.parametrize("others", [(), ("Bombay",)])
async def test_what_was_not_told_at_once_is_not_told_when_another_name_is_found(
    database: Database, before: FollowMode, others: tuple[str, ...]
) -> None:
    desk = Desk(database)
    chat = await desk.reader()
    await desk.follow(chat, "Mumbai", before)
    await desk.reader(*others, number=8)  # who may follow the other name: they are told
    told = await desk.tell("Mumbai")
    assert await desk.work("12:05") == []
    await choose(database, chat.id, "Mumbai", FollowMode.AT_ONCE)
    await unite(database, "Mumbai", "Bombay", desk)
    assert await desk.work("14:00") == []
    assert desk.telegram.texts(8) == [f"alert: {told}"] * len(others)


async def test_the_other_name_being_older_makes_no_difference(database: Database) -> None:
    desk = Desk(database)
    await entity(database, "Bombay")
    chat = await desk.reader(muted=["Mumbai"])
    await desk.tell("Mumbai")
    assert await desk.work("12:05") == []
    await choose(database, chat.id, "Mumbai", FollowMode.AT_ONCE)
    await unite(database, "Bombay", "Mumbai", desk)
    assert await desk.work("14:00") == []


async def test_what_a_filter_kept_is_not_told_when_another_name_is_found(
    database: Database,
) -> None:
    desk = Desk(database)
    chat = await desk.reader()
    await desk.follow(chat, "Mumbai", FollowMode.AT_ONCE, Filter(must=("golf",)))
    await desk.tell("Mumbai")
    assert await desk.work("12:05") == []
    async with database.transaction() as tx:
        await tx.chats.set_filter(chat.id, (await tx.chats.follows(chat.id))[0].entity.id, Filter())
    await unite(database, "Mumbai", "Bombay", desk)
    assert await desk.work("14:00") == []


async def test_each_ones_followers_are_told_of_what_named_the_other(database: Database) -> None:
    desk = Desk(database)
    for number, title in enumerate(("Mumbai", "Mumbai", "Bombay", "Bombay"), 7):
        await desk.reader(title, number=number)
    one, two = await desk.tell("Mumbai"), await desk.tell("Bombay")
    await desk.work("12:05")
    await unite(database, "Mumbai", "Bombay", desk)
    await desk.work("12:10")
    both = [f"alert: {one}", f"alert: {two}"]
    assert [desk.telegram.texts(number) for number in (7, 8)] == [both] * 2
    assert [desk.telegram.texts(number) for number in (9, 10)] == [both[::-1]] * 2


async def test_three_names_found_at_once_are_told_of_as_one(database: Database) -> None:
    desk = Desk(database)
    names = ("Mumbai", "Bombay", "Bambai")
    for number, name in enumerate(names, 7):
        await desk.reader(name, number=number)
    told = {await desk.tell(name) for name in names}
    await desk.work("12:05")
    numbers = [await entity(database, name) for name in names]
    async with database.transaction() as tx:
        await tx.locks.merging()
        for one, other in ((1, 2), (0, 1)):
            await tx.entities.merge(numbers[one], numbers[other], since=utc("00:00"))
    await desk.work("12:10")
    for number in (7, 8, 9):
        texts = desk.telegram.texts(number)
        assert sorted(texts) == [f"alert: {each}" for each in sorted(told)]


# --- both names in one event


async def test_a_name_that_is_new_to_an_event_is_told_though_the_other_is_long_known(
    database: Database,
) -> None:
    await entity(database, "Bombay")
    await follow(database, 1, "Mumbai")
    portal, later = Portal(database), 30 * 60.0
    [event] = await portal.stand(0, FIRE)
    assert await send_all(database, portal.at(10)) == []
    await portal.stand(later, MOURNED)
    await unite(database, "Bombay", "Mumbai")
    assert await send_all(database, portal.at(later + 11)) == [(1, event)]


@pytest.mark.parametrize("titles", [("Mumbai",), ("Bombay", "Mumbai")])
async def test_a_name_that_is_new_to_an_event_is_told_though_the_other_was_there_at_first(
    database: Database, titles: tuple[str, ...]
) -> None:
    await entity(database, "Bombay")
    await follow(database, 1, *titles)
    portal = Portal(database, telling=Telling.SILENT)
    await portal.stand(0, FIRE)
    assert await send_all(database, portal.at(10)) == []
    portal.telling = Telling.PUSH
    await portal.stand(60, MOURNED)
    await unite(database, "Bombay", "Mumbai")
    assert await send_all(database, portal.at(71)) == [(1, 1)]
    assert await send_all(database, portal.at(99)) == []


async def test_a_name_that_is_new_to_an_event_is_told_to_who_followed_before_that(
    database: Database,
) -> None:
    await entity(database, "Bombay")
    portal = Portal(database)
    await portal.stand(0, FIRE)
    await send_all(database, portal.at(10))
    await follow(database, 1, "Mumbai", at=portal.at(30))
    await portal.stand(60, MOURNED)
    await unite(database, "Bombay", "Mumbai")
    assert await send_all(database, portal.at(71)) == [(1, 1)]


async def test_a_name_that_is_new_to_an_event_comes_into_the_digest(database: Database) -> None:
    desk = Desk(database, at=utc("2017-11-23 12:00"))
    await entity(database, "Bombay")
    await desk.reader(digest=["Mumbai"], at="12:30")
    portal = Portal(database)
    [event] = await portal.stand(-24 * 60, FIRE)
    await desk.work("2017-11-23 12:00")
    await portal.stand(0, MOURNED)
    await desk.expanding.expand()
    await unite(database, "Bombay", "Mumbai")
    assert await desk.work("2017-11-23 12:30") == [f"daily 2017-11-23: {event} | - | -"]


# --- both followed


@pytest.mark.parametrize("muted", ["Bombay", "Mumbai"])
async def test_who_follows_both_in_two_ways_is_told_in_the_louder(
    database: Database, muted: str
) -> None:
    chat = await follow(database, 1, "Bombay", "Mumbai")
    await choose(database, chat, muted, FollowMode.MUTED)
    await unite(database, "Bombay", "Mumbai")
    [event] = await Portal(database).stand(0, account("2017-11-23", "[[Mumbai]] votes."))
    assert await send_all(database, Portal(database).at(10)) == [(1, event)]


@pytest.mark.parametrize("filtered", ["Bombay", "Mumbai"])
async def test_who_follows_both_and_wants_all_of_one_wants_all(
    database: Database, filtered: str
) -> None:
    chat = await follow(database, 1, "Bombay", "Mumbai")
    number = await entity(database, filtered)
    async with database.transaction() as tx:
        await tx.chats.set_filter(chat, number, Filter(must=("golf",)))
    await unite(database, "Bombay", "Mumbai")
    async with database.reading() as tx:
        [left] = await tx.chats.follows(chat)
    assert left.filter == Filter()
