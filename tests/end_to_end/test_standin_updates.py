"""Getting updates from the stand-in: long polls and the webhook."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Call
from tests.support.bot_api import Caller
from tests.support.chat_page import HANGING


class Hook:
    """A webhook written out by hand: keeps what is posted and answers with given statuses."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.statuses: list[int] = []
        self.arrived = asyncio.Event()
        self.wanted = 1

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.partition(": ") for line in head.splitlines()[1:]]
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((headers, httpx.Response(200, content=body).json()))
        status = self.statuses.pop(0) if self.statuses else 200
        writer.write(f"HTTP/1.1 {status} Told\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        if len(self.requests) >= self.wanted:
            self.arrived.set()

    async def updates(self, count: int) -> list[dict[str, Any]]:
        """The updates posted, once there are that many."""
        self.wanted = count
        if len(self.requests) < count:
            self.arrived.clear()
            await asyncio.wait_for(self.arrived.wait(), HANGING)
        return [update for _, update in self.requests]


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
async def call(world: World) -> AsyncIterator[Caller]:
    async with StandInServer(world) as server, httpx.AsyncClient(timeout=HANGING) as http:
        yield Caller(http, f"{server.url}/bot{TOKEN}")


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    hook = Hook()
    server = await asyncio.start_server(hook.serve, "127.0.0.1", 0)
    async with server:
        yield hook, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?a=b"


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def polling(call: Caller, world: World, **params: object) -> "asyncio.Task[dict[str, Any]]":
    """A long poll that has arrived and waits."""
    before = len(world.calls_to("getUpdates"))
    poll = asyncio.create_task(call("getUpdates", timeout=30, **params))
    await world.until(lambda: len(world.calls_to("getUpdates")) > before)
    return poll


async def test_updates_stay_until_a_higher_offset_confirms_them(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")
    for text in ("one", "two", "three"):
        world.say(ann, text)
    assert ids(await call.result("getUpdates")) == [100, 101, 102]
    assert ids(await call.result("getUpdates", limit=2)) == [100, 101]
    assert ids(await call.result("getUpdates", offset=102)) == [102]
    assert ids(await call.result("getUpdates", offset=100)) == [102]
    assert ids(await call.result("getUpdates", offset=103)) == []


async def test_an_offset_of_numbers_that_are_over_confirms_nothing(
    call: Caller, world: World
) -> None:
    """After a quiet week Telegram numbers the next update at random (Bot API: Update)."""
    world.updates.next_id = 900_000
    world.say(world.add_user("Ann"), "one")
    assert ids(await call.result("getUpdates", offset=900_001)) == []
    world.updates.next_id = 500
    for name in ("Bob", "Cem"):
        world.say(world.add_user(name), "two")
    assert ids(await call.result("getUpdates", offset=900_001)) == [500, 501]
    assert ids(await call.result("getUpdates", offset=501)) == [501]
    assert ids(await call.result("getUpdates", offset=512)) == []


async def test_a_negative_offset_forgets_all_but_the_last(call: Caller, world: World) -> None:
    ann = world.add_user("Ann")
    for text in ("one", "two", "three"):
        world.say(ann, text)
    assert ids(await call.result("getUpdates", offset=-1)) == [102]
    assert ids(await call.result("getUpdates")) == [102]


async def test_a_long_poll_ends_when_something_happens(call: Caller, world: World) -> None:
    poll = await polling(call, world)
    assert world.calls == [Call("getUpdates", {"timeout": 30})]
    world.say(world.add_user("Ann", user_id := 7, "en"), "/start")
    updates = (await poll)["result"]
    message = updates[0]["message"]
    assert message["from"] == {
        "id": user_id,
        "is_bot": False,
        "first_name": "Ann",
        "language_code": "en",
    }
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert isinstance(message["date"], int)
    assert world.calls[0].ok is True


async def test_a_second_poll_terminates_the_first(call: Caller, world: World) -> None:
    first = await polling(call, world)
    second = await polling(call, world)
    assert await first == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    world.say(world.add_user("Ann"), "hello")
    assert ids((await second)["result"]) == [100]


async def test_a_webhook_excludes_polling(call: Caller, world: World) -> None:
    poll = await polling(call, world)
    assert await call.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert await call.error("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert await call.result("deleteWebhook")
    assert await call.result("getUpdates") == []


async def test_leaving_the_server_ends_long_polls() -> None:
    world = World()
    async with httpx.AsyncClient(timeout=HANGING) as http:
        async with StandInServer(world) as server:
            poll = await polling(Caller(http, f"{server.url}/bot{TOKEN}"), world)
        assert await poll == {"ok": True, "result": []}


async def test_only_wanted_kinds_arrive(call: Caller, world: World) -> None:
    ann = world.add_user("Ann", started=True)
    assert await call.result("getUpdates", allowed_updates=["my_chat_member"]) == []
    world.say(ann, "hello")
    world.block(ann)
    assert [set(one) for one in await call.result("getUpdates")] == [
        {"update_id", "my_chat_member"}
    ]
    assert await call.result("getUpdates", offset=101, allowed_updates=[]) == []
    world.say(ann, "hello")
    kinds = [set(one) - {"update_id"} for one in await call.result("getUpdates")]
    assert kinds == [{"my_chat_member"}, {"message"}]


async def test_ids_go_on_where_the_caller_says() -> None:
    world = World(first_id=1_800_000_000)
    message = world.say(world.add_user("Ann"), "hello")
    assert message.id == 1_800_000_000
    assert ids(world.updates.pending) == [1_800_000_000]


async def test_the_webhook_gets_updates_in_order(
    call: Caller, world: World, hook: tuple[Hook, str]
) -> None:
    posted, url = hook
    ann = world.add_user("Ann")
    world.say(ann, "one")
    await call.result("setWebhook", url=url, secret_token="secret-1")
    world.say(ann, "two")
    updates = await posted.updates(2)
    assert [one["message"]["text"] for one in updates] == ["one", "two"]
    secrets = {headers["x-telegram-bot-api-secret-token"] for headers, _ in posted.requests}
    assert secrets == {"secret-1"}
    assert {headers["content-type"] for headers, _ in posted.requests} == {"application/json"}


async def test_an_update_goes_again_until_it_is_answered_with_2xx(
    call: Caller, world: World, hook: tuple[Hook, str]
) -> None:
    posted, url = hook
    posted.statuses = [500, 302, 204]
    ann = world.add_user("Ann")
    await call.result("setWebhook", url=url)
    world.say(ann, "one")
    world.say(ann, "two")
    updates = await posted.updates(4)
    assert [one["message"]["text"] for one in updates] == ["one", "one", "one", "two"]
    assert "x-telegram-bot-api-secret-token" not in posted.requests[0][0]
    info = await call.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302"


async def test_a_webhook_that_nobody_answers_keeps_the_updates(call: Caller, world: World) -> None:
    world.say(world.add_user("Ann"), "one")
    await call.result("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
    await world.until(lambda: bool(world.updates.webhook and world.updates.webhook.error))
    info = await call.result("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == "Connection refused"
    assert info["allowed_updates"] == ["message"]
    await call.result("deleteWebhook", drop_pending_updates=True)
    assert await call.result("getUpdates") == []
