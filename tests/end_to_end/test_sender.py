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
    Refused,
    Unchanged,
    Unreachable,
)
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Status, User
from bot.telegram.api import open_bot
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
    async with StandInServer(world) as server, open_bot(TOKEN, server.url) as bot:
        yield TelegramSender(bot)


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
    assert "plainer" in caplog.text


async def test_what_telegram_never_takes_is_refused(ada: User, sender: TelegramSender) -> None:
    assert isinstance(await sender.deliver(chat(ada.id), message("x" * 5000)), Refused)
    assert isinstance(await sender.deliver(chat(ada.id), message("")), Refused)


async def test_lost_chats(world: World, ada: User, sender: TelegramSender) -> None:
    assert isinstance(await sender.deliver(chat(404), message()), Unreachable)
    world.block(ada)
    assert isinstance(await sender.deliver(chat(ada.id), message()), Unreachable)


@pytest.mark.parametrize(
    "reason",
    [
        "CHAT_SEND_PLAIN_FORBIDDEN",
        "CHAT_GUEST_SEND_FORBIDDEN",
        "USER_IS_BLOCKED",
        "INPUT_USER_DEACTIVATED",
    ],
)
async def test_other_words_for_lost_chats(
    world: World, ada: User, sender: TelegramSender, reason: str
) -> None:
    world.faults.add("bad_request", text=reason)
    lost = await sender.deliver(chat(ada.id), message())
    assert isinstance(lost, Unreachable)
    assert not lost.topic


async def test_without_inline_mode_a_message_goes_without_its_share_button(
    world: World, ada: User, sender: TelegramSender
) -> None:
    world.faults.add("bad_request", "sendMessage", text="BUTTON_TYPE_INVALID")
    more = {"text": "More", "callback_data": "x"}
    keyboard = {"inline_keyboard": [[more, {"text": "Share", "switch_inline_query": "#1"}]]}
    outcome = await sender.deliver(chat(ada.id), message(reply_markup=keyboard))
    (sent,) = world.sent(ada)
    assert outcome == Delivered(sent.id)
    assert sent.reply_markup == {"inline_keyboard": [[more]]}
    world.faults.add("bad_request", "sendMessage", text="BUTTON_URL_INVALID")
    only = message(reply_markup={"inline_keyboard": [[more]]})
    assert isinstance(await sender.deliver(chat(ada.id), only), Refused)


async def test_a_group_that_moved(world: World, sender: TelegramSender) -> None:
    group = world.add_group("Friends")
    new = world.migrate(group)
    assert await sender.deliver(chat(group.id), message()) == Moved(new.id)


async def test_patience(world: World, ada: User, sender: TelegramSender) -> None:
    world.faults.add("flood", retry_after=17)
    assert await sender.deliver(chat(ada.id), message()) == Busy(17)


async def test_what_answers_a_press_does_not_wait(
    world: World, ada: User, sender: TelegramSender
) -> None:
    world.faults.add("flood", "answerCallbackQuery", retry_after=17)
    toast = Call("answerCallbackQuery", {"callback_query_id": "1", "text": "x"})
    assert isinstance(await sender.deliver(chat(ada.id), toast), Refused)


@pytest.mark.parametrize("kind", ["server_error", "reset_before", "reset_after", "not_json"])
async def test_what_may_or_may_not_have_arrived_failed(
    world: World, ada: User, sender: TelegramSender, kind: str
) -> None:
    world.faults.add(kind, "sendMessage")  # type: ignore[arg-type]  # parametrized
    outcome = await sender.deliver(chat(ada.id), message())
    assert isinstance(outcome, Failed)
    assert TOKEN not in outcome.reason
