"""Groups, channels, topics and files of the chat page over HTTP: who may do what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.standin import TOKEN, World
from bot.standin.local import reader_id
from bot.standin.page import ChatPage
from tests.support.chat_page import ONE_BUTTON, READER, Events, call, client_of, post, refusal

ADA = reader_id("Ada")


@pytest.fixture
def world() -> World:
    return World()


@pytest_asyncio.fixture
async def web(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(world) as client:
        await post(client, "readers", name="Ada")
        yield client


async def make(web: httpx.AsyncClient, kind: str = "group", **more: object) -> int:
    """Make a chat as the first reader; gives its id."""
    made = await post(web, "chats", reader=READER, kind=kind, title="News of old", **more)
    return int(made["id"])


async def place(web: httpx.AsyncClient, chat: int, reader: int = READER) -> Any:
    """What the page shows of a place."""
    params = {"chat": chat, "reader": reader}
    async with web.stream("GET", "/api/events", params=params) as response:
        return await Events(response).next("place")


def told(world: World, kind: str) -> list[Any]:
    """The updates of this kind that wait for the bot."""
    return [one[kind] for one in world.updates.pending if kind in one]


# --- chats


async def test_a_chat_keeps_its_number_and_the_bot_is_taken_in(
    web: httpx.AsyncClient, world: World
) -> None:
    group = await make(web)
    assert await make(web) == group
    channel, forum = await make(web, "channel"), await make(web, "supergroup", forum=True)
    assert len({group, channel, forum}) == 3
    assert all(-(2**53) < one < -(2**52) for one in (group, channel, forum))
    statuses = [one["new_chat_member"]["status"] for one in told(world, "my_chat_member")]
    assert statuses == ["member", "administrator", "member"]
    listed = (await web.get("/api/readers")).json()["chats"]
    assert [(one["id"], one["kind"], one["members"]) for one in listed] == [
        (group, "group", [READER]),
        (channel, "channel", [READER]),
        (forum, "supergroup", [READER]),
    ]
    hers = await post(web, "chats", reader=ADA, kind="group", title="NEWS OF OLD")
    assert hers["id"] == group
    assert world.roster.status(group, ADA) == "member"
    async with client_of(World()) as other:
        assert await make(other) == group


def test_chats_that_the_database_knows_are_added_without_an_update() -> None:
    world = World()
    page = ChatPage(world)
    forum = page.add_known_chat(-1001, "supergroup", "Forum", {7: "Politics"})
    assert page.add_known_chat(-1001, "supergroup", "Forum", {7: "Renamed", 8: "Sports"}) == forum
    page.add_known_chat(-1002, "channel", "Channel")
    page.add_known_chat(-5, "group", "Group")
    assert world.updates.pending == []
    assert forum.is_forum
    assert [one.name for one in world.roster.topics.values()] == ["Politics", "Sports"]
    statuses = [world.roster.status(one, world.bot.id) for one in (-1001, -1002, -5)]
    assert statuses == ["member", "administrator", "member"]
    assert world.roster.inside(-5) == {READER: "creator", world.bot.id: "member"}
    with pytest.raises(ValueError, match="no group"):
        page.add_known_chat(9, "private", "Ann")


async def test_a_group_that_is_upgraded_goes_on_under_a_new_number(
    web: httpx.AsyncClient, world: World
) -> None:
    group = await make(web)
    new = (await post(web, "upgrade", chat=group, reader=READER))["id"]
    assert (await place(web, group))["moved"] == new
    body = {"chat_id": group, "text": "x"}
    refused = await web.post(f"/bot{TOKEN}/sendMessage", json=body)
    assert refused.json()["parameters"] == {"migrate_to_chat_id": new}
    assert (await refusal(web, "say", chat=group, reader=READER, text="x"))[0] == 409
    await post(web, "say", chat=new, reader=READER, text="x")
    assert [one["id"] for one in (await web.get("/api/readers")).json()["chats"]] == [new]
    again = await make(web)
    assert again not in (group, new)
    third = (await post(web, "forum", chat=again, reader=READER, forum=True))["id"]
    assert third not in (group, new, again)
    assert (await place(web, third))["chat"]["is_forum"] is True
    assert (await refusal(web, "upgrade", chat=third, reader=READER))[0] == 400


# --- members


async def test_members_come_change_and_go(web: httpx.AsyncClient, world: World) -> None:
    group = await make(web)

    async def change(member: int, status: str, by: int = READER) -> int:
        body = {"chat": group, "reader": by, "member": member, "status": status}
        return (await web.post("/api/member", json=body)).status_code

    assert await change(ADA, "left", by=ADA) == 404  # she is not in it yet
    assert await change(ADA, "member") == 200
    assert await change(ADA, "administrator", by=ADA) == 403
    assert await change(world.bot.id, "left", by=ADA) == 403
    assert await change(READER, "member") == 400  # a chat has an owner
    assert await change(READER, "left") == 400
    assert await change(ADA, "creator") == 200
    shown = await place(web, group, ADA)
    assert [(one["name"], one["status"]) for one in shown["members"]] == [
        ("Ada", "creator"),
        ("reader", "administrator"),
    ]
    assert await change(READER, "left") == 200
    assert await change(world.bot.id, "creator", by=ADA) == 400
    assert await change(world.bot.id, "left", by=ADA) == 200
    assert await change(4711, "member", by=ADA) == 404
    services = [set(one.service or {}) for one in world.messages(group)]
    assert services == [
        {"new_chat_members"},
        {"new_chat_members"},
        {"left_chat_member"},
        {"left_chat_member"},
    ]
    assert (await refusal(web, "say", chat=group, reader=READER, text="x"))[0] == 404


async def test_only_administrators_speak_anonymously_and_in_channels(
    web: httpx.AsyncClient, world: World
) -> None:
    group, channel = await make(web), await make(web, "channel")
    for chat in (group, channel):
        await post(web, "member", chat=chat, reader=READER, member=ADA, status="member")
    hers = {"reader": ADA, "text": "x"}
    assert (await refusal(web, "say", chat=group, anonymously=True, **hers))[0] == 403
    assert (await refusal(web, "say", chat=channel, **hers))[0] == 403
    await post(web, "say", chat=group, reader=READER, text="we", anonymously=True)
    await post(web, "say", chat=channel, reader=READER, text="all")
    assert told(world, "message")[-1]["sender_chat"]["id"] == group
    assert "from" not in told(world, "channel_post")[-1]
    sent = await call(web, "sendMessage", chat_id=channel, text="x", reply_markup=ONE_BUTTON)
    await post(web, "press", chat=channel, reader=ADA, message=sent["message_id"], data="go")
    assert told(world, "callback_query")[-1]["from"]["id"] == ADA


# --- topics


async def test_topics_open_close_and_go(web: httpx.AsyncClient, world: World) -> None:
    forum = await make(web, "supergroup", forum=True)
    await post(web, "member", chat=forum, reader=READER, member=ADA, status="member")
    mine = {"chat": forum, "reader": READER}
    hers = {"chat": forum, "reader": ADA, "text": "x"}
    topic = (await post(web, "topic", **mine, do="add", name="Politics"))["topic"]
    await post(web, "say", **hers, topic=topic)
    assert told(world, "message")[-1]["message_thread_id"] == topic
    await post(web, "topic", **mine, do="close", topic=topic)
    assert (await refusal(web, "say", **hers, topic=topic))[0] == 403
    body = {"chat_id": forum, "text": "x", "message_thread_id": topic}
    closed = await web.post(f"/bot{TOKEN}/sendMessage", json=body)
    assert closed.json()["description"] == "Bad Request: TOPIC_CLOSED"
    assert (await place(web, forum))["topics"] == [
        {"id": topic, "name": "Politics", "closed": True}
    ]
    await post(web, "topic", **mine, do="reopen", topic=topic)
    await post(web, "say", **hers, topic=topic)
    await post(web, "topic", **mine, do="delete", topic=topic)
    assert (await refusal(web, "say", **hers, topic=topic))[0] == 404
    assert (await refusal(web, "topic", **mine, do="close", topic=topic))[0] == 404
    assert (await refusal(web, "topic", chat=forum, reader=ADA, do="add", name="x"))[0] == 403


# --- one's own Telegram


async def test_blocking_and_the_language(web: httpx.AsyncClient, world: World) -> None:
    for blocked in (True, True, False):
        await post(web, "block", reader=READER, blocked=blocked)
    statuses = [one["new_chat_member"]["status"] for one in told(world, "my_chat_member")]
    assert statuses == ["kicked", "member"]
    await post(web, "language", reader=READER, code="zh-hans")
    await post(web, "say", chat=READER, text="hi")
    assert told(world, "message")[-1]["from"]["language_code"] == "zh-hans"
    assert (await place(web, READER))["me"]["language_code"] == "zh-hans"
    await post(web, "language", reader=READER, code="")
    assert "language_code" not in (await place(web, READER))["me"]


async def test_what_changes_arrives_live(web: httpx.AsyncClient, world: World) -> None:
    group = await make(web)
    params = {"chat": group, "reader": READER}
    async with web.stream("GET", "/api/events", params=params) as response:
        events = Events(response)
        assert (await events.next("place"))["bot"] == "member"
        assert await events.next("keyboard") == {}
        await post(web, "member", chat=group, reader=READER, member=ADA, status="member")
        assert len((await events.next("place"))["members"]) == 2
        markup = {"force_reply": True}
        sent = await call(web, "sendMessage", chat_id=group, text="Who?", reply_markup=markup)
        assert "new_chat_members" in await events.next("message")
        assert (await events.next("message"))["text"] == "Who?"
        shown = {"message_id": sent["message_id"], "markup": markup}
        assert await events.next("keyboard") == shown
        await post(web, "say", chat=group, reader=READER, text="Me")
        assert await events.next("keyboard") == {}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("chats", {"reader": READER, "kind": "party", "title": "x"}, 400),
        ("chats", {"reader": READER, "kind": "group", "title": " "}, 400),
        ("chats", {"reader": READER, "kind": "group", "title": "x" * 129}, 400),
        ("chats", {"reader": 4711, "kind": "group", "title": "x"}, 404),
        ("chats", {"reader": 1, "kind": "group", "title": "x"}, 404),
        ("chats", {"reader": READER, "kind": "group", "title": "x", "forum": 1}, 400),
        ("member", {"chat": READER, "member": ADA, "status": "member"}, 400),
        ("upgrade", {"chat": READER}, 400),
        ("forum", {"chat": READER, "forum": True}, 400),
        ("topic", {"chat": READER, "do": "add", "name": "x"}, 400),
        ("block", {"reader": READER, "blocked": "yes"}, 400),
        ("language", {"reader": READER, "code": "no such one"}, 400),
        ("choose", {"chat": READER, "query": "1", "result": "1"}, 404),
        ("say", {"chat": READER, "text": "x", "topic": 5}, 404),
        ("location", {"chat": READER, "latitude": 1, "longitude": 1, "reply_to": 5}, 404),
    ],
)
async def test_bad_requests_get_a_sentence(
    web: httpx.AsyncClient, world: World, path: str, body: dict[str, object], status: int
) -> None:
    refused, sentence = await refusal(web, path, **body)
    assert refused == status
    assert sentence
    assert world.updates.pending == []
