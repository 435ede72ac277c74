"""What the bot says about itself: commands by scope and language, descriptions."""

from __future__ import annotations

import re

from bot.standin.backend import Backend
from bot.standin.limits import (
    MAX_DESCRIPTION,
    MAX_SHORT_DESCRIPTION,
    check_commands,
    check_descriptions,
)
from bot.standin.model import Chat, JsonObject, User
from bot.standin.params import Params
from bot.standin.refusal import bad_request
from bot.standin.roster import RULES

_LANGUAGE = re.compile(r"([a-z]{2})?")
_BROAD = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_NARROW = {"chat", "chat_administrators", "chat_member"}


def menu_of(backend: Backend, chat: Chat, user: User) -> list[JsonObject]:
    """The commands that this user's app offers in the chat.

    Bot API: "Determining list of commands": the narrowest scope that has any; within a scope
    the user's language goes before none. Channels offer none.
    """
    language = (user.language_code or "").partition("-")[0].lower()
    for scope in _scopes(backend, chat, user):
        for code in (language, ""):
            commands: list[JsonObject] = backend.profile.get((f"commands/{scope}", code), [])
            if commands:
                return commands
    return []


def _scopes(backend: Backend, chat: Chat, user: User) -> list[str]:
    if chat.kind == "channel":
        return []
    if chat.kind == "private":
        return [f"chat/{chat.id}", "all_private_chats", "default"]
    rules = backend.roster.status(chat.id, user.id) in RULES
    own = [f"chat_administrators/{chat.id}"] if rules else []
    every = ["all_chat_administrators"] if rules else []
    member = f"chat_member/{chat.id}/{user.id}"
    return [member, *own, f"chat/{chat.id}", *every, "all_group_chats", "default"]


def _place(backend: Backend, params: Params) -> tuple[str, str]:
    """Where commands of this scope and language are kept."""
    scope = params.record("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _BROAD:
        return f"commands/{kind}", _language(params)
    if kind not in _NARROW:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = backend.roster.find(Params(scope).chat())
    if kind != "chat" and chat.kind not in ("group", "supergroup"):
        raise bad_request("can't change commands in this chat")
    member = f"/{_member(backend, scope)}" if kind == "chat_member" else ""
    return f"commands/{kind}/{chat.id}{member}", _language(params)


def _member(backend: Backend, scope: JsonObject) -> int:
    user = backend.roster.users.get(Params(scope).integer("user_id") or 0)
    if not user:
        raise bad_request("user not found")
    return user.id


def _language(params: Params) -> str:
    """Bot API: "a two-letter ISO 639-1 language code", or "" for everybody else."""
    code = params.string("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


async def set_my_commands(backend: Backend, params: Params) -> bool:
    """Bot API: setMyCommands."""
    commands = check_commands(params.array("commands") or [])
    backend.profile[_place(backend, params)] = commands
    return True


async def get_my_commands(backend: Backend, params: Params) -> list[JsonObject]:
    """Bot API: getMyCommands, of just this scope and language."""
    commands: list[JsonObject] = backend.profile.get(_place(backend, params), [])
    return commands


async def delete_my_commands(backend: Backend, params: Params) -> bool:
    """Bot API: deleteMyCommands."""
    backend.profile.pop(_place(backend, params), None)
    return True


async def set_my_description(backend: Backend, params: Params) -> bool:
    """Bot API: setMyDescription."""
    text = params.string("description")
    check_descriptions(text, MAX_DESCRIPTION, "description")
    backend.profile["description", _language(params)] = text
    return True


async def set_my_short_description(backend: Backend, params: Params) -> bool:
    """Bot API: setMyShortDescription."""
    text = params.string("short_description")
    check_descriptions(text, MAX_SHORT_DESCRIPTION, "short description")
    backend.profile["short_description", _language(params)] = text
    return True


async def get_my_description(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getMyDescription."""
    language = _language(params)
    return {"description": backend.profile.get(("description", language), "")}


async def get_my_short_description(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getMyShortDescription."""
    language = _language(params)
    return {"short_description": backend.profile.get(("short_description", language), "")}
