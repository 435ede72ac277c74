"""A reader talks with the bot over HTTP: a world, its server, and the bot's real parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
import pytest_asyncio
from telegram import Bot, ChatAdministratorRights, ChatPermissions

from bot.services.answering import Answering
from bot.services.conversation import Conversation
from bot.services.delivering import Delivering
from bot.services.expanding import Expanding
from bot.services.filtering import Filtering
from bot.services.finding import Finder, Search, no_search
from bot.services.following import Following
from bot.services.groups import Groups
from bot.services.inline import Inline
from bot.services.joining import Joining
from bot.services.managing import Look, Operators, Sources
from bot.services.places import Cities, Places
from bot.services.previewing import Previewing
from bot.services.privacy import About, Exports, Privacy
from bot.services.rereading import Rereading
from bot.services.reviewing import Reviewing
from bot.services.sending import Sending, SendPace
from bot.services.settings import Preferences
from bot.standin import TOKEN, StandInServer, World
from bot.standin.model import Chat, Message, Press, User
from bot.telegram.acting import UseCases
from bot.telegram.api import call, open_bot
from bot.telegram.attachments import Attachments
from bot.telegram.dressing import Dressing
from bot.telegram.handlers import Handlers
from bot.telegram.receiver import ALLOWED_UPDATES, Receiver
from bot.telegram.rendering import Rendering
from bot.telegram.sender import TelegramSender
from bot.telegram.sharing import Links
from bot.telegram.wording import Wording
from storage.database import Database
from tests.support.bot_api import Schema, violations
from tests.support.data import find_data
from tests.support.feeds import no_look
from tests.support.guards import patient_guards
from tests.support.post import seconds_of, send_round
from tests.support.story import NOON, Story

ABOUT = About("1.2.3", "https://code.example/dateline")
SMALL_PARTS = 20_000  # bytes of a part of an export


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
    expanding: Expanding
    clock: Clock
    offset: int = field(default=0)

    async def say(self, text: str, **how: Any) -> Message:
        """Write to the bot; its newest message then."""
        self.world.say(self.reader, text, **how)
        await self.work()
        return self.newest()

    async def told(
        self, chat: Chat, text: str, by: User | None = None, **how: Any
    ) -> list[Message]:
        """Write in a group, as the reader or somebody else; what the bot answers there."""
        before = len(self.world.sent(chat))
        self.world.say(by or self.reader, text, chat=chat, **how)
        await self.work()
        return self.world.sent(chat)[before:]

    async def press(
        self, label: str, message: Message | None = None, by: User | None = None
    ) -> Press:
        """Press a button (of the newest message); the press with its answer."""
        target = message or self.newest()
        press = self.world.press(by or self.reader, target.id, label, target.chat)
        await self.work()
        return self.world.presses[press.id]

    async def forge(self, message: Message, data: str, by: User | None = None) -> Press:
        """Press a button under a message that the message does not have."""
        presser = by or self.reader
        press = Press(str(self.world.next_id()), presser, message, data, self.world.now())
        self.world.presses[press.id] = press
        body = {
            "id": press.id,
            "from": presser.as_json(),
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

    async def member_changes(
        self, chat: Chat, by: User, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """The bot becomes something else in a chat (ChatMember, as far as it matters)."""
        members = [_MEMBER | {"user": self.world.bot.as_json()} | one for one in (before, after)]
        body = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(self.world.now().timestamp()),
            "old_chat_member": members[0],
            "new_chat_member": members[1],
        }
        self.world.updates.put("my_chat_member", body)
        await self.work()

    def forgive(self, *methods: str) -> None:
        """Leave calls of these methods that Telegram refused out of the log: they had to be."""
        refused = [call for call in self.world.calls if call.method in methods and not call.ok]
        assert refused, methods
        for one in refused:
            self.world.calls.remove(one)

    def newest(self) -> Message:
        """The newest message of the bot's in the chat, as it stands."""
        return next(m for m in reversed(self.messages()) if m.sender == self.world.bot)

    def messages(self) -> list[Message]:
        """All messages in the chat."""
        return list(self.world.messages(self.world.roster.chats[self.reader.id]))

    async def work(self) -> None:
        """Receive, handle and answer all that there is."""
        await self.receive()
        await self.send()

    async def receive(self) -> None:
        """Receive and handle all that there is; answers wait."""
        receiver = Receiver(self.bot, self.handlers.handle)
        params = {"offset": self.offset, "timeout": 0, "allowed_updates": ALLOWED_UPDATES}
        for raw in await call(self.bot, "getUpdates", params):
            await receiver.handle_raw(raw)
            self.offset = raw["update_id"] + 1

    async def send(self) -> None:
        """Send all that is due."""
        await self.expanding.expand()
        while await send_round(self.sending):
            self.clock.pass_by(seconds=3)


