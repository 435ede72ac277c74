"""Long polling against the stand-in: no update lost, order kept, failures survived."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, Update

from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Call
from bot.telegram.api import open_bot
from bot.telegram.menus import menus
from bot.telegram.receiver import Receiver, backoff
from bot.telegram.texts import commands as texts
from bot.telegram.wording import LANGUAGES, Wording
from tests.support.chat_page import HANGING


class Reader:
    """Handles updates by noting their texts; may be held up or fail first."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failures = 0
        self.held: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Condition()

    async def handle(self, update: Update) -> None:
        text = (update.effective_message and update.effective_message.text) or ""
        if text in self.held:
            await self.held[text].wait()
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        async with self.changed:
            self.done.append(text)
            self.changed.notify_all()

    async def until(self, *texts: str) -> None:
        """Wait until all of these are handled; a failure where a broken receiver never does."""
        async with asyncio.timeout(HANGING), self.changed:
            await self.changed.wait_for(lambda: set(texts) <= set(self.done))


class Naps:
    """A sleep that takes no time and notes how long it should have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def server(world: World) -> AsyncIterator[StandInServer]:
    async with StandInServer(world) as serving:
        yield serving


@pytest.fixture
async def bot(server: StandInServer) -> AsyncIterator[Bot]:
    async with open_bot(TOKEN, server.url) as made:
        yield made


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def receiver(bot: Bot, reader: Reader, naps: Naps) -> AsyncIterator[Receiver]:
    """A receiver at work."""
    made = Receiver(bot, reader.handle, menus=menus(Wording()), sleep=naps, patience=0.01)
    stop = asyncio.Event()
    running = asyncio.create_task(made.run(stop))
    yield made
    stop.set()
    await asyncio.wait_for(running, HANGING)


def polls(world: World) -> list[Call]:
    """The calls of getUpdates."""
    return [call for call in world.calls if call.method == "getUpdates"]


async def test_updates_are_handled_in_order_and_confirmed(
    world: World, reader: Reader, receiver: Receiver
) -> None:
    ada = world.add_user("Ada")
    for text in ("one", "two", "three"):
        world.say(ada, text)
    await reader.until("three")
    assert reader.done == ["one", "two", "three"]
    await world.until(lambda: not world.updates.pending, within=HANGING)


def menu_calls(world: World) -> list[Call]:
    """The calls of setMyCommands."""
    return [call for call in world.calls if call.method == "setMyCommands"]


async def test_a_menu_of_commands_is_set_for_each_language(
    world: World, reader: Reader, receiver: Receiver
) -> None:
    world.say(world.add_user("Ada"), "one")
    await reader.until("one")
    private = {"type": "all_private_chats"}
    calls = [call for call in menu_calls(world) if call.params["scope"] == private]
    set_for = {call.params.get("language_code", ""): call for call in calls}
    assert set(set_for) == {"", *LANGUAGES} - {"en"}
    assert all(call.ok for call in menu_calls(world))
    for call in calls:
        assert [one["command"] for one in call.params["commands"]] == list(texts.COMMANDS)


async def test_only_menus_that_telegram_refused_are_set_again(
    world: World, bot: Bot, reader: Reader, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    refused: dict[str, Any] = {"commands": [{"command": "No", "description": "x"}]}
    good = menus(Wording())[:2]
    receiver = Receiver(bot, reader.handle, menus=[*good, refused], sleep=naps, patience=0.01)
    for number, text in enumerate(("one", "two"), 1):
        stop = asyncio.Event()
        running = asyncio.create_task(receiver.run(stop))
        world.say(world.add_user("Ada"), text)
        await reader.until(text)
        stop.set()
        await asyncio.wait_for(running, HANGING)
        assert caplog.text.count("menu of commands could not be set") == number
    assert [call.ok for call in menu_calls(world)] == [True, True, False, False]


async def test_an_operators_chat_that_is_unknown_yet_gets_its_menus_when_it_writes(
    world: World, bot: Bot, reader: Reader, naps: Naps, caplog: pytest.LogCaptureFixture
) -> None:
    def made() -> list[Call]:
        scope = {"type": "chat", "chat_id": 77}
        return [call for call in menu_calls(world) if call.params["scope"] == scope]

    operators = menus(Wording(), [77])
    receiver = Receiver(bot, reader.handle, menus=operators, sleep=naps, patience=0.01)
    stop = asyncio.Event()
    running = asyncio.create_task(receiver.run(stop))
    world.say(world.add_user("Ada"), "one")
    await reader.until("one")
    assert [call.ok for call in made()] == [False]
    said = "chat 77 of ADMIN_CHATS gets its menu of commands once the bot is written to there"
    assert caplog.text.count(said) == caplog.text.count("Chat not found") == 1
    world.say(world.add_user("Operator", 77), "two")
    all_set = len(LANGUAGES)
    await world.until(lambda: [call.ok for call in made()].count(True) >= all_set, within=HANGING)
    stop.set()
    await asyncio.wait_for(running, HANGING)
    assert caplog.text.count("ADMIN_CHATS") == 1


async def test_chats_do_not_wait_for_each_other(
    world: World, reader: Reader, receiver: Receiver
) -> None:
    ada, bob = world.add_user("Ada"), world.add_user("Bob")
    reader.held["slow"] = asyncio.Event()
    world.say(ada, "slow")
    world.say(ada, "after")
    world.say(bob, "quick")
    await reader.until("quick")
    world.say(bob, "later")
    await reader.until("later")
    assert reader.done == ["quick", "later"]
    assert len(world.updates.pending) == 4  # nothing is confirmed past the one in work
    reader.held["slow"].set()
    await reader.until("after")
    assert reader.done == ["quick", "later", "slow", "after"]


async def test_what_was_not_handled_comes_again_to_the_next_run(
    world: World, bot: Bot, reader: Reader
) -> None:
    ada, bob = world.add_user("Ada"), world.add_user("Bob")
    reader.held["slow"] = asyncio.Event()
    world.say(ada, "slow")
    world.say(bob, "quick")
    stop = asyncio.Event()
    first = asyncio.create_task(Receiver(bot, reader.handle, patience=0.01).run(stop))
    await reader.until("quick")
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert len(world.updates.pending) == 2

    again = Reader()
    second = asyncio.create_task(Receiver(bot, again.handle, patience=0.01).run(stop))
    await again.until("slow", "quick")
    stop.set()
    await asyncio.wait_for(second, HANGING)


async def test_a_failure_of_the_database_is_waited_out(
    world: World, reader: Reader, naps: Naps, receiver: Receiver
) -> None:
    reader.failures = 3
    world.say(world.add_user("Ada"), "one")
    await reader.until("one")
    assert reader.done == ["one"]
    assert naps.seconds == [backoff(1), backoff(2), backoff(3)]


@pytest.mark.parametrize("kind", ["server_error", "not_json", "reset_before", "reset_after"])
async def test_failed_polls_are_tried_again(
    world: World, bot: Bot, reader: Reader, naps: Naps, kind: str
) -> None:
    world.faults.add(kind, "getUpdates", times=3)  # type: ignore[arg-type]  # parametrized
    world.say(world.add_user("Ada"), "one")
    stop = asyncio.Event()
    running = asyncio.create_task(Receiver(bot, reader.handle, sleep=naps).run(stop))
    await reader.until("one")
    stop.set()
    await asyncio.wait_for(running, HANGING)
    assert reader.done == ["one"]
    assert naps.seconds == [backoff(1), backoff(2), backoff(3)]


async def test_a_flood_limit_is_obeyed(world: World, bot: Bot, reader: Reader, naps: Naps) -> None:
    world.faults.add("flood", "getUpdates", retry_after=17)
    world.say(world.add_user("Ada"), "one")
    stop = asyncio.Event()
    running = asyncio.create_task(Receiver(bot, reader.handle, sleep=naps).run(stop))
    await reader.until("one")
    stop.set()
    await asyncio.wait_for(running, HANGING)
    assert naps.seconds == [17]


async def test_a_webhook_that_is_set_is_removed(
    world: World, server: StandInServer, bot: Bot, reader: Reader, naps: Naps
) -> None:
    await bot.set_webhook("https://example.org/hook")
    world.say(world.add_user("Ada"), "one")
    stop = asyncio.Event()
    running = asyncio.create_task(Receiver(bot, reader.handle, sleep=naps).run(stop))
    await reader.until("one")
    stop.set()
    await asyncio.wait_for(running, HANGING)
    assert any(call.method == "deleteWebhook" for call in world.calls)


async def test_an_update_that_cannot_be_read_stops_nothing(
    world: World, reader: Reader, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    world.updates.put("message", {"message_id": "odd"})
    world.say(world.add_user("Ada"), "one")
    await reader.until("one")
    assert "can't be read" in caplog.text


def test_waiting_grows_to_a_minute() -> None:
    assert [backoff(n) for n in (1, 2, 3, 8, 100)] == [1, 2, 4, 60, 60]
