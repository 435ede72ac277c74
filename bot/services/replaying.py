"""Recorded revisions of portal pages, run through the real pipeline under their own clock.

Each distinct recorded time is a tick and one transaction. A tick's lines are printed
before it is committed, so after a kill one tick's lines may come twice, and none is lost.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from bot.core.choosing import nearest
from bot.core.names import fold
from bot.core.schedule import ALERT_LIFETIME, TOO_OLD
from bot.errors import InputError
from bot.services.alerts import Unsendable, load_alert
from bot.services.backfilling import revision_of
from bot.services.expanding import expand_due
from bot.services.ingesting import Version, ingest_page, settle_source
from bot.services.naming import LANGUAGE, article_of
from bot.sources.recordings import RecordedRevision
from storage.database import Database, Transaction
from storage.model import PORTAL, Alert, Event, OutgoingMessage, PageReading, Source, Telling

ReadPage = Callable[[str, str], PageReading | None]
Print = Callable[[dict[str, Any]], None]

log = logging.getLogger(__name__)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LEASE = timedelta(minutes=1)
BATCH = 1000
MOST_NEAR = 3
_READERS = -(2**52)  # all chat ids of replays are below


class Replaying:
    """Replays a recording for readers of their own, one a follow."""

    def __init__(
        self, database: Database, read_page: ReadPage, *, hold: timedelta, emit: Print
    ) -> None:
        self._database = database
        self._read_page = read_page
        self._hold = hold
        self._emit = emit

    async def replay(
        self, recording: str, revisions: Iterable[RecordedRevision], follows: Sequence[str]
    ) -> None:
        """Replay revisions in the order of their time, from where a killed run stopped.

        Raises ``InputError`` where the database has readers that are no replay's.
        """
        readers = await self._readers(follows)
        async with self._database.reading() as tx:
            done = await tx.sources.replayed_until(recording) or LONG_AGO
        pages: dict[str, str] = {}
        count = 0
        for at, changes in _ticks(revisions):
            count += len(changes)
            pages.update({change.page: change.text for change in changes})
            if at > done:
                await self._tick(recording, at, changes, pages, readers)
        await self._summarise(count)

    async def _readers(self, follows: Sequence[str]) -> dict[int, str]:
        """Telegram chat id -> the name that this reader follows."""
        readers = {
            _reader_id(name, follows[:index].count(name)): name
            for index, name in enumerate(follows)
        }
        async with self._database.transaction() as tx:
            if any(number > _READERS for number in await tx.chats.telegram_ids()):
                raise InputError(
                    "This database has readers of its own: a replay would take their alerts "
                    "for sent. Give it a database of its own."
                )
            await tx.events.reuse_numbers()  # a tick that comes twice prints the same lines
            for telegram_id, name in readers.items():
                chat = await tx.chats.chat(telegram_id, LONG_AGO)
                await tx.chats.follow(chat.id, await _entity_named(tx, name), LONG_AGO)
        return readers

    async def _tick(
        self,
        recording: str,
        at: datetime,
        changes: Sequence[RecordedRevision],
        pages: dict[str, str],
        readers: dict[int, str],
    ) -> None:
        async with self._database.transaction() as tx:
            source = await tx.sources.source(PORTAL, LANGUAGE)
            doubtful = await tx.sources.doubtful_pages(source.id)
            again = [RecordedRevision(at, page, pages[page]) for page in doubtful if page in pages]
            for revision in {change.page: change for change in (*again, *changes)}.values():
                await self._ingest(tx, source, revision)
            await tx.sources.mark_all_read(source.id, at)
            await settle_source(tx, source, at, self._hold)
            await expand_due(tx, at)
            await tx.outbox.expire(at, ALERT_LIFETIME, TOO_OLD)
            await self._print_alerts(tx, at, readers)
            await self._print_edits(tx, at, readers)
            await tx.sources.replayed(recording, at)

    async def _ingest(self, tx: Transaction, source: Source, revision: RecordedRevision) -> None:
        reading = self._read_page(revision.page, revision.text)
        if reading is None:
            log.warning("%s is no day page: passed over", revision.page)
            return
        version = Version(reading, revision_of(revision.text), Telling.PUSH)
        await ingest_page(tx, source, version, revision.polled_at)

    async def _print_alerts(self, tx: Transaction, at: datetime, readers: dict[int, str]) -> None:
        while messages := await tx.outbox.claim(at, LEASE, BATCH):
            for message in messages:
                alert = await load_alert(tx, message)
                if isinstance(alert, Unsendable):
                    await tx.outbox.postpone(message.id, at + LEASE, alert.reason)
                    continue
                self._emit(_line("alert", at, readers, message, alert))
                await tx.outbox.sent(message, message.id, alert.event.revision, at)

    async def _print_edits(self, tx: Transaction, at: datetime, readers: dict[int, str]) -> None:
        while messages := await tx.outbox.claim_edits(at, LEASE, BATCH):
            for message in messages:
                alert = await load_alert(tx, message)
                if isinstance(alert, Unsendable):
                    await tx.outbox.unedit(message.id, alert.reason)
                    continue
                withdrawn = alert.event.withdrawn
                kind = "withdrawal" if withdrawn else "edit"
                self._emit(_line(kind, at, readers, message, alert))
                await tx.outbox.edited(message, alert.event.revision, counts=not withdrawn)

    async def _summarise(self, revisions: int) -> None:
        async with self._database.reading() as tx:
            events, withdrawn = await tx.events.count()
            alerts, edits = await tx.outbox.totals()
            reports = await tx.reports.count()
        self._emit(
            {
                "kind": "summary",
                "revisions": revisions,
                "reports": reports,
                "events": events,
                "withdrawn": withdrawn,
                "alerts": alerts,
                "edits": edits,
            }
        )


async def unnamed(database: Database, follows: Iterable[str]) -> dict[str, list[str]]:
    """The follows that no event names, each with the names most like it that there are."""
    found: dict[str, list[str]] = {}
    async with database.reading() as tx:
        names = await tx.entities.all_names()
        for name in dict.fromkeys(follows):
            entity_id = await _titled(tx, name)
            if entity_id is None or any(each.uses for each in await tx.entities.known([entity_id])):
                continue
            near = nearest(fold(name), [each for each in names if each[1] != entity_id], MOST_NEAR)
            known = await tx.entities.known([*near.containing, *near.alike])
            found[name] = [each.words for each in known if each.uses][:MOST_NEAR]
    return found


def _reader_id(name: str, earlier: int) -> int:
    """A chat id that Telegram never gives (its have 52 bits), the same in every run."""
    digest = hashlib.sha256(f"{earlier} {name}".encode()).digest()
    return _READERS - int.from_bytes(digest[:5])


def _ticks(
    revisions: Iterable[RecordedRevision],
) -> Iterator[tuple[datetime, list[RecordedRevision]]]:
    for at, changes in groupby(revisions, key=lambda revision: revision.polled_at):
        yield at, list(changes)


async def _entity_named(tx: Transaction, name: str) -> int:
    """The entity that a follow means: the one known by this title, else a new one."""
    known = await _titled(tx, name)
    if known is not None:
        return known
    title = name[:1].upper() + name[1:]
    return (await article_of(tx, title)).entity_id


async def _titled(tx: Transaction, name: str) -> int | None:
    """The one entity that is known by this title, if there is one."""
    candidates = await tx.entities.named(fold(name))
    exact = {candidate.entity.id for candidate in candidates if candidate.exact}
    return exact.pop() if len(exact) == 1 else None


def _line(
    kind: str, at: datetime, readers: dict[int, str], message: OutgoingMessage, alert: Alert
) -> dict[str, Any]:
    event: Event = alert.event
    return {
        "kind": kind,
        "at": at.isoformat(),
        "follow": readers.get(message.chat.telegram_id, str(message.chat.telegram_id)),
        "event": event.id,
        "day": event.day.isoformat(),
        "entities": [entity.label for entity in event.entities],
        "title": event.title,
        "sources": [citation.url for citation in event.citations],
    }
