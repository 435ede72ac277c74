"""Publishers whose feeds a test writes, and the polling of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from bot.errors import SourceError
from bot.services.feeding import Feeding
from bot.services.feeding.polling import ROUND_SECONDS
from bot.services.joining import Joining
from bot.sources.http import Response, Validators
from storage.database import Database
from storage.model import Event, Feed
from tests.support.feeds import rss
from tests.support.portal import events_of

START = datetime(2017, 11, 23, 12, tzinfo=UTC)
RSS = "application/rss+xml"


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a feed; by default its GUID is its link."""

    title: str
    link: str
    summary: str = ""
    at: datetime = START
    guid: str = ""

    @property
    def item(self) -> str:
        """The entry as RSS."""
        return (
            f"<item><title>{escape(self.title)}</title><link>{escape(self.link)}</link>"
            f"<guid>{escape(self.guid or self.link)}</guid>"
            f"<description>{escape(self.summary)}</description>"
            f"<pubDate>{format_datetime(self.at)}</pubDate></item>"
        )


@dataclass
class PolledFeeds:
    """Feeds by address, answered as a good server does: with an ETag, and "not modified" to
    whoever has it. ``asked`` are the addresses asked for, with the ETag that came along."""

    database: Database
    feeds: dict[str, bytes | SourceError] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    joining: Joining = field(default_factory=Joining)
    now: datetime = START
    share: float = 0.0
    patience: float = ROUND_SECONDS
    fresh_for: timedelta | None = None  # what its servers say of how long nothing will change

    def __post_init__(self) -> None:
        self.feeding = self.new_process()

    def new_process(self, holder: str = "here") -> Feeding:
        """Another process (or the same after a restart) that polls."""
        return Feeding(
            self.database,
            self.joining,
            self.ask,
            clock=lambda: self.now,
            holder=holder,
            share=lambda: self.share,
            patience=self.patience,
        )

    async def ask(self, url: str, *, validators: Validators) -> Response:
        """What the server of ``url`` answers."""
        self.asked.append((url, validators.etag))
        target = self.moved.get(url, url)
        body = self.feeds[target]
        if isinstance(body, SourceError):
            raise body
        etag = f'"{hash(body)}"'
        given = Validators(etag=etag)
        moved_to = target if target != url else None
        if validators.etag == etag:
            return Response(304, target, {}, b"", given, moved_to, self.fresh_for)
        return Response(200, target, {"content-type": RSS}, body, given, moved_to, self.fresh_for)

    async def add(self, url: str, *stories: FeedEntry, title: str = "", due: bool = True) -> Feed:
        """List a feed with these entries; its first poll is due."""
        self.publish(url, *stories)
        async with self.database.transaction() as tx:
            feed = Feed(0, url, url, title=title, due_at=self.now if due else None)
            return await tx.feeds.add(feed)

    def publish(self, url: str, *stories: FeedEntry) -> None:
        """Let a feed have these entries and no others."""
        self.feeds[url] = rss(*(story.item for story in stories))

    async def poll(self, minutes: float = 0) -> list[int]:
        """Let so many minutes pass, and ask all feeds, due or not."""
        self.now += timedelta(minutes=minutes)
        async with self.database.transaction() as tx:
            for feed in await tx.feeds.all():
                await tx.feeds.manage(feed, _due(feed, self.now))
        return await self.feeding.poll()

    async def poll_due(self, minutes: float = 0) -> list[int]:
        """Let so many minutes pass, and ask the feeds that are due."""
        self.now += timedelta(minutes=minutes)
        return await self.feeding.poll()

    async def feed(self, feed_id: int) -> Feed:
        """A feed as it is kept."""
        async with self.database.reading() as tx:
            return next(each for each in await tx.feeds.all() if each.id == feed_id)

    async def events(self) -> Sequence[Event]:
        """What readers see of the day."""
        return await events_of(self.database, START.date())


def _due(feed: Feed, now: datetime) -> Feed:
    return replace(feed, due_at=now) if feed.due_at else feed
