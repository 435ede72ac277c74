"""Which events a follow wants, and how: its mode and its filter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.core.schedule import TOO_OLD
from bot.services.wanting import wants
from storage.database import Database
from storage.model import ChatState, Filter, Follow, FollowMode, Telling
from storage.tables import AnnouncementRow, FollowRow
from tests.support.portal import START, Portal, entity, expand, follow, send_all
from tests.support.rows import column, rows
from tests.support.story import account
from tests.support.wanting import alerts, want

NOW = START + timedelta(minutes=10)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].", category="Disasters")
VOTE = account("2017-11-23", "[[Springfield]] votes.", category="Politics")
NIGHT = Filter(must=("night",))
NO_FLOOD = Filter(must_not=("flood",))


async def follows(database: Database, chat_id: int) -> list[Follow]:
    async with database.reading() as tx:
        return await tx.chats.follows(chat_id)


async def expand_once(database: Database, batch: int) -> int:
    async with database.transaction() as tx:
        return await tx.outbox.expand(NOW, TOO_OLD, wants, batch)


# --- kept


async def test_a_filter_comes_back_as_it_was_set(database: Database) -> None:
    wanted = Filter(("Disasters", "Politics"), ("by night", "Ärger"), ("vote",))
    chat = await want(database, 1, wanted)
    [kept] = await follows(database, chat)
    assert kept.filter == wanted
    assert await column(database, FollowRow.filter) == [
        {
            "categories": ["Disasters", "Politics"],
            "must": ["by night", "Ärger"],
            "must_not": ["vote"],
        }
    ]


async def test_what_another_version_has_put_into_a_filter_is_passed_over(
    database: Database,
) -> None:
    chat = await want(database, 1, NIGHT)
    async with database.transaction() as tx:
        stored = {"must": ["night"], "regions": ["Europe"]}
        await tx.session.execute(update(FollowRow).values(filter=stored))
    [kept] = await follows(database, chat)
    assert kept.filter == NIGHT


async def test_a_filter_that_lets_all_through_is_none(database: Database) -> None:
    chat = await want(database, 1, NIGHT)
    await want(database, 1, Filter())
    [kept] = await follows(database, chat)
    assert kept.filter == Filter()
    async with database.reading() as tx:
        unfiltered = FollowRow.__table__.select().where(FollowRow.filter.is_(None))
        assert len((await tx.session.execute(unfiltered)).all()) == 1  # SQL's NULL, not JSON's


async def test_a_mode_is_the_follows_own(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Malta")
    other = await follow(database, 2, "Malta")
    number = await entity(database, "Malta")
    async with database.transaction() as tx:
        assert await tx.chats.set_mode(chat, number, FollowMode.DIGEST)
    assert [each.mode for each in await follows(database, chat)] == [
        FollowMode.DIGEST,
        FollowMode.AT_ONCE,
    ]
    assert [each.mode for each in await follows(database, other)] == [FollowMode.AT_ONCE]


async def test_what_is_not_followed_has_neither_mode_nor_filter(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    number = await entity(database, "Malta")
    async with database.transaction() as tx:
        assert not await tx.chats.set_mode(chat, number, FollowMode.MUTED)
        assert not await tx.chats.set_filter(chat, number, NIGHT)
    assert await rows(database, FollowRow.mode, FollowRow.filter) == [("at_once", None)]


async def test_follows_of_some_entities(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Malta", "Jo Mayor")
    await follow(database, 2, "Malta")
    wanted = [await entity(database, name) for name in ("Malta", "Springfield", "Nobody")]
    async with database.reading() as tx:
        found = await tx.chats.follows_of(chat, wanted)
    assert [(each.chat_id, each.entity.label) for each in found] == [
        (chat, "Springfield"),
        (chat, "Malta"),
    ]


# --- asked


async def test_only_events_that_a_filter_lets_through_alert(database: Database) -> None:
    await want(database, 1, Filter(categories=("Disasters",)))
    await want(database, 2, Filter(categories=("Politics",)))
    await want(database, 3, NO_FLOOD)
    await want(database, 4, Filter(must=("flood",)))
    await follow(database, 5, "Springfield")
    flood, vote = await Portal(database).stand(0, FLOOD, VOTE)
    await expand(database, NOW)
    assert await alerts(database) == [(1, flood), (2, vote), (3, vote), (4, flood), (5, flood),
                                      (5, vote)]  # fmt: skip


async def test_what_stands_above_an_event_is_asked_as_well(database: Database) -> None:
    await want(database, 1, Filter(must=("levee", "ris")))
    await want(database, 2, Filter(must_not=("rising",)))
    above = account("2017-11-23", "[[Springfield]] votes.", topics=["Rising water", "Levees"])
    [event] = await Portal(database).stand(0, above)
    await expand(database, NOW)
    assert await alerts(database) == [(1, event)]


async def test_filtered_and_other_follows_are_served_in_the_same_batches(
    database: Database,
) -> None:
    await want(database, 1, Filter(must=("flood",)))
    await follow(database, 2, "Springfield")
    await want(database, 3, NIGHT)
    await want(database, 4, Filter(must=("flood",)))
    await follow(database, 5, "Springfield")
    [flood] = await Portal(database).stand(0, FLOOD)
    served = []
    while await expand_once(database, 2):
        served.append(await alerts(database))
    assert served == [
        [(1, flood), (2, flood)],
        [(1, flood), (2, flood), (4, flood)],
        [(1, flood), (2, flood), (4, flood), (5, flood)],
        [(1, flood), (2, flood), (4, flood), (5, flood)],
    ]
    assert await column(database, AnnouncementRow.expanded) == [True]


@pytest.mark.parametrize("mode", [FollowMode.DIGEST, FollowMode.MUTED])
async def test_a_filter_does_not_make_a_follow_louder(database: Database, mode: FollowMode) -> None:
    chat = await want(database, 1, Filter(must=("flood",)))
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.set_mode(chat, number, mode)
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    assert await alerts(database) == []


async def test_filters_of_chats_that_are_away_or_came_later_are_not_asked(
    database: Database,
) -> None:
    await want(database, 1, Filter(must=("flood",)))
    async with database.transaction() as tx:
        await tx.chats.set_state(1, ChatState.PAUSED, START)
    await Portal(database).stand(0, FLOOD)
    late = await follow(database, 2, "Springfield", at=NOW + timedelta(seconds=1))
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.set_filter(late, number, Filter(must=("flood",)))
    await expand(database, NOW + timedelta(minutes=1))
    assert await alerts(database) == []


async def test_two_follows_with_filters_make_one_alert(database: Database) -> None:
    told = account("2017-11-23", "[[Jo Mayor]] sees a flood in [[Springfield]].")
    await want(database, 1, Filter(must=("flood",)))
    await want(database, 1, Filter(must=("sees",)), "Jo Mayor")
    [event] = await Portal(database).stand(0, told)
    assert await send_all(database, NOW) == [(1, event)]
    assert await send_all(database, NOW) == []


async def test_what_was_missed_comes_only_as_wanted(database: Database) -> None:
    await want(database, 1, NO_FLOOD)
    await want(database, 2, Filter(must=("flood",)))
    flood, vote = await Portal(database, telling=Telling.CATCH_UP).stand(0, FLOOD, VOTE)
    await expand(database, NOW)
    assert await alerts(database) == [(1, vote), (2, flood)]
    assert await send_all(database, NOW + timedelta(minutes=1)) == [(2, None), (1, None)]
