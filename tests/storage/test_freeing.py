"""What a process was sending when it died is free again, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from storage.database import Database
from storage.model import Call
from tests.support.portal import START, Portal, claim, expand, follow
from tests.support.story import account

NOW = START + timedelta(minutes=10)
LEASE = timedelta(minutes=1)
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
HELLO = Call("sendMessage", {"text": "hello"})


async def leased(database: Database) -> tuple[int, int]:
    """The numbers of an alert that "other" is sending, and of an answer that "one" is."""
    await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        chat = await tx.chats.chat(2, START)
        await tx.outbox.reply(chat.id, [HELLO], START)
        [alert] = await tx.outbox.claim(NOW, LEASE, 9, holder="other")
        [answer] = await tx.outbox.claim_replies(NOW, LEASE, 9, holder="one")
    return alert.id, answer.id


async def holders(database: Database) -> set[str]:
    async with database.reading() as tx:
        return await tx.outbox.holders()


async def test_what_the_dead_was_sending_is_free_at_once(database: Database) -> None:
    _, answer = await leased(database)
    async with database.transaction() as tx:
        assert await tx.outbox.free("one") == 1
        assert await tx.outbox.free("nobody") == 0
        again = await tx.outbox.claim_replies(NOW, LEASE, 9)
    assert [message.id for message in again] == [answer]
    assert await holders(database) == {"other"}
    assert await claim(database, NOW) == []


async def test_what_is_sent_is_held_by_nobody(database: Database) -> None:
    await leased(database)
    async with database.transaction() as tx:
        await tx.outbox.free("other")
        [alert] = await tx.outbox.claim(NOW, LEASE, 9, holder="one")
        await tx.outbox.sent(alert, 7, 1, NOW)
        # The answer alone: the alert needs nobody any more.
        assert await tx.outbox.free("one") == 1
    assert await holders(database) == set()
