"""Administrators are told once that a source fails, and once that it is back or over."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.managing import Change, Managing, Operators
from bot.services.warning import News, Warner
from bot.sources.opml import ListedFeed
from storage.database import Database
from storage.model import Call, Chat, ChatState, Feed, FeedState, MessageState
from tests.support.talk import Clock

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
ADA, GROUP = 7, -1001234567890


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


def shown(chat: Chat, news: News) -> Call:
    """What is told, by title."""
    parts = (news.failing, news.ended, news.back)
    return Call("sendMessage", {"text": [[each.title for each in part] for part in parts]})


def warner(database: Database, clock: Clock, *listed: int | str) -> Warner:
    return Warner(database, Operators(frozenset(listed)), shown, clock=clock)


async def feed_of(database: Database) -> Feed:
    managing = Managing(database, lambda: START)
    return (await managing.add(ListedFeed("https://a.example/rss", "Alpha"))).feed


async def polled(database: Database, feed: Feed, **outcome: object) -> Feed:
    """The feed after a poll."""
    async with database.transaction() as tx:
        found = await tx.feeds.at(feed.url)
        assert found is not None
        await tx.feeds.save([replace(found, **outcome)])  # type: ignore[arg-type]
        return await tx.feeds.at(feed.url) or feed


async def told(database: Database, at: datetime) -> list[tuple[int, object]]:
    """What waits for each chat, by its Telegram id."""
    found = []
    async with database.transaction() as tx:
        while claimed := await tx.outbox.claim_replies(at, timedelta(minutes=1), 10):
            for message in claimed:
                assert message.call is not None
                found.append((message.chat.telegram_id, message.call.params["text"]))
                await tx.outbox.ended(message.id, MessageState.CANCELLED, None)
    return sorted(found, key=lambda one: one[0])


def failing(ago: timedelta) -> dict[str, object]:
    return {"failures": 3, "failing_since": START - ago, "failure": "no answer"}


async def test_a_failure_of_a_day_is_told_once_to_each_and_so_is_its_end(
    database: Database, clock: Clock
) -> None:
    feed = await feed_of(database)
    warns = warner(database, clock, ADA, GROUP)
    await polled(database, feed, **failing(timedelta(hours=23, minutes=59)))
    await warns.tick()
    assert await told(database, clock.now) == []
    clock.pass_by(minutes=1)
    for _ in range(3):  # and after a restart
        await warner(database, clock, ADA, GROUP).tick()
    news = [["Alpha"], [], []]
    assert await told(database, clock.now) == [(GROUP, news), (ADA, news)]
    clock.pass_by(days=3)
    await warns.tick()
    assert await told(database, clock.now) == []
    well = {"failing_since": None, "failures": 0, "failure": "", "last_success_at": clock.now}
    await polled(database, feed, **well)
    for _ in range(2):
        await warns.tick()
    news = [[], [], ["Alpha"]]
    assert await told(database, clock.now) == [(GROUP, news), (ADA, news)]


async def test_a_short_failure_is_no_news(database: Database, clock: Clock) -> None:
    feed = await feed_of(database)
    await polled(database, feed, **failing(timedelta(hours=5)))
    await polled(database, feed, failing_since=None, last_success_at=clock.now)
    clock.pass_by(days=2)
    await warner(database, clock, ADA).tick()
    assert await told(database, clock.now) == []


async def test_a_source_that_ends_is_told_once_also_after_it_failed(
    database: Database, clock: Clock
) -> None:
    feed = await feed_of(database)
    warns = warner(database, clock, ADA)
    await polled(database, feed, **failing(timedelta(days=2)))
    await warns.tick()
    await polled(database, feed, state=FeedState.ENDED, failure="410")
    for _ in range(2):
        await warns.tick()
    assert [text for _, text in await told(database, clock.now)] == [
        [["Alpha"], [], []],
        [[], ["Alpha"], []],
    ]


async def test_two_processes_tell_it_once(database: Database, clock: Clock) -> None:
    feed = await feed_of(database)
    await polled(database, feed, **failing(timedelta(days=2)))
    await asyncio.gather(*(warner(database, clock, ADA).tick() for _ in range(4)))
    assert await told(database, clock.now) == [(ADA, [["Alpha"], [], []])]
    assert await told(database, clock.now) == []


@pytest.mark.parametrize("change", [Change.PAUSE, Change.REMOVE])
async def test_what_the_operator_put_aside_is_no_news(
    database: Database, clock: Clock, change: Change
) -> None:
    feed = await feed_of(database)
    await polled(database, feed, **failing(timedelta(days=2)))
    managing = Managing(database, clock)
    await managing.change("Alpha", change)
    await warner(database, clock, ADA).tick()
    assert await told(database, clock.now) == []


async def test_one_that_is_resumed_is_told_of_again_when_it_fails_again(
    database: Database, clock: Clock
) -> None:
    feed = await feed_of(database)
    warns, managing = warner(database, clock, ADA), Managing(database, clock)
    await polled(database, feed, **failing(timedelta(days=2)))
    await warns.tick()
    assert len(await told(database, clock.now)) == 1
    for change in (Change.PAUSE, Change.RESUME):
        await managing.change("Alpha", change)
    await polled(database, feed, last_success_at=clock.now)
    await warns.tick()
    assert await told(database, clock.now) == []
    await polled(database, feed, **failing(timedelta(days=2)))
    await warns.tick()
    assert len(await told(database, clock.now)) == 1


async def test_a_chat_listed_by_name_is_told_once_it_is_known(
    database: Database, clock: Clock
) -> None:
    feed = await feed_of(database)
    warns = warner(database, clock, "@ada")
    await polled(database, feed, **failing(timedelta(days=2)))
    await warns.tick()
    assert await told(database, clock.now) == []
    async with database.transaction() as tx:
        chat = await tx.chats.chat(ADA, START)
        await tx.chats.note_username(chat.id, "@ada")
    await warns.tick()
    assert await told(database, clock.now) == [(ADA, [["Alpha"], [], []])]


async def test_who_asked_to_be_forgotten_is_left_alone(database: Database, clock: Clock) -> None:
    feed = await feed_of(database)
    async with database.transaction() as tx:
        await tx.chats.chat(ADA, START)
        await tx.chats.set_state(ADA, ChatState.FORGOTTEN, START)
    await polled(database, feed, **failing(timedelta(days=2)))
    await warner(database, clock, ADA, GROUP).tick()
    assert [number for number, _ in await told(database, clock.now)] == [GROUP]


async def test_with_nobody_to_tell_the_log_has_it_once(
    database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    feed = await feed_of(database)
    await polled(database, feed, **failing(timedelta(days=2)))
    for _ in range(2):
        await warner(database, clock).tick()
    assert [r.getMessage() for r in caplog.records if r.name == "bot.services.warning"] == [
        f"source {feed.id} (https://a.example/rss) has failed for a day: no answer"
    ]


async def test_a_chat_that_cannot_be_reached_is_told_once_it_can(
    database: Database, clock: Clock
) -> None:
    feed = await feed_of(database)
    await polled(database, feed, **failing(timedelta(days=2)))
    for state, expected in ((ChatState.UNREACHABLE, []), (ChatState.ACTIVE, [ADA])):
        async with database.transaction() as tx:
            await tx.chats.chat(ADA, START)
            await tx.chats.set_state(ADA, state, START)
        await warner(database, clock, ADA).tick()
        assert [number for number, _ in await told(database, clock.now)] == expected
