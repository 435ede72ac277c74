"""Recorded revisions through the real pipeline, for readers with digests and quiet hours.

Gives what came to each reader, and the bare facts of which it should follow: what readers
could see of each event, and from when.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import and_, exists, func, or_, select

from bot.core.schedule import ALERT_LIFETIME, TOO_OLD
from bot.core.tolls import toll_of
from bot.services.expanding import expand_due
from bot.services.ingesting import Version, ingest_page, settle_source
from bot.services.planning import replan
from bot.sources.recordings import RecordedRevision, read_revisions
from bot.sources.wikipedia import read_page
from storage.database import Database, Transaction
from storage.model import Event, Filter, FollowMode, Source, Telling
from storage.tables import ChatRow, OutboxRow
from tests.support.data import find_data
from tests.support.digest_desk import LONG_AGO, Desk, minutes
from tests.support.portal import HOLD, entity

FIRST = 1000  # the Telegram chat id of the first reader


@dataclass(frozen=True)
class Reader:
    """Who follows whom, and wants to be told when. ``digest_from``: of whom only events of a
    category are wanted, in the digest."""

    zone: str
    digest_at: str
    quiet: tuple[str, str]
    at_once: tuple[str, ...] = ()
    digest: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    digest_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def follows(self) -> dict[str, FollowMode]:
        """All that is followed, and how."""
        modes = dict.fromkeys(self.at_once, FollowMode.AT_ONCE)
        modes |= dict.fromkeys((*self.digest, *self.digest_from), FollowMode.DIGEST)
        return modes | dict.fromkeys(self.muted, FollowMode.MUTED)


@dataclass(frozen=True)
class Fact:
    """What readers see of an event from ``at`` on; ``names`` are entities by their id, ``topic``
    is the last one that it stands under, ``dead`` how many its title is read to count."""

    at: datetime
    event: int
    day: date
    category: str
    topic: str
    dead: int
    publishers: tuple[str, ...]
    names: frozenset[int]
    withdrawn: bool


@dataclass
class Record:
    """What came to each reader (time in UTC, text) by number, the facts, the times at which
    the portal was read, and the ids of whom readers follow, by title."""

    came: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    polls: list[datetime] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


def revisions_of_2017() -> Path | None:
    """The recorded year, where it is at hand."""
    folder = find_data()
    path = folder / "current_events" / "revisions_2017.jsonl.xz" if folder else None
    return path if path is not None and path.is_file() else None


async def replay_year(
    database: Database,
    path: Path,
    readers: Sequence[Reader],
    start: datetime,
    end: datetime,
    progress: Callable[[datetime], None] = lambda at: None,
) -> Record:
    """Replay what was recorded from ``start`` to before ``end``."""
    desk, record = Desk(database, start), Record()
    for number, reader in enumerate(readers):
        await _begin(desk, record, number, reader)
    found = (each for each in read_revisions(path) if start <= each.polled_at < end)
    pages: dict[str, str] = {}
    for at, changes in groupby(found, key=lambda each: each.polled_at):
        await _work_until(desk, record, at)
        await _poll(database, record, at, list(changes), pages)
        await _send(desk, record, at)
        progress(at)
    await _work_until(desk, record, end)
    return record


async def _begin(desk: Desk, record: Record, number: int, reader: Reader) -> None:
    async with desk.database.transaction() as tx:
        chat = await tx.chats.chat(FIRST + number, LONG_AGO)
        await tx.chats.choose_timezone(chat.id, reader.zone)
        await tx.chats.choose_digest(chat.id, minutes(reader.digest_at), desk.clock())
        await tx.chats.choose_quiet(chat.id, (minutes(reader.quiet[0]), minutes(reader.quiet[1])))
        await replan(tx, chat.id, desk.clock())
    for title, mode in reader.follows.items():
        category = reader.digest_from.get(title)
        wanted = Filter(categories=(category,)) if category else None
        await desk.follow(chat, title, mode, wanted)
        record.ids[title] = await entity(desk.database, title)
    record.came[number] = []


async def _work_until(desk: Desk, record: Record, end: datetime) -> None:
    """Work at each time at which something is due to a reader, before ``end``."""
    while (due := await _next_due(desk.database)) is not None and due < end:
        desk.clock.now = due
        await desk.digesting.tick()
        await _send(desk, record, due)


async def _send(desk: Desk, record: Record, at: datetime) -> None:
    """Send all that may go, and note it as of this time: it takes a second each."""
    desk.clock.now = at
    if await _is_any_waiting(desk.database, at):
        await desk.send()
    for _, chat, text in desk.telegram.came:
        record.came[chat - FIRST].append((at, text))
    desk.telegram.came.clear()


async def _is_any_waiting(database: Database, at: datetime) -> bool:
    is_due = and_(OutboxRow.state == "waiting", OutboxRow.due_at <= at)
    async with database.reading() as tx:
        found = select(exists().where(or_(is_due, OutboxRow.stale)))
        return bool(await tx.session.scalar(found))


async def _next_due(database: Database) -> datetime | None:
    columns = (ChatRow.digest_due_at, ChatRow.weekly_due_at, ChatRow.quiet_turns_at)
    async with database.reading() as tx:
        first = (await tx.session.execute(select(*map(func.min, columns)))).one()
    return min((at for at in first if at is not None), default=None)


async def _poll(
    database: Database,
    record: Record,
    at: datetime,
    changes: Sequence[RecordedRevision],
    pages: dict[str, str],
) -> None:
    """Read what the pages say now, note what readers see changed, and queue its alerts."""
    pages.update({change.page: change.text for change in changes})
    async with database.transaction() as tx:
        source = await tx.sources.source("portal", "en")
        doubtful = await tx.sources.doubtful_pages(source.id)
        for page in dict.fromkeys([*doubtful, *(change.page for change in changes)]):
            await _ingest(tx, source, page, pages[page], at)
        await tx.sources.mark_all_read(source.id, at)
        changed = await settle_source(tx, source, at, HOLD)
        record.facts += _facts(at, await tx.events.many(changed))
        await tx.outbox.expire(at, ALERT_LIFETIME, TOO_OLD)
        await expand_due(tx, at)
    record.polls.append(at)


async def _ingest(tx: Transaction, source: Source, page: str, text: str, at: datetime) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    await ingest_page(tx, source, Version(read_page(page, text), digest, Telling.PUSH), at)


def _facts(at: datetime, events: Iterable[Event]) -> list[Fact]:
    return [
        Fact(
            at=at,
            event=event.id,
            day=event.day,
            category=event.category,
            topic=event.topics[-1] if event.topics else "",
            dead=toll_of(event.title),
            publishers=tuple(citation.publisher for citation in event.citations),
            names=frozenset(entity.id for entity in event.entities),
            withdrawn=event.withdrawn,
        )
        for event in events
    ]
