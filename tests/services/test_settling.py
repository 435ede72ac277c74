"""What came of a message is kept, though the database fails for a moment; on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.services.delivering import Delivering
from bot.services.outcomes import Outcome
from bot.services.sending import ROW_LEASE
from storage.database import Database, Transaction
from storage.model import Call, Chat
from storage.tables import OutboxRow
from tests.support.flood import READER, due
from tests.support.post import PlainViews, Post, no_files, seconds_of, send_round
from tests.support.rows import column, let_row_leases_pass


class Failing:
    """A database none of whose next ``left`` writing transactions is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.left = 0

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that only reads."""
        return self._database.reading()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A writing transaction."""
        async with self._database.transaction() as tx:
            yield tx
            if self.left:
                self.left -= 1
                raise ConnectionError("the server went away")


class Flaky(Post):
    """A process whose database fails so many times once Telegram has taken a message."""

    def __init__(self, database: Database, failures: int) -> None:
        super().__init__(database)
        self.failures = failures
        self.failing = Failing(database)
        self.delivering = Delivering(
            self.failing,  # type: ignore[arg-type]  # acts as one
            self.deliver,
            PlainViews(),
            clock=self.clock,
            files=no_files,
            monotonic=seconds_of(self.clock),
            sleep=self.clock.sleep,
        )
        self.sending = self.sends(self.delivering)

    async def deliver(self, chat: Chat, call: Call) -> Outcome:
        """Take a message."""
        self.failing.left, self.failures = self.failures, 0
        return await self.telegram(chat, call)


async def test_a_failure_that_passes_has_nothing_sent_twice(database: Database) -> None:
    post = Flaky(database, 3)
    await due(database)
    await post.work()
    assert await column(database, OutboxRow.state) == ["sent"]
    await let_row_leases_pass(database)
    await post.work(600, step=60)
    assert len(post.telegram.texts(READER)) == 1


async def test_nobody_settles_what_another_may_send_by_then(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    post = Flaky(database, 1_000_000)
    await due(database)
    await post.expanding.expand()
    began = post.clock()
    with pytest.raises(ConnectionError):
        await send_round(post.sending)
    assert post.clock() - began < ROW_LEASE
    said = [record for record in caplog.records if "not settled" in record.getMessage()]
    assert said
    assert all(record.exc_info for record in said)  # or the log could not tell it from others
    post.failing.left = 0
    await let_row_leases_pass(database)
    await post.work(1)
    assert await column(database, OutboxRow.state) == ["sent"]


async def test_what_is_leased_to_nobody_is_settled_once(database: Database) -> None:
    post = Flaky(database, 1)
    await due(database)
    await post.expanding.expand()
    async with database.reading() as tx:
        message = await tx.outbox.message(1)
    assert message is not None
    with pytest.raises(ConnectionError):
        await post.delivering.send(message)
