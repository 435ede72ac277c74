"""Feeds that are polled: where each is asked, how far it was read, when it is due.

Polling and managing write apart: neither undoes what the other has kept since it read a feed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    null,
    select,
    update,
)

from storage.model import FEED, Feed, FeedState, Origin
from storage.part import StorePart
from storage.statements import table_of
from storage.tables import FeedRow, SourceRow


class FeedStore(StorePart):
    """Feeds, each a source of its kind."""

    async def all(self) -> list[Feed]:
        """Every feed, whatever its state, oldest first."""
        return await self._feeds(_feeds())

    async def at(self, url: str) -> Feed | None:
        """The feed that was listed with this address, else one that is asked there now."""
        here = (_SOURCES.c.key == url) | (_FEEDS.c.url == url)
        found = await self._feeds(_feeds().where(here))
        return next((each for each in found if each.key == url), next(iter(found), None))

    async def due(self, now: datetime, limit: int) -> list[Feed]:
        """The feeds to poll whose time has come, those that have waited longest first."""
        rows = await self._session.execute(_due_feeds(), {"now": now, "limit": limit})
        return [_feed(row) for row in rows]

    async def count(self) -> tuple[int, int, int]:
        """How many feeds are polled, how many of these failed when last asked, and how many
        the operator has paused."""
        groups = (
            [*_IS_POLLED],
            [*_IS_POLLED, _FEEDS.c.failing_since.is_not(None)],
            [_FEEDS.c.listed, _FEEDS.c.state == FeedState.PAUSED.value],
        )
        counts = [func.count(case((and_(*group), 1))) for group in groups]
        found = (await self._session.execute(select(*counts))).one()
        return found[0], found[1], found[2]

    async def add(self, feed: Feed) -> Feed:
        """Keep a new feed (its ``id`` is not looked at), with the id that it got."""
        source = SourceRow(kind=FEED, key=feed.key)
        self._session.add(source)
        await self._session.flush()
        self._session.add(FeedRow(source_id=source.id, **_managed(feed), **_polled_columns(feed)))
        await self._session.flush()
        return (await self._feeds(_feeds().where(_FEEDS.c.source_id == source.id)))[0]

    async def save(self, feeds: Sequence[Feed]) -> None:
        """Keep what polling has changed of feeds, and when each was last read well.

        Of the state only that an active feed ``ENDED`` is kept, which is news to tell: of what
        the administrators were told nothing is left then. A name and a language are kept only
        where none is known. Feeds that are not active (any more) stay due as they are.
        Nothing at all is kept of one to which an operator or a list has given another address
        or origin meanwhile.
        """
        if feeds:
            polled = [_after_poll(feed) for feed in feeds]
            await self._session.execute(_keep_polled(), polled)
            read = [{**_asked(feed), "last_success_at": feed.last_success_at} for feed in feeds]
            await self._session.execute(_keep_success(), read)

    async def manage(self, before: Feed, after: Feed) -> None:
        """Keep what an operator or a list has changed of a feed, and only that: it may have been
        polled since it was read. ``last_success_at`` is nobody's to change."""
        old = {**_managed(before), **_polled_columns(before)}
        new = {**_managed(after), **_polled_columns(after)}
        if values := {name: value for name, value in new.items() if value != old[name]}:
            change = update(FeedRow).filter_by(source_id=after.id)
            await self._session.execute(change.values(**values))
        if after.key != before.key:
            change = update(SourceRow).filter_by(id=after.id)
            await self._session.execute(change.values(key=after.key))

    async def tell(self, feed_id: int, told_at: datetime | None) -> None:
        """Note when the administrators were told that a feed fails or has ended; None: that
        it is back."""
        change = update(FeedRow).filter_by(source_id=feed_id)
        await self._session.execute(change.values(told_at=told_at))

    async def _feeds(self, statement: Select[Any]) -> list[Feed]:
        return [_feed(row) for row in await self._session.execute(statement)]


_FEEDS, _SOURCES = table_of(FeedRow), table_of(SourceRow)


# In the order of ``Feed``.
_COLUMNS = (
    _FEEDS.c.source_id,
    _SOURCES.c.key,
    _FEEDS.c.url,
    _FEEDS.c.title,
    _FEEDS.c.language,
    _FEEDS.c.region,
    _FEEDS.c.origin,
    _FEEDS.c.state,
    _FEEDS.c.listed,
    _FEEDS.c.due_at,
    _FEEDS.c.interval,
    _FEEDS.c.etag,
    _FEEDS.c.modified,
    _FEEDS.c.digest,
    _SOURCES.c.last_success_at,
    _FEEDS.c.failures,
    _FEEDS.c.failing_since,
    _FEEDS.c.failure,
    _FEEDS.c.told_at,
)


