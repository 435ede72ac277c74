"""The sender's loop: at Telegram's pace, what matters most first, by one process."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.services.delivering import Delivering
from bot.services.outcomes import Busy, Outcome
from bot.services.sending import LEASE_NAME
from storage.database import Database
from storage.model import Alert, Call, Chat
from tests.support.portal import Killed, Portal, follow
from tests.support.post import Clock, FakeTelegram, PlainViews, Post, no_files, send_round
from tests.support.rows import let_row_leases_pass, shift_lease
from tests.support.story import account

FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
REWORDED = account("2017-11-23", "A flood reaches [[Springfield]] by night.")
GROUP = -9


async def alerts(database: Database, *readers: int, events: int = 1) -> Portal:
    """A portal with so many events, each due to all readers."""
    for reader in readers:
        await follow(database, reader, "Springfield")
    portal = Portal(database)
    more = [account("2017-11-23", f"[[Springfield]] holds vote {n}.") for n in range(1, events)]
    await portal.stand(0, FLOOD, *more)
    return portal


async def reply(post: Post, reader: int, *texts: str) -> None:
    """Queue answers."""
    async with post.database.transaction() as tx:
        chat = await tx.chats.chat(reader, post.clock())
        calls = [Call("sendMessage", {"text": text}) for text in texts]
        await tx.outbox.reply(chat.id, calls, post.clock())


def most_in_a_second(times: list[float]) -> int:
    return max(len([t for t in times if start <= t < start + 1]) for start in times)


# --- pace


@pytest.mark.parametrize("rate", [5, 20])
async def test_no_second_has_more_messages_than_the_rate(database: Database, rate: int) -> None:
    post = Post(database, rate=rate)
    await alerts(database, *range(1, 31))
    await post.work(8, step=0.2)
    assert len(post.telegram.log) == 30
    assert most_in_a_second(post.telegram.times()) <= rate


async def test_the_rate_is_used(database: Database) -> None:
    post = Post(database, rate=10)
    await alerts(database, *range(1, 31))
    await post.work(4, step=0.1)
    times = post.telegram.times()
    assert times[-1] - times[0] <= 3


async def test_a_rate_below_one_is_kept(database: Database) -> None:
    post = Post(database, rate=0.5)
    await alerts(database, 1, 2, 3)
    await post.work(6, step=0.5)
    first, second, third = post.telegram.times()
    assert min(second - first, third - second) >= 2


async def test_a_chat_gets_one_alert_a_second(database: Database) -> None:
    post = Post(database)
    await alerts(database, 1, events=4)
    await post.work(5, step=0.25)
    times = post.telegram.times(1)
    assert len(times) == 4
    assert min(b - a for a, b in pairwise(times)) >= 1


async def test_a_group_gets_twenty_a_minute(database: Database) -> None:
    post = Post(database)
    await alerts(database, GROUP, events=4)
    await post.work(12, step=0.5)
    times = post.telegram.times(GROUP)
    assert len(times) == 4
    assert min(b - a for a, b in pairwise(times)) >= 3


async def test_edits_keep_the_pace_of_a_group_too(database: Database) -> None:
    post = Post(database)
    portal = await alerts(database, GROUP, events=2)
    await post.work(6, step=0.5)
    reworded = [REWORDED, account("2017-11-23", "[[Springfield]] holds vote 1 by night.")]
    await portal.stand(20, *reworded)
    post.clock.now = portal.at(30)
    await post.work(6, step=0.5)
    assert post.telegram.texts(GROUP) == [each.text for each in reworded]
    first, second = post.telegram.times(GROUP)[2:]
    assert second - first >= 3


async def test_a_chat_that_must_wait_stalls_nobody_else(database: Database) -> None:
    post = Post(database)
    post.telegram.answers[1].append(Busy(60))
    await alerts(database, 1, 2, 3, events=2)
    await post.work(5, step=0.5)
    assert post.telegram.times(1) == []
    assert len(post.telegram.times(2)) == len(post.telegram.times(3)) == 2
    await post.work(60, step=2)
    assert len(post.telegram.times(1)) == 2


async def test_a_chat_that_must_wait_gets_no_answer_either(database: Database) -> None:
    post = Post(database)
    post.telegram.answers[1].append(Busy(60))
    await alerts(database, 1)
    await post.work()
    await reply(post, 1, "hello")
    await post.work(58, step=10)
    assert post.telegram.log == []
    await post.work(10, step=1)
    assert post.telegram.texts(1) == ["hello", FLOOD.text]


async def test_who_must_wait_has_been_asked(database: Database) -> None:
    post = Post(database, rate=5)
    post.telegram.answers |= {chat: [Busy(3600)] for chat in range(1, 31)}
    await alerts(database, *range(1, 31))
    await post.work(2, step=0.5)
    assert sum(not left for left in post.telegram.answers.values()) <= 15  # 5, and 5 a second


# --- order


async def test_answers_go_before_alerts_and_those_before_edits(database: Database) -> None:
    post = Post(database, rate=1)
    portal = await alerts(database, 1)
    await post.work(2, step=1)
    await portal.stand(20, REWORDED)
    await portal.stand(30, REWORDED, account("2017-11-23", "[[Malta]] votes."))
    await follow(database, 2, "Malta")
    post.clock.now = portal.at(45)
    await reply(post, 3, "hello")
    await post.work(10, step=1)
    assert [chat for _, chat, _ in post.telegram.log[1:]] == [3, 2, 1]


async def test_edits_wait_while_anything_else_is_due(database: Database) -> None:
    post = Post(database, rate=1)
    portal = await alerts(database, 1)
    await post.work(2, step=1)
    await portal.stand(20, REWORDED)
    post.clock.now = portal.at(30)
    for number in range(5):
        await reply(post, 10 + number, "hello")
    await post.work(10, step=1)
    assert [text for _, _, text in post.telegram.log[1:]] == ["hello"] * 5 + [REWORDED.text]


async def test_the_log_tells_edits_from_alerts(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot.services.sending")
    post = Post(database)
    portal = await alerts(database, 1)
    await post.work()
    await portal.stand(20, REWORDED)
    post.clock.now = portal.at(30)
    await post.work()
    post.clock.now = portal.at(31)
    await post.work()
    told = [(one.levelname, one.getMessage()) for one in caplog.records]
    assert [each for each in told if each[1].startswith("event")] == [
        ("DEBUG", "event 1 to chat 1: sent"),
        ("INFO", "event 1: sent 1"),
        ("DEBUG", "event 1 to chat 1: edited"),
        ("INFO", "event 1: edited 1"),
    ]


async def test_the_answers_of_a_chat_keep_their_order(database: Database) -> None:
    post = Post(database)
    await reply(post, 1, "one", "two", "three")
    await post.work(5, step=0.5)
    assert post.telegram.texts(1) == ["one", "two", "three"]


# --- several processes


def second(post: Post) -> Post:
    """Another process with the same database, clock and Telegram."""
    return Post(post.database, clock=post.clock, telegram=post.telegram, holder="two")


async def test_others_stand_by_but_answer(database: Database) -> None:
    one = Post(database)
    two = second(one)
    await send_round(one.sending)
    await alerts(database, 1)
    await reply(one, 2, "hello")
    await two.work(2, step=1)
    assert one.telegram.texts(2) == ["hello"]
    assert one.telegram.texts(1) == []
    await one.work()
    assert one.telegram.texts(1) == [FLOOD.text]


async def test_another_takes_over_when_the_lease_has_run_out(database: Database) -> None:
    one = Post(database)
    two = second(one)
    await send_round(one.sending)
    await alerts(database, 1)
    await shift_lease(database, LEASE_NAME, timedelta(minutes=-5))
    await two.work()
    assert two.telegram.texts(1) == [FLOOD.text]


async def test_a_killed_process_repeats_at_most_what_was_in_flight(database: Database) -> None:
    clock = Clock()
    post = Post(database, clock=clock, telegram=FakeTelegram(clock))
    portal = await alerts(database, *range(1, 21))
    clock.now = portal.at(10)
    post.telegram.killed_after = 10
    with pytest.raises(Killed):
        await post.work(5)
    post.telegram.killed_after = None
    await let_row_leases_pass(database)
    await shift_lease(database, LEASE_NAME, timedelta(minutes=-5))
    await second(post).work(5)
    received = [len(post.telegram.texts(reader)) for reader in range(1, 21)]
    assert set(received) <= {1, 2}
    assert received.count(2) <= 8


class VotesCannotBeMade(PlainViews):
    """A bug in how one kind of message looks."""

    def alert(self, chat: Chat, alert: Alert) -> Call:
        """Fails for votes."""
        if "vote" in alert.event.title:
            raise ValueError(alert.event.title)
        return super().alert(chat, alert)


async def test_a_message_that_cannot_be_made_holds_up_no_other(database: Database) -> None:
    clock = Clock()
    post = Post(database, clock=clock, views=VotesCannotBeMade())
    portal = await alerts(database, 1, 2, events=3)
    clock.now = portal.at(10)
    await post.work(30)
    assert [post.telegram.texts(reader) for reader in (1, 2)] == [[FLOOD.text], [FLOOD.text]]
    async with database.reading() as tx:
        assert await tx.outbox.waiting() == 4  # to be tried again, not lost


class OneIsSlow:
    """A Telegram that leaves one chat's messages unanswered until it is told."""

    def __init__(self, telegram: FakeTelegram, slow: int) -> None:
        self.telegram = telegram
        self.slow = slow
        self.answered = asyncio.Event()

    async def __call__(self, chat: Chat, call: Call) -> Outcome:
        if chat.telegram_id == self.slow:
            await self.answered.wait()
        return await self.telegram(chat, call)


async def test_a_slow_message_holds_up_its_own_chat_only(database: Database) -> None:
    post = Post(database)
    slow = OneIsSlow(post.telegram, 1)
    post.delivering = Delivering(database, slow, PlainViews(), clock=post.clock, files=no_files)
    post.sending = post.sends(post.delivering)
    async with database.transaction() as tx:
        for telegram_id in (1, 1, 2, 3):
            chat = await tx.chats.chat(telegram_id, post.clock.now)
            call = Call("sendMessage", {"text": f"to {telegram_id}"})
            await tx.outbox.reply(chat.id, [call], post.clock.now)
    stop, wake = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(post.sending.run(stop, wake))
    while len(post.telegram.log) < 2:
        wake.set()
        await asyncio.sleep(0)
    assert sorted(telegram_id for _, telegram_id, _ in post.telegram.log) == [2, 3]
    slow.answered.set()
    while len(post.telegram.log) < 4:
        wake.set()
        await asyncio.sleep(0)
    stop.set()
    await running
    assert post.telegram.texts(1) == ["to 1", "to 1"]
