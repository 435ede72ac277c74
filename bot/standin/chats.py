"""Methods about chats, queries and the bot itself."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.limits import (
    MAX_DESCRIPTION,
    MAX_SHORT_DESCRIPTION,
    check_answer,
    check_commands,
    check_descriptions,
    check_results,
)
from bot.standin.model import Answer, Chat, JsonObject
from bot.standin.params import Params
from bot.standin.refusal import bad_request
from bot.standin.roster import chat_member

_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)
_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"


async def get_me(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getMe."""
    return backend.me()


async def answer_callback_query(backend: Backend, params: Params) -> bool:
    """Bot API: answerCallbackQuery."""
    text = params.string("text")
    check_answer(text)
    answer = Answer(text, params.flag("show_alert"), params.string("url"))
    backend.answer(params.string("callback_query_id"), answer)
    return True


async def answer_inline_query(backend: Backend, params: Params) -> bool:
    """Bot API: answerInlineQuery; the results end up in `inline_queries`."""
    query_id = params.string("inline_query_id")
    if query_id not in backend.inline_queries:
        raise bad_request(_OLD_QUERY)
    results = params.array("results") or []
    check_results(results)
    backend.inline_queries[query_id] = results
    return True


async def get_chat(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getChat, a ChatFullInfo."""
    chat = _known_chat(backend, params)
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return chat.as_json() | more


async def get_chat_member(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getChatMember."""
    chat = _known_chat(backend, params)
    user = backend.roster.users.get(params.integer("user_id") or 0)
    if not user:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.kind == "private":
        return chat_member(user, "member")
    return chat_member(user, backend.roster.status(chat.id, user.id))


async def get_chat_administrators(backend: Backend, params: Params) -> list[JsonObject]:
    """Bot API: getChatAdministrators, without other bots."""
    chat = _known_chat(backend, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return backend.roster.administrators(chat.id)


async def leave_chat(backend: Backend, params: Params) -> bool:
    """Bot API: leaveChat."""
    chat = _known_chat(backend, params)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    backend.roster.set_status(chat.id, backend.bot.id, "left")
    return True


def _known_chat(backend: Backend, params: Params) -> Chat:
    """A chat of which the bot may know: a private one that began, or one where it is."""
    chat = backend.roster.find(params.chat())
    if chat.kind != "private":
        backend.roster.check_writable(chat)
    return chat


# --- what the bot says about itself ---


def _place(params: Params, what: str) -> tuple[str, str]:
    scope = params.record("scope") or {"type": "default"}
    named = "/".join(str(value) for _, value in sorted(scope.items()))
    return f"{what}/{named}", params.string("language_code")


async def set_my_commands(backend: Backend, params: Params) -> bool:
    """Bot API: setMyCommands."""
    commands = check_commands(params.array("commands") or [])
    backend.profile[_place(params, "commands")] = commands
    return True


async def get_my_commands(backend: Backend, params: Params) -> list[JsonObject]:
    """Bot API: getMyCommands, of just this scope and language."""
    commands: list[JsonObject] = backend.profile.get(_place(params, "commands"), [])
    return commands


async def delete_my_commands(backend: Backend, params: Params) -> bool:
    """Bot API: deleteMyCommands."""
    backend.profile.pop(_place(params, "commands"), None)
    return True


async def set_my_description(backend: Backend, params: Params) -> bool:
    """Bot API: setMyDescription."""
    text = params.string("description")
    check_descriptions(text, MAX_DESCRIPTION, "description")
    backend.profile["description", params.string("language_code")] = text
    return True


async def set_my_short_description(backend: Backend, params: Params) -> bool:
    """Bot API: setMyShortDescription."""
    text = params.string("short_description")
    check_descriptions(text, MAX_SHORT_DESCRIPTION, "short description")
    backend.profile["short_description", params.string("language_code")] = text
    return True


async def get_my_description(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getMyDescription."""
    language = params.string("language_code")
    return {"description": backend.profile.get(("description", language), "")}


async def get_my_short_description(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getMyShortDescription."""
    language = params.string("language_code")
    return {"short_description": backend.profile.get(("short_description", language), "")}
