"""Two events that were one are two again; and what digests say of either."""

from __future__ import annotations

from datetime import timedelta

from storage.database import Database
from storage.model import DigestItem, DigestKind, Heading, Section
from storage.tables import OutboxRow
from tests.support.merging import DAY, NOW, SAME, S, alerts, merge, silent, told, two, unmerge
from tests.support.portal import START, edit_all, follow, send_all
from tests.support.rows import rows


async def test_what_never_had_to_be_sent_waits_again(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    await told(database, 1)
    async with database.transaction() as tx:
        await tx.outbox._add_alerts([1], [2], S.WAITING, NOW)
    await merge(database)
    assert await rows(database, OutboxRow.state, OutboxRow.error) == [
        ("sent", None),
        ("cancelled", SAME),
    ]
    await unmerge(database)
    assert await rows(database, OutboxRow.state, OutboxRow.error) == [
        ("sent", None),
        ("waiting", None),
    ]


async def test_both_are_edited_to_tell_of_their_own_event_again(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    await told(database, 1, 2)
    await merge(database)
    await edit_all(database, NOW)
    await unmerge(database)
    assert sorted(await edit_all(database, NOW)) == [(1, 1), (1, 2)]
    assert await edit_all(database, NOW) == []


async def test_what_was_announced_before_is_not_announced_again(database: Database) -> None:
    await follow(database, 1, "Shelbyville")
    await two(database)
    await send_all(database, NOW)
    await merge(database)
    await unmerge(database)
    assert await send_all(database, NOW + timedelta(hours=1)) == []
    assert await alerts(database) == [(1, 2, "sent")]


async def test_what_was_still_to_be_announced_goes_with_the_event_that_names_it(
    database: Database,
) -> None:
    await follow(database, 1, "Shelbyville")
    await two(database)
    await merge(database)
    await unmerge(database)
    assert await send_all(database, NOW) == [(1, 2)]


# --- digests


async def test_a_digest_lists_an_event_once_and_counts_what_it_listed_before(
    database: Database,
) -> None:
    await silent(database, "Springfield")
    items = [DigestItem(2, Section.MINE), DigestItem(1, Section.OTHERS)]
    async with database.transaction() as tx:
        (row,) = await tx.outbox.add_digest(1, [(Heading(DigestKind.DAILY, DAY), items)], NOW)
    await merge(database)
    async with database.reading() as tx:
        assert await tx.outbox.items(row) == [DigestItem(1, Section.MINE)]
        assert await tx.outbox.had(1, [1]) == {1}
    await unmerge(database)
    async with database.reading() as tx:
        assert await tx.outbox.items(row) == items


async def test_what_was_told_and_bundled_is_named_once(database: Database) -> None:
    await silent(database, "Springfield", "Shelbyville")
    await told(database, 2, 1)
    await merge(database)
    async with database.reading() as tx:
        assert await tx.outbox.told(1, START, NOW + timedelta(hours=1)) == [1]
        assert await tx.outbox.latest_alert(1) == 2  # which leads to event 1


async def test_digests_hear_of_the_survivor_only(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Shelbyville")
    await two(database)
    await merge(database)
    async with database.reading() as tx:
        concerns = await tx.outbox.concerning(chat, START, NOW)
    assert {each.event_id for each in concerns} == {1}
