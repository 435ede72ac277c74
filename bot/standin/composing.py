"""From parameters to the parts of a message: place, text, keyboard, reply, preview."""

from __future__ import annotations

from dataclasses import replace

from bot.standin.backend import Backend
from bot.standin.entities import Entity, Formatted, detect, tidy
from bot.standin.html import parse_html
from bot.standin.limits import check_keyboard
from bot.standin.model import Chat, JsonObject, Message
from bot.standin.params import Params
from bot.standin.refusal import bad_request

_PLAIN_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")
_ENTITY_DETAILS = ("url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format")


def content_of(backend: Backend, params: Params, text: str, entities: str) -> Formatted:
    """The text in the parameter `text`, parsed as `parse_mode` says or marked by `entities`.

    Only HTML is understood; other modes are refused as unsupported.
    """
    written = params.string(text)
    mode = params.string("parse_mode")
    if not mode:
        marked = tuple(_given_entity(one) for one in params.array(entities) or [])
        content = Formatted(written, marked)
    elif mode.lower() == "html":
        content = parse_html(written)
    else:
        raise bad_request("unsupported parse_mode")
    return detect(tidy(_with_users(backend, content)))


def _given_entity(one: object) -> Entity:
    if not isinstance(one, dict):
        raise bad_request("can't parse entities: expected an Object as MessageEntity")
    for name, wanted in (("type", str), ("offset", int), ("length", int)):
        if not isinstance(one.get(name), wanted):
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    details = [(name, one[name]) for name in _ENTITY_DETAILS if name in one]
    return Entity(one["type"], one["offset"], one["length"], tuple(details))


def _with_users(backend: Backend, content: Formatted) -> Formatted:
    """Text mentions name a user in full; those of people unknown to the bot vanish."""
    kept = [_with_user(backend, one) for one in content.entities]
    return Formatted(content.text, tuple(one for one in kept if one))


def _with_user(backend: Backend, entity: Entity) -> Entity | None:
    user_id = dict(entity.details).get("user")
    if entity.kind != "text_mention" or not isinstance(user_id, int):
        return entity
    user = backend.roster.users.get(user_id)
    return replace(entity, details=(("user", user.as_json()),)) if user else None


def markup_of(params: Params) -> JsonObject | None:
    """The inline keyboard, or None: other keyboards are not part of a message."""
    return inline_markup(params.record("reply_markup"))


def inline_markup(markup: JsonObject | None) -> JsonObject | None:
    """The inline keyboard in a `reply_markup`, checked, if there is one."""
    if not markup or any(name in markup for name in _PLAIN_KEYBOARDS):
        return None
    rows = check_keyboard(markup.get("inline_keyboard"))
    return {"inline_keyboard": rows} if rows else None


def chat_of(backend: Backend, params: Params) -> Chat:
    """The chat of `chat_id`, to which the bot may write; Refusal otherwise."""
    chat = backend.roster.find(params.chat())
    backend.roster.check_writable(chat)
    return chat


def thread_of(backend: Backend, params: Params, chat: Chat) -> int | None:
    """The open topic of `message_thread_id`; None in the general topic (which has id 1)."""
    thread_id = params.integer("message_thread_id")
    general = chat.is_forum and thread_id == 1
    wanted = None if general or not thread_id else thread_id
    backend.roster.check_thread(chat, wanted)
    return wanted


def thread_in(chat: Chat, topic: int | None, replied: Message | None) -> tuple[int | None, bool]:
    """A message's `message_thread_id`, and whether that is a topic: in supergroups replies have
    one too, the number of the message with which the thread began."""
    if topic is not None:
        return topic, True
    if replied is None or chat.kind != "supergroup":
        return None, False
    return replied.thread_id or replied.id, replied.in_topic


def reply_of(backend: Backend, params: Params, chat: Chat) -> Message | None:
    """A snapshot of the message replied to; Refusal where it is missing and must be there."""
    wanted = params.record("reply_parameters")
    if not wanted:
        return None
    message_id = wanted.get("message_id")
    if not isinstance(message_id, int):
        raise bad_request("can't parse reply parameters: Can't find field \"message_id\"")
    found = backend.find_message(chat.id, message_id)
    if not found and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return replace(found, reply_to=None) if found else None
