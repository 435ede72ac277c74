"""Feeds polled and their entries kept, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import SourceBusy, SourceGone, SourceUnreachable
from storage.database import Database
from storage.model import FeedState
from storage.tables import OutboxRow, ReportRow
from tests.support.polled_feeds import START, FeedEntry, PolledFeeds
from tests.support.portal import edit_all, follow, send_all
from tests.support.rows import column, count

ONE, TWO = "https://one.example.org/rss", "https://two.example.org/rss"
FLOOD = FeedEntry(
    "River floods the centre of Springfield",
    "https://one.example.org/flood",
    "Hundreds of people leave their homes in Springfield after the Sample River burst its banks.",
)
VOTE = FeedEntry(
    "Parliament of Shelbyville elects a new speaker",
    "https://one.example.org/vote",
    "Ann Sample wins the second ballot with a majority of three.",
)
GAME = FeedEntry("Capital City wins the cup final", "https://one.example.org/game", "A late goal.")


@pytest.fixture
def stand(database: Database) -> PolledFeeds:
    """Publishers without a feed yet."""
    return PolledFeeds(database)


async def titles(stand: PolledFeeds) -> list[str]:
    return [event.title for event in await stand.events()]


async def test_a_first_poll_shows_at_once_and_pushes_nothing(
    database: Database, stand: PolledFeeds
) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD, VOTE)
    await stand.poll_due()
    assert await titles(stand) == [FLOOD.title, VOTE.title]
    assert await send_all(database, stand.now) == []


async def test_what_comes_later_alerts_with_the_poll(
    database: Database, stand: PolledFeeds
) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, VOTE, FLOOD)
    await stand.poll(15)
    [(reader, event_id)] = await send_all(database, stand.now)
    assert reader == 1
    [event] = [event for event in await stand.events() if event.id == event_id]
    assert (event.title, event.summary, event.page) == (VOTE.title, VOTE.summary, None)
    assert [mention.words for mention in event.mentions] == ["Ann Sample"]


async def test_an_unchanged_feed_is_asked_with_its_etag_and_makes_no_work(
    database: Database, stand: PolledFeeds
) -> None:
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    assert await stand.poll(15) == []
    (_, first), (_, second) = stand.asked
    assert first is None and second is not None
    assert await count(database, ReportRow) == 1


async def test_a_body_that_comes_again_makes_no_work_either(
    database: Database, stand: PolledFeeds
) -> None:
    feed = await stand.add(ONE, FLOOD)
    await stand.poll_due()
    async with database.transaction() as tx:
        kept = await stand.feed(feed.id)
        await tx.feeds.manage(kept, replace(kept, etag=None))
    assert await stand.poll(15) == []


async def test_an_entry_that_scrolls_out_stays(stand: PolledFeeds) -> None:
    await stand.add(ONE, FLOOD, VOTE)
    await stand.poll_due()
    stand.publish(ONE, VOTE)
    await stand.poll(15)
    assert await titles(stand) == [FLOOD.title, VOTE.title]


@pytest.mark.parametrize(
    "again",
    [
        FeedEntry("River floods Springfield: hundreds leave", FLOOD.link, FLOOD.summary),
        FeedEntry(FLOOD.title, f"{FLOOD.link}?utm_source=rss", FLOOD.summary, guid="other"),
        FeedEntry(FLOOD.title, "https://one.example.org/new-flood", FLOOD.summary, guid=FLOOD.link),
        FeedEntry(FLOOD.title, "https://one.example.org/moved", FLOOD.summary, guid="other"),
    ],
    ids=["new title", "tracked link and new GUID", "new link", "new link and GUID"],
)
async def test_an_entry_that_is_published_again_is_the_same_report(
    database: Database, stand: PolledFeeds, again: FeedEntry
) -> None:
    await follow(database, 1, "Springfield Sample")
    await stand.add(ONE, VOTE, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, again, VOTE)
    await stand.poll(15)
    assert await count(database, ReportRow) == 2
    assert await titles(stand) == [VOTE.title, again.title]
    stand.publish(ONE, VOTE, again)
    await stand.poll(15)
    assert await count(database, ReportRow) == 2


async def test_a_new_title_edits_the_alert(database: Database, stand: PolledFeeds) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, GAME)
    await stand.poll_due()
    stand.publish(ONE, VOTE, GAME)
    await stand.poll(15)
    assert len(await send_all(database, stand.now)) == 1
    stand.publish(ONE, FeedEntry("A new speaker for Shelbyville", VOTE.link, VOTE.summary), GAME)
    await stand.poll(15)
    assert await send_all(database, stand.now) == []
    assert len(await edit_all(database, stand.now)) == 1


async def test_two_publishers_on_one_happening_make_one_event(stand: PolledFeeds) -> None:
    await stand.add(ONE, FLOOD, GAME, title="One")
    other = FeedEntry(
        "Springfield centre under water as Sample River floods",
        "https://two.example.org/1",
        "Hundreds had to leave their homes after the Sample River burst its banks.",
    )
    await stand.add(TWO, other, VOTE, title="Two")
    await stand.poll_due()
    events = {event.title: event for event in await stand.events()}
    assert len(events) == 3
    assert {one.publisher for one in events[FLOOD.title].citations} == {"One", "Two"}


async def test_a_busy_server_is_left_alone_to_the_second(stand: PolledFeeds) -> None:
    feed = await stand.add(ONE)
    stand.feeds[ONE] = SourceBusy("wait", 1234)
    await stand.poll_due()
    assert (await stand.feed(feed.id)).due_at == START + timedelta(seconds=1234)
    await stand.poll_due(1233 / 60)
    assert len(stand.asked) == 1
    await stand.poll_due(1 / 60)
    assert len(stand.asked) == 2


async def test_a_failing_feed_is_asked_less_often_and_comes_back(stand: PolledFeeds) -> None:
    feed = await stand.add(ONE)
    stand.share = 0.9
    stand.feeds[ONE] = SourceUnreachable("no answer")
    await stand.poll_due()
    first = await stand.feed(feed.id)
    assert (first.failures, first.failure, first.failing_since) == (1, "no answer", START)
    await stand.poll_due(200)
    second = await stand.feed(feed.id)
    assert second.failing_since == START and second.failures == 2
    assert first.due_at and second.due_at
    assert second.due_at - stand.now > first.due_at - START
    stand.publish(ONE, FLOOD)
    await stand.poll_due(300)
    third = await stand.feed(feed.id)
    assert (third.failures, third.failure, third.failing_since) == (0, "", None)
    assert await titles(stand) == [FLOOD.title]


async def test_a_feed_that_is_gone_is_asked_no_more(stand: PolledFeeds) -> None:
    feed = await stand.add(ONE)
    stand.feeds[ONE] = SourceGone("gone")
    await stand.poll_due()
    ended = await stand.feed(feed.id)
    assert (ended.state, ended.due_at) == (FeedState.ENDED, None)
    await stand.poll_due(10_000)
    assert len(stand.asked) == 1


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(stand: PolledFeeds) -> None:
    feed = await stand.add(ONE, FLOOD)
    stand.moved[ONE] = TWO
    stand.publish(TWO, FLOOD)
    await stand.poll_due()
    assert (await stand.feed(feed.id)).url == TWO
    await stand.poll(15)
    assert stand.asked[-1][0] == TWO


async def test_one_broken_feed_hurts_no_other(stand: PolledFeeds) -> None:
    broken = await stand.add(ONE)
    stand.feeds[ONE] = b"<html><body>Please log in</body></html>"
    await stand.add(TWO, FLOOD)
    await stand.poll_due()
    assert await titles(stand) == [FLOOD.title]
    assert (await stand.feed(broken.id)).failure


async def test_the_interval_follows_the_feed(stand: PolledFeeds) -> None:
    feed = await stand.add(ONE, FLOOD)
    await stand.poll_due()
    busy = (await stand.feed(feed.id)).interval
    await stand.poll(15)
    assert (await stand.feed(feed.id)).interval > busy
    for number in range(12):
        stand.publish(
            ONE, FeedEntry(f"Thing {number} of {number}", f"https://one.example.org/{number}")
        )
        await stand.poll(15)
    assert (await stand.feed(feed.id)).interval == timedelta(minutes=2)
    for _ in range(20):
        await stand.poll(15)
    assert (await stand.feed(feed.id)).interval == timedelta(hours=2)


async def test_only_one_process_polls(stand: PolledFeeds) -> None:
    await stand.add(ONE, FLOOD)
    other = stand.new_process("there")
    await stand.poll_due()
    await stand.add(TWO, VOTE)
    assert await other.poll() == []
    await stand.feeding.release()
    assert len(await other.poll()) == 1


async def test_what_comes_after_a_gap_is_summed_up(database: Database, stand: PolledFeeds) -> None:
    await follow(database, 1, "Ann Sample")
    await stand.add(ONE, FLOOD)
    await stand.poll_due()
    stand.publish(ONE, FeedEntry(VOTE.title, VOTE.link, VOTE.summary, at=START), FLOOD)
    await stand.poll(7 * 60)
    assert await send_all(database, stand.now) == []
    assert await column(database, OutboxRow.state) == ["bundled", "waiting"]


async def test_the_interval_is_what_the_server_asks_for_if_that_is_longer(
    stand: PolledFeeds,
) -> None:
    feed = await stand.add(ONE, FLOOD)
    stand.fresh_for = timedelta(minutes=50)
    await stand.poll()
    assert (await stand.feed(feed.id)).interval == timedelta(minutes=50)
    stand.fresh_for = timedelta(hours=20)  # readers wait
    await stand.poll(60)
    assert (await stand.feed(feed.id)).interval == timedelta(hours=2)
