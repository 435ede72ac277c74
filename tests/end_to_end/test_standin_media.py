"""Photos and documents: what is sent, kept, refused and fetched again."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from bot.standin.media import MAX_DOCUMENT_BYTES, MAX_DOWNLOAD_BYTES, MAX_PHOTO_BYTES
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING, png

ANN = 7


@pytest.fixture
def world() -> World:
    world = World(first_id=100)
    world.add_user("Ann", ANN, started=True)
    return world


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        StandInServer(world) as server,
        httpx.AsyncClient(base_url=server.url, timeout=HANGING) as client,
    ):
        yield client


@pytest.fixture
def call(http: httpx.AsyncClient) -> Caller:
    return Caller(http, f"/bot{TOKEN}")


async def upload(
    http: httpx.AsyncClient, method: str, content: bytes, filename: str = "file", **params: str
) -> dict[str, Any]:
    """The answer to a file sent in a form, in the field named for the method."""
    field = method.removeprefix("send").lower()
    files = {field: (filename, content)}
    form = {"chat_id": str(ANN)} | params
    answer = await http.post(f"/bot{TOKEN}/{method}", data=form, files=files)
    body: dict[str, Any] = answer.json()
    assert answer.status_code == body.get("error_code", 200)
    return body


async def test_a_photo_has_the_sides_of_its_picture(http: httpx.AsyncClient, call: Caller) -> None:
    content = png(320, 200)
    sent = (await upload(http, "sendPhoto", content, caption="x" * 1024))["result"]
    (size,) = sent["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (320, 200, len(content))
    file = await call.result("getFile", file_id=size["file_id"])
    assert file["file_unique_id"] == size["file_unique_id"]
    got = await http.get(f"/file/bot{TOKEN}/{file['file_path']}")
    assert (got.status_code, got.content) == (200, content)
    again = await call.result("sendPhoto", chat_id=ANN, photo=size["file_id"])
    assert again["photo"][0]["file_unique_id"] == size["file_unique_id"]
    assert again["photo"][0]["file_id"] != size["file_id"]
    assert await call.error("sendDocument", chat_id=ANN, document=size["file_id"]) == (
        "Bad Request: can't use file of type Photo as Document"
    )


async def test_a_document_attached_by_name(http: httpx.AsyncClient, call: Caller) -> None:
    form = {"chat_id": str(ANN), "document": "attach://a"}
    files = {"a": ("données.json", b"{}", "application/json")}
    answer = await http.post(f"/bot{TOKEN}/sendDocument", data=form, files=files)
    document = answer.json()["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("données.json", "application/json")
    assert await call.error("sendPhoto", chat_id=ANN, photo=document["file_id"]) == (
        "Bad Request: can't use file of type Document as Photo"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "file must be non-empty"),
        (b"%PDF-1.7", "IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n", "IMAGE_PROCESS_FAILED"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (png(21, 1), "PHOTO_INVALID_DIMENSIONS"),
    ],
    ids=["empty", "no picture", "cut off", "too large", "too narrow"],
)
async def test_photos_that_are_refused(
    http: httpx.AsyncClient, world: World, content: bytes, problem: str
) -> None:
    body = await upload(http, "sendPhoto", content)
    assert body["description"] == f"Bad Request: {problem}"
    assert world.messages(ANN) == []


async def test_files_that_are_too_large(http: httpx.AsyncClient, call: Caller) -> None:
    too_large = {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
    picture = png()
    assert (await upload(http, "sendPhoto", picture.ljust(MAX_PHOTO_BYTES, b"\0")))["ok"]
    assert await upload(http, "sendPhoto", picture.ljust(MAX_PHOTO_BYTES + 1, b"\0")) == too_large
    assert await upload(http, "sendDocument", bytes(MAX_DOCUMENT_BYTES + 1)) == too_large
    sent = (await upload(http, "sendDocument", bytes(MAX_DOWNLOAD_BYTES + 1)))["result"]
    assert await call.error("getFile", file_id=sent["document"]["file_id"]) == (
        "Bad Request: file is too big"
    )


async def test_captions_are_measured_after_parsing(http: httpx.AsyncClient) -> None:
    bold = f"<b>{'x' * 1024}</b>"
    sent = (await upload(http, "sendPhoto", png(), caption=bold, parse_mode="HTML"))["result"]
    assert len(sent["caption"]) == 1024
    refused = await upload(http, "sendPhoto", png(), caption="👍" * 513)
    assert refused["description"] == "Bad Request: message caption is too long"


async def test_files_that_are_not_there(http: httpx.AsyncClient, call: Caller) -> None:
    assert await call.error("sendPhoto", chat_id=ANN, photo="AgACx") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    gone = "Bad Request: wrong file_id or the file is temporarily unavailable"
    by_address = await call.result("sendDocument", chat_id=ANN, document="https://a.example/w.json")
    assert by_address["document"]["file_name"] == "w.json"
    for file_id in ("file-1", by_address["document"]["file_id"]):
        assert await call.error("getFile", file_id=file_id) == gone
    sent = (await upload(http, "sendDocument", b"{}"))["result"]
    file_id = sent["document"]["file_id"]
    assert (await http.get(f"/file/bot{TOKEN}/documents/{file_id}")).content == b"{}"
    assert (await http.get(f"/file/bot{TOKEN}/photos/{file_id}")).status_code == 404
    assert (await http.get(f"/file/bot{TOKEN}/documents/file-1")).status_code == 404
    assert (await http.get(f"/file/bot1:wrong/documents/{file_id}")).status_code == 401


async def test_a_caption_is_edited_with_its_buttons(http: httpx.AsyncClient, call: Caller) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    body = await upload(http, "sendPhoto", png(), caption="One", reply_markup=json.dumps(markup))
    number = body["result"]["message_id"]
    edit = {"chat_id": ANN, "message_id": number, "caption": "<i>Two</i>", "parse_mode": "HTML"}
    edited = await call.result("editMessageCaption", **edit, reply_markup=markup)
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("Two", "italic")
    assert edited["photo"] == body["result"]["photo"]
    assert (await call.error("editMessageCaption", **edit, reply_markup=markup)).startswith(
        "Bad Request: message is not modified"
    )
