"""Keyboards in place of the letters' own, and the menus of commands."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from bot.standin.keyboards import keyboard_for
from bot.standin.model import Chat, JsonObject, User
from bot.standin.profile import menu_of
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING

LOCATION = {"text": "Here I am", "request_location": True}


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
def ann(world: World) -> User:
    return world.add_user("Ann", started=True, username="ann_b")


@pytest.fixture
async def call(world: World) -> AsyncIterator[Caller]:
    async with StandInServer(world) as server, httpx.AsyncClient(timeout=HANGING) as http:
        yield Caller(http, f"{server.url}/bot{TOKEN}")


def shown(world: World, chat: Chat, user: User) -> JsonObject | None:
    """What the user sees in place of the letters."""
    keyboard = keyboard_for(world, chat, user)
    return keyboard.markup if keyboard else None


async def test_a_keyboard_stands_until_it_is_removed(call: Caller, world: World, ann: User) -> None:
    chat = world.roster.chats[ann.id]

    async def send(markup: object) -> None:
        sent = await call.result("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
        assert "reply_markup" not in sent

    await send({"keyboard": [[LOCATION, "UTC"], []], "one_time_keyboard": True})
    rows = {"keyboard": [[LOCATION, {"text": "UTC"}]], "one_time_keyboard": True}
    assert shown(world, chat, ann) == rows
    await send(None)
    assert shown(world, chat, ann) == rows
    await send({"remove_keyboard": True})
    assert shown(world, chat, ann) is None
    await send({"force_reply": True, "input_field_placeholder": "x" * 64})
    assert shown(world, chat, ann) == {"force_reply": True, "input_field_placeholder": "x" * 64}
    world.say(ann, "An answer")
    assert shown(world, chat, ann) is None


async def test_a_selective_keyboard_is_for_whom_it_names(
    call: Caller, world: World, ann: User
) -> None:
    eve = world.add_user("Eve")
    bob = world.add_user("Bob")
    group = world.add_group("Group", ann, [eve, bob])
    said = world.say(eve, "hello", group)
    markup = {"keyboard": [["UTC"]], "selective": True}
    await call.result(
        "sendMessage",
        chat_id=group.id,
        text="for @ann_b",
        reply_markup=markup,
        reply_parameters={"message_id": said.id},
    )
    assert shown(world, group, ann) == shown(world, group, eve)
    assert shown(world, group, ann) is not None
    assert shown(world, group, bob) is None
    everybody = {"keyboard": [["all"]]}
    await call.result("sendMessage", chat_id=group.id, text="x", reply_markup=everybody)
    assert shown(world, group, ann) == shown(world, group, bob)


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ({"keyboard": "x"}, 'can\'t parse reply keyboard: Field "keyboard" must be of type Array'),
        ({"keyboard": []}, "reply markup is empty"),
        ({"keyboard": [["x"] * 13]}, "REPLY_MARKUP_TOO_LONG"),
        ({"keyboard": [["x"] * 12] * 26}, "REPLY_MARKUP_TOO_LONG"),
        ({"keyboard": [[{}]]}, 'can\'t parse KeyboardButton: Field "text" must be of type String'),
        ({"keyboard": [[" "]]}, "BUTTON_TEXT_INVALID"),
        ({"keyboard": [["x"]], "input_field_placeholder": "x" * 65}, "REPLY_MARKUP_INVALID"),
    ],
)
async def test_keyboards_that_are_refused(
    call: Caller, world: World, ann: User, markup: object, problem: str
) -> None:
    refused = await call.error("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {problem}"
    assert world.messages(ann) == []


async def test_places_where_a_keyboard_does_not_go(call: Caller, world: World, ann: User) -> None:
    async def refused(chat: Chat, key: object) -> str:
        markup = {"keyboard": [[key]]}
        return await call.error("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)

    assert await refused(world.add_group("Group", ann), LOCATION) == (
        "Bad Request: location can be requested in private chats only"
    )
    assert await refused(world.add_channel("Channel"), "x") == (
        "Bad Request: inline keyboard expected"
    )


# --- commands


async def name(call: Caller, command: str, language: str = "", **scope: object) -> None:
    """Make this the one command of a scope."""
    commands = [{"command": command, "description": "x"}]
    given = {"scope": scope, "commands": commands, "language_code": language}
    assert await call.result("setMyCommands", **given)


def seen(world: World, chat: Chat, *people: User) -> list[str]:
    """The command that each of them is offered in the chat, "" for none."""
    menus = [menu_of(world, chat, world.roster.users[one.id]) for one in people]
    return [menu[0]["command"] if menu else "" for menu in menus]


async def test_the_narrowest_private_scope_with_commands_counts(
    call: Caller, world: World, ann: User
) -> None:
    private = world.roster.chats[ann.id]
    assert seen(world, private, ann) == [""]
    await name(call, "default", type="default")
    await name(call, "default_de", "de", type="default")
    assert seen(world, private, ann) == ["default"]
    world.set_language(ann, "de-at")
    assert seen(world, private, ann) == ["default_de"]
    await name(call, "private", type="all_private_chats")
    assert seen(world, private, ann) == ["private"]
    await name(call, "private_de", "de", type="all_private_chats")
    assert seen(world, private, ann) == ["private_de"]
    await name(call, "here", type="chat", chat_id=ann.id)
    await name(call, "groups", type="all_group_chats")
    assert seen(world, private, ann) == ["here"]


async def test_the_narrowest_group_scope_with_commands_counts(
    call: Caller, world: World, ann: User
) -> None:
    """Ann owns the group, Ben is a member; each step names a narrower scope."""
    ben = world.add_user("Ben", language_code="de")
    group = world.add_group("Group", ann, [ben])
    await name(call, "private", type="all_private_chats")
    assert seen(world, group, ann, ben) == ["", ""]
    await name(call, "default", type="default")
    assert seen(world, group, ann, ben) == ["default", "default"]
    await name(call, "groups", type="all_group_chats")
    await name(call, "rulers", type="all_chat_administrators")
    assert seen(world, group, ann, ben) == ["rulers", "groups"]
    await name(call, "here", type="chat", chat_id=group.id)
    assert seen(world, group, ann, ben) == ["here", "here"]
    await name(call, "rulers_here", type="chat_administrators", chat_id=group.id)
    assert seen(world, group, ann, ben) == ["rulers_here", "here"]
    await name(call, "ben_here", "de", type="chat_member", chat_id=group.id, user_id=ben.id)
    assert seen(world, group, ann, ben) == ["rulers_here", "ben_here"]
    world.set_language(ben, "fr")
    assert seen(world, group, ann, ben) == ["rulers_here", "here"]
    assert seen(world, world.add_channel("Channel"), ann) == [""]


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"language_code": "deu"}, "invalid language code specified"),
        (
            {"scope": {"type": "x"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"scope": {"type": "chat", "chat_id": 4711}}, "chat not found"),
        (
            {"scope": {"type": "chat_administrators", "chat_id": 7}},
            "can't change commands in this chat",
        ),
        ({"scope": {"type": "chat_member", "chat_id": -5, "user_id": 4711}}, "user not found"),
    ],
)
async def test_scopes_that_are_none(
    call: Caller, world: World, params: dict[str, object], problem: str
) -> None:
    world.add_user("Ann", 7)
    world.add_group("Group", id=-5)
    assert await call.error("setMyCommands", commands=[], **params) == f"Bad Request: {problem}"
