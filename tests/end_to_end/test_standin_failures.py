"""Refusals and failures of the stand-in as python-telegram-bot sees them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.standin import TOKEN, StandInServer, World
from bot.standin.faults import Kind
from tests.support.chat_page import HANGING
from tests.support.forward import Forward, forward

__all__ = ["forward"]  # a fixture


@pytest.fixture(autouse=True)
def quiet_library(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No log of bodies that are no JSON, for they are planned; no warning about intervals."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with caplog.at_level(logging.CRITICAL, logger="telegram"):
        yield


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
async def server(world: World) -> AsyncIterator[StandInServer]:
    async with StandInServer(world) as server:
        yield server


@pytest.fixture
async def bot(server: StandInServer) -> AsyncIterator[Bot]:
    request = HTTPXRequest(connect_timeout=HANGING, read_timeout=HANGING)
    async with Bot(TOKEN, base_url=f"{server.url}/bot", request=request) as bot:
        yield bot


async def test_planned_refusals(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    group = world.add_group("Group")
    world.faults.add("flood", chat=ann.id, retry_after=7)
    await bot.send_message(group.id, "another chat")
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(ann.id, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    world.faults.add("forbidden", text="user is deactivated")
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ann.id, "x")
    world.faults.add("bad_request", text="CHAT_SEND_PLAIN_FORBIDDEN")
    with pytest.raises(BadRequest, match="Chat_send_plain_forbidden"):
        await bot.send_message(group.id, "x")
    world.faults.add("migrated", chat=group.id, migrate_to=-1001)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "x")
    assert moved.value.new_chat_id == -1001
    assert world.sent(ann) == []
    await bot.send_message(ann.id, "each was planned for one call")


async def test_real_refusals(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    old = world.add_group("Group")
    new = world.migrate(old)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    world.block(ann)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4711, "x")


async def test_conflict(bot: Bot, server: StandInServer, world: World) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await world.until(lambda: bool(world.calls_to("getUpdates")))
    async with Bot(TOKEN, base_url=f"{server.url}/bot") as twin:
        assert await twin.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await first
    assert await bot.set_webhook("http://127.0.0.1:9/", secret_token="secret")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/"
    assert await bot.delete_webhook()


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        ("reset_before", NetworkError, False),
        ("reset_after", NetworkError, True),
        ("server_error", NetworkError, False),
        ("not_json", TelegramError, False),
    ],
)
async def test_broken_answers(
    bot: Bot, world: World, kind: Kind, error: type[TelegramError], arrives: bool
) -> None:
    ann = world.add_user("Ann", started=True)
    world.faults.add(kind, "sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(error):
            await bot.send_message(ann.id, "x")
    assert len(world.sent(ann)) == (2 if arrives else 0)
    assert [call.ok for call in world.calls_to("sendMessage")] == [False, False]
    await bot.send_message(ann.id, "y")


async def test_a_slow_answer(bot: Bot, world: World, forward: Forward) -> None:
    ann = world.add_user("Ann", started=True)
    fault = world.faults.add("slow", "sendMessage")
    sending = asyncio.create_task(bot.send_message(ann.id, "late"))
    await fault.reached.wait()
    forward.pass_by(HANGING)
    with pytest.raises(TimedOut):
        await sending
    assert world.sent(ann) == []
    fault.release.set()
    await world.until(lambda: len(world.sent(ann)) == 1)
    await bot.send_message(ann.id, "in time")


async def test_failures_that_last_until_they_are_taken_back(bot: Bot, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    fault = world.faults.add("server_error", times=None)
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(ann.id, "x")
    assert await bot.get_updates() == ()
    world.faults.remove(fault)
    await bot.send_message(ann.id, "x")


async def test_a_wrong_token(server: StandInServer) -> None:
    other = Bot("2:other", base_url=f"{server.url}/bot")
    with pytest.raises(InvalidToken):
        await other.initialize()
    await other.shutdown()
