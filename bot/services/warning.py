"""Telling the operator's chats of sources that fail, end, or are back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.managing.operators import Operators
from storage.database import Database, Transaction
from storage.model import Call, Chat, Feed, FeedState

PATIENCE = timedelta(days=1)

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class News:
    """What is to be told of sources: which have failed for a day, which have ended, and which
    of those told of can be read again."""

    failing: tuple[Feed, ...] = ()
    ended: tuple[Feed, ...] = ()
    back: tuple[Feed, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.failing or self.ended or self.back)


# The message that tells a chat, in its language.
NewsView = Callable[[Chat, News], Call]


class Warner:
    """Tells of each failure once, and of its end. ``clock`` gives the time in UTC."""

    def __init__(
        self,
        database: Database,
        operators: Operators,
        view: NewsView,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._operators = operators
        self._view = view
        self._clock = clock

    async def tick(self) -> None:
        """Queue what is to be told by now; that it was told commits with it."""
        now = self._clock()
        async with self._database.reading() as tx:
            if not news_of(await tx.feeds.all(), now):
                return
        async with self._database.transaction() as tx:
            await tx.locks.feeds()
            await self._tell(tx, news_of(await tx.feeds.all(), now), now)

    async def _tell(self, tx: Transaction, news: News, now: datetime) -> None:
        """Tell all chats that can be reached; where none of those listed can be yet, it waits
        for one."""
        chats = await self._operators.chats(tx, now)
        if not news or (self._operators and not chats):
            return
        for chat in chats:
            await tx.outbox.reply(chat.id, [self._view(chat, news)], now)
        for feed in news.failing:
            reason = feed.failure
            _logger.warning("source %d (%s) has failed for a day: %s", feed.id, feed.url, reason)
        for feed in (*news.failing, *news.ended):
            await tx.feeds.tell(feed.id, now)
        for feed in news.back:
            _logger.info("source %d (%s) can be read again", feed.id, feed.url)
            await tx.feeds.tell(feed.id, None)


def news_of(feeds: Sequence[Feed], now: datetime) -> News:
    """What is to be told of the feeds that are listed."""
    listed = [each for each in feeds if each.listed]
    return News(
        tuple(each for each in listed if _fails(each, now)),
        tuple(each for each in listed if each.state is FeedState.ENDED and each.told_at is None),
        tuple(filter(_is_back, listed)),
    )


def _fails(feed: Feed, now: datetime) -> bool:
    since = feed.failing_since
    is_due = since is not None and now - since >= PATIENCE
    return feed.state is FeedState.ACTIVE and feed.told_at is None and is_due


def _is_back(feed: Feed) -> bool:
    """Whether it has been read well since it was told of."""
    if feed.state is not FeedState.ACTIVE or feed.failing_since is not None:
        return False
    read, told = feed.last_success_at, feed.told_at
    return read is not None and told is not None and read > told
