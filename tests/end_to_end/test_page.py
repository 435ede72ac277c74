"""The stand-in's chat page over HTTP: what it serves, asks for and refuses."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from bot.standin import TOKEN, StandInServer, World
from bot.standin.local import reader_id
from bot.standin.model import Chat
from bot.standin.page.guard import POLICY
from bot.standin.page.routes import STATIC
from tests.support.chat_page import HANGING, READER, call, client_of


@pytest.fixture
def world() -> World:
    return World()


@pytest_asyncio.fixture
async def web(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(world) as client:
        yield client


# --- the page and its files


async def test_the_page_and_its_files_ask_nothing_of_other_sites(web: httpx.AsyncClient) -> None:
    page = await web.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    for name in sorted(path.name for path in STATIC.iterdir()):
        file = await web.get(f"/static/{name}")
        assert file.status_code == 200
        assert file.headers["content-security-policy"] == POLICY
        assert "https://" not in file.text
        assert "@import" not in file.text
    assert "unsafe" not in POLICY
    assert "<style" not in page.text
    assert page.text.count("<script") == page.text.count('<script type="module" src="/static/')
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_unknown_paths_and_files_outside_are_not_found(web: httpx.AsyncClient) -> None:
    for path in ("/nothing", "/static/none.js", "/static/%2e%2e/routes.py", "/api/none"):
        assert (await web.get(path)).status_code == 404


async def test_without_a_page_there_is_only_the_bot_api(world: World) -> None:
    async with (
        StandInServer(world) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=HANGING) as client,
    ):
        assert (await client.get("/")).json()["description"] == "Not Found"


# --- strangers


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8080"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "[::1"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_other_sites_reach_neither_page_nor_bot_api(
    web: httpx.AsyncClient, world: World, headers: dict[str, str]
) -> None:
    said = await web.post("/api/say", json={"chat": READER, "text": "hi"}, headers=headers)
    assert said.status_code == 403
    assert said.headers["content-security-policy"] == POLICY
    for path in ("/api/readers", f"/api/events?chat={READER}", f"/bot{TOKEN}/getMe"):
        assert (await web.get(path, headers=headers)).status_code == 403
    assert world.messages(READER) == []
    assert world.calls == []


async def test_this_computer_by_name_or_number_may_come(web: httpx.AsyncClient) -> None:
    for host in ("localhost", "127.0.0.1:9000", "[::1]:8080", "LOCALHOST:80"):
        headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        assert (await web.get("/api/readers", headers=headers)).status_code == 200
    linked = await web.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert linked.status_code == 200


async def test_a_form_of_another_site_cannot_write(web: httpx.AsyncClient, world: World) -> None:
    text = json.dumps({"chat": READER, "text": "hi"})
    plain = {"Content-Type": "text/plain"}
    assert (await web.post("/api/say", content=text, headers=plain)).status_code == 415
    assert world.messages(READER) == []


# --- readers


async def test_a_reader_is_there_and_more_come_by_name(
    web: httpx.AsyncClient, world: World
) -> None:
    known = (await web.get("/api/readers")).json()
    assert known["bot"]["first_name"] == "Dateline"
    assert known["readers"] == [{"id": READER, "name": "reader", "last": 0}]

    added = (await web.post("/api/readers", json={"name": "  Zoë   B. "})).json()
    assert added == {"id": reader_id("zoë b."), "name": "Zoë B."}
    await call(web, "sendMessage", chat_id=added["id"], text="Hello")
    again = (await web.post("/api/readers", json={"name": "ZOË B."})).json()
    assert again == {"id": added["id"], "name": "ZOË B."}
    last = world.messages(added["id"])[-1].id
    listed = (await web.get("/api/readers")).json()["readers"]
    assert listed[1:] == [{"id": added["id"], "name": "ZOË B.", "last": last}]


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "a\u0000b", "\u202eevil", "1", 7, None])
async def test_names_that_are_none(web: httpx.AsyncClient, name: object) -> None:
    answer = await web.post("/api/readers", json={"name": name})
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert (await web.get("/api/readers")).json()["bot"]["first_name"] == "Dateline"


# --- saying and pressing


async def test_what_is_said_reaches_the_bot(web: httpx.AsyncClient, world: World) -> None:
    sent = await call(web, "sendMessage", chat_id=READER, text="An event")
    body = {"chat": READER, "reader": READER, "text": "/related", "reply_to": sent["message_id"]}
    said = await web.post("/api/say", json=body)
    (update,) = await call(web, "getUpdates")
    assert update["message"]["message_id"] == said.json()["message_id"]
    assert update["message"]["reply_to_message"]["text"] == "An event"
    shown = (await web.get("/api/messages", params={"chat": READER})).json()["messages"]
    assert [message["text"] for message in shown] == ["An event", "/related"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", {"chat": READER, "text": " "}, 400),
        ("say", {"chat": READER, "text": "x" * 4097}, 400),
        ("say", {"chat": READER, "text": "\ud83d"}, 400),
        ("say", {"chat": READER}, 400),
        ("say", {"text": "hi"}, 400),
        ("say", {"chat": True, "text": "hi"}, 400),
        ("say", {"chat": 1, "text": "hi"}, 404),
        ("say", {"chat": READER, "reader": 1, "text": "hi"}, 404),
        ("say", {"chat": READER, "text": "hi", "reply_to": 99}, 404),
        ("say", {"chat": READER, "text": "x" * 70_000}, 413),
        ("say", ["hi"], 400),
        ("press", {"chat": READER, "message": 99, "data": "go"}, 404),
        ("press", {"chat": READER, "message": "x", "data": "go"}, 400),
    ],
)
async def test_bad_requests_get_a_sentence(
    web: httpx.AsyncClient, world: World, path: str, body: object, status: int
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await web.post(f"/api/{path}", content=json.dumps(body), headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert world.updates.pending == []


async def test_bodies_that_are_no_json(web: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    for content in (b"{", b"\xff", b""):
        answer = await web.post("/api/say", content=content, headers=headers)
        assert answer.status_code == 400


async def test_a_group_is_closed_to_outsiders(web: httpx.AsyncClient, world: World) -> None:
    group: Chat = world.add_group("Friends")
    answer = await web.get("/api/messages", params={"chat": group.id, "reader": READER})
    assert answer.status_code == 404
    assert (await web.get("/api/messages", params={"chat": "x"})).status_code == 400


async def test_markup_in_texts_stays_text(web: httpx.AsyncClient, world: World) -> None:
    text = "<script>alert(1)</script>"
    await web.post("/api/say", json={"chat": READER, "text": text})
    await call(
        web,
        "sendMessage",
        chat_id=READER,
        text='<a href="javascript:alert(1)">here</a>',
        parse_mode="HTML",
    )
    answer = await web.get("/api/messages", params={"chat": READER})
    assert answer.headers["content-type"] == "application/json"
    said, sent = answer.json()["messages"]
    assert said["text"] == text
    assert sent["text"] == "here"
    assert "entities" not in sent
