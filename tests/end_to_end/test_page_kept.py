"""The page's chats outlive the process that served them, however it ends."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app.standin import kept_beside, serve_stand_in
from bot.config import load
from bot.standin.keeping.kept import NEWEST
from bot.standin.local import reader_id
from storage.database import Database
from storage.model import ChatKind
from tests.support.chat_page import HANGING, ONE_BUTTON, READER, Events, png, post
from tests.support.children import Child, dateline

NOON = datetime(2017, 11, 24, 12, tzinfo=UTC)
ADA = reader_id("Ada")


@dataclass
class Served:
    """A stand-in that is served: what its page and its bot get."""

    http: httpx.AsyncClient
    token: str

    async def call(self, method: str, **params: Any) -> Any:
        """What the bot gets for a call."""
        files = {name: value for name, value in params.items() if isinstance(value, tuple)}
        fields = {name: value for name, value in params.items() if name not in files}
        url = f"/bot{self.token}/{method}"
        answer = await self.http.post(
            url, json=None if files else fields, data=fields if files else None, files=files or None
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    async def shown(self, chat: int, reader: int = READER) -> list[dict[str, Any]]:
        """What a chat shows to a reader."""
        where = {"reader": reader, "chat": chat}
        answer = await self.http.get("/api/messages", params=where)
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def texts(self, chat: int, reader: int = READER) -> list[str]:
        """The texts of what it shows."""
        return [one["text"] for one in await self.shown(chat, reader) if "text" in one]


@asynccontextmanager
async def served(database: Database, url: str) -> AsyncIterator[Served]:
    """A stand-in over a database, from its start to its end."""
    settings = load(None, listen="127.0.0.1:0", database_url=url)
    async with (
        serve_stand_in(settings, database, asyncio.Event(), lambda: NOON) as (address, token),
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=HANGING) as http,
    ):
        yield Served(http, token)


async def know(database: Database, *telegram_ids: int) -> None:
    """Let the database have these chats, as it does of whoever the bot answers."""
    async with database.transaction() as tx:
        for telegram_id in telegram_ids:
            await tx.chats.chat(telegram_id, NOON)


def kept_in(url: str) -> Path:
    folder = kept_beside(url)
    assert folder is not None
    return folder


async def test_chats_members_and_messages_are_there_after_a_restart(
    database: Database, database_url: str
) -> None:
    await know(database, READER)
    async with served(database, database_url) as first:
        await post(first.http, "readers", name="Ada")
        group = await post(first.http, "chats", reader=READER, kind="group", title="Desk")
        where = {"chat": group["id"]}
        await post(first.http, "member", reader=READER, member=ADA, status="member", **where)
        await post(first.http, "say", reader=ADA, text="Hello all", **where)
        async with database.transaction() as tx:
            await tx.chats.chat(group["id"], NOON, kind=ChatKind.GROUP, title="Desk")
        alert = await first.call(
            "sendMessage", chat_id=READER, text="<b>News</b>", parse_mode="HTML",
            reply_markup=ONE_BUTTON,
        )  # fmt: skip
        members = await _members(first, group["id"])
    async with served(database, database_url) as second:
        assert await _members(second, group["id"]) == members
        assert "Hello all" in await second.texts(group["id"], ADA)
        (shown,) = await second.shown(READER)
        assert shown == alert
        await post(second.http, "press", reader=READER, chat=READER, message=shown["message_id"],
                   data="go")  # fmt: skip
        updates = await second.call("getUpdates", timeout=5)
        assert updates[-1]["callback_query"]["data"] == "go"
        edited = await second.call(
            "editMessageText", chat_id=READER, message_id=alert["message_id"], text="Newer"
        )
        assert edited["message_id"] == alert["message_id"]
        later = await second.call("sendMessage", chat_id=READER, text="Later")
        assert later["message_id"] > alert["message_id"]
    async with served(database, database_url) as third:
        assert await third.texts(READER) == ["Newer", "Later"]


async def _members(one: Served, chat: int) -> list[dict[str, Any]]:
    async with one.http.stream("GET", f"/api/events?reader={ADA}&chat={chat}") as response:
        place = await Events(response).next("place")
    members: list[dict[str, Any]] = place["members"]
    assert [member["name"] for member in members] == ["reader", "Ada"]
    return members


async def test_what_the_bot_has_not_read_yet_waits_for_it(
    database: Database, database_url: str
) -> None:
    async with served(database, database_url) as first:
        await post(first.http, "say", reader=READER, chat=READER, text="/follow Omar al-Bashir")
    async with served(database, database_url) as second:
        (update,) = await second.call("getUpdates")
        assert update["message"]["text"] == "/follow Omar al-Bashir"
        assert (await second.texts(READER)) == ["/follow Omar al-Bashir"]


async def test_pictures_are_kept_as_long_as_their_messages(
    database: Database, database_url: str
) -> None:
    await know(database, READER)
    picture = png()
    async with served(database, database_url) as first:
        sent = await first.call("sendPhoto", chat_id=READER, photo=("a.png", picture, "image/png"))
    async with served(database, database_url) as second:
        file_id = sent["photo"][0]["file_id"]
        assert (await second.http.get(f"/api/files/{file_id}")).content == picture
        await second.call("deleteMessage", chat_id=READER, message_id=sent["message_id"])
    assert [path.name for path in kept_in(database_url).iterdir()] == ["chats.json"]


async def test_of_each_chat_the_newest_messages_are_kept(
    database: Database, database_url: str
) -> None:
    await know(database, READER)
    async with served(database, database_url) as first:
        for number in range(NEWEST + 3):
            await first.call("sendMessage", chat_id=READER, text=f"No {number}")
    async with served(database, database_url) as second:
        texts = await second.texts(READER)
    assert (len(texts), texts[0], texts[-1]) == (NEWEST, "No 3", f"No {NEWEST + 2}")


async def test_who_asked_to_be_forgotten_leaves_nothing_behind(
    database: Database, database_url: str
) -> None:
    await know(database, READER, ADA)
    async with served(database, database_url) as first:
        await post(first.http, "readers", name="Ada")
        await first.call("sendMessage", chat_id=ADA, text="Of Ada")
        await first.call("sendMessage", chat_id=READER, text="Of the other")
    file = kept_in(database_url) / "chats.json"
    assert "Of Ada" in file.read_text("utf-8")
    async with database.transaction() as tx:
        await tx.chats.forget(ADA)
    async with served(database, database_url) as second:  # the one before died before it knew
        assert await second.texts(ADA, ADA) == []
        await second.call("sendMessage", chat_id=ADA, text="All is deleted.")
    assert "All is deleted." not in file.read_text("utf-8")
    async with database.transaction() as tx:
        await tx.chats.drop_forgotten()
    await know(database, ADA)
    async with served(database, database_url) as third:
        await third.call("sendMessage", chat_id=ADA, text="Anew")
    async with served(database, database_url) as fourth:
        assert await fourth.texts(ADA, ADA) == ["Anew"]
        assert await fourth.texts(READER) == ["Of the other"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"{}", b"null", b'{"form": "another"}', b"[" * 5000],
)
async def test_a_broken_or_foreign_file_is_put_aside(
    database: Database, database_url: str, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    folder = kept_in(database_url)
    folder.mkdir()
    (folder / "chats.json").write_bytes(content)
    await know(database, READER)
    async with served(database, database_url) as first:
        await first.call("sendMessage", chat_id=READER, text="Here")
    assert (folder / "chats.json.unreadable").read_bytes() == content
    assert "put aside as chats.json.unreadable" in caplog.text
    async with served(database, database_url) as second:
        assert await second.texts(READER) == ["Here"]


async def test_what_belongs_nowhere_is_left_out(database: Database, database_url: str) -> None:
    """A file that somebody changed by hand, and one that asks for files elsewhere."""
    await know(database, READER)
    async with served(database, database_url) as first:
        sent = await first.call("sendPhoto", chat_id=READER, photo=("a.png", png(), "image/png"))
    file = kept_in(database_url) / "chats.json"
    kept = json.loads(file.read_text("utf-8"))
    kept["files"][0]["unique_id"] = "../dateline.db"
    kept["members"] = {"7": {"8": "creator"}, **kept["members"]}
    kept["messages"].append(kept["messages"][0] | {"chat": kept["chats"][0] | {"id": 77}})
    kept["users"].append({"id": 1, "first_name": "No bot"})
    kept["pending"].append({})
    file.write_text(json.dumps(kept), "utf-8")
    async with served(database, database_url) as second:
        file_id = sent["photo"][0]["file_id"]
        assert (await second.http.get(f"/api/files/{file_id}")).status_code == 404
        assert [one["message_id"] for one in await second.shown(READER)] == [sent["message_id"]]
        assert (await second.call("getMe"))["first_name"] == "Dateline"
        assert await second.call("getUpdates") == []


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite+aiosqlite:///dateline.db", "dateline.db.stand-in"),
        ("sqlite:////var/lib/d.db?timeout=3", "/var/lib/d.db.stand-in"),
        ("sqlite+aiosqlite:///:memory:", None),
        ("sqlite+aiosqlite://", None),
        ("sqlite:///file:d.db?uri=true", None),
        ("postgresql+asyncpg://me@db/dateline", None),
    ],
)
def test_chats_are_kept_beside_a_file_only(url: str, folder: str | None) -> None:
    assert kept_beside(url) == (Path(folder) if folder else None)


async def test_a_run_that_is_killed_shows_its_chats_again(tmp_path: Path) -> None:
    settings = {"LISTEN": "127.0.0.1:0", "WIKIPEDIA_API_URL": "http://127.0.0.1:9/api",
                "WIKIDATA_API_URL": "http://127.0.0.1:9/api"}  # fmt: skip
    async with dateline("run", folder=tmp_path, settings=settings) as child, _page(child) as http:
        async with http.stream("GET", f"/api/events?chat={READER}") as response:
            events = Events(response)
            await events.next("chat")
            await post(http, "say", reader=READER, chat=READER, text="/start")
            answer = await _answer(events)
        file = tmp_path / "dateline.db.stand-in" / "chats.json"
        written = f'{{"id":{answer["message_id"]},'
        async with asyncio.timeout(HANGING):
            while not file.exists() or written not in file.read_text("utf-8"):
                await asyncio.to_thread(file.parent.exists)
        await child.kill()
    async with dateline("run", folder=tmp_path, settings=settings) as child, _page(child) as http:
        async with http.stream("GET", f"/api/events?chat={READER}") as response:
            events = Events(response)
            shown = (await events.next("chat"))["messages"]
            assert answer in shown
            button = answer["reply_markup"]["inline_keyboard"][0][0]
            await post(http, "press", reader=READER, chat=READER, message=answer["message_id"],
                       data=button["callback_data"])  # fmt: skip
            # What was on its way at the kill may come once more before that.
            while (await _answer(events))["message_id"] != answer["message_id"]:
                continue
        assert await child.stop() == 0


@asynccontextmanager
async def _page(child: Child) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the page, at the address that the process prints."""
    assert b"No BOT_TOKEN" in await child.line()
    (url,) = re.findall(r"http://[\d.]+:\d+", (await child.line()).decode())
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=HANGING) as http:
        yield http


async def _answer(events: Events) -> Any:
    """The bot's next message, new or edited."""
    while not (message := await events.next("message"))["from"]["is_bot"]:
        continue
    return message
