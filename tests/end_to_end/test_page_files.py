"""The bot's files as the chat page serves them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from bot.standin import TOKEN, World
from bot.standin.page.guard import POLICY
from tests.support.chat_page import READER, client_of, png


@pytest_asyncio.fixture
async def web() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(World()) as client:
        yield client


async def send(web: httpx.AsyncClient, field: str, name: str, content: bytes) -> str:
    """Send a file that calls itself a page; gives its id."""
    url, files = f"/bot{TOKEN}/send{field.title()}", {field: (name, content, "text/html")}
    answer = await web.post(url, data={"chat_id": str(READER)}, files=files)
    found = answer.json()["result"][field]
    return str((found[0] if field == "photo" else found)["file_id"])


async def test_pictures_are_shown_as_what_they_are(web: httpx.AsyncClient) -> None:
    shown = await web.get(f"/api/files/{await send(web, 'photo', 'p.png', png())}")
    assert (shown.headers["content-type"], shown.content) == ("image/png", png())
    assert shown.headers["content-disposition"].startswith("inline")
    assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_documents_are_saved_and_never_opened(web: httpx.AsyncClient) -> None:
    for content in (b"<script>alert(1)</script>", png()):
        file_id = await send(web, "document", "a/x y.html", content)
        saved = await web.get(f"/api/files/{file_id}")
        assert saved.content == content
        assert saved.headers["content-type"] == "application/octet-stream"
        assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''x%20y.html"
        assert saved.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert saved.headers["x-content-type-options"] == "nosniff"


async def test_files_are_neither_there_for_ever_nor_for_strangers(web: httpx.AsyncClient) -> None:
    missing = await web.get("/api/files/file-0")
    assert (missing.status_code, missing.headers["content-security-policy"]) == (404, POLICY)
    file_id = await send(web, "document", "x.json", b"{}")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}):
        assert (await web.get(f"/api/files/{file_id}", headers=headers)).status_code == 403
