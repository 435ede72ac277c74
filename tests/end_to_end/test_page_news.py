"""What the stand-in's chat page tells its viewers live, and that ``run`` opens it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from bot.app.standin import serve_stand_in
from bot.config import load
from bot.standin import TOKEN, StandInServer, World
from bot.standin.local import reader_id
from bot.standin.page import ChatPage
from storage.database import Database
from tests.support.chat_page import HANGING, ONE_BUTTON, READER, Events, call, client_of
from tests.support.story import NOON


@pytest.fixture
def world() -> World:
    return World()


@pytest_asyncio.fixture
async def web(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(world) as client:
        yield client


async def test_messages_edits_answers_and_deletions_arrive_live(
    web: httpx.AsyncClient, world: World
) -> None:
    async with web.stream("GET", f"/api/events?chat={READER}") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = Events(response)
        assert await events.next("chat") == {"messages": []}
        sent = await call(web, "sendMessage", chat_id=READER, text="One", reply_markup=ONE_BUTTON)
        assert (await events.next("message"))["text"] == "One"
        number = sent["message_id"]

        press = {"chat": READER, "message": number, "data": "go"}
        pressed = (await web.post("/api/press", json=press)).json()["press"]
        await call(
            web, "answerCallbackQuery", callback_query_id=pressed, text="Done", show_alert=True
        )
        shown = {"press": pressed, "message_id": number, "text": "Done", "show_alert": True}
        assert await events.next("answer") == shown

        await call(web, "editMessageText", chat_id=READER, message_id=number, text="Two")
        edited = await events.next("message")
        assert (edited["text"], "edit_date" in edited) == ("Two", True)
        assert "reply_markup" not in edited
        gone = await web.post("/api/press", json=press)
        assert (gone.status_code, gone.json()) == (404, {"error": "That button is gone."})

        await call(web, "deleteMessage", chat_id=READER, message_id=number)
        assert await events.next("gone") == {"message_id": number}


async def test_news_begin_with_all_there_is_and_no_old_answers(
    web: httpx.AsyncClient, world: World
) -> None:
    sent = await call(web, "sendMessage", chat_id=READER, text="One", reply_markup=ONE_BUTTON)
    press = world.press(READER, sent["message_id"], "go")
    await call(web, "answerCallbackQuery", callback_query_id=press.id, text="Old")
    await call(web, "setMyCommands", commands=[{"command": "help", "description": "what I can do"}])
    async with web.stream("GET", f"/api/events?chat={READER}&reader={READER}") as response:
        events = Events(response)
        commands = await events.next("commands")
        assert commands == {"commands": [{"command": "help", "description": "what I can do"}]}
        assert [one["text"] for one in (await events.next("chat"))["messages"]] == ["One"]
        again = world.press(READER, sent["message_id"], "go")
        await call(web, "answerCallbackQuery", callback_query_id=again.id, text="New")
        assert (await events.next("answer"))["text"] == "New"


async def test_a_viewer_hears_of_other_readers_but_not_their_messages(
    web: httpx.AsyncClient, world: World
) -> None:
    async with web.stream("GET", f"/api/events?chat={READER}") as response:
        events = Events(response)
        await events.next("chat")
        other = (await web.post("/api/readers", json={"name": "Ada"})).json()
        assert len((await events.next("readers"))["readers"]) == 2
        sent = await call(web, "sendMessage", chat_id=other["id"], text="For Ada")
        news = (await events.next("readers"))["readers"][1]
        assert news == {"id": other["id"], "name": "Ada", "last": sent["message_id"]}
        await call(web, "sendMessage", chat_id=READER, text="For me")
        assert (await events.next("message"))["text"] == "For me"


async def test_open_streams_do_not_keep_the_stand_in_from_stopping(world: World) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=HANGING) as client:
        page = ChatPage(world)
        async with StandInServer(world, page=page) as server:
            address = f"{server.url}/api/events?chat={READER}"
            response = await client.send(client.build_request("GET", address), stream=True)
            events = Events(response)
            await events.next("chat")
        await events.end()  # it was ended, and not cut off after a while


# --- run without a token


async def test_run_without_a_token_opens_the_page_to_the_databases_readers(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = reader_id("Ada")
    async with database.transaction() as tx:
        await tx.chats.chat(known, NOON)
    settings = load(None, listen="127.0.0.1:0", database_url=database_url)
    async with (
        serve_stand_in(settings, database, asyncio.Event(), lambda: NOON) as (url, token),
        httpx.AsyncClient(base_url=url, trust_env=False, timeout=HANGING) as client,
    ):
        printed = capsys.readouterr().out
        assert f"Open {url} and chat with the bot" in printed
        assert 'dateline ask "/start"' in printed
        assert token not in printed
        assert (await client.get(f"/bot{token}/getMe")).status_code == 200
        assert (await client.get(f"/bot{TOKEN}/getMe")).status_code == 401
        async with client.stream("GET", f"/api/events?chat={READER}") as response:
            events = Events(response)
            readers = (await events.next("readers"))["readers"]
            if len(readers) == 1:  # they are let in at the server's first leisure
                readers = (await events.next("readers"))["readers"]
        assert [one["id"] for one in readers] == [READER, known]
        named = (await client.post("/api/readers", json={"name": "Ada"})).json()
        assert named == {"id": known, "name": "Ada"}