@asynccontextmanager
async def talking(
    database: Database,
    search: Search = no_search,
    world: World | None = None,
    *,
    allowed: frozenset[int | str] = frozenset(),
    most_follows: int = 200,
    operators: frozenset[int | str] = frozenset(),
    look: Look = no_look,
) -> AsyncIterator[Talk]:
    """A chat with the bot on this database, over loopback HTTP."""
    world, clock = world or World(), Clock()
    async with StandInServer(world) as server, open_bot(TOKEN, server.url) as bot:
        await bot.initialize()
        use_cases = use_cases_of(database, search, most_follows, operators, look)
        yield _talk(world, database, use_cases, bot, clock, allowed)


@cache
def all_cities() -> Cities:
    """The table of cities, read once for all tests."""
    return Cities.load()


def use_cases_of(
    database: Database,
    search: Search = no_search,
    most_follows: int = 200,
    operators: frozenset[int | str] = frozenset(),
    look: Look = no_look,
) -> UseCases:
    """The bot's services on this database."""
    conversation = Conversation(database, dress=Dressing(Wording()))
    finder = Finder(database, search)
    return UseCases(
        Following(conversation, finder, most_follows=most_follows),
        Answering(conversation, finder),
        Rereading(conversation),
        Reviewing(conversation, finder),
        Privacy(database, conversation, limit=SMALL_PARTS),
        ABOUT,
        groups=Groups(conversation),
        preferences=Preferences(conversation, Places(all_cities)),
        filtering=Filtering(conversation),
        inline=Inline(database, Finder(database)),
        sources=Sources(conversation, Operators(operators), look, Previewing(database, Joining())),
        links=Links(lambda: World().bot.username or ""),
    )


def _talk(
    world: World,
    database: Database,
    use_cases: UseCases,
    bot: Bot,
    clock: Clock,
    allowed: frozenset[int | str],
) -> Talk:
    wording = Wording()
    sender = TelegramSender(bot)
    files = Attachments(Exports(database, ABOUT.version), sender.announce)
    seconds = seconds_of(clock)
    delivering = Delivering(
        database, sender.deliver, Rendering(wording), files=files, clock=clock, monotonic=seconds
    )
    return Talk(
        world=world,
        reader=world.add_user("Ada"),
        bot=bot,
        handlers=Handlers(
            use_cases, wording, patient_guards(bot, wording, clock, allowed), clock=clock
        ),
        sending=Sending(
            database, delivering, SendPace(1000), clock=clock, monotonic=seconds, holder="test"
        ),
        expanding=Expanding(database, clock=clock),
        clock=clock,
    )


# A ChatMember of any status, with what the library wants of each.
_MEMBER: dict[str, Any] = {
    **dict.fromkeys(ChatPermissions.all_permissions().to_dict(), True),
    **dict.fromkeys(ChatAdministratorRights.no_rights().to_dict(), False),
    "is_member": True,
    "can_be_edited": False,
    "until_date": 0,
}


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
