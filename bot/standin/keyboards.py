"""Keyboards in place of the letters' own, and the wish for a reply (Bot API: reply_markup); and
what buttons below a message may not do in channels."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.entities import Formatted, utf16_length
from bot.standin.model import Chat, JsonObject, Keyboard, Message, User
from bot.standin.params import Params
from bot.standin.refusal import bad_request

MAX_ROW = 12
MAX_KEYS = 300
MAX_PLACEHOLDER = 64
_KINDS = ("keyboard", "remove_keyboard", "force_reply")
# What a key may do besides sending its text; only in private chats.
_PRIVATE = {"request_location": "location", "request_contact": "phone number"}
_NO_TEXT = 'Field "text" must be of type String'
_SWITCH = "switch_inline_query"


def keyboard_of(params: Params, chat: Chat) -> JsonObject | None:
    """A `reply_markup` that is no inline keyboard, checked for this chat; None for the others."""
    markup = params.record("reply_markup")
    if not markup or not any(name in markup for name in _KINDS):
        return None
    if chat.kind == "channel":
        raise bad_request("inline keyboard expected")
    hint = markup.get("input_field_placeholder", "")
    if not isinstance(hint, str) or utf16_length(hint) > MAX_PLACEHOLDER:
        raise bad_request("REPLY_MARKUP_INVALID")
    if "keyboard" in markup:
        return markup | {"keyboard": _rows(markup["keyboard"], chat)}
    return markup if any(markup.get(name) is True for name in _KINDS) else None


def check_in_place(markup: JsonObject | None, chat: Chat) -> None:
    """Refusal of an inline keyboard that a channel may not have (Bot API 3.0: no buttons there
    that begin an inline query)."""
    if chat.kind != "channel" or not markup:
        return
    names = (name for row in markup["inline_keyboard"] for button in row for name in button)
    if switch := next((name for name in names if name.startswith(_SWITCH)), None):
        raise bad_request(
            f"can't use {switch.removesuffix('_chosen_chat')} button in a channel chat, because "
            "users will not be able to use the button without knowing bot's username"
        )


def _rows(rows: object, chat: Chat) -> list[list[JsonObject]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        problem = 'Field "keyboard" must be of type Array'
        raise bad_request(f"can't parse reply keyboard: {problem}")
    if any(len(row) > MAX_ROW for row in rows) or sum(map(len, rows)) > MAX_KEYS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    checked = [[_key(key, chat) for key in row] for row in rows if row]
    if not checked:
        raise bad_request("reply markup is empty")
    return checked


def _key(key: object, chat: Chat) -> JsonObject:
    """A KeyboardButton; a bare text is one too."""
    made = {"text": key} if isinstance(key, str) else key
    if not isinstance(made, dict) or not isinstance(made.get("text"), str):
        raise bad_request(f"can't parse KeyboardButton: {_NO_TEXT}")
    if not made["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    for name, what in _PRIVATE.items():
        if made.get(name) and chat.kind != "private":
            raise bad_request(f"{what} can be requested in private chats only")
    return made


def show_keyboard(backend: Backend, message: Message, markup: JsonObject) -> None:
    """Let the keyboard of a new message count; a selective one for those it names only.

    Bot API: "users that are @mentioned in the text" and the sender of the message replied to.
    """
    only = None
    if markup.get("selective") and message.chat.kind != "private":
        replied = message.reply_to.sender if message.reply_to else None
        only = frozenset(_mentioned(backend, message) | ({replied.id} if replied else set()))
    older = backend.keyboards.get(message.chat.id, []) if only is not None else []
    backend.keyboards[message.chat.id] = [*older, Keyboard(message.id, markup, only)]


def _mentioned(backend: Backend, message: Message) -> set[int]:
    whole = Formatted(message.text, message.entities)
    users = [dict(one.details).get("user") for one in message.entities]
    names = {whole.part(one)[1:].lower() for one in message.entities if one.kind == "mention"}
    known = backend.roster.users.values()
    by_name = {user.id for user in known if (user.username or "").lower() in names - {""}}
    return by_name | {user["id"] for user in users if isinstance(user, dict)}


def keyboard_for(backend: Backend, chat: Chat, user: User) -> Keyboard | None:
    """The keyboard that this user sees in the chat now; a wish for a reply goes with one."""
    every = backend.keyboards.get(chat.id, [])
    seen = [one for one in every if one.only is None or user.id in one.only]
    if not seen or seen[-1].markup.get("remove_keyboard"):
        return None
    return None if _is_answered(backend, chat, user, seen[-1]) else seen[-1]


def _is_answered(backend: Backend, chat: Chat, user: User, keyboard: Keyboard) -> bool:
    if not keyboard.markup.get("force_reply"):
        return False
    later = (one for one in backend.messages(chat) if one.id > keyboard.message_id)
    return any(one.sender and one.sender.id == user.id for one in later)
