"""Publishers that take their time: nobody waits for them, and nobody asks them twice at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from bot.services.feeding.polling import LEASE
from bot.sources.http import Response, Validators
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.model import Feed, FeedState
from storage.tables import ReportRow
from tests.support.polled_feeds import FeedEntry, PolledFeeds
from tests.support.rows import count

SLOW, QUICK = "https://slow.example.org/rss", "https://quick.example.org/rss"
FLOOD = FeedEntry("River floods Springfield", "https://slow.example.org/flood", "Hundreds flee.")
VOTE = FeedEntry("Ann Sample elected speaker", "https://quick.example.org/vote", "Second ballot.")
STORM = FeedEntry("Storm hits Port Example", "https://quick.example.org/storm", "Roofs are lost.")
PATIENCE = 60.0  # seconds, that a test takes only if it fails
MANY = 300  # more are never begun to be asked in one round


@dataclass
class SlowStand(PolledFeeds):
    """Publishers of whom all at ``held`` addresses wait for leave to answer; ``here`` are the
    requests that wait, and ``given_up`` those that were cut off."""

    patience: float = 0.01  # nobody waits for an answer for long
    held: set[str] = field(default_factory=set)
    leave: asyncio.Event = field(default_factory=asyncio.Event)
    here: Counter[str] = field(default_factory=Counter)
    given_up: Counter[str] = field(default_factory=Counter)

    async def ask(self, url: str, *, validators: Validators) -> Response:
        """What the server answers, once it does."""
        if url in self.held:
            await self._wait(url)
        return await super().ask(url, validators=validators)

    async def _wait(self, url: str) -> None:
        self.here[url] += 1
        assert self.here[url] == 1
        try:
            await self.leave.wait()
        except asyncio.CancelledError:
            self.given_up[url] += 1
            raise
        finally:
            self.here[url] -= 1

    async def until(self, reports: int) -> None:
        """Polls on and on, as the bot does, until so many reports are kept."""
        async with asyncio.timeout(PATIENCE):
            while await count(self.database, ReportRow) < reports:
                await self.poll_due()

    async def manage(self, feed: Feed, **changes: object) -> None:
        """An operator changes a feed."""
        now = await self.feed(feed.id)
        async with self.database.transaction() as tx:
            await tx.feeds.manage(now, replace(now, **changes))  # type: ignore[arg-type]  # by name


@pytest.fixture
async def stand(database: Database) -> AsyncIterator[SlowStand]:
    """A publisher that does not answer yet, and one that does: both are due."""
    stand = SlowStand(database, held={SLOW})
    yield stand
    await stand.feeding.release()
    assert not stand.here.total()


async def test_a_slow_feed_is_waited_for_by_itself(stand: SlowStand) -> None:
    slow = await stand.add(SLOW, FLOOD)
    await stand.add(QUICK, VOTE)
    await stand.until(1)
    stand.publish(QUICK, STORM, VOTE)
    stand.now += (await stand.feed(slow.id)).interval * 2
    await stand.until(2)
    assert stand.here[SLOW] == 1
    assert (await stand.feed(slow.id)).last_success_at is None
    stand.leave.set()
    await stand.until(3)
    assert (await stand.feed(slow.id)).last_success_at == stand.now
    assert [url for url, _ in stand.asked].count(SLOW) == 1
    assert not stand.given_up.total()


async def test_however_many_are_silent_others_are_asked(
    database: Database, stand: SlowStand
) -> None:
    silent = [f"https://{number}.example.org/rss" for number in range(MANY)]
    stand.held.update(silent)
    async with database.transaction() as tx:
        for url in silent:
            await tx.feeds.add(Feed(0, url, url, due_at=stand.now))
    await stand.poll_due()
    assert stand.here.total() == MANY
    stand.now = stand.now.replace(minute=1)
    await stand.add(QUICK, VOTE)
    await stand.until(1)
    assert stand.here.total() == MANY
    assert not stand.given_up.total()


@pytest.mark.parametrize("state", [FeedState.PAUSED, FeedState.REMOVED])
async def test_who_is_polled_no_more_is_no_longer_waited_for(
    database: Database, stand: SlowStand, state: FeedState
) -> None:
    slow = await stand.add(SLOW, FLOOD)
    await stand.poll_due()
    await stand.manage(slow, state=state, due_at=None)
    stand.leave.set()
    await asyncio.sleep(0)  # it answers before anybody looks
    await stand.add(QUICK, VOTE)
    await stand.until(1)
    await stand.poll_due()
    assert await count(database, ReportRow) == 1
    assert (await stand.feed(slow.id)).state is state


async def test_who_is_at_another_address_now_is_asked_there(stand: SlowStand) -> None:
    slow = await stand.add(SLOW, FLOOD)
    await stand.poll_due()
    await stand.manage(slow, url=QUICK)
    stand.publish(QUICK, VOTE)
    await stand.until(1)
    assert stand.given_up == {SLOW: 1}
    assert [url for url, _ in stand.asked] == [QUICK]


async def test_another_process_that_polls_ends_the_waiting(
    database: Database, stand: SlowStand
) -> None:
    await stand.add(SLOW, FLOOD)
    await stand.poll_due()
    assert stand.here[SLOW] == 1
    async with database.transaction() as tx:
        await tx.leases.release(LEASE, "here")
    other = stand.new_process("there")
    stand.held.clear()
    async with asyncio.timeout(PATIENCE):
        while not await count(database, ReportRow):
            await other.poll()
    assert await stand.poll_due() == []
    assert stand.given_up == {SLOW: 1}
    assert not stand.here.total()


class OvertakenStand(PolledFeeds):
    """Publishers so slow that another process polls by the time they answer."""

    async def ask(self, url: str, *, validators: Validators) -> Response:
        """What the server answers, too late."""
        async with self.database.transaction() as tx:
            await tx.leases.release(LEASE, "here")
            assert await tx.leases.take(LEASE, "there", PATIENCE)
        return await super().ask(url, validators=validators)


async def test_what_comes_once_another_process_polls_is_left_to_that_one(
    database: Database,
) -> None:
    stand = OvertakenStand(database)
    slow = await stand.add(SLOW, FLOOD)
    assert await stand.poll_due() == []
    assert await count(database, ReportRow) == 0
    assert (await stand.feed(slow.id)).last_success_at is None


async def test_a_release_ends_the_waiting_and_another_process_asks_at_once(
    database: Database, stand: SlowStand
) -> None:
    slow = await stand.add(SLOW, FLOOD)
    await stand.poll_due()
    await stand.feeding.release()
    assert stand.given_up == {SLOW: 1}
    assert (await stand.feed(slow.id)).failures == 0
    stand.held.clear()
    stand.feeding = stand.new_process("there")
    await stand.until(1)


async def test_a_poll_that_is_cut_off_leaves_nothing_under_way(stand: SlowStand) -> None:
    await stand.add(SLOW, FLOOD)
    await stand.poll_due()
    polling = asyncio.create_task(stand.feeding.poll())
    await asyncio.sleep(0)
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling
    assert stand.given_up == {SLOW: 1}


class Unkept(PolledFeeds):
    """Publishers that can't be asked, since the database fails that says how."""

    fails = True

    async def ask(self, url: str, *, validators: Validators) -> Response:
        """What the server answers, once the database is well."""
        if self.fails:
            raise DatabaseUnavailable("the database is away")
        return await super().ask(url, validators=validators)


async def test_a_failure_of_the_database_is_no_feeds(database: Database) -> None:
    stand = Unkept(database)
    feeds = [await stand.add(QUICK, VOTE), await stand.add(SLOW, FLOOD)]
    with pytest.raises(DatabaseUnavailable):
        await stand.poll_due()
    for feed in feeds:
        assert (await stand.feed(feed.id)) == feed
    stand.fails = False
    await stand.poll_due()
    assert await count(database, ReportRow) == 2
