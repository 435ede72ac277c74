"""Methods that change or delete messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.standin.backend import Backend
from bot.standin.composing import chat_of, content_of, markup_of
from bot.standin.keyboards import check_in_place
from bot.standin.limits import check_caption, check_text
from bot.standin.model import JsonObject, Message
from bot.standin.params import Params
from bot.standin.refusal import bad_request

_DELETABLE = timedelta(hours=48)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


async def edit_message_text(backend: Backend, params: Params) -> JsonObject | bool:
    """Bot API: editMessageText. Buttons not repeated are gone."""
    content = content_of(backend, params, "text", "entities")
    check_text(content)
    message = _own_message(backend, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    edited = replace(
        message,
        text=content.text,
        entities=content.entities,
        reply_markup=markup_of(params),
        link_preview_options=params.record("link_preview_options"),
    )
    return _keep_edit(backend, message, edited)


async def edit_message_caption(backend: Backend, params: Params) -> JsonObject | bool:
    """Bot API: editMessageCaption."""
    content = content_of(backend, params, "caption", "caption_entities")
    check_caption(content)
    message = _own_message(backend, params)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    markup = markup_of(params)
    edited = replace(message, text=content.text, entities=content.entities, reply_markup=markup)
    return _keep_edit(backend, message, edited)


async def edit_message_reply_markup(backend: Backend, params: Params) -> JsonObject | bool:
    """Bot API: editMessageReplyMarkup."""
    message = _own_message(backend, params)
    return _keep_edit(backend, message, replace(message, reply_markup=markup_of(params)))


async def delete_message(backend: Backend, params: Params) -> bool:
    """Bot API: deleteMessage. Groups let only administrators delete what others wrote."""
    chat = chat_of(backend, params)
    message = backend.find_message(chat.id, _message_id(params))
    if not message:
        raise bad_request("message to delete not found")
    allowed = backend.is_own(message) or chat.kind == "private"
    rules = backend.roster.status(chat.id, backend.bot.id) in ("administrator", "creator")
    too_old = backend.now() - message.date > _DELETABLE
    if not rules and (too_old or not allowed):
        raise bad_request("message can't be deleted for everyone")
    backend.drop_message(message)
    return True


async def pin_chat_message(backend: Backend, params: Params) -> bool:
    """Bot API: pinChatMessage; checked, but nothing is shown."""
    chat = chat_of(backend, params)
    if not backend.find_message(chat.id, _message_id(params)):
        raise bad_request("message to pin not found")
    if chat.kind != "private" and backend.roster.status(chat.id, backend.bot.id) == "member":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return True


def _message_id(params: Params) -> int:
    message_id = params.integer("message_id")
    if not message_id:
        raise bad_request("message identifier is not specified")
    return message_id


def _own_message(backend: Backend, params: Params) -> Message:
    inline_id = params.string("inline_message_id")
    if inline_id:
        chosen = backend.find_inline(inline_id)
        if not chosen:
            raise bad_request("MESSAGE_ID_INVALID")
        return chosen
    chat = chat_of(backend, params)
    message = backend.find_message(chat.id, _message_id(params))
    if not message:
        raise bad_request("message to edit not found")
    if not backend.is_own(message):
        raise bad_request("message can't be edited")
    return message


def _keep_edit(backend: Backend, before: Message, after: Message) -> JsonObject | bool:
    """The edited message; True for an inline one, of which the bot may not see more."""
    if not after.inline_id:
        check_in_place(after.reply_markup, after.chat)
    if after == before:
        raise bad_request(_NOT_MODIFIED)
    kept = backend.keep(replace(after, edited=backend.now()))
    return True if kept.inline_id else kept.as_json()
