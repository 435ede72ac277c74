"""A portal's pages as polls find them, and the alerts that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.core.names import fold_title, twin_key
from bot.services.expanding import expand_due
from bot.services.ingesting import Version, ingest_page, settle_source
from storage.database import Database
from storage.entities import Title
from storage.model import Account, Event, OutgoingMessage, PageReading, Telling

START = datetime(2017, 11, 23, 12, tzinfo=UTC)
HOLD = timedelta(minutes=10)
PAGE = "2017_November_23"
LEASE = timedelta(minutes=1)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Portal:
    """Polls a portal whose pages a test writes. Times are minutes after ``START``."""

    database: Database
    hold: timedelta = HOLD
    telling: Telling = Telling.PUSH
    page: str = PAGE
    day: date = field(default=START.date())

    def at(self, minute: float) -> datetime:
        """The time of a minute."""
        return START + timedelta(minutes=minute)

    async def poll(
        self,
        minute: float,
        *accounts: Account,
        readable: bool = True,
        telling: Telling | None = None,
        killed: bool = False,
    ) -> list[int]:
        """Find these accounts on the page; the events that readers see changed.

        ``killed``: the process dies before it commits.
        """
        reading = PageReading(self.page, self.day, tuple(accounts), readable=readable)
        version = Version(reading, repr((accounts, readable)), telling or self.telling)
        async with self.database.transaction() as tx:
            source = await tx.sources.source("portal", "en")
            await ingest_page(tx, source, version, self.at(minute))
            changed = await settle_source(tx, source, self.at(minute), self.hold)
            if killed:
                raise Killed
        return changed

    async def stand(self, minute: float, *accounts: Account) -> list[int]:
        """Find these accounts, and again when their hold is over."""
        first = await self.poll(minute, *accounts)
        return [*first, *await self.poll(minute + self.hold.total_seconds() / 60, *accounts)]

    async def events(self) -> list[Event]:
        """What readers see of the page's day."""
        return await events_of(self.database, self.day)

    async def event(self, number: int) -> Event:
        """An event that readers see or saw."""
        async with self.database.reading() as tx:
            event = await tx.events.get(number)
        assert event is not None
        return event


async def events_of(database: Database, day: date) -> list[Event]:
    """What readers see of a day, with all that it names."""
    async with database.reading() as tx:
        return await tx.events.many([event.id for event in await tx.events.of_day(day)])


async def entity(database: Database, title: str) -> int:
    """The entity of an article; its id."""
    async with database.transaction() as tx:
        key = Title(title, twin_key(title), fold_title(title))
        return (await tx.entities.articles("en", [key]))[title].entity_id


async def follow(
    database: Database, telegram_id: int, *titles: str, at: datetime = START - timedelta(days=1)
) -> int:
    """Let a chat follow the entities of these articles; the chat's id."""
    ids = [await entity(database, title) for title in titles]
    async with database.transaction() as tx:
        chat = await tx.chats.chat(telegram_id, at)
        for entity_id in ids:
            await tx.chats.follow(chat.id, entity_id, at)
    return chat.id


async def expand(database: Database, now: datetime) -> None:
    """Turn all due announcements into alerts."""
    async with database.transaction() as tx:
        await expand_due(tx, now)


async def claim(database: Database, now: datetime) -> list[OutgoingMessage]:
    """Lease all alerts and digests that are due, at most one a chat."""
    async with database.transaction() as tx:
        return await tx.outbox.claim(now, LEASE, 1000)


async def send_all(database: Database, now: datetime) -> list[tuple[int, int | None]]:
    """Expand and send all that is due: (Telegram chat id, event) in the order sent."""
    await expand(database, now)
    gone: list[tuple[int, int | None]] = []
    while messages := await claim(database, now):
        gone += [await settle_as_sent(database, message, now) for message in messages]
    return gone


async def settle_as_sent(
    database: Database, message: OutgoingMessage, now: datetime
) -> tuple[int, int | None]:
    """Settle a claimed message as sent in its event's present revision."""
    async with database.transaction() as tx:
        event = await tx.events.get(message.event_id or 0)
        await tx.outbox.sent(message, message.id, event.revision if event else 0, now)
    return message.chat.telegram_id, message.event_id


async def edit_all(database: Database, now: datetime) -> list[tuple[int, int | None]]:
    """Expand and make all edits that are due: (Telegram chat id, event)."""
    await expand(database, now)
    done: list[tuple[int, int | None]] = []
    async with database.transaction() as tx:
        while messages := await tx.outbox.claim_edits(now, LEASE, 1000):
            for message in messages:
                event = await tx.events.get(message.event_id or 0)
                assert event is not None
                await tx.outbox.edited(message, event.revision, counts=True)
                done.append((message.chat.telegram_id, message.event_id))
    return done


async def states(database: Database, ids: Sequence[int]) -> list[str]:
    """How far the messages of these rows have come."""
    async with database.reading() as tx:
        found = [await tx.outbox.message(row) for row in ids]
    return [message.state.value for message in found if message]
