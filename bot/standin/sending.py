"""Methods that make new messages."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.composing import chat_of, content_of, markup_of, reply_of, thread_in, thread_of
from bot.standin.entities import Formatted
from bot.standin.keyboards import check_in_place, keyboard_of, show_keyboard
from bot.standin.limits import check_caption, check_text
from bot.standin.media import document_of, photo_of
from bot.standin.model import JsonObject, Message, present
from bot.standin.params import Params
from bot.standin.refusal import bad_request

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(backend: Backend, params: Params) -> JsonObject:
    """Bot API: sendMessage."""
    content = content_of(backend, params, "text", "entities")
    check_text(content)
    return _send(backend, params, content)


async def send_photo(backend: Backend, params: Params) -> JsonObject:
    """Bot API: sendPhoto. A picture named by its address is not fetched."""
    return _send_media(backend, params, photo_of(backend, params))


async def send_document(backend: Backend, params: Params) -> JsonObject:
    """Bot API: sendDocument. A document named by its address is not fetched."""
    return _send_media(backend, params, document_of(backend, params))


async def send_chat_action(backend: Backend, params: Params) -> bool:
    """Bot API: sendChatAction."""
    chat = chat_of(backend, params)
    thread_of(backend, params, chat)
    if params.string("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _send_media(backend: Backend, params: Params, media: JsonObject) -> JsonObject:
    caption = content_of(backend, params, "caption", "caption_entities")
    check_caption(caption)
    above = present(show_caption_above_media=params.flag("show_caption_above_media"))
    return _send(backend, params, caption, media | above)


def _send(
    backend: Backend, params: Params, content: Formatted, media: JsonObject | None = None
) -> JsonObject:
    markup = markup_of(params)
    chat = chat_of(backend, params)
    check_in_place(markup, chat)
    keyboard = keyboard_of(params, chat)
    topic, replied = thread_of(backend, params, chat), reply_of(backend, params, chat)
    thread_id, in_topic = thread_in(chat, topic, replied)
    message = Message(
        id=0,
        chat=chat,
        date=backend.now(),
        sender=backend.bot,
        text=content.text,
        entities=content.entities,
        reply_markup=markup,
        link_preview_options=params.record("link_preview_options"),
        reply_to=replied,
        thread_id=thread_id,
        in_topic=in_topic,
        media=media,
        protected=params.flag("protect_content"),
    )
    kept = backend.keep_new(message)
    if keyboard:
        show_keyboard(backend, kept, keyboard)
    return kept.as_json()
