"""Files over HTTP against the stand-in: that they arrive as they are, and what comes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from bot.services.files import File, Upload, with_file
from bot.services.outcomes import Busy, Delivered, Failed, Refused
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Message, User
from bot.telegram.api import open_bot
from bot.telegram.charts import year_chart
from bot.telegram.sender import TelegramSender
from storage.model import Attachment, Call, Chat, ChatState


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


def document(content: bytes = b"{}", **params: Any) -> Upload:
    """A call that sends a document."""
    call = Call("sendDocument", params, Attachment("document", "export", {}))
    return with_file(call, File("dateline-export-2017-11-23.json", content))


def content_of(world: World, message: Message, kind: str) -> bytes | None:
    """The bytes of a message's file."""
    assert message.media is not None
    media = message.media[kind]
    file = world.files.find((media[0] if kind == "photo" else media)["file_id"])
    return world.files.content(file) if file else None


async def test_a_document_arrives_byte_by_byte(
    world: World, ada: User, sender: TelegramSender
) -> None:
    content = "Владимир\r\n--boundary\r\n".encode() + bytes(range(256))
    outcome = await sender.deliver(
        chat(ada.id), document(content, caption="<b>All</b>", parse_mode="HTML")
    )
    (sent,) = world.sent(ada)
    assert outcome == Delivered(sent.id)
    assert content_of(world, sent, "document") == content
    assert sent.text == "All"
    assert sent.media is not None
    assert sent.media["document"]["file_name"] == "dateline-export-2017-11-23.json"
    assert sent.media["document"]["mime_type"] == "application/json"


async def test_a_picture_arrives_with_its_buttons(
    world: World, ada: User, sender: TelegramSender
) -> None:
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]]}
    picture = year_chart([(date(2017, 11, 20), 3)])
    call = Call("sendPhoto", {"reply_markup": markup}, Attachment("photo", "year", {}))
    outcome = await sender.deliver(chat(ada.id), with_file(call, File("year.png", picture)))
    (sent,) = world.sent(ada)
    assert outcome == Delivered(sent.id)
    assert content_of(world, sent, "photo") == picture
    assert sent.reply_markup == markup


async def test_a_file_goes_into_its_topic(world: World, sender: TelegramSender) -> None:
    forum = world.add_supergroup("Forum", forum=True)
    topic = world.add_topic(forum, "News")
    await sender.deliver(chat(forum.id, topic), document())
    (sent,) = world.sent(forum)
    assert sent.thread_id == topic


async def test_a_file_whose_caption_is_broken_arrives_with_plain_words(
    world: World, ada: User, sender: TelegramSender, caplog: pytest.LogCaptureFixture
) -> None:
    call = document(b"x", caption="<b>one &amp; <x>two</b>", parse_mode="HTML")
    assert isinstance(await sender.deliver(chat(ada.id), call), Delivered)
    (sent,) = world.sent(ada)
    assert (sent.text, content_of(world, sent, "document")) == ("one & two", b"x")
    assert "plainer" in caplog.text


async def test_ten_megabytes_arrive_and_too_many_are_refused(
    world: World, ada: User, sender: TelegramSender
) -> None:
    large = document(bytes(10_000_000))
    assert isinstance(await sender.deliver(chat(ada.id), large), Delivered)
    refused = await sender.deliver(chat(ada.id), document(bytes(51 * 2**20)))
    assert refused == Refused("the file is too large")
    assert len(world.sent(ada)) == 1


@pytest.mark.parametrize("kind", ["server_error", "reset_before", "reset_after", "not_json"])
async def test_what_may_or_may_not_have_arrived_failed(
    world: World, ada: User, sender: TelegramSender, kind: str
) -> None:
    world.faults.add(kind, "sendDocument")  # type: ignore[arg-type]  # parametrized
    assert isinstance(await sender.deliver(chat(ada.id), document()), Failed)


async def test_patience(world: World, ada: User, sender: TelegramSender) -> None:
    world.faults.add("flood", "sendDocument", retry_after=17)
    assert await sender.deliver(chat(ada.id), document()) == Busy(17)
