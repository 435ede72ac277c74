"""Groups for tests that talk in them: who is there, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.standin.model import Chat, Message, Press, User
from storage.database import Database
from storage.model import ChatState
from tests.support.story import account
from tests.support.talk import Talk

MEETING = account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi.")
MEMORIAL = account("2017-11-24", "[[Vladimir Putin]] opens a memorial in [[Moscow]].")


@pytest.fixture
def bob(talk: Talk) -> User:
    """A member without rights."""
    return talk.world.add_user("Bob")


@pytest.fixture
def group(talk: Talk, bob: User) -> Chat:
    """The reader's own group, with one more member."""
    return talk.world.add_group("Friends", talk.reader, [bob])


@pytest.fixture
def forum(talk: Talk, bob: User) -> Chat:
    """The reader's own group with topics (number 1 would be the general one)."""
    talk.world.next_message_id()
    return talk.world.add_group("Forum", talk.reader, [bob], forum=True)


async def press_data(talk: Talk, message: Message, data: str, by: User | None = None) -> Press:
    """Press a button of this data, which the message gets for it."""
    button = {"text": "Press", "callback_data": data}
    shown = replace(message, reply_markup={"inline_keyboard": [[button]]})
    return await talk.press(data, talk.world.keep(shown), by)


async def follows_of(database: Database, telegram_id: int, thread_id: int = 0) -> list[str]:
    async with database.reading() as tx:
        chats = await tx.chats.topics(telegram_id)
        found = [chat for chat in chats if chat.thread_id == thread_id]
        return [f.entity.label for chat in found for f in await tx.chats.follows(chat.id)]


async def states_of(database: Database, telegram_id: int) -> dict[int, ChatState]:
    async with database.reading() as tx:
        return {chat.thread_id: chat.state for chat in await tx.chats.topics(telegram_id)}