@cache
def _feeds() -> Select[Any]:
    # From the tables themselves: mapped objects would cost more than reading the rows.
    return (
        select(*_COLUMNS)
        .join_from(_FEEDS, _SOURCES, _SOURCES.c.id == _FEEDS.c.source_id)
        .order_by(_FEEDS.c.source_id)
    )


_IS_POLLED = (_FEEDS.c.listed, _FEEDS.c.state == FeedState.ACTIVE.value)


@cache
def _due_feeds() -> Select[Any]:
    due_at = _FEEDS.c.due_at
    is_due = due_at <= bindparam("now", type_=due_at.type)
    ordered = _feeds().where(is_due, *_IS_POLLED).order_by(None).order_by(due_at)
    return ordered.limit(bindparam("limit", type_=Integer()))


def _managed(feed: Feed) -> dict[str, Any]:
    """The columns that say what is listed, and how."""
    return {
        "title": feed.title,
        "language": feed.language,
        "region": feed.region,
        "origin": feed.origin.value,
        "state": feed.state.value,
        "listed": feed.listed,
        "told_at": feed.told_at,
    }


_POLLED = (
    "url",
    "interval",
    "etag",
    "modified",
    "digest",
    "failures",
    "failing_since",
    "failure",
)


def _polled_columns(feed: Feed) -> dict[str, Any]:
    """The columns that polling keeps."""
    return {
        "url": feed.url,
        "due_at": feed.due_at,
        "interval": feed.interval.total_seconds(),
        "etag": feed.etag,
        "modified": feed.modified,
        "digest": feed.digest,
        "failures": feed.failures,
        "failing_since": feed.failing_since,
        "failure": feed.failure,
    }


def _asked(feed: Feed) -> dict[str, Any]:
    """The parameters that say which feed was polled, and as whose."""
    return {"feed": feed.id, "asked_key": feed.key, "asked_origin": feed.origin.value}


# Whoever gives a feed another address gives it another key or origin.
_IS_AS_ASKED = (
    _FEEDS.c.source_id == bindparam("feed"),
    _FEEDS.c.origin == bindparam("asked_origin"),
    exists().where(_SOURCES.c.id == _FEEDS.c.source_id, _SOURCES.c.key == bindparam("asked_key")),
)


def _after_poll(feed: Feed) -> dict[str, Any]:
    """The parameters of ``_keep_polled``; their names are no columns'."""
    values = {
        **_polled_columns(feed),
        "title": feed.title,
        "language": feed.language,
        "ended": feed.state is FeedState.ENDED,
    }
    return {**_asked(feed), **{f"new_{name}": value for name, value in values.items()}}


@cache
def _keep_polled() -> Update:
    """The statement that keeps what polling has changed of a feed."""
    table = _FEEDS.c
    is_active = table.state == FeedState.ACTIVE.value
    has_ended = and_(is_active, bindparam("new_ended", type_=Boolean))
    values: dict[str, Any] = {name: _new(table[name]) for name in _POLLED}
    values["due_at"] = case((is_active, _new(table.due_at)), else_=table.due_at)
    for known in (table.title, table.language):
        values[known.name] = case((known == "", _new(known)), else_=known)
    values["state"] = case((has_ended, FeedState.ENDED.value), else_=table.state)
    values["told_at"] = case((has_ended, null()), else_=table.told_at)
    return update(_FEEDS).where(*_IS_AS_ASKED).values(values)


@cache
def _keep_success() -> Update:
    """The statement that keeps when a feed was last read well."""
    asked = _SOURCES.c.id == bindparam("feed"), _SOURCES.c.key == bindparam("asked_key")
    return update(_SOURCES).where(*asked)


def _new(column: Any) -> Any:
    return bindparam(f"new_{column.name}", type_=column.type)


def _feed(row: Any) -> Feed:
    """The feed of a row of ``_feeds``; by the columns' places, as their names take longer."""
    number, key, url, title, language, region, origin, state, listed, due_at, wait, *rest = row
    called = (number, key, url, title, language, region)
    interval = timedelta(seconds=wait)
    return Feed(*called, Origin(origin), FeedState(state), listed, due_at, interval, *rest)
