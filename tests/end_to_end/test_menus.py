"""The menus of commands, where Telegram does not take them at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from telegram import Bot

from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Call
from bot.telegram.api import open_bot
from bot.telegram.menus import LATER, MenuSetter, menus
from bot.telegram.wording import Wording

MENUS = menus(Wording(), [77])


@dataclass
class Seconds:
    """A time that goes on when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def world() -> World:
    world = World()
    world.add_user("Operator", 77)
    return world


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with StandInServer(world) as server, open_bot(TOKEN, server.url) as made:
        yield made


def asked(world: World) -> list[Call]:
    return [call for call in world.calls if call.method == "setMyCommands"]


def taken(world: World) -> int:
    return sum(call.ok is True for call in asked(world))


async def test_who_is_asked_to_wait_waits_and_then_sets_the_rest(world: World, bot: Bot) -> None:
    seconds = Seconds()
    setter = MenuSetter(bot, MENUS, seconds)
    world.faults.add("flood", "setMyCommands", retry_after=30)
    await setter.set_all()
    assert [call.ok for call in asked(world)] == [False]
    for seconds.now in (1000.0, 1029.9):
        await setter.set_again()
    assert len(asked(world)) == 1
    seconds.now = 1030.0
    await setter.set_again()
    assert taken(world) == len(MENUS)
    seconds.now += LATER
    await setter.set_again()
    assert len(asked(world)) == len(MENUS) + 1


async def test_what_failed_is_set_later_and_nothing_else_is_set_twice(
    world: World, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = Seconds()
    setter = MenuSetter(bot, MENUS, seconds)
    world.faults.add("server_error", "setMyCommands", times=2)
    await setter.set_all()
    assert taken(world) == len(MENUS) - 2
    assert caplog.text.count("a menu of commands could not be set") == 2
    await setter.set_again()
    assert len(asked(world)) == len(MENUS)
    seconds.now += LATER
    await setter.set_again()
    assert taken(world) == len(MENUS)
    assert len(asked(world)) == len(MENUS) + 2


async def test_a_chat_that_is_unknown_is_not_asked_for_again_before_it_writes(
    world: World, bot: Bot
) -> None:
    seconds = Seconds()
    unknown: list[dict[str, Any]] = menus(Wording(), [78])
    setter = MenuSetter(bot, unknown, seconds)
    await setter.set_all()
    made = len(asked(world))
    seconds.now += LATER
    await setter.set_again()
    assert len(asked(world)) == made
    world.add_user("Another", 78)
    await setter.set_of({78})
    assert taken(world) == len(unknown)
