"""A local Wikipedia, the bot and its readers: the whole way of an event, minute by minute.

The parts are those that ``bot.app`` puts together, over real HTTP on loopback; only the
clock is a test's own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.app.wikimedia import Wikimedia, wikimedia_of
from bot.config import Settings
from bot.services.joining import Joining
from bot.services.polling import Polling
from bot.services.resolving import Resolving
from bot.sources.http import PoliteClient
from bot.standin.model import Call, Message, User
from storage.database import Database
from tests.support.bot_api import Schema, violations
from tests.support.data import find_data
from tests.support.day_pages import page_text, title_of
from tests.support.talk import Talk, talking
from tests.support.wiki import Wiki, local_wiki

HOLD = timedelta(minutes=10)
POLL_MINUTES = 5
_PUSHING = ("sendMessage", "editMessageText")


@dataclass
class Newsroom:
    """The portal, the bot and one reader's chat (``talk``)."""

    wiki: Wiki
    talk: Talk
    polling: Polling
    resolving: Resolving
    joining: Joining
    seen: int = field(default=0)

    @property
    def today(self) -> date:
        """The day of the bot's clock."""
        return self.talk.clock.now.date()

    def publish(self, *bullets: str, day: date | None = None) -> None:
        """A new revision of a day's page."""
        self.write(page_text(day or self.today, bullets), day)

    def write(self, text: str, day: date | None = None) -> None:
        """A new revision, whatever its text."""
        self.wiki.set_page(title_of(day or self.today), text)

    async def minutes(self, count: int) -> None:
        """Let time pass: after the first minute, then every five and at the end, the portal
        is read and what is due is sent."""
        start = self.talk.clock.now
        for minute in sorted({*range(1, count, POLL_MINUTES), count}):
            self.talk.clock.now = start + timedelta(minutes=minute)
            await self.polling.poll()
            await self.talk.send()

    async def hold_passes(self) -> None:
        """Let what has just been published be seen, stand for its hold, and reach readers."""
        await self.minutes(int(HOLD / timedelta(minutes=1)) + 1)

    async def resolve(self) -> None:
        """Look articles up in the background until all are known."""
        while await self.resolving.resolve_batch():
            pass

    def new_calls(self) -> list[Call]:
        """The messages and edits that Telegram was asked for since the last look."""
        calls = self.talk.world.calls
        new, self.seen = calls[self.seen :], len(calls)
        return [call for call in new if call.method in _PUSHING]

    def join(self, name: str) -> User:
        """Another reader."""
        return self.talk.world.add_user(name)

    async def says(self, reader: User, text: str) -> Message:
        """A reader writes to the bot; the bot's newest message to them then."""
        self.talk.world.say(reader, text)
        await self.talk.work()
        return self.talk.world.sent(reader)[-1]

    async def follow(self, *names: str, reader: User | None = None) -> None:
        """A reader (of ``talk``) follows clear names."""
        for name in names:
            answer = await self.says(reader or self.talk.reader, f"/follow {name}")
            assert answer.text.startswith(f"You follow {name} now."), answer.text
        self.new_calls()

    def check_requests(self) -> None:
        """All that was asked of Telegram is as the Bot API has it, where that is at hand."""
        if find_data():
            assert violations(self.talk.world.calls, Schema.load()) == []


@asynccontextmanager
async def newsroom(database: Database) -> AsyncIterator[Newsroom]:
    """All parts over one database, the portal read once: what stood there pushes nothing."""
    async with local_wiki() as wiki:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            wikipedia_api_url=wiki.api_url,
            wikidata_api_url=wiki.api_url,
            wikimedia_contact="tests@example.org",
            wikimedia_rate=100_000,
            feeds="off",
            previews=False,
        )
        async with PoliteClient(settings.user_agent) as client:
            wikimedia = wikimedia_of(client, settings)
            async with talking(database, wikimedia.search) as talk:
                yield _room(database, wiki, wikimedia, talk)


def _room(database: Database, wiki: Wiki, wikimedia: Wikimedia, talk: Talk) -> Newsroom:
    clock, joining = talk.clock, Joining()
    portal = wikimedia.portal()
    return Newsroom(
        wiki=wiki,
        talk=talk,
        polling=Polling(database, portal, hold=HOLD, clock=clock, holder="test", joining=joining),
        resolving=Resolving(
            database, wikimedia.resolve, wikimedia.items, clock=clock, holder="test"
        ),
        joining=joining,
    )
