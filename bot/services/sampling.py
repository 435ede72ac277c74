"""The sample week served: where there is neither a token nor Wikipedia nor any event yet.

A first try must not end at an empty page. The week runs through the real pipeline, under its
own clock, until the portal answers; then all of it goes, and only follows stay.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.names import fold
from bot.errors import SourceError
from bot.services.naming import article_of
from bot.services.overview import is_empty
from bot.services.planning import replan
from bot.services.polling import Polling
from bot.services.sample import (
    SAMPLE_KEY,
    SAMPLE_NOW,
    sample_entities,
    sample_length,
    sample_portal,
)
from storage.database import Database, Transaction
from storage.model import PORTAL, FeedState, Name, Origin

log = logging.getLogger(__name__)

# Under this name the database keeps when the week was begun, in real time: whoever starts
# again over it goes on where the week was.
RECORDING = "sample week"

# Why the week is over.
_ANSWERS = "the portal answers"
_NOT_WANTED = "with a token or feeds of your own it is not served"

Probe = Callable[[], Awaitable[object]]


@dataclass
class Clock:
    """The time in UTC, or, during the sample week, that of the week: ``real`` time moved by
    ``offset``."""

    real: Callable[[], datetime]
    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        """The time now."""
        return self.real() + self.offset

    @property
    def is_moved(self) -> bool:
        """Whether it is not the real time."""
        return bool(self.offset)


class Sampling:
    """The sample week over a database. ``probe`` asks the real portal for something and
    raises ``SourceError`` while it can't be reached."""

    def __init__(self, database: Database, clock: Clock, probe: Probe, holder: str) -> None:
        self._database = database
        self._clock = clock
        self._probe = probe
        self._polling = Polling(
            database,
            sample_portal(clock),
            hold=timedelta(0),
            clock=clock,
            holder=holder,
        )
        self.is_on = False
        self._end = SAMPLE_NOW + sample_length()
        self._has_ended = False
        self._using = asyncio.Lock()  # nothing of the week may arrive while it is taken away

    async def begin(self, *, allowed: bool) -> None:
        """Begin the week, or go on with it, where it is ``allowed`` and nothing else is to be
        had; else take away what an earlier process left of it."""
        started = await sample_start(self._database)
        wanted = allowed and not await _has_own_feeds(self._database)
        wanted = wanted and (started is not None or await is_empty(self._database))
        if wanted and (failure := await self._portal_failure()):
            await self._start(started or self._clock.real())
            log.info(
                "Wikipedia can't be read (%s): a sample week of November 2017 is served until it "
                "can, and no feed is read meanwhile",
                failure,
            )
        elif started is not None:
            await self._drop(_ANSWERS if wanted else _NOT_WANTED)

    async def poll(self) -> None:
        """Let arrive what is due."""
        async with self._using:
            if self.is_on:
                await self._polling.poll()
                self._tell_end()

    def _tell_end(self) -> None:
        """Say once that nothing more arrives, and how real news comes."""
        if self._has_ended or self._clock() < self._end:
            return
        self._has_ended = True
        log.info(
            "all of the sample week has arrived: nothing new comes until Wikipedia can be read. "
            "For news without it, name a list of feeds (FEEDS=my.opml), or add some"
        )

    async def end_if_portal_answers(self) -> bool:
        """Take the week away as soon as the portal can be read, or the operator has added a feed;
        whether it is on still."""
        if self.is_on and await _has_own_feeds(self._database):
            await self._drop(_NOT_WANTED)
        elif self.is_on and await self._portal_failure() is None:
            await self._drop(_ANSWERS)
        return self.is_on

    async def release(self) -> None:
        """Let another process go on with the week at once."""
        if self.is_on:
            await self._polling.release()

    async def _portal_failure(self) -> SourceError | None:
        """Why the portal can't be read now, if so."""
        try:
            await self._probe()
        except SourceError as error:
            return error
        return None

    async def _start(self, started: datetime) -> None:
        async with self._database.transaction() as tx:
            await tx.sources.replayed(RECORDING, started)
        self._clock.offset = SAMPLE_NOW - started
        self.is_on = True
        await self._polling.poll()
        await self._introduce()

    async def _introduce(self) -> None:
        """Tell of the week's people and places what Wikidata would."""
        async with self._database.transaction() as tx:
            await tx.locks.merging()
            for known in sample_entities():
                article = await article_of(tx, known.title)
                names = {code: Name(label) for code, label in known.labels.items()}
                await tx.entities.describe(
                    article.entity_id, known.title, known.qid, known.description, names
                )
                aliases = {code: {name.label: fold(name.label)} for code, name in names.items()}
                await tx.entities.add_aliases(article.entity_id, aliases)

    async def _drop(self, why: str) -> None:
        """Take all of the week away and go by the real time again."""
        async with self._using:
            self._clock.offset = timedelta()
            async with self._database.transaction() as tx:
                source = await tx.sources.source(PORTAL, SAMPLE_KEY)
                await tx.sources.drop(source.id)
                await tx.sources.forget_recording(RECORDING)
                for chat_id in await tx.chats.ids():
                    await _be_here_and_now(tx, chat_id, self._clock.real())
            self.is_on = False
        log.info("the sample week is over: %s", why)


async def _be_here_and_now(tx: Transaction, chat_id: int, now: datetime) -> None:
    """Let nothing be due for a chat of what was due in the week."""
    timetable = await tx.chats.timetable(chat_id)
    since = now if timetable.digested_at else None
    fresh = replace(timetable, digested_at=since, digested_on=None, weekly_sent_on=None,
                    digest_due_at=None, weekly_due_at=None)  # fmt: skip
    await tx.chats.plan(chat_id, fresh)
    await replan(tx, chat_id, now)


async def _has_own_feeds(database: Database) -> bool:
    """Whether the operator has added or imported feeds, and not paused them all."""
    async with database.reading() as tx:
        feeds = [feed for feed in await tx.feeds.all() if feed.listed]
    return any(f.origin is Origin.ADDED and f.state is FeedState.ACTIVE for f in feeds)


async def sample_start(database: Database) -> datetime | None:
    """When the sample week over this database was begun, in real time; None: it isn't on."""
    async with database.reading() as tx:
        return await tx.sources.replayed_until(RECORDING)
