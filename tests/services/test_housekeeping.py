"""What is kept for a while goes when that is over, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest_asyncio

from bot.services.housekeeping import Housekeeping
from storage.database import Database
from storage.model import Call, ChatState
from storage.tables import ChatRow, FollowRow, OutboxRow, UpdateRow
from tests.support.portal import START, Portal, expand, follow, send_all
from tests.support.post import Clock
from tests.support.rows import column
from tests.support.story import account

READER, LOST, LEAVER = 1, 2, 3
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
REWORDED = account("2017-11-23", "A great flood reaches [[Springfield]].")


@pytest_asyncio.fixture
async def portal(database: Database) -> Portal:
    """One thing of each kind that is kept for a while, made within forty minutes."""
    portal = Portal(database)
    await follow(database, READER, "Springfield")
    await portal.stand(0, FLOOD)
    await send_all(database, portal.at(10))
    await portal.stand(20, REWORDED)
    await expand(database, portal.at(30))
    await follow(database, LOST, "Springfield")
    async with database.transaction() as tx:
        await tx.chats.begin_update(77, START)
        await tx.chats.set_state(LOST, ChatState.UNREACHABLE, START)
        reader, leaver = [await tx.chats.chat(number, START) for number in (READER, LEAVER)]
        await tx.chats.forget(leaver.telegram_id)
        await tx.outbox.reply(reader.id, [Call("sendMessage", {"text": "my secret"})], START)
        [answer] = await tx.outbox.claim_replies(START, timedelta(minutes=1), 9)
        await tx.outbox.sent(answer, 71, 0, START)
    return portal


async def sweep(portal: Portal, after: timedelta) -> dict[str, int]:
    """How much is left of each when all is swept, so long after the start."""
    await Housekeeping(portal.database, clock=Clock(START + after)).sweep()
    return {
        "edits": (await column(portal.database, OutboxRow.stale)).count(True),
        "updates": len(await column(portal.database, UpdateRow.id)),
        "answers": (await column(portal.database, OutboxRow.kind)).count("reply"),
        "follows of the lost": (await column(portal.database, FollowRow.chat_id)).count(LOST),
        "the forgotten": (await column(portal.database, ChatRow.telegram_id)).count(LEAVER),
    }


async def test_what_is_kept_for_a_while_goes_when_that_is_over(portal: Portal) -> None:
    old = [
        {name for name, left in (await sweep(portal, timedelta(days=days))).items() if not left}
        for days in (1, 4, 8, 29, 31)
    ]
    soon = {"the forgotten"}
    assert old == [
        soon,
        soon | {"updates"},
        soon | {"updates", "edits"},
        soon | {"updates", "edits"},
        soon | {"updates", "edits", "answers", "follows of the lost"},
    ]


async def test_alerts_and_follows_of_those_who_are_reached_stay(portal: Portal) -> None:
    await sweep(portal, timedelta(days=1000))
    assert await column(portal.database, OutboxRow.kind) == ["alert"]
    assert await column(portal.database, FollowRow.chat_id) == [READER]
