"""Feeds that are polled: where each is asked, how far it was read, when it is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.model import FEED, Feed, FeedState, Origin
from storage.tables import FeedRow, SourceRow


class FeedStore:
    """Feeds, each a source of its kind."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Feed]:
        """Every feed, whatever its state, oldest first."""
        return await self._feeds(_feeds())

    async def get(self, feed_id: int) -> Feed | None:
        """The feed of this id."""
        return next(iter(await self._feeds(_feeds().where(FeedRow.source_id == feed_id))), None)

    async def at(self, url: str) -> Feed | None:
        """The feed that was listed with this address, or is asked there now."""
        here = (SourceRow.key == url) | (FeedRow.url == url)
        return next(iter(await self._feeds(_feeds().where(here))), None)

    async def due(self, now: datetime, limit: int) -> list[Feed]:
        """The active feeds whose time has come, those that have waited longest first."""
        statement = _feeds().where(FeedRow.due_at <= now, FeedRow.state == FeedState.ACTIVE.value)
        return await self._feeds(statement.order_by(None).order_by(FeedRow.due_at).limit(limit))

    async def add(self, feed: Feed) -> Feed:
        """Keep a new feed (its ``id`` is not looked at), with the id that it got."""
        source = SourceRow(kind=FEED, key=feed.key)
        self._session.add(source)
        await self._session.flush()
        self._session.add(FeedRow(source_id=source.id, **_columns(feed)))
        await self._session.flush()
        return (await self._feeds(_feeds().where(FeedRow.source_id == source.id)))[0]

    async def save(self, feeds: Sequence[Feed]) -> None:
        """Keep what has changed of known feeds, and when each was last read well."""
        for feed in feeds:
            change = update(FeedRow).filter_by(source_id=feed.id).values(**_columns(feed))
            await self._session.execute(change)
        rows = [{"id": feed.id, "last_success_at": feed.last_success_at} for feed in feeds]
        if rows:
            await self._session.execute(update(SourceRow), rows)

    async def _feeds(self, statement: Select[FeedRow, SourceRow]) -> list[Feed]:
        return [_feed(row) for row in await self._session.execute(statement)]


def _feeds() -> Select[FeedRow, SourceRow]:
    return (
        select(FeedRow, SourceRow)
        .join(SourceRow, SourceRow.id == FeedRow.source_id)
        .order_by(FeedRow.source_id)
    )


def _columns(feed: Feed) -> dict[str, Any]:
    return {
        "url": feed.url,
        "title": feed.title,
        "language": feed.language,
        "region": feed.region,
        "origin": feed.origin.value,
        "state": feed.state.value,
        "due_at": feed.due_at,
        "interval": feed.interval.total_seconds(),
        "etag": feed.etag,
        "modified": feed.modified,
        "digest": feed.digest,
        "failures": feed.failures,
        "failing_since": feed.failing_since,
        "failure": feed.failure,
        "told_at": feed.told_at,
    }


def _feed(found: Row[FeedRow, SourceRow]) -> Feed:
    row, source = found
    return Feed(
        id=source.id,
        key=source.key,
        url=row.url,
        title=row.title,
        language=row.language,
        region=row.region,
        origin=Origin(row.origin),
        state=FeedState(row.state),
        due_at=row.due_at,
        interval=timedelta(seconds=row.interval),
        etag=row.etag,
        modified=row.modified,
        digest=row.digest,
        last_success_at=source.last_success_at,
        failures=row.failures,
        failing_since=row.failing_since,
        failure=row.failure,
        told_at=row.told_at,
    )
