"""Alerts that wait while their follow is muted, filtered, or moved to the digest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.alerts import load_alert
from bot.services.delivering import NOT_NOW
from storage.database import Database
from storage.model import Account, Alert, Filter, FollowMode, MessageState, Telling
from storage.tables import OutboxRow
from tests.support.digest_desk import Desk, utc
from tests.support.rows import column
from tests.support.story import links_of

CANCELLED = MessageState.CANCELLED.value


@pytest.mark.parametrize("mode", [FollowMode.DIGEST, FollowMode.MUTED])
async def test_an_alert_whose_follow_is_no_longer_told_at_once_is_not_sent(
    database: Database, mode: FollowMode
) -> None:
    desk = Desk(database)
    reader = await desk.reader("Putin", at="18:00")
    told = await desk.tell("Putin")
    await desk.expanding.expand()
    await desk.follow(reader, "Putin", mode)
    assert await desk.work() == []
    assert await column(database, OutboxRow.state) == [CANCELLED]
    later = await desk.work("18:00")
    in_digest = f"daily 2017-11-20: {told} | - | -"
    assert later == ([in_digest] if mode is FollowMode.DIGEST else [])


@pytest.mark.parametrize("wanted", [Filter(must=("ceasefire",)), Filter(("Business",))])
async def test_an_alert_that_a_filter_stops_since_is_not_sent(
    database: Database, wanted: Filter
) -> None:
    desk = Desk(database)
    reader = await desk.reader("Putin", at="18:00")
    await desk.tell("Putin")
    await desk.expanding.expand()
    await desk.follow(reader, "Putin", FollowMode.AT_ONCE, wanted)
    assert await desk.work() == []
    assert await column(database, OutboxRow.state) == [CANCELLED]
    assert await desk.work("18:00") == []


async def test_an_alert_names_those_only_of_whom_it_is_to_tell_at_once(
    database: Database,
) -> None:
    desk = Desk(database)
    reader = await desk.reader("Putin", "Bashir")
    await desk.tell("Putin", "Bashir")
    await desk.expanding.expand()
    assert await hits(database) == ["Putin", "Bashir"]
    await desk.follow(reader, "Putin", FollowMode.MUTED)
    assert await hits(database) == ["Bashir"]


async def test_an_alert_that_was_sent_goes_on_naming_whom_it_was_about(
    database: Database,
) -> None:
    desk = Desk(database)
    reader = await desk.reader("Putin", "Bashir")
    await desk.tell("Putin", "Bashir")
    assert len(await desk.work()) == 1
    for name in ("Putin", "Bashir"):
        await desk.follow(reader, name, FollowMode.MUTED)
    assert await hits(database, message_id=5) == ["Putin", "Bashir"]


async def test_an_alert_waits_while_whom_it_was_about_is_not_named(database: Database) -> None:
    desk = Desk(database)
    reader = await desk.reader("Putin")
    said = desk.happening("Putin")
    await desk.story.tell(said, telling=Telling.PUSH)
    await desk.expanding.expand()
    await desk.story.reword(said, "News of somebody.")
    assert await desk.work() == []
    assert await column(database, OutboxRow.state) == [MessageState.WAITING.value]
    await desk.follow(reader, "Putin", FollowMode.MUTED)
    assert await desk.work(desk.clock() + NOT_NOW) == []
    assert await column(database, OutboxRow.state) == [CANCELLED]


async def test_what_was_cancelled_comes_when_somebody_else_is_named(database: Database) -> None:
    desk = Desk(database)
    reader = await desk.reader("Putin", "Bashir", quiet=("11:00", "14:00"))
    said = desk.happening("Putin")
    number = await desk.story.tell(said, telling=Telling.PUSH)
    assert await desk.work("12:05") == []
    await desk.follow(reader, "Putin", FollowMode.MUTED)
    assert await desk.work("14:01") == []
    assert await column(database, OutboxRow.state) == [CANCELLED]
    desk.clock.now = desk.story.at = utc("15:00")
    await desk.story.reword(said, f"{said.text} Again [[Putin]], with [[Bashir]].")
    assert await desk.work("15:05") == [f"alert: {number}"]
    assert await desk.work("15:30") == []


async def test_and_when_a_filter_lets_it_through_after_all(database: Database) -> None:
    desk = Desk(database)
    reader = await desk.reader(quiet=("11:00", "14:00"))
    await desk.follow(reader, "Putin", FollowMode.AT_ONCE, Filter(must_not=("ceasefire",)))
    said = desk.happening("Putin")
    number = await desk.story.tell(said, telling=Telling.PUSH)
    assert await desk.work("12:05") == []
    desk.story.at = desk.clock()
    wordings = [f"{said.text} A ceasefire with [[Putin]].", f"{said.text} A truce with [[Putin]]."]
    await desk.story.reword(said, wordings[0])
    assert await desk.work("14:01") == []
    assert await column(database, OutboxRow.state) == [CANCELLED]
    desk.clock.now = desk.story.at = utc("15:00")
    await desk.story.withdraw(account_of(said, wordings[0]))
    await desk.story.tell(account_of(said, wordings[1]), telling=Telling.PUSH)
    assert await desk.work("15:05") == [f"alert: {number}"]


def account_of(said: Account, text: str) -> Account:
    """The same, said otherwise."""
    plain, links = links_of(text)
    return replace(said, text=plain, links=links)


async def hits(database: Database, message_id: int | None = None) -> list[str]:
    """Whom the one message there is would name."""
    async with database.reading() as tx:
        message = await tx.outbox.message(1)
        assert message
        loaded = await load_alert(tx, replace(message, message_id=message_id))
    assert isinstance(loaded, Alert)
    return [mention.entity.label for mention in loaded.hits]
