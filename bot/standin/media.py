"""Photos and documents: what is sent, and what the bot may fetch again."""

from __future__ import annotations

from bot.standin.backend import Backend
from bot.standin.model import JsonObject, StoredFile, Upload
from bot.standin.params import Params
from bot.standin.pictures import UNKNOWN_SIDES, sides_of
from bot.standin.refusal import Refusal, bad_request
from bot.standin.urls import checked_url

# Bot API: "Sending files"; sides and their ratio: sendPhoto.
MAX_PHOTO_BYTES = 10 * 2**20
MAX_DOCUMENT_BYTES = 50 * 2**20
MAX_DOWNLOAD_BYTES = 20 * 2**20
_MAX_SIDES = 10_000
_MAX_RATIO = 20


def photo_of(backend: Backend, params: Params) -> JsonObject:
    """The `photo` of a request, as a field of its Message; Refusal for what is no picture."""
    upload, known = _given(backend, params, "photo", MAX_PHOTO_BYTES)
    sides = _sides(upload) if upload and upload.content else UNKNOWN_SIDES
    file = known or _kept(backend, upload, sides)
    if not file.width:
        raise bad_request("can't use file of type Document as Photo")
    return _photo(file)


def photo_of_app(backend: Backend) -> JsonObject:
    """The `photo` of a message that a person sends: one of no content, as apps make them."""
    upload = Upload("photo.jpg", "image/jpeg", b"")
    return _photo(_kept(backend, upload, UNKNOWN_SIDES))


def document_of(backend: Backend, params: Params) -> JsonObject:
    """The `document` of a request, as a field of its Message."""
    upload, known = _given(backend, params, "document", MAX_DOCUMENT_BYTES)
    file = known or _kept(backend, upload, (0, 0))
    if file.width:
        raise bad_request("can't use file of type Photo as Document")
    return {"document": _named(file) | {"file_name": file.name, "mime_type": file.mime_type}}


async def get_file(backend: Backend, params: Params) -> JsonObject:
    """Bot API: getFile, for files of up to 20 MB."""
    file = backend.files.find(params.string("file_id"))
    if not file or backend.files.content(file) is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return _named(file) | {"file_path": file.path}


def _photo(file: StoredFile) -> JsonObject:
    return {"photo": [_named(file) | {"width": file.width, "height": file.height}]}


def _named(file: StoredFile) -> JsonObject:
    size = {"file_size": file.size} if file.size else {}
    return {"file_id": file.id, "file_unique_id": file.unique_id} | size


def _kept(backend: Backend, upload: Upload | None, sides: tuple[int, int]) -> StoredFile:
    return backend.files.keep(upload or Upload("file", "", b""), backend.next_id(), sides)


def _given(
    backend: Backend, params: Params, name: str, most: int
) -> tuple[Upload | None, StoredFile | None]:
    """The file sent along or named by an address, or else one that Telegram has by its id."""
    upload = params.file(name)
    if upload:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > most:
            raise Refusal(413, "Request Entity Too Large")
        return upload, None
    given = params.string(name)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    if "://" in given:
        return _by_address(given), None
    known = backend.files.find(given)
    if not known:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return None, backend.files.again(known, backend.next_id())


def _by_address(address: str) -> Upload:
    """A file that the stand-in takes note of and never fetches."""
    if not checked_url(address):
        raise bad_request("wrong HTTP URL specified")
    return Upload(address.rpartition("/")[2] or "file", "application/octet-stream", b"")


def _sides(upload: Upload) -> tuple[int, int]:
    sides = sides_of(upload.content)
    if not sides:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(sides) > _MAX_SIDES or max(sides) > _MAX_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return sides
