"""An operator who talks with the bot about sources, and the publishers that it then asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio

from bot.errors import NotAFeed, SourceUnreachable
from bot.services.managing import Managing, Seen
from bot.sources.feeds import read_feed
from bot.sources.opml import ListedFeed
from storage.database import Database
from storage.model import Feed
from tests.support.bot_api import Schema, violations
from tests.support.data import find_data
from tests.support.feeds import items, rss
from tests.support.story import NOON
from tests.support.talk import Talk, talking

OPERATOR = "@ada_runs_it"
EXAMPLE = "https://example.org/feed.xml"
NEW, PAGE, AWAY, SLOW = (f"https://{name}.example/rss" for name in ("new", "page", "away", "slow"))
BODY = rss(*items(2), head="<title>New Wire</title><language>pt-br</language>")


@dataclass
class Publishers:
    """What is read at addresses; ``asked`` are those that were asked, ``led_to`` where from one
    of them redirects have led."""

    asked: list[str] = field(default_factory=list)
    led_to: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def __call__(self, url: str) -> Seen:
        self.asked.append(url)
        if url == SLOW:
            raise TimeoutError
        if url == PAGE:
            raise NotAFeed("a web page", (f"{PAGE}/a.xml", f"{PAGE}/b.xml"))
        if url == AWAY:
            raise SourceUnreachable("no connection to away.example")
        reading = read_feed(BODY, url, content_type="application/rss+xml", at=NOON)
        return Seen(url, reading, self.led_to.get(url, ()))


@pytest.fixture
def publishers() -> Publishers:
    return Publishers()


@pytest_asyncio.fixture
async def talk(database: Database, publishers: Publishers) -> AsyncIterator[Talk]:
    """The reader is the operator, known by name."""
    async with talking(database, operators=frozenset({OPERATOR}), look=publishers) as one:
        one.reader = one.world.add_user("Ada", username=OPERATOR.removeprefix("@"))
        yield one
        assert [c for c in one.world.calls if not c.ok] == []
        if find_data():
            assert violations(one.world.calls, Schema.load()) == []


async def feeds_of(database: Database) -> list[Feed]:
    return await Managing(database, lambda: NOON).listed(everything=True)


async def keep(database: Database, count: int = 2) -> list[Feed]:
    """So many feeds: Feed 1, Feed 2, …"""
    managing = Managing(database, lambda: NOON)
    for n in range(1, count + 1):
        await managing.add(ListedFeed(f"https://f{n}.example/rss", f"Feed {n}", "en"))
    return await feeds_of(database)


async def poll(database: Database, feed: Feed, **outcome: object) -> None:
    async with database.transaction() as tx:
        await tx.feeds.save([replace(feed, **outcome)])  # type: ignore[arg-type]
