"""Requests in every encoding, and those that cannot be read."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING


@pytest.fixture
def world() -> World:
    return World(first_id=100)


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


def keyboard(*buttons: Mapping[str, object]) -> dict[str, object]:
    return {"inline_keyboard": [[button] for button in buttons]}


async def test_a_wrong_token_and_an_unknown_method(http: httpx.AsyncClient, call: Caller) -> None:
    wrong = await http.get("/bot2:wrong/getMe")
    assert wrong.status_code == 401
    assert wrong.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    unknown = {"ok": False, "error_code": 404, "description": "Not Found"}
    assert await call("sendNothing") == unknown
    assert (await http.get("/")).json() == unknown


async def test_requests_that_cannot_be_read(http: httpx.AsyncClient, call: Caller) -> None:
    url, typed = f"{call.root}/sendMessage", {"content-type": "application/json"}
    broken = await http.post(url, content="{", headers=typed)
    assert broken.json()["description"] == "Bad Request: can't parse JSON object"
    array = await http.post(url, content="[]", headers=typed)
    assert array.json()["description"] == "Bad Request: object expected"
    half = await http.post(url, content=r'{"text": "\ud83d"}', headers=typed)
    assert half.json()["description"] == "Bad Request: can't parse JSON object"
    mixed = await http.post(url, data={"chat_id": "5"}, files={"a": b"x"}, params={"text": "x"})
    assert mixed.json()["description"] == "Bad Request: chat not found"
    latin = await http.post(url, content=b"text=\xe9")
    assert latin.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    boundary = await http.post(url, content="x", headers={"content-type": "multipart/form-data"})
    assert boundary.json()["description"] == "Bad Request: boundary not found"


@pytest.mark.parametrize("encoding", ["query", "form", "multipart", "json", "json in json"])
async def test_every_encoding(
    http: httpx.AsyncClient, call: Caller, world: World, encoding: str
) -> None:
    ann = world.add_user("Ann", started=True)
    markup = keyboard({"text": "Да 👍", "callback_data": "y&=+"})
    text = {"chat_id": str(ann.id), "text": "5 & é=👍+", "protect_content": "true"}
    form = text | {"reply_markup": json.dumps(markup)}
    url = f"{call.root}/sendMESSAGE"
    requests: dict[str, dict[str, Any]] = {
        "query": {"method": "GET", "params": form},
        "form": {"data": form},
        "multipart": {"data": form, "files": {"x": ("é.txt", b"\r\n--", "text/plain")}},
        "json": {"json": text | {"chat_id": ann.id, "reply_markup": markup}},
        "json in json": {"json": form},
    }
    request = {"method": "POST", "url": url} | requests[encoding]
    response = await http.request(**request)
    assert response.json()["ok"] is True
    (sent,) = world.sent(ann)
    assert (sent.text, sent.protected, sent.reply_markup) == ("5 & é=👍+", True, markup)
    params = dict(world.calls[0].params)
    params.pop("x", None)
    assert world.calls[0].method == "sendMessage"
    assert params == {
        "chat_id": ann.id,
        "text": "5 & é=👍+",
        "protect_content": True,
        "reply_markup": markup,
    }


async def test_parameters_of_the_wrong_type(call: Caller, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    wrong = {
        "message_thread_id": ("x", 'parameter "message_thread_id" must be of type Integer'),
        "protect_content": ("maybe", 'parameter "protect_content" must be of type Boolean'),
        "text": (5, 'parameter "text" must be of type String'),
        "reply_markup": ("{", "can't parse reply keyboard markup JSON object"),
        "entities": ({}, "can't parse entities JSON object"),
        "timeout": ("9" * 5000, 'parameter "timeout" must be of type Integer'),
        "reply_parameters": (
            {"message_id": []},
            "can't parse reply parameters: Can't find field \"message_id\"",
        ),
        "chat_id": ([1], 'parameter "chat_id" must be of type Integer or String'),
    }
    for name, (value, problem) in wrong.items():
        params: dict[str, object] = {"chat_id": ann.id, "text": "x"} | {name: value}
        assert await call.error("sendMessage", **params) == f"Bad Request: {problem}"


async def test_after_logging_out_nothing_works(call: Caller) -> None:
    assert await call.result("close") is True
    assert await call.result("logOut") is True
    assert await call.error("getMe") == "Logged out"
