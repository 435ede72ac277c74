"""Events that become one while alerts of them are made and sent: nobody is told twice."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.alerts import Unsendable, load_alert, load_merged
from bot.services.merging import merge_events, unmerge_event
from bot.services.outcomes import Outcome
from storage.database import Database
from storage.model import Call, Chat
from storage.tables import EventRow, MergeRow, OutboxRow, ReportRow
from tests.support.portal import LEASE, START, Portal, expand, follow, send_all
from tests.support.post import Clock, FakeTelegram, Post
from tests.support.rows import rows
from tests.support.story import account

NOW = START + timedelta(minutes=10)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
BRIDGE = account("2017-11-23", "A bridge in [[Springfield]] falls.")


async def merge(database: Database, one: int = 1, other: int = 2) -> int:
    async with database.transaction() as tx:
        return await merge_events(tx, one, other, NOW)


async def unmerge(database: Database, number: int = 2) -> int | None:
    async with database.transaction() as tx:
        return await unmerge_event(tx, number, NOW)


async def at_work(database: Database) -> tuple[Post, Portal]:
    """A process that sends, a reader (1), and two events that both concern them."""
    await follow(database, 1, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD, BRIDGE)
    return Post(database, clock=Clock(NOW)), portal


async def test_two_messages_become_one_and_a_pointer_to_it(database: Database) -> None:
    post, portal = await at_work(database)
    await post.work(10, step=1)
    assert post.telegram.texts(1) == [FLOOD.text, BRIDGE.text]
    await merge(database)
    await post.work(10, step=1)
    assert post.telegram.texts(1) == [FLOOD.text, "same as message 1"]
    reworded = account("2017-11-23", "A great flood reaches [[Springfield]].")
    await portal.stand(20, reworded, BRIDGE)
    post.clock.now = portal.at(31)
    sent = len(post.telegram.log)
    await post.work(10, step=1)
    assert post.telegram.texts(1) == [reworded.text, "same as message 1"]
    assert len(post.telegram.log) == sent + 1
    await unmerge(database)
    await post.work(10, step=1)
    assert post.telegram.texts(1) == [reworded.text, BRIDGE.text]


async def test_an_edit_that_telegram_refuses_is_not_tried_again(database: Database) -> None:
    post, _ = await at_work(database)
    await post.work(10, step=1)
    post.telegram._chats[1].clear()  # the reader has deleted them
    await merge(database)
    await post.work(10, step=1)
    sent = len(post.telegram.log)
    await post.work(10, step=1)
    assert len(post.telegram.log) == sent
    assert await rows(database, OutboxRow.stale) == [(False,), (False,)]


class _MergesMeanwhile(FakeTelegram):
    """A Telegram that takes its time: before it answers for the first time, events 1 and 2
    become one."""

    database: Database

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        """Take it, and merge."""
        outcome = await super().__call__(chat, call)
        if len(self.log) == 1:
            await merge(self.database)
        return outcome


async def test_what_is_on_its_way_when_it_happens_is_put_right_by_an_edit(
    database: Database,
) -> None:
    await at_work(database)
    clock = Clock(NOW)
    telegram = _MergesMeanwhile(clock)
    telegram.database = database
    post = Post(database, clock=clock, telegram=telegram)
    await post.work(10, step=1)
    assert telegram.texts(1) == [FLOOD.text]
    assert len(telegram.log) == 2  # the message, and its edit
    assert await rows(database, OutboxRow.event_id, OutboxRow.state) == [
        (1, "sent"),
        (2, "cancelled"),
    ]


async def test_one_claimed_just_before_waits_until_it_is_clear_which_lives_on(
    database: Database,
) -> None:
    await at_work(database)
    await expand(database, NOW)
    async with database.reading() as tx:
        claimed = await tx.outbox.alert_of(1, 2)
    assert claimed is not None
    await merge(database)
    async with database.reading() as tx:
        found = await load_alert(tx, claimed)
        assert await load_merged(tx, claimed) is None
    assert isinstance(found, Unsendable)
    assert found.ends_as is None


# --- whatever happens in whatever order

EVENTS, CHATS = range(1, 6), range(1, 5)
# Each event names two of five; each chat follows one or two.
TOLD = [account("2017-11-23", f"No {n}: [[P{n}]] and [[P{n % 5 + 1}]].") for n in EVENTS]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.sampled_from(EVENTS), st.sampled_from(EVENTS)),
        st.tuples(st.just("unmerge"), st.sampled_from(EVENTS), st.just(0)),
        st.tuples(st.just("queue"), st.just(0), st.just(0)),
        st.tuples(st.just("send"), st.just(0), st.just(0)),
        st.tuples(st.just("unite"), st.sampled_from([1, 2]), st.just(0)),
        st.tuples(st.just("edit"), st.just(0), st.just(0)),
    ),
    max_size=14,
)


@dataclass
class World:
    """Five events that stand, four chats, and what they were told."""

    database: Database

    async def begin(self) -> None:
        for chat in CHATS:
            await follow(self.database, chat, f"P{chat}", *([f"P{chat + 1}"] if chat % 2 else []))
        await Portal(self.database).stand(0, *TOLD)

    async def do(self, step: tuple[str, int, int]) -> None:
        name, one, other = step
        match name:
            case "merge":
                await self._merge(one, other)
            case "unmerge":
                await unmerge(self.database, one)
            case "queue":
                await expand(self.database, NOW)
            case "send":
                await self._send()
            case "unite":
                async with self.database.transaction() as tx:
                    await tx.outbox.unite(NOW, batch=one)
            case "edit":
                await self._edit()

    async def _merge(self, one: int, other: int) -> None:
        """Storage's part alone: the alerts follow when they do."""
        async with self.database.transaction() as tx:
            before = [await tx.events.survivor(number) for number in (one, other)]
            assert await tx.events.merge(one, other, NOW) == min(filter(None, before))

    async def _send(self) -> None:
        leads_to = await self._leads_to()
        had = {
            (chat, leads_to[event])
            for chat, event, kind, state in await rows(
                self.database,
                OutboxRow.chat_id,
                OutboxRow.event_id,
                OutboxRow.kind,
                OutboxRow.state,
            )
            if state == "sent"
        }
        told = Counter((chat, event) for chat, event in await send_all(self.database, NOW))
        assert all(times == 1 for times in told.values())
        assert not had & set(told)

    async def _edit(self) -> None:
        await expand(self.database, NOW)
        for _ in range(30):
            async with self.database.transaction() as tx:
                messages = await tx.outbox.claim_edits(NOW, LEASE, 100)
                for message in messages:
                    merged = await load_merged(tx, message)
                    event = await tx.events.get(message.event_id or 0)
                    assert event is not None
                    assert merged is not None or event.id == message.event_id
                    revision = merged.revision if merged else event.revision
                    await tx.outbox.edited(message, revision, counts=True)
            if not messages:
                return
        raise AssertionError("edited for ever")

    async def _leads_to(self) -> dict[int, int]:
        found = await rows(self.database, EventRow.id, EventRow.merged_into)
        return {number: left or number for number, left in found}

    async def check(self) -> None:
        """What always holds; of alerts once they have followed."""
        leads_to = await self._leads_to()
        assert all(leads_to[left] == left for left in leads_to.values())
        told_by = await rows(self.database, ReportRow.event_id)
        assert all(leads_to[event] == event for (event,) in told_by)
        opened = await rows(self.database, MergeRow.gone_id, MergeRow.undone_at)
        gone = sorted(number for number, undone in opened if undone is None)
        assert gone == sorted(number for number, left in leads_to.items() if left != number)
        if all(settled for (settled,) in await rows(self.database, MergeRow.settled)):
            await self._check_alerts(leads_to)

    async def _check_alerts(self, leads_to: dict[int, int]) -> None:
        alerts = await rows(
            self.database, OutboxRow.chat_id, OutboxRow.event_id, OutboxRow.kind, OutboxRow.state
        )
        assert all(kind == "alert" for *_, kind, _ in alerts)
        living = {(chat, event) for chat, event, _, _ in alerts if leads_to[event] == event}
        for chat, event, _, state in alerts:
            if leads_to[event] != event:
                assert state in ("sent", "cancelled")
                assert (chat, leads_to[event]) in living


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_each_report_has_one_event_and_each_chat_one_alert_of_it(
    migrated_file: Path, steps: list[tuple[str, int, int]]
) -> None:
    async def go(url: str) -> None:
        database = await Database.open(url)
        try:
            world = World(database)
            await world.begin()
            for step in steps:
                await world.do(step)
                await world.check()
            for last in (("send", 0, 0), ("edit", 0, 0), ("send", 0, 0)):
                await world.do(last)
                await world.check()
        finally:
            await database.close()

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        path = Path(folder) / "dateline.db"
        shutil.copy(migrated_file, path)
        pool.submit(asyncio.run, go(f"sqlite:///{path}")).result()
