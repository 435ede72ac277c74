"""Chats that are no longer let in: they get nothing by themselves, and may still leave."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest
from telegram.error import TelegramError

from bot.app.clock import utc_now
from bot.app.excluding import Excluder
from bot.app.running import Signals, serve
from bot.config import load
from bot.services.sampling import Clock as AppClock
from bot.services.silencing import Closing
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Chat
from bot.telegram import texts
from bot.telegram.doors import Doors
from bot.telegram.handlers import Handlers
from bot.telegram.wording import Wording
from storage.database import Database
from storage.model import Call, ChatState, Telling
from tests.support.guards import patient_guards
from tests.support.story import NOON, Story, account
from tests.support.talk import Talk, answer, use_cases_of

ACTIVE, PAUSED = ChatState.ACTIVE, ChatState.PAUSED
MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")
MEMORIAL = account("2017-11-24", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


@pytest.fixture
async def group(talk: Talk, story: Story) -> Chat:
    """A group that follows somebody, as the reader does."""
    await story.tell(MEETING)
    group = talk.world.add_group("Friends", talk.reader, kind="supergroup", username="Our_Group")
    await talk.say("/follow Vladimir Putin")
    await talk.told(group, "/follow Vladimir Putin")
    return group


async def narrowed(talk: Talk, database: Database, *allowed: int | str) -> Talk:
    """The bot started anew, for these chats only."""
    listed = frozenset(allowed)
    await Closing(
        database, Doors(talk.bot, Wording(), talk.clock, listed).admits_known, clock=talk.clock
    ).close()
    guards = patient_guards(talk.bot, Wording(), talk.clock, listed)
    return replace(
        talk,
        handlers=Handlers(use_cases_of(database), Wording(), guards, clock=talk.clock),
    )


async def states(database: Database) -> dict[int, ChatState]:
    async with database.reading() as tx:
        return {chat.telegram_id: chat.state for chat in await tx.chats.known()}


@pytest.mark.parametrize("named", ["id", "@our_group"])
async def test_who_is_off_the_list_pauses_and_goes_on_once_listed_again(
    talk: Talk, story: Story, database: Database, group: Chat, named: str
) -> None:
    ada = talk.reader
    closed = await narrowed(talk, database, group.id if named == "id" else named)
    assert await states(database) == {ada.id: PAUSED, group.id: ACTIVE}
    told = len(closed.world.sent(ada)), len(closed.world.sent(group))
    story.at = closed.clock.now
    await story.tell(MEMORIAL, telling=Telling.PUSH)
    await closed.send()
    assert (len(closed.world.sent(ada)), len(closed.world.sent(group))) == (told[0], told[1] + 1)
    assert (await closed.say("/start")).text == Wording().of("en").plain(
        texts.groups.NOT_ALLOWED, number=str(ada.id)
    )
    assert (await states(database))[ada.id] is PAUSED
    again = await narrowed(closed, database, ada.id, group.id)
    await again.say("/start")
    assert "opens a memorial" in again.newest().text
    assert set((await states(database)).values()) == {ACTIVE}


async def test_where_telegram_cannot_be_asked_nobody_pauses(
    talk: Talk, database: Database, group: Chat
) -> None:
    talk.world.faults.add("server_error", "getChat", times=None)
    with pytest.raises(TelegramError):
        await narrowed(talk, database, "@our_group")
    assert set((await states(database)).values()) == {ACTIVE}
    talk.forgive("getChat")


async def test_a_run_looks_again_until_telegram_tells(
    talk: Talk, database: Database, group: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.app.excluding")
    talk.world.faults.add("server_error", "getChat", times=2)
    doors = Doors(talk.bot, Wording(), talk.clock, frozenset({"@our_group"}))
    excluder = Excluder(database, doors, AppClock(utc_now))

    async def look() -> int:
        """Look at the chats; for how many Telegram was asked."""
        before = len(talk.world.calls_to("getChat"))
        await excluder.exclude()
        return len(talk.world.calls_to("getChat")) - before

    # One that fails is enough: to ask for each would keep all messages waiting.
    assert [await look(), await look()] == [1, 1]
    assert set((await states(database)).values()) == {ACTIVE}
    talk.forgive("getChat")
    assert [await look(), await look()] == [2, 0]
    assert await states(database) == {talk.reader.id: PAUSED, group.id: ACTIVE}
    told = [one.getMessage() for one in caplog.records if one.name == "bot.app.excluding"]
    assert len(told) == 2
    assert told[0].startswith("which chats are still in ALLOWED_CHATS is not known yet")
    assert told[1] == "all chats have been compared with ALLOWED_CHATS"


async def test_no_pause_of_who_is_not_let_in_ends_by_itself(
    talk: Talk, database: Database, group: Chat
) -> None:
    await talk.told(group, "/stop 1 hour")
    closed = await narrowed(talk, database, 1)
    assert (await closed.say("/stop 1 hour")).text.startswith(texts.settings.PAUSE)
    async with database.reading() as tx:
        known = await tx.chats.known()
    assert [(chat.state, chat.paused_until) for chat in known] == [(PAUSED, None)] * 2


async def test_stop_and_forget_are_heard_from_who_is_known(
    talk: Talk, database: Database, group: Chat
) -> None:
    closed = await narrowed(talk, database, 1)
    (told,) = await closed.told(group, "/stop@dateline_bot")
    assert told.text.startswith(Wording().of("en", is_shared=True)(texts.settings.PAUSE))
    assert await closed.told(group, "/today") == []
    assert (await closed.say("Stop!")).text.startswith(texts.settings.PAUSE)
    assert (await closed.say("/forget")).text.startswith(texts.privacy.FORGET_ASK)
    assert (await states(database))[closed.reader.id] is PAUSED
    assert answer(await closed.press(texts.privacy.BUTTON_FORGET)) == (
        texts.privacy.FORGOTTEN_TOAST,
        False,
    )
    assert await states(database) == {group.id: PAUSED}
    stranger = closed.world.add_user("Eve", started=True)
    closed.world.say(stranger, "/stop")
    await closed.work()
    assert stranger.id not in await states(database)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_nothing_is_done_for_a_chat_that_is_not_let_in(
    talk: Talk, database: Database, group: Chat, language: str
) -> None:
    talk.world.set_language(talk.reader, language)
    channel = talk.world.add_channel("The News", talk.reader, "the_news")
    told = await talk.say("/follow Vladimir Putin @the_news")
    words = Wording().of(language)
    closed = await narrowed(talk, database, talk.reader.id, "@our_group")
    for command in ("/follow Omar al-Bashir", "/following"):
        refused = await closed.say(f"{command} @the_news")
        assert refused.text == words.plain(texts.groups.TARGET_NOT_LET_IN, name="@the_news")
    press = await closed.press(words(texts.labels.BUTTON_UNFOLLOW), told)
    assert answer(press)[0] == words.plain(texts.groups.TARGET_NOT_LET_IN, name=str(channel.id))
    assert (await states(database))[channel.id] is PAUSED
    assert "Friends" in (await closed.say("/following @our_group")).text
    closed.world.add_channel("Theirs", None, "theirs")
    refused = await closed.say("/following @theirs")
    assert refused.text == words.plain(texts.groups.TARGET_NOT_ADMIN, name="@theirs")


async def test_it_is_noted_where_the_bot_is_removed(
    talk: Talk, database: Database, group: Chat
) -> None:
    closed = await narrowed(talk, database, group.id)
    lost = await narrowed(closed, database, 1)
    lost.world.block(lost.reader)
    await lost.work()
    assert (await states(database))[lost.reader.id] is ChatState.UNREACHABLE
    lost.world.unblock(lost.reader)
    await lost.work()
    assert (await states(database))[lost.reader.id] is ChatState.UNREACHABLE


@pytest.mark.parametrize(("allowed", "paused"), [("7", {9}), ("", set()), ("@nobody_here", {7, 9})])
async def test_a_run_begins_by_that(
    database: Database, database_url: str, allowed: str, paused: set[int]
) -> None:
    world = World()
    operator = world.add_user("Olga", 8)
    world.say(operator, "Good morning")  # so that the bot may write there
    async with database.transaction() as tx:
        rows = {number: await tx.chats.chat(number, NOON) for number in (7, 8, 9)}
        await tx.outbox.reply(rows[8].id, [Call("sendMessage", {"text": "Good morning"})], NOON)
    nowhere = "http://127.0.0.1:9/api"
    async with StandInServer(world) as server:
        settings = load(
            None, bot_token=TOKEN, telegram_api_url=server.url, database_url=database_url,
            wikipedia_api_url=nowhere, wikidata_api_url=nowhere, allowed_chats=allowed,
            admin_chats="8",
        )  # fmt: skip
        signals = Signals(asyncio.Event(), asyncio.Event())
        running = asyncio.create_task(serve(settings, frozenset({"send"}), signals))
        await world.until(lambda: bool(world.sent(operator)))  # it sends once all that is done
        signals.stop.set()
        await running
    assert {number for number, state in (await states(database)).items() if state is PAUSED} == (
        paused
    )
