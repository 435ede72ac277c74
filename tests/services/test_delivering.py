"""One message: rendered when it is sent, from what readers see then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage.database import Database
from storage.model import Telling
from storage.tables import OutboxRow
from tests.support.flood import FLOOD, READER, REWORDED, at, due, told
from tests.support.portal import Killed, Portal, entity, follow
from tests.support.post import Post
from tests.support.rows import column, let_row_leases_pass
from tests.support.story import account

UNNAMED = account("2017-11-23", "A flood reaches a town by night.")


async def states(database: Database) -> Sequence[str]:
    return await column(database, OutboxRow.state)


# --- what is sent


async def test_an_alert_is_rendered_as_the_event_is_when_it_goes(database: Database) -> None:
    post, portal = Post(database), await due(database)
    await post.expanding.expand()
    await portal.stand(20, REWORDED)
    await at(post, portal, 30)
    assert post.telegram.texts(READER) == [REWORDED.text]
    assert len(post.telegram.log) == 1


async def test_a_changed_event_edits_the_message(database: Database) -> None:
    post = Post(database)
    portal = await told(database, post)
    await portal.stand(20, REWORDED)
    await at(post, portal, 30)
    assert post.telegram.texts(READER) == [REWORDED.text]


async def test_a_withdrawn_event_says_so_in_its_message_and_a_return_takes_it_back(
    database: Database,
) -> None:
    post = Post(database)
    portal = await told(database, post)
    await portal.stand(20)
    await at(post, portal, 30)
    assert post.telegram.texts(READER) == [f"withdrawn: {FLOOD.text}"]
    assert await column(database, OutboxRow.edits) == [0]  # a withdrawal is none
    await portal.stand(40, FLOOD)
    await at(post, portal, 50)
    assert post.telegram.texts(READER) == [FLOOD.text]


async def test_an_alert_whose_reader_unfollowed_is_cancelled(database: Database) -> None:
    post = Post(database)
    await due(database)
    await post.expanding.expand()
    number = await entity(database, "Springfield")
    async with database.transaction() as tx:
        chat = await tx.chats.chat(READER, post.clock())
        await tx.chats.unfollow(chat.id, number)
    await post.work()
    assert post.telegram.log == []
    assert await states(database) == ["cancelled"]


async def test_an_alert_whose_entity_is_not_named_at_present_waits(database: Database) -> None:
    post, portal = Post(database), await due(database)
    await post.expanding.expand()
    await portal.stand(20, UNNAMED)
    await at(post, portal, 30)
    assert post.telegram.log == []
    await portal.stand(40, FLOOD)
    await at(post, portal, 50)
    assert post.telegram.texts(READER) == [FLOOD.text]


async def test_a_sent_alert_is_edited_though_nobody_followed_is_named_any_more(
    database: Database,
) -> None:
    post = Post(database)
    portal = await told(database, post)
    await portal.stand(20, UNNAMED)
    await at(post, portal, 30)
    assert post.telegram.texts(READER) == [UNNAMED.text]


async def test_a_catch_up_digest_tells_what_still_stands(database: Database) -> None:
    post = Post(database)
    await follow(database, READER, "Springfield")
    portal = Portal(database, telling=Telling.CATCH_UP)
    other = account("2017-11-23", "[[Springfield]] votes.")
    await portal.stand(0, FLOOD, other)
    await post.expanding.expand()
    await portal.stand(10, FLOOD)
    await at(post, portal, 20)
    assert post.telegram.texts(READER) == [FLOOD.text]


async def test_a_digest_of_which_nothing_stands_waits_and_goes_if_it_returns(
    database: Database,
) -> None:
    post = Post(database)
    await follow(database, READER, "Springfield")
    portal = Portal(database, telling=Telling.CATCH_UP)
    await portal.stand(0, FLOOD)
    await post.expanding.expand()
    await portal.stand(10)
    await at(post, portal, 20)
    assert post.telegram.log == []
    await portal.stand(30, FLOOD)
    await at(post, portal, 40)
    assert post.telegram.texts(READER) == [FLOOD.text]


async def test_a_digest_of_which_nothing_stands_for_a_day_expires(database: Database) -> None:
    post = Post(database)
    await follow(database, READER, "Springfield")
    portal = Portal(database, telling=Telling.CATCH_UP)
    await portal.stand(0, FLOOD)
    await post.expanding.expand()
    await portal.stand(10)
    await at(post, portal, 25 * 60)
    assert sorted(await states(database)) == ["expired", "waiting"]  # the alert, for its return


# --- killed


@pytest.mark.parametrize("taken", [0, 1, 2, 3])
async def test_a_kill_before_settling_repeats_that_message_and_loses_none(
    database: Database, taken: int
) -> None:
    readers = [1, 2, 3, 4]
    for reader in readers:
        await follow(database, reader, "Springfield")
    await Portal(database).stand(0, FLOOD)
    post = Post(database)
    post.telegram.killed_after = taken
    await post.expanding.expand()
    with pytest.raises(Killed):
        await one_after_the_other(post)
    post.telegram.killed_after = None
    await let_row_leases_pass(database)
    await one_after_the_other(post)
    received = [len(post.telegram.texts(reader)) for reader in readers]
    assert received == [2 if reader == taken + 1 else 1 for reader in readers]


async def one_after_the_other(post: Post) -> None:
    """Send all alerts that are due, one in flight at a time."""

    async def next_one() -> bool:
        async with post.database.transaction() as tx:
            found = await tx.outbox.claim(post.clock(), timedelta(minutes=1), 1)
        for message in found:
            await post.delivering.send(message)
        return bool(found)

    while await next_one():
        pass
