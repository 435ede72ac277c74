"""A reader whose Telegram is in one language, then in another."""

from __future__ import annotations

from html import unescape

import pytest

from bot.standin.model import Message
from bot.telegram.wording import Wording, Words
from storage.database import Database
from storage.model import Chat
from tests.support.talk import Talk


@pytest.fixture(params=["en", "de"])
def words(request: pytest.FixtureRequest, talk: Talk) -> Words:
    """The words of the reader's language, of two in turn."""
    talk.world.set_language(talk.reader, request.param)
    talk.reader = talk.world.roster.users[talk.reader.id]
    return Wording().of(request.param)


def several(words: Words) -> Words:
    """These words as they are where several people read."""
    return Wording().of(words.language, is_shared=True)


async def chat_of(database: Database, telegram_id: int) -> Chat:
    """The chat of this Telegram id, as it is kept."""
    async with database.reading() as tx:
        (chat,) = await tx.chats.topics(telegram_id)
        return chat


def quoted(words: Words, text: str, name: str, typed: str) -> str:
    """A sentence with what was typed, as it is shown."""
    return unescape(words.fill(text, **{name: words.quoted(typed)}).html)


def now(talk: Talk, message: Message) -> Message:
    """A message to the reader as it stands by now."""
    return next(each for each in talk.messages() if each.id == message.id)
