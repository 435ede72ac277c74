"""A process that stands still with messages claimed, as a suspended host does, sends and settles
nothing that another has had since; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.delivering import Delivering
from bot.services.outcomes import SEND_SECONDS, Failed, Outcome, Unreachable
from bot.services.sending import ROW_LEASE
from storage.database import Database
from storage.model import Attachment, Call, Chat, OutgoingMessage
from storage.tables import OutboxRow
from tests.support.flood import FLOOD, READER, REWORDED, at, due
from tests.support.portal import entity
from tests.support.post import PlainViews, Post, no_files, seconds_of
from tests.support.rows import column, let_row_leases_pass, rows

STATE = (OutboxRow.state, OutboxRow.leased_by, OutboxRow.message_id)


def two_processes(database: Database) -> tuple[Post, Post]:
    """Two that send to one Telegram, by one clock."""
    one = Post(database)
    return one, Post(database, clock=one.clock, telegram=one.telegram, holder="two")


async def claimed(post: Post, holder: str = "one") -> OutgoingMessage:
    """The message that is due, claimed by a process."""
    await post.expanding.expand()
    async with post.database.transaction() as tx:
        (message,) = await tx.outbox.claim(post.clock(), ROW_LEASE, 1, holder=holder)
    return message


def until(post: Post) -> float:
    """When what is claimed now is free again, by the process's own clock."""
    return post.clock().timestamp() + ROW_LEASE.total_seconds()


async def send(post: Post, message: OutgoingMessage) -> Outcome | None:
    """Go on with a message after standing still, of which the process's own clock knows nothing."""
    return await post.delivering.send(message, leased_until=until(post))


class StandsStill:
    """A Telegram that answers only when another process has had the message, who claimed it or,
    where nothing else is told, sent it."""

    def __init__(self, post: Post, other: Post, answer: Outcome | None = None) -> None:
        self.delivering = Delivering(
            post.database,
            self,
            PlainViews(),
            clock=post.clock,
            files=no_files,
            monotonic=seconds_of(post.clock),
        )
        self._post = post
        self._other = other
        self._answer = answer

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        """Take a message, and say so too late."""
        taken = self._answer or await self._post.telegram(chat, call)
        await let_row_leases_pass(self._post.database)
        await (claimed(self._other, "two") if self._answer else self._other.work())
        return taken


async def test_what_another_has_sent_meanwhile_goes_no_second_time(database: Database) -> None:
    one, two = two_processes(database)
    await due(database)
    message = await claimed(one)
    await let_row_leases_pass(database)
    await two.work()
    sent = await rows(database, *STATE)
    assert await send(one, message) is None
    assert one.telegram.texts(READER) == [FLOOD.text]
    assert await rows(database, *STATE) == sent


async def test_what_another_is_sending_is_left_to_it(database: Database) -> None:
    one, two = two_processes(database)
    await due(database)
    message = await claimed(one)
    await let_row_leases_pass(database)
    again = await claimed(two, "two")
    assert await send(one, message) is None
    assert one.telegram.log == []
    await send(two, again)
    assert one.telegram.texts(READER) == [FLOOD.text]


@pytest.mark.parametrize("late", [0.0, 1.0])
async def test_what_the_database_said_before_it_stood_still_counts_no_more(
    database: Database, late: float
) -> None:
    one, _ = two_processes(database)
    await due(database)
    message, leased_until = await claimed(one), until(one)
    one.clock.pass_by(ROW_LEASE.total_seconds() - SEND_SECONDS + late)
    await one.delivering.send(message, leased_until=leased_until)
    assert one.telegram.texts(READER) == ([] if late else [FLOOD.text])
    await let_row_leases_pass(database)
    await one.work()
    assert one.telegram.texts(READER) == [FLOOD.text]  # late, it goes with its next claim


async def test_nothing_begins_that_would_outlast_the_lease(database: Database) -> None:
    one, _ = two_processes(database)
    await due(database)
    message = await claimed(one)
    await let_row_leases_pass(database, ROW_LEASE - timedelta(seconds=SEND_SECONDS - 1))
    assert await send(one, message) is None
    assert one.telegram.log == []


async def test_a_file_needs_time_for_what_goes_in_its_place(database: Database) -> None:
    one, _ = two_processes(database)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, one.clock())
        call = Call("sendDocument", {"text": "your data"}, Attachment("document", "export", {}))
        await tx.outbox.reply(chat.id, [call], one.clock())
        (reply,) = await tx.outbox.claim_replies(one.clock(), ROW_LEASE, 1, holder="one")
    leased_until = until(one)
    one.clock.pass_by(ROW_LEASE.total_seconds() - 2 * SEND_SECONDS + 1)
    assert not await one.delivering._is_ours(reply, call, leased_until)
    assert await one.delivering._is_ours(reply, Call("sendMessage", {}), leased_until)


async def test_the_message_that_was_settled_first_stays_the_living_one(database: Database) -> None:
    one, two = two_processes(database)
    portal = await due(database)
    message = await claimed(one)
    still = StandsStill(one, two)
    await still.delivering.send(message, leased_until=until(one))
    assert one.telegram.texts(READER) == [FLOOD.text, FLOOD.text]  # one was on its way
    assert await column(database, OutboxRow.message_id) == [2]
    await portal.stand(20, REWORDED)
    await at(two, portal, 30)
    assert one.telegram.texts(READER) == [FLOOD.text, REWORDED.text]


@pytest.mark.parametrize("answer", [Failed("no answer"), Unreachable("blocked")])
async def test_what_failed_too_late_does_not_free_what_another_sends(
    database: Database, answer: Outcome
) -> None:
    one, two = two_processes(database)
    await due(database)
    message = await claimed(one)
    still = StandsStill(one, two, answer)
    await still.delivering.send(message, leased_until=until(one))
    assert await rows(database, *STATE) == [("waiting", "two", None)]


async def test_what_is_wanted_no_more_is_not_cancelled_once_another_has_sent_it(
    database: Database,
) -> None:
    one, two = two_processes(database)
    await due(database)
    message = await claimed(one)
    await let_row_leases_pass(database)
    await two.work()
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.unfollow(message.chat.id, number)
    assert await send(one, message) is None
    assert await column(database, OutboxRow.state) == ["sent"]
