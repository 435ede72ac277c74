"""One event, whom it is due to, and who has had it."""

from __future__ import annotations

from storage.database import Database
from tests.support.portal import Portal, follow
from tests.support.post import Post
from tests.support.story import account

READER = 7
FLOOD = account("2017-11-23", "A flood reaches [[Springfield]].")
REWORDED = account("2017-11-23", "A flood reaches [[Springfield]] by night.")


async def due(database: Database, reader: int = READER) -> Portal:
    """A portal with an event that is due to a reader."""
    await follow(database, reader, "Springfield")
    portal = Portal(database)
    await portal.stand(0, FLOOD)
    return portal


async def told(database: Database, post: Post, reader: int = READER) -> Portal:
    """A portal with an event that a reader has had."""
    portal = await due(database, reader)
    await post.work()
    assert post.telegram.texts(reader) == [FLOOD.text]
    return portal


async def at(post: Post, portal: Portal, minute: float) -> None:
    """Send all that is due at a minute."""
    post.clock.now = portal.at(minute)
    await post.work()
