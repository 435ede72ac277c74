"""A reader talks with the bot over HTTP: a world, its server, and the bot's real parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from telegram import Bot

from bot.services.answering import Answering
from bot.services.conversation import Conversation
from bot.services.delivering import Delivering
from bot.services.finding import Finder, Search, no_search
from bot.services.following import Following
from bot.services.sending import Pace, Sending
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Message, Press, User
from bot.telegram import views
from bot.telegram.api import call, make_bot
from bot.telegram.handlers import Handlers
from bot.telegram.receiver import ALLOWED_UPDATES, Receiver
from bot.telegram.sender import TelegramSender
from storage.database import Database
from tests.support.bot_api import Schema, violations
from tests.support.data import find_data
from tests.support.story import NOON, Story


@dataclass
class Clock:
    """A time that goes on when a test says so."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@dataclass
class Talk:
    """One reader's chat. Everything that the bot does is done when a method returns."""

    world: World
    reader: User
    bot: Bot
    handlers: Handlers
    sending: Sending
    delivering: Delivering
    clock: Clock
    offset: int = field(default=0)

    async def say(self, text: str, **how: Any) -> Message:
        """Write to the bot; its newest message then."""
        self.world.say(self.reader, text, **how)
        await self.work()
        return self.newest()

    async def press(self, label: str, message: Message | None = None) -> Press:
        """Press a button (of the newest message); the press with its answer."""
        target = message or self.newest()
        press = self.world.press(self.reader, target.id, label)
        await self.work()
        return self.world.presses[press.id]

    async def forge(self, message: Message, data: str) -> Press:
        """Press a button under a message that the message does not have."""
        press = Press(str(self.world.next_id()), self.reader, message, data, self.world.now())
        self.world.presses[press.id] = press
        body = {
            "id": press.id,
            "from": self.reader.as_json(),
            "message": message.as_json(),
            "chat_instance": "1",
            "data": data,
        }
        self.world.updates.put("callback_query", body)
        await self.work()
        return self.world.presses[press.id]

    async def hear(self, content: dict[str, Any]) -> None:
        """Get a message of the reader's with this content instead of text."""
        number = self.world.next_message_id()
        chat = self.world.roster.chats[self.reader.id]
        message = Message(number, chat, self.world.now(), self.reader, media=content)
        self.world.updates.put("message", self.world.keep(message).as_json())
        await self.work()

    def newest(self) -> Message:
        """The newest message of the bot's in the chat, as it stands."""
        return next(m for m in reversed(self.messages()) if m.sender == self.world.bot)

    def messages(self) -> list[Message]:
        """All messages in the chat."""
        return list(self.world.messages(self.world.roster.chats[self.reader.id]))

    async def work(self) -> None:
        """Receive, handle and answer all that there is."""
        receiver = Receiver(self.bot, self.handlers.handle)
        params = {"offset": self.offset, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
        for raw in await call(self.bot, "getUpdates", params):
            await receiver.handle_raw(raw)
            self.offset = raw["update_id"] + 1
        await self.send()

    async def send(self) -> None:
        """Send all that is due."""
        await self.delivering.expand()
        while await self.sending.round():
            self.clock.pass_by(seconds=3)


@asynccontextmanager
async def talking(
    database: Database, search: Search = no_search, world: World | None = None
) -> AsyncIterator[Talk]:
    """A chat with the bot on this database, over loopback HTTP."""
    world, clock = world or World(), Clock()
    async with StandInServer(world) as server:
        bot = make_bot(TOKEN, server.url)
        await bot.initialize()
        try:
            yield _talk(world, database, search, bot, clock)
        finally:
            await bot.shutdown()


def _talk(world: World, database: Database, search: Search, bot: Bot, clock: Clock) -> Talk:
    conversation, finder = Conversation(database), Finder(database, search)
    following, answering = Following(conversation, finder), Answering(conversation, finder)
    delivering = Delivering(database, TelegramSender(bot).deliver, views, clock=clock)
    return Talk(
        world=world,
        reader=world.add_user("Ada"),
        bot=bot,
        handlers=Handlers(following, answering, clock=clock),
        sending=Sending(database, delivering, Pace(1000), clock=clock, holder="test"),
        delivering=delivering,
        clock=clock,
    )


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"] for row in message.buttons for button in row]


def answer(press: Press) -> tuple[str, bool]:
    """What a press was answered with, and whether in a box."""
    assert press.answer is not None
    return press.answer.text, press.answer.show_alert


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


@pytest_asyncio.fixture
async def talk(database: Database) -> AsyncIterator[Talk]:
    async with talking(database) as one:
        yield one
        assert [c for c in one.world.calls if not c.ok] == []
        if find_data():
            assert violations(one.world.calls, Schema.load()) == []
