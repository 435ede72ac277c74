"""The whole bot as a process, killed in the middle of its work: no command and no alert lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.services.sending import IN_FLIGHT
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Call, User
from tests.support import faults
from tests.support.bot_api import Schema, violations
from tests.support.children import Child
from tests.support.data import find_data
from tests.support.databases import database_url
from tests.support.day_pages import REUTERS, WIRE, bullet, page_text, title_of
from tests.support.leases import held_leases, in_flight, let_leases_run_out, looking
from tests.support.nursery import dateline
from tests.support.wiki import Wiki, local_wiki

__all__ = ["database_url"]  # a fixture: on both engines

READERS = 24
PATIENCE = 60.0
ELECTED = bullet("[[Ann Sample]] is elected.", WIRE)
RESIGNS = bullet("[[Ann Sample]] resigns and leaves [[Samplia]].", REUTERS)


@dataclass
class Town:
    """A portal, a Telegram full of readers, and the bot between them as a process."""

    wiki: Wiki
    world: World
    database_url: str
    start: Callable[[], AbstractAsyncContextManager[Child]]
    twice: Counter[int] = field(default_factory=Counter)  # chats whose message may have repeated

    def publish(self, *bullets: str) -> None:
        """Today's page as it is from now on."""
        today = datetime.now(UTC).date()
        self.wiki.set_page(title_of(today), page_text(today, bullets))

    def join(self, count: int) -> list[User]:
        return [self.world.add_user(f"Reader {number}") for number in range(count)]

    def texts(self, reader: User, words: str) -> int:
        """How many messages with these words a reader has got."""
        return sum(words in message.text for message in self.world.sent(reader))

    def taken(self, words: str) -> list[Call]:
        """The messages with these words that Telegram took."""
        calls = self.world.calls_to("sendMessage")
        return [call for call in calls if call.ok and words in call.params["text"]]

    async def until(self, true: Callable[[], bool]) -> None:
        await self.world.until(true, within=PATIENCE)

    async def asked_for(self, parameter: str) -> None:
        """Wait until the wiki is asked with this parameter."""
        async with self.wiki.arrival, asyncio.timeout(PATIENCE):
            await self.wiki.arrival.wait_for(
                lambda: any(parameter in asked.params for asked in self.wiki.requests)
            )

    async def killed_when(self, true: Callable[[], bool]) -> None:
        """Run the bot and kill it at that moment; then let the time of its leases pass."""
        async with self.start() as child:
            await self.until(true)
            await child.kill()
        flying = await in_flight(self.database_url)
        assert len(flying) <= IN_FLIGHT
        self.twice.update(flying)
        await let_leases_run_out(self.database_url)

    async def works_until(self, readers: list[User], words: str) -> None:
        """Run the bot until all have these words, and it has nothing left to do; then end it."""
        async with self.start() as child:
            await self.until(lambda: all(self.texts(reader, words) for reader in readers))
            await self.until(lambda: not self.world.updates.pending)
            last = self.world.add_user("Last")
            self.world.say(last, "/help")  # answers go in order: after this one none is left
            await self.until(lambda: bool(self.world.sent(last)))
            assert await child.stop() == 0, child.log.read_text()
        async with looking(self.database_url) as tx:
            assert await tx.outbox.waiting() == 0

    def assert_once(self, readers: list[User], words: str) -> None:
        """Everybody has it once, but for messages that were being sent at a kill."""
        for reader in readers:
            assert 1 <= self.texts(reader, words) <= 1 + self.twice[reader.id]


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        wiki = await stack.enter_async_context(local_wiki())
        wiki.set_article("Ann Sample", qid="Q1", labels={"en": "Ann Sample"})
        world = World()
        server = await stack.enter_async_context(StandInServer(world))
        settings = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": server.url,
            "DATABASE_URL": database_url,
            "WIKIPEDIA_API_URL": wiki.api_url,
            "WIKIDATA_API_URL": wiki.api_url,
            "WIKIMEDIA_CONTACT": "tests@example.org",
            "WIKIMEDIA_RATE": "100000",
            "ALERT_HOLD": "0",
            "SEND_RATE": "1000",
        }
        start = lambda: dateline("run", folder=tmp_path, settings=settings)  # noqa: E731
        one = Town(wiki, world, database_url, start)
        one.publish(ELECTED)
        yield one
        log = (tmp_path / "child.log").read_text()
        assert TOKEN not in log
        assert "Traceback" not in log
        if find_data():
            assert violations(world.calls, Schema.load()) == []


async def test_killed_among_commands_and_alerts_it_loses_none(town: Town) -> None:
    first, *others = readers = town.join(READERS)
    town.world.say(first, "/follow Ann Sample")  # whom the others name is known from then on
    await town.works_until([first], "You follow")
    for reader in others:
        town.world.say(reader, "/follow Ann Sample")
    await town.killed_when(lambda: len(town.taken("You follow")) >= READERS // 3)
    await town.works_until(readers, "You follow")
    town.assert_once(readers, "You follow")
    town.twice.clear()
    # Ended in order it leaves no lease behind, so that the next one works at once; but for whose
    # the database is.
    assert set(await held_leases(town.database_url)) <= {"bot"}

    town.publish(ELECTED, RESIGNS)
    for part in (1, 2):
        await town.killed_when(lambda: len(town.taken("resigns")) >= READERS * part // 3)  # noqa: B023
    await town.works_until(readers, "resigns")
    town.assert_once(readers, "resigns")
    async with looking(town.database_url) as tx:
        assert (await tx.chats.count())[1] == READERS


async def test_a_command_that_was_being_handled_is_answered_once(town: Town) -> None:
    (reader,) = town.join(1)
    town.world.say(reader, "/follow Somebody Else")
    never = asyncio.Event()
    town.wiki.faults.extend([faults.slow(never)] * 9)
    async with town.start() as child:
        await town.asked_for("gsrsearch")
        await child.kill()
    never.set()
    town.wiki.faults.clear()
    assert town.world.updates.pending != []
    await let_leases_run_out(town.database_url)
    town.wiki.set_article("Somebody Else", qid="Q2", labels={"en": "Somebody Else"})
    await town.works_until([reader], "You follow Somebody Else")
    assert len(town.world.sent(reader)) == 1


async def test_an_answer_that_was_being_sent_comes_at_most_twice(town: Town) -> None:
    (reader,) = town.join(1)
    fault = town.world.faults.add("slow", "sendMessage", reader.id)
    async with town.start() as child:
        town.world.say(reader, "/following")
        await asyncio.wait_for(fault.reached.wait(), PATIENCE)
        await child.kill()
    fault.release.set()
    await town.until(lambda: bool(town.world.sent(reader)))
    await let_leases_run_out(town.database_url)
    await town.works_until([reader], "follow")
    assert len(town.world.sent(reader)) == 2


async def test_two_processes_share_the_work_and_repeat_nothing(town: Town) -> None:
    readers = town.join(10)
    async with town.start(), town.start():
        for reader in readers:  # no more than may be looked up at Wikipedia in a minute
            town.world.say(reader, "/follow Ann Sample")
        await town.until(lambda: all(town.texts(one, "You follow") for one in readers))
    assert [len(town.world.sent(reader)) for reader in readers] == [1] * len(readers)
