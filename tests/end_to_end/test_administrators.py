"""Who administers a chat: asked for over HTTP, remembered, and never waited for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.services.conversation import Target
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Chat, User
from bot.telegram.administrators import Administrators
from bot.telegram.api import PATIENCE, open_bot
from bot.telegram.doors import Doors
from bot.telegram.rights import Hindrance
from bot.telegram.targets import Targets, split_target
from bot.telegram.wording import Wording
from storage.model import ChatKind
from tests.support.chat_page import HANGING
from tests.support.forward import Forward, forward
from tests.support.talk import Clock

__all__ = ["forward"]  # a fixture


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
def ada(world: World) -> User:
    return world.add_user("Ada")


@pytest.fixture
def group(world: World, ada: User) -> Chat:
    return world.add_supergroup("Friends", ada)


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with StandInServer(world) as server, open_bot(TOKEN, server.url) as bot:
        await bot.initialize()
        yield bot
        world.faults.clear()


def everywhere(bot: Bot) -> Doors:
    """Doors that let every chat in."""
    return Doors(bot, Wording(), Clock())


def asked(world: World) -> int:
    return len(world.calls_to("getChatAdministrators"))


async def test_many_who_ask_at_once_make_one_request(
    world: World, bot: Bot, ada: User, group: Chat
) -> None:
    administrators = Administrators(bot, Clock(), patience=HANGING)
    answers = await asyncio.gather(
        *(administrators.is_admin(group.id, user) for user in (ada.id, 7, ada.id, 8))
    )
    assert answers == [True, False, True, False]
    assert asked(world) == 1


async def test_an_answer_counts_for_a_minute(
    world: World, bot: Bot, ada: User, group: Chat
) -> None:
    clock = Clock()
    administrators = Administrators(bot, clock, patience=HANGING)
    assert await administrators.is_admin(group.id, ada.id)
    world.set_status(group, ada, "member")
    clock.pass_by(seconds=59)
    assert await administrators.is_admin(group.id, ada.id)
    clock.pass_by(seconds=1)
    assert await administrators.is_admin(group.id, ada.id) is False


async def test_what_comes_too_late_or_not_at_all_is_not_told_and_not_kept(
    world: World,
    bot: Bot,
    ada: User,
    group: Chat,
    forward: Forward,
    caplog: pytest.LogCaptureFixture,
) -> None:
    patient = Administrators(bot, Clock(), patience=HANGING)
    slow = world.faults.add("slow", "getChatAdministrators")
    asking = asyncio.create_task(Administrators(bot, Clock()).is_admin(group.id, ada.id))
    await slow.reached.wait()
    forward.pass_by(PATIENCE)
    assert await asking is None
    assert "was not told in time" in caplog.text
    world.faults.remove(slow)
    for kind in ("server_error", "reset_before", "not_json", "flood"):
        world.faults.add(kind, "getChatAdministrators")
        assert await patient.is_admin(group.id, ada.id) is None
    assert await patient.is_admin(group.id, ada.id) is True
    world.kick(group, ada)
    other = world.add_supergroup("Other", ada)
    assert await patient.is_admin(other.id, ada.id) is True


async def test_a_group_that_has_moved_is_asked_for_where_it_is(
    world: World, bot: Bot, ada: User
) -> None:
    group = world.add_group("Friends", ada)
    world.migrate(group)
    administrators = Administrators(bot, Clock(), patience=HANGING)
    assert await administrators.is_admin(group.id, ada.id) is True


@pytest.mark.parametrize("method", ["getChat", "getChatMember", "getChatAdministrators"])
async def test_a_named_chat_is_not_waited_for_long(
    world: World,
    bot: Bot,
    ada: User,
    method: str,
    forward: Forward,
    caplog: pytest.LogCaptureFixture,
) -> None:
    channel = world.add_channel("News", ada, "the_news")
    clock = Clock()
    targets = Targets(bot, Administrators(bot, clock), everywhere(bot), clock)
    slow = world.faults.add("slow", method)
    finding = asyncio.create_task(targets.find("@the_news", ada.id))
    await slow.reached.wait()
    forward.pass_by(PATIENCE)
    assert await finding is Hindrance.CANT_TELL
    assert "was not told in time" in caplog.text
    world.faults.clear()
    administrators = Administrators(bot, clock, patience=HANGING)
    patient = Targets(bot, administrators, everywhere(bot), clock, patience=HANGING)
    found = await patient.find("@the_news", ada.id)
    assert found == Target(channel.id, ChatKind.CHANNEL, "News")


async def test_a_chat_that_is_named_again_is_not_described_again(
    world: World, bot: Bot, ada: User
) -> None:
    world.add_channel("News", ada, "the_news")
    clock = Clock()
    administrators = Administrators(bot, clock, patience=HANGING)
    targets = Targets(bot, administrators, everywhere(bot), clock, patience=HANGING)
    for name in ("@the_news", "@The_News"):
        assert isinstance(await targets.find(name, ada.id), Target)
    assert len(world.calls_to("getChat")) == 1
    clock.pass_by(seconds=61)
    assert isinstance(await targets.find("@the_news", ada.id), Target)
    assert len(world.calls_to("getChat")) == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Vladimir Putin @the_news", ("Vladimir Putin", "@the_news")),
        ("@the_news", ("", "@the_news")),
        ("08:00  -1001234567890 ", ("08:00", "-1001234567890")),
        ("22:00-07:00", ("22:00-07:00", None)),
        ("22:00 -07:00", ("22:00 -07:00", None)),
        ("me@example.org", ("me@example.org", None)),
        ("Vladimir@the_news", ("Vladimir@the_news", None)),
        ("@the_news Putin", ("@the_news Putin", None)),
        ("Putin @ab", ("Putin @ab", None)),
        ("1999 -2000", ("1999 -2000", None)),
        ("", ("", None)),
    ],
)
def test_a_chat_is_named_at_the_end(text: str, parts: tuple[str, str | None]) -> None:
    assert split_target(text) == parts
