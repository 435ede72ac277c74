"""What Telegram answers to a call, and what the sender makes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.services.outcomes import (
    Busy,
    Delivered,
    Failed,
    Moved,
    Outcome,
    Refused,
    Unchanged,
    Unreachable,
)
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Status, User
from bot.telegram.api import make_bot
from bot.telegram.sender import TelegramSender
from storage.model import Call, Chat, ChatState


@pytest.fixture
def world() -> World:
    return World(first_id=100)


@pytest.fixture
def ada(world: World) -> User:
    return world.add_user("Ada", started=True)


@pytest.fixture
async def sender(world: World) -> AsyncIterator[TelegramSender]:
    async with StandInServer(world) as server:
        bot = make_bot(TOKEN, server.url)
        await bot.initialize()
        yield TelegramSender(bot)
        await bot.shutdown()


def chat(telegram_id: int, thread_id: int = 0) -> Chat:
    """A chat of this Telegram id."""
    return Chat(1, telegram_id, thread_id, ChatState.ACTIVE)


def message(text: str = "hello", **params: Any) -> Call:
    """A call that sends a message."""
    return Call("sendMessage", {"text": text, **params})


async def test_a_message_arrives_as_it_was_made(
    world: World, ada: User, sender: TelegramSender
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]]}
    preview = {"url": "https://example.org", "prefer_large_media": True}
    call = message(
        "<b>hi</b>", parse_mode="HTML", reply_markup=markup, link_preview_options=preview
    )
    outcome = await sender.deliver(chat(ada.id), call)
    (sent,) = world.sent(ada)
    assert outcome == Delivered(sent.id)
    assert (sent.text, sent.reply_markup, sent.link_preview_options) == ("hi", markup, preview)


async def test_edits(world: World, ada: User, sender: TelegramSender) -> None:
    await sender.deliver(chat(ada.id), message())
    (sent,) = world.sent(ada)
    edit = Call("editMessageText", {"text": "bye", "message_id": sent.id})
    assert await sender.deliver(chat(ada.id), edit) == Delivered(sent.id)
    assert await sender.deliver(chat(ada.id), edit) == Unchanged()
    gone = Call("editMessageText", {"text": "bye", "message_id": 99})
    assert isinstance(await sender.deliver(chat(ada.id), gone), Refused)


async def test_an_answer_to_a_button_names_no_chat(
    world: World, ada: User, sender: TelegramSender
) -> None:
    call = Call("answerCallbackQuery", {"callback_query_id": "404"})
    outcome = await sender.deliver(chat(ada.id), call)
    assert isinstance(outcome, Refused)
    assert "query is too old" in outcome.reason.lower()
    assert world.calls[-1].params == {"callback_query_id": "404"}


async def test_topics(world: World, sender: TelegramSender) -> None:
    forum = world.add_supergroup("Forum", forum=True)
    topic = world.add_topic(forum, "News")
    await sender.deliver(chat(forum.id, topic), message())
    (sent,) = world.sent(forum)
    assert sent.thread_id == topic
    edit = Call("editMessageText", {"text": "bye", "message_id": sent.id})
    assert isinstance(await sender.deliver(chat(forum.id, topic), edit), Delivered)
    world.close_topic(forum, topic)
    closed = await sender.deliver(chat(forum.id, topic), message())
    world.delete_topic(forum, topic)
    deleted = await sender.deliver(chat(forum.id, topic), message())
    for lost in (closed, deleted):
        assert isinstance(lost, Unreachable)
        assert lost.topic


@pytest.mark.parametrize("status", ["left", "kicked", "member"])
async def test_a_channel_where_it_may_not_post(
    world: World, ada: User, sender: TelegramSender, status: Status
) -> None:
    channel = world.add_channel("News", ada)
    world.set_status(channel, world.bot, status)
    lost = await sender.deliver(chat(channel.id), message())
    assert isinstance(lost, Unreachable)
    assert not lost.topic


async def test_broken_markup_arrives_as_plain_text(
    world: World, ada: User, sender: TelegramSender, caplog: pytest.LogCaptureFixture
) -> None:
    broken = message("<b>one &amp; <x>two</b>", parse_mode="HTML")
    assert isinstance(await sender.deliver(chat(ada.id), broken), Delivered)
    assert world.sent(ada)[0].text == "one & two"
    assert "plain text" in caplog.text


async def test_what_telegram_never_takes_is_refused(ada: User, sender: TelegramSender) -> None:
    assert isinstance(await sender.deliver(chat(ada.id), message("x" * 5000)), Refused)
    assert isinstance(await sender.deliver(chat(ada.id), message("")), Refused)


async def test_lost_chats(world: World, ada: User, sender: TelegramSender) -> None:
    assert isinstance(await sender.deliver(chat(404), message()), Unreachable)
    world.block(ada)
    assert isinstance(await sender.deliver(chat(ada.id), message()), Unreachable)


async def test_a_group_that_moved(world: World, sender: TelegramSender) -> None:
    group = world.add_group("Friends")
    new = world.migrate(group)
    assert await sender.deliver(chat(group.id), message()) == Moved(new.id)


@pytest.mark.parametrize(
    ("method", "outcome"),
    [("sendMessage", Busy(17)), ("answerCallbackQuery", Busy(17, everywhere=True))],
)
async def test_patience(
    world: World, ada: User, sender: TelegramSender, method: str, outcome: Outcome
) -> None:
    world.faults.add("flood", method, retry_after=17)
    params = {"text": "x"} if method == "sendMessage" else {"callback_query_id": "1"}
    assert await sender.deliver(chat(ada.id), Call(method, params)) == outcome


@pytest.mark.parametrize("kind", ["server_error", "reset_before", "reset_after", "not_json"])
async def test_what_may_or_may_not_have_arrived_failed(
    world: World, ada: User, sender: TelegramSender, kind: str
) -> None:
    world.faults.add(kind, "sendMessage")  # type: ignore[arg-type]  # parametrized
    outcome = await sender.deliver(chat(ada.id), message())
    assert isinstance(outcome, Failed)
    assert TOKEN not in outcome.reason
