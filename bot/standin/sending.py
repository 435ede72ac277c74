"""Methods that make new messages."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.composing import chat_of, content_of, markup_of, reply_of, thread_of
from bot.standin.entities import Formatted
from bot.standin.limits import check_caption, check_text
from bot.standin.model import JsonObject, Message, Upload
from bot.standin.params import Params
from bot.standin.refusal import bad_request
from bot.standin.urls import checked_url

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
_PHOTO_SIDE = 640


async def send_message(backend: Backend, params: Params) -> JsonObject:
    """Bot API: sendMessage."""
    content = content_of(backend, params, "text", "entities")
    check_text(content)
    return _send(backend, params, content)


async def send_photo(backend: Backend, params: Params) -> JsonObject:
    """Bot API: sendPhoto. The picture itself is neither fetched nor looked at."""
    upload = _file(params, "photo")
    sizes = _stored(backend, upload) | {"width": _PHOTO_SIDE, "height": _PHOTO_SIDE}
    return _send_media(backend, params, {"photo": [sizes]})


async def send_document(backend: Backend, params: Params) -> JsonObject:
    """Bot API: sendDocument."""
    upload = _file(params, "document")
    named = {"file_name": upload.filename, "mime_type": upload.content_type}
    return _send_media(backend, params, {"document": _stored(backend, upload) | named})


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
    return _send(backend, params, caption, media)


def _send(
    backend: Backend, params: Params, content: Formatted, media: JsonObject | None = None
) -> JsonObject:
    markup = markup_of(params)
    chat = chat_of(backend, params)
    thread = thread_of(backend, params, chat)
    message = Message(
        id=0,
        chat=chat,
        date=backend.now(),
        sender=backend.bot,
        text=content.text,
        entities=content.entities,
        reply_markup=markup,
        link_preview_options=params.record("link_preview_options"),
        reply_to=reply_of(backend, params, chat),
        thread_id=thread,
        in_topic=thread is not None,
        media=media,
        protected=params.flag("protect_content"),
    )
    return backend.keep_new(message).as_json()


def _file(params: Params, name: str) -> Upload:
    upload = params.file(name)
    if upload:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return upload
    given = params.string(name)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if "://" in given and not checked_url(given):
        raise bad_request("wrong HTTP URL specified")
    return Upload(given.rpartition("/")[2] or "file", "application/octet-stream", b"")


def _stored(backend: Backend, upload: Upload) -> JsonObject:
    number = backend.next_id()
    return {
        "file_id": f"file-{number}",
        "file_unique_id": f"unique-{number}",
        "file_size": len(upload.content),
    }
