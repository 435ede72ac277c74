"""What a digest tells: found, kept, and asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.schedule import TOO_OLD
from storage.database import Database
from storage.model import (
    Concern,
    DigestItem,
    DigestKind,
    Filter,
    FollowMode,
    Heading,
    MessageKind,
    MessageState,
    Section,
    Telling,
)
from storage.tables import DigestItemRow, OutboxRow
from tests.support.portal import START, Portal, entity, expand, follow, send_all
from tests.support.rows import column, count
from tests.support.story import account

NOW = START + timedelta(minutes=10)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE, AFTER = NOW - HOUR, NOW + HOUR
FLOOD = account(
    "2017-11-23", "A flood reaches [[Springfield]].", category="Disasters and accidents"
)
BRIDGE = account("2017-11-23", "[[Jo Mayor]] opens a bridge.", category="Business and economy")
BOTH = account("2017-11-23", "[[Springfield]] thanks [[Jo Mayor]].", category="Politics")
TITLES = {1: "A flood reaches Springfield.", 2: "Jo Mayor opens a bridge."}
S = MessageState


async def mode(database: Database, chat: int, name: str, wanted: FollowMode) -> None:
    number = await entity(database, name)
    async with database.transaction() as tx:
        await tx.chats.set_mode(chat, number, wanted)


async def concerning(
    database: Database, chat: int, since: datetime = BEFORE, until: datetime = AFTER
) -> list[Concern]:
    async with database.reading() as tx:
        return await tx.outbox.concerning(chat, since, until)


async def concerned(database: Database, chat: int) -> list[tuple[int, MessageState | None]]:
    """The events that concern a chat, each with how far its alert has come."""
    return [(each.event_id, each.alert) for each in await concerning(database, chat)]


# --- what concerns a chat


async def test_what_concerns_a_chat_comes_with_all_that_decides(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Jo Mayor")
    wanted = Filter(categories=(BRIDGE.category,))
    number = await entity(database, "Jo Mayor")
    async with database.transaction() as tx:
        await tx.chats.set_filter(chat, number, wanted)
    await mode(database, chat, "Jo Mayor", FollowMode.DIGEST)
    await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    assert await concerning(database, chat) == [
        Concern(1, Filter(), FLOOD.category, TITLES[1], S.WAITING),
        Concern(2, wanted, BRIDGE.category, TITLES[2], None),
    ]
    await send_all(database, NOW)
    assert await concerned(database, chat) == [(1, S.SENT), (2, None)]


async def test_an_event_that_two_follows_bring_comes_for_each(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Jo Mayor")
    await Portal(database).stand(0, BOTH)
    await expand(database, NOW)
    assert await concerned(database, chat) == [(1, S.WAITING), (1, S.WAITING)]


async def test_it_concerns_those_who_follow_unmuted(database: Database) -> None:
    digest, muted, other = [await follow(database, n, "Springfield") for n in (1, 2, 3)]
    await mode(database, digest, "Springfield", FollowMode.DIGEST)
    await mode(database, muted, "Springfield", FollowMode.MUTED)
    await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    found = [await concerned(database, chat) for chat in (digest, muted, other)]
    assert found == [[(1, None)], [], [(1, S.WAITING)]]


async def test_the_span_begins_after_its_start_and_includes_its_end(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database).stand(0, FLOOD)  # announced when its hold is over: now
    moment = timedelta(microseconds=1)
    assert await concerning(database, chat, NOW, AFTER) == []
    assert await concerning(database, chat, BEFORE, NOW - moment) == []
    assert len(await concerning(database, chat, NOW - moment, NOW)) == 1


async def test_what_came_before_the_follow_does_not_concern(database: Database) -> None:
    early = await follow(database, 1, "Springfield", at=NOW)
    late = await follow(database, 2, "Springfield", at=NOW + timedelta(microseconds=1))
    await Portal(database).stand(0, FLOOD)
    assert await concerned(database, early) == [(1, None)]
    assert await concerned(database, late) == []


async def test_what_is_withdrawn_concerns_its_followers_still(database: Database) -> None:
    chat = await follow(database, 1, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await portal.stand(20)
    assert await concerned(database, chat) == [(1, None)]
    await portal.stand(40, FLOOD)
    assert await concerned(database, chat) == [(1, None)]


@pytest.mark.parametrize(("telling", "found"), [(Telling.SILENT, 0), (Telling.CATCH_UP, 1)])
async def test_what_was_told_in_silence_concerns_nobody(
    database: Database, telling: Telling, found: int
) -> None:
    chat = await follow(database, 1, "Springfield")
    await Portal(database, telling=telling).stand(0, FLOOD)
    assert len(await concerning(database, chat)) == found


# --- what it was told


async def test_what_was_told_comes_in_the_order_of_sending(database: Database) -> None:
    chat = await follow(database, 1, "Springfield", "Jo Mayor")
    await follow(database, 2, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    await expand(database, NOW)
    await portal.stand(1, FLOOD, BRIDGE)
    await expand(database, NOW + HOUR)
    async with database.transaction() as tx:
        for row in await tx.session.scalars(select(OutboxRow).filter_by(event_id=1)):
            row.due_at = AFTER + HOUR
    await send_all(database, NOW + HOUR)
    await send_all(database, NOW + 2 * HOUR)
    async with database.reading() as tx:
        assert await tx.outbox.told(chat, NOW, NOW + 2 * HOUR) == [2, 1]
        assert await tx.outbox.told(chat, NOW, NOW + HOUR) == [2]
        assert await tx.outbox.told(chat, NOW + HOUR, NOW + 2 * HOUR) == [1]
        assert await tx.outbox.told(chat, NOW + 2 * HOUR, NOW + DAY) == []


async def test_an_alert_that_has_expired_is_listed_once(database: Database) -> None:
    chat, other = [await follow(database, n, "Springfield", "Jo Mayor") for n in (1, 2)]
    await Portal(database).stand(0, FLOOD, BRIDGE)
    await expand(database, NOW)
    async with database.transaction() as tx:
        for each in (chat, other):
            await tx.chats.choose_digest(each, 480, NOW)
        await tx.outbox.expire(NOW + 2 * DAY, DAY, TOO_OLD)
        assert await tx.outbox.unlisted(chat) == [1, 2]
        [row] = await tx.outbox.add_digest(chat, [digest(1)], NOW + 2 * DAY)
        assert await tx.outbox.unlisted(chat) == [2]
        assert await tx.outbox.unlisted(other) == [1, 2]
        await tx.outbox.add_digest(chat, [digest(1, 2)], NOW + 3 * DAY)
        assert await tx.outbox.unlisted(chat) == []
        assert await tx.outbox.bundled(row) == [1]  # by the first one still


def digest(*events: int, kind: DigestKind = DigestKind.DAILY) -> tuple[Heading, list[DigestItem]]:
    """A part of a digest that tells these events."""
    return Heading(kind, NOW.date()), [DigestItem(event, Section.MINE) for event in events]


@dataclass(frozen=True)
class Had:
    """How a chat came to have had an event, or not."""

    state: MessageState
    listed: bool
    had: bool


@pytest.mark.parametrize(
    "case",
    [
        Had(S.WAITING, listed=False, had=True),
        Had(S.SENT, listed=False, had=True),
        Had(S.BUNDLED, listed=True, had=True),
        Had(S.EXPIRED, listed=True, had=True),
        Had(S.EXPIRED, listed=False, had=False),
        Had(S.CANCELLED, listed=False, had=False),
        Had(S.REFUSED, listed=False, had=False),
    ],
    ids=lambda case: f"{case.state}{' listed' if case.listed else ''}",
)
async def test_a_chat_has_had_what_reaches_it(database: Database, case: Had) -> None:
    chat, other = await follow(database, 1, "Springfield"), await follow(database, 2, "Jo Mayor")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        [listing] = await tx.outbox.add_digest(chat, [digest()], NOW)
        row = await tx.session.get_one(OutboxRow, 1)
        row.state, row.bundle_id = case.state.value, listing if case.listed else None
        await tx.session.flush()
        assert await tx.outbox.had(chat, [1, 99]) == ({1} if case.had else set())
        assert await tx.outbox.had(other, [1]) == set()
        assert await tx.outbox.had(chat, []) == set()


@pytest.mark.parametrize(("state", "had"), [(S.WAITING, True), (S.SENT, True), (S.REFUSED, False)])
async def test_a_chat_has_had_what_its_digests_tell(
    database: Database, state: MessageState, *, had: bool
) -> None:
    chat, other = await follow(database, 1, "Malta"), await follow(database, 2, "Malta")
    await Portal(database).stand(0, FLOOD, BRIDGE)
    async with database.transaction() as tx:
        [row] = await tx.outbox.add_digest(chat, [digest(2)], NOW)
        await tx.outbox.ended(row, state, None)
        assert await tx.outbox.had(chat, [1, 2]) == ({2} if had else set())
        assert await tx.outbox.had(chat, [*range(2, 2500)]) == ({2} if had else set())
        assert await tx.outbox.had(other, [1, 2]) == set()


# --- kept


async def test_a_digest_comes_back_as_it_was_queued(database: Database) -> None:
    chat = await follow(database, 1, "Malta")
    await Portal(database).stand(0, FLOOD, BRIDGE)
    day = date(2017, 11, 24)
    parts = [
        (
            Heading(DigestKind.DAILY, day, 1, 2),
            [DigestItem(2, Section.MINE), DigestItem(1, Section.MINE), DigestItem(2, Section.TOLD)],
        ),
        (Heading(DigestKind.DAILY, day, 2, 2), [DigestItem(1, Section.OTHERS)]),
    ]
    async with database.transaction() as tx:
        ids = await tx.outbox.add_digest(chat, parts, NOW)
    async with database.reading() as tx:
        messages = [await tx.outbox.message(row) for row in ids]
        items = [await tx.outbox.items(row) for row in ids]
    assert [(m.kind, m.state, m.heading) for m in messages if m] == [
        (MessageKind.DIGEST, S.WAITING, heading) for heading, _ in parts
    ]
    assert items == [items for _, items in parts]
    assert await column(database, OutboxRow.after_id) == [None, ids[0]]


async def test_a_digest_without_a_day_or_items_is_one(database: Database) -> None:
    chat = await follow(database, 1, "Malta")
    async with database.transaction() as tx:
        [row] = await tx.outbox.add_digest(chat, [(Heading(DigestKind.CATCH_UP), [])], NOW)
        assert await tx.outbox.items(row) == []
        message = await tx.outbox.message(row)
    assert message is not None
    assert message.heading == Heading(DigestKind.CATCH_UP)
    assert await count(database, DigestItemRow) == 0


async def test_a_digest_is_its_chats_own(database: Database) -> None:
    chat, other = await follow(database, 1, "Springfield"), await follow(database, 2, "Malta")
    await Portal(database).stand(0, FLOOD)
    await expand(database, NOW)
    async with database.transaction() as tx:
        [row] = await tx.outbox.add_digest(chat, [digest(1)], NOW)
        assert await tx.outbox.is_of(row, chat)
        assert not await tx.outbox.is_of(row, other)
        assert not await tx.outbox.is_of(1, chat)  # an alert
        for number in (row + 1, 0, -1, 2**63):
            assert not await tx.outbox.is_of(number, chat)
