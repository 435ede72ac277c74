"""Feeds on both engines: what polling keeps, what managing keeps, and neither the other's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.model import Feed, FeedState, Origin

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
URL = "https://a.example/rss"


def feed(url: str = URL, **how: Any) -> Feed:
    return replace(Feed(id=0, key=url, url=url, title="A", due_at=NOW), **how)


async def added(database: Database, one: Feed) -> Feed:
    async with database.transaction() as tx:
        return await tx.feeds.add(one)


async def kept(database: Database, feed_id: int) -> Feed:
    async with database.reading() as tx:
        return next(each for each in await tx.feeds.all() if each.id == feed_id)


async def due(database: Database, at: datetime = NOW) -> list[str]:
    async with database.reading() as tx:
        return [each.url for each in await tx.feeds.due(at, 10)]


async def test_a_feed_is_kept_whole(database: Database) -> None:
    whole = feed(
        language="en",
        region="Asia",
        origin=Origin.ADDED,
        state=FeedState.PAUSED,
        listed=False,
        interval=timedelta(minutes=7),
        etag="e",
        modified="m",
        digest="d",
        failures=3,
        failing_since=NOW,
        failure="no answer",
        told_at=NOW,
    )
    one = await added(database, whole)
    assert one == replace(whole, id=one.id)
    assert await kept(database, one.id) == one


async def test_only_listed_active_feeds_are_due_and_the_longest_waiting_first(
    database: Database,
) -> None:
    feeds: dict[str, dict[str, Any]] = {
        "late": {"due_at": NOW - timedelta(hours=1)},
        "now": {},
        "later": {"due_at": NOW + timedelta(seconds=1)},
        "never": {"due_at": None},
        "paused": {"state": FeedState.PAUSED},
        "removed": {"state": FeedState.REMOVED},
        "unlisted": {"listed": False},
    }
    for name, how in feeds.items():
        await added(database, feed(f"https://{name}.example/", **how))
    assert await due(database) == ["https://late.example/", "https://now.example/"]


async def test_what_an_operator_chose_while_it_was_polled_stays(database: Database) -> None:
    polled = await added(database, feed(language="", title=""))
    async with database.transaction() as tx:
        chosen = replace(polled, state=FeedState.PAUSED, title="Mine", region="Asia", told_at=NOW)
        await tx.feeds.manage(polled, chosen)
    async with database.transaction() as tx:
        later = NOW + timedelta(minutes=9)
        answer = replace(
            polled, title="Theirs", language="de", etag="2", due_at=later, last_success_at=NOW
        )
        await tx.feeds.save([answer])
    found = await kept(database, polled.id)
    assert (found.state, found.title, found.region) == (FeedState.PAUSED, "Mine", "Asia")
    assert (found.language, found.etag, found.last_success_at) == ("de", "2", NOW)
    assert (found.told_at, found.due_at) == (NOW, NOW)


async def test_a_feed_that_was_read_is_put_off_unless_an_operator_paused_it(
    database: Database,
) -> None:
    active = await added(database, feed(etag="1"))
    paused = await added(database, feed("https://b.example/rss", etag="1"))
    async with database.transaction() as tx:
        await tx.feeds.manage(paused, replace(paused, state=FeedState.PAUSED, title="Mine"))
    later, wait = NOW + timedelta(minutes=9), timedelta(minutes=9)
    polled = [
        replace(each, due_at=later, interval=wait, last_success_at=NOW) for each in (active, paused)
    ]
    async with database.transaction() as tx:
        await tx.feeds.save(polled)
        await tx.feeds.save([])
    found = await kept(database, active.id)
    assert found == replace(active, due_at=later, interval=wait, last_success_at=NOW)
    found = await kept(database, paused.id)
    assert (found.state, found.title, found.due_at) == (FeedState.PAUSED, "Mine", NOW)
    assert found.last_success_at == NOW


async def test_a_feed_that_ends_is_news_to_tell(database: Database) -> None:
    one = await added(database, feed(told_at=NOW))
    async with database.transaction() as tx:
        await tx.feeds.save([replace(one, state=FeedState.ENDED, due_at=None, failure="gone")])
    found = await kept(database, one.id)
    assert (found.state, found.told_at, found.due_at) == (FeedState.ENDED, None, None)
    async with database.transaction() as tx:
        await tx.feeds.tell(one.id, NOW)
        await tx.feeds.save([replace(found, failure="gone again")])
    assert (await kept(database, one.id)).told_at == NOW


async def test_a_removed_feed_does_not_end(database: Database) -> None:
    one = await added(database, feed(state=FeedState.REMOVED))
    async with database.transaction() as tx:
        await tx.feeds.save([replace(one, state=FeedState.ENDED)])
    assert (await kept(database, one.id)).state is FeedState.REMOVED


async def test_a_feed_gets_another_address_in_its_list(database: Database) -> None:
    one = await added(database, feed())
    other = "http://a.example/rss"
    async with database.transaction() as tx:
        await tx.feeds.manage(one, replace(one, key=other, url=other))
    async with database.reading() as tx:
        assert await tx.feeds.at(URL) is None
        assert await tx.feeds.at(other) == replace(one, key=other, url=other)


async def test_feeds_are_counted_by_how_they_fare(database: Database) -> None:
    feeds: list[dict[str, Any]] = [
        {}, {"failing_since": NOW}, {"state": FeedState.PAUSED}, {"state": FeedState.REMOVED},
         {"state": FeedState.ENDED, "failing_since": NOW}, {"listed": False},
         {"state": FeedState.PAUSED, "listed": False},
    ]  # fmt: skip
    for number, how in enumerate(feeds):
        await added(database, feed(f"https://{number}.example/", **how))
    async with database.reading() as tx:
        assert await tx.feeds.count() == (2, 1, 1)


async def test_who_holds_feeds_is_alone_with_them(database: Database) -> None:
    async def add_once() -> None:
        async with database.transaction() as tx:
            await tx.locks.feeds()
            if not await tx.feeds.all():
                await tx.feeds.add(feed())

    await asyncio.gather(*(add_once() for _ in range(4)))
    async with database.reading() as tx:
        assert len(await tx.feeds.all()) == 1


async def test_the_chat_of_a_username_is_remembered_until_it_is_anothers(
    database: Database,
) -> None:
    async with database.transaction() as tx:
        one, other = await tx.chats.chat(7, NOW), await tx.chats.chat(8, NOW)
        await tx.chats.note_username(one.id, "@ada")
        assert [chat.telegram_id for chat in await tx.chats.named(["@ada", "@bob"])] == [7]
        await tx.chats.note_username(other.id, "@ada")
        assert [chat.telegram_id for chat in await tx.chats.named(["@ada"])] == [8]
        await tx.chats.forget(8)
        assert await tx.chats.named(["@ada"]) == []


async def test_what_was_polled_while_an_operator_chose_stays(database: Database) -> None:
    one = await added(database, feed(state=FeedState.ENDED, due_at=None, failures=9, failure="x"))
    async with database.transaction() as tx:
        read = replace(one, url="https://new.example/", etag="2", digest="d", last_success_at=NOW)
        await tx.feeds.save([read])
    async with database.transaction() as tx:
        resumed = replace(one, state=FeedState.ACTIVE, due_at=NOW, failures=0, failure="")
        await tx.feeds.manage(one, resumed)
        await tx.feeds.manage(resumed, resumed)
    expected = replace(read, state=FeedState.ACTIVE, due_at=NOW, failures=0, failure="")
    assert await kept(database, one.id) == expected


@pytest.mark.parametrize("change", [{"key": "http://own.example/"}, {"origin": Origin.ADDED}])
async def test_another_address_of_an_operators_outlives_what_was_polled_at_the_old_one(
    database: Database, change: dict[str, Any]
) -> None:
    one = await added(database, feed(due_at=None))
    async with database.transaction() as tx:
        moved = replace(one, url="http://own.example/", due_at=NOW, **change)
        await tx.feeds.manage(one, moved)
    read = replace(one, due_at=NOW + timedelta(hours=1), last_success_at=NOW)
    async with database.transaction() as tx:
        await tx.feeds.save([replace(read, url="https://gone.example/", etag="2")])
        await tx.feeds.save([read])
    found = await kept(database, one.id)
    assert replace(found, last_success_at=None) == moved
