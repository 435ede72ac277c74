"""Methods about chats, queries and the bot itself."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.limits import check_answer
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


async def get_me(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getMe."""
    return backend.me()


async def answer_callback_query(backend: Backend, params: Params) -> bool:
    """Bot API: answerCallbackQuery."""
    text = params.string("text")
    check_answer(text)
    url = params.string("url")
    # Bot API: answerCallbackQuery, "links like t.me/your_bot?start=XXXX".
    own = f"t.me/{backend.bot.username}?start="
    if url and not url.removeprefix("https://").lower().startswith(own.lower()):
        raise bad_request("URL_INVALID")
    answer = Answer(text, params.flag("show_alert"), url)
    backend.answer(params.string("callback_query_id"), answer)
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
        return chat_member(user, "member", chat.kind)
    return chat_member(user, backend.roster.status(chat.id, user.id), chat.kind)


async def get_chat_administrators(backend: Backend, params: Params) -> list[JsonObject]:
    """Bot API: getChatAdministrators, without other bots."""
    chat = _known_chat(backend, params)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return backend.roster.administrators(chat.id)


async def get_chat_member_count(backend: Backend, params: Params) -> int:
    """Bot API: getChatMemberCount, the bot among them."""
    chat = _known_chat(backend, params)
    return 2 if chat.kind == "private" else len(backend.roster.inside(chat.id))


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
