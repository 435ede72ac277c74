"""Pausing and going on, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.answering import Answering
from bot.services.conversation import Conversation
from bot.services.finding import Finder
from bot.services.following import Welcome
from bot.services.pausing import NotPaused, WentOn
from bot.services.places import Places
from bot.services.settings import ChatSettings, Preferences
from bot.services.silencing import silence
from storage.database import Database
from storage.model import ChatKind, ChatState
from tests.support.digest_desk import READER, Desk, utc
from tests.support.requests import Kept, request, undressed


@pytest.fixture
def preferences(database: Database) -> Preferences:
    return Preferences(Conversation(database, dress=undressed), Places())


async def paused(desk: Desk, preferences: Preferences) -> ChatSettings:
    """The reader pauses."""
    kept: Kept[ChatSettings | NotPaused] = Kept()
    await preferences.pause(replace(request(READER), at=desk.clock()), kept)
    assert isinstance(kept.only, ChatSettings)
    return kept.only


async def gone_on(desk: Desk, preferences: Preferences) -> WentOn:
    """The reader goes on."""
    kept: Kept[WentOn] = Kept()
    await preferences.go_on(replace(request(READER), at=desk.clock()), kept)
    return kept.only


async def test_a_pause_keeps_what_happens_and_its_end_brings_it(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    await desk.reader("Ann", at="20:00")
    assert (await paused(desk, preferences)).is_paused
    desk.clock.now = utc("13:00")
    event = await desk.tell("Ann")
    came = await desk.work("21:00")
    assert came == ["ok"]  # that it pauses
    assert await gone_on(desk, preferences) == WentOn(was=True, missed=True)
    assert await desk.work("21:10") == ["ok", f"catch_up: {event}"]
    assert await gone_on(desk, preferences) == WentOn(was=False, missed=False)


async def test_a_pause_without_news_says_so(database: Database, preferences: Preferences) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    first = await paused(desk, preferences)
    desk.clock.now = utc("2017-11-21 13:00")
    again = await paused(desk, preferences)
    assert first.paused_on == again.paused_on == utc("12:00").date()
    assert await gone_on(desk, preferences) == WentOn(was=True, missed=False)


async def test_start_ends_a_pause_as_well(database: Database, preferences: Preferences) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    await paused(desk, preferences)
    desk.clock.now = utc("13:00")
    event = await desk.tell("Ann")
    await desk.work()
    kept: Kept[Welcome] = Kept()
    answering = Answering(Conversation(database, dress=undressed), Finder(database))
    await answering.start(replace(request(READER), at=desk.clock()), kept)
    assert (kept.only.paused, kept.only.missed) == (True, True)
    assert await desk.work("13:10") == ["ok", f"catch_up: {event}"]
    await answering.start(replace(request(READER), at=desk.clock()), kept)
    assert (kept.answers[1].paused, kept.answers[1].missed) == (False, False)


async def test_a_block_loses_nothing_of_a_pause(
    database: Database, preferences: Preferences
) -> None:
    desk = Desk(database)
    await desk.reader("Ann")
    assert (await paused(desk, preferences)).is_paused
    events = []
    for hour in ("14:00", "15:00", "17:00"):
        desk.clock.now = utc(hour)
        events.append(await desk.tell("Ann"))
        assert await desk.work() in ([], ["ok"])
        if hour == "15:00":
            async with database.transaction() as tx:
                await silence(tx, READER, utc("16:00"))
    desk.clock.now = utc("18:00")
    await gone_on(desk, preferences)
    assert await desk.work("18:01") == ["ok", f"catch_up: {' '.join(map(str, events))}"]


async def test_a_pause_in_one_topic_is_none_in_another(
    database: Database, preferences: Preferences
) -> None:
    kept: Kept[ChatSettings | NotPaused] = Kept()
    group = replace(request(-100_555_666), kind=ChatKind.SUPERGROUP)
    await preferences.show(replace(group, thread_id=4), kept)
    await preferences.pause(replace(group, update_id=group.update_id + 50_000, thread_id=5), kept)
    async with database.reading() as tx:
        states = [topic.state for topic in await tx.chats.topics(group.telegram_id)]
    assert states == [ChatState.ACTIVE, ChatState.PAUSED]
