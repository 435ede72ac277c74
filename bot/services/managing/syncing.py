"""Bringing a list of feeds into the database: within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.feed_addresses import feed_key
from bot.core.intervals import FIRST
from bot.services.managing.changing import first_state, resumed
from bot.sources.opml import ListedFeed
from storage.database import Transaction
from storage.model import Feed, FeedState, Origin

APART = timedelta(seconds=10)  # the first polls of feeds that are listed together


@dataclass(frozen=True)
class Synced:
    """How many feeds of a list are new or back, and changed, and how many are not named by
    it any more."""

    added: int = 0
    updated: int = 0
    dropped: int = 0


async def sync_feeds(tx: Transaction, listed: Sequence[ListedFeed], now: datetime) -> Synced:
    """Let the feeds that come from lists be those of this one.

    What the operator has added, paused or removed stays so. New ones are due from ``now`` on,
    spread over their first interval at most.
    """
    await tx.locks.feeds()
    known = await tx.feeds.all()
    before = {feed.id: feed for feed in known}
    new, changes = _decided(known, listed)
    spread = spread_over(now, len(new))
    for feed, due_at in zip(new, spread, strict=True):
        if feed.id:
            after = resumed(feed, due_at) if _begins_anew(feed) else feed
            await tx.feeds.manage(before[feed.id], after)
        else:
            await tx.feeds.add(replace(feed, due_at=due_at))
    for feed in changes:
        await tx.feeds.manage(before[feed.id], feed)
    dropped = sum(not feed.listed for feed in changes)
    return Synced(len(new), len(changes) - dropped, dropped)


def spread_over(now: datetime, count: int) -> list[datetime]:
    """As many times from ``now`` on, a while apart: in a long list less, so that all are within
    a feed's first interval."""
    return [now + min(APART, FIRST / count) * number for number in range(count)]


def _decided(known: Sequence[Feed], listed: Sequence[ListedFeed]) -> tuple[list[Feed], list[Feed]]:
    """The feeds that are new (their id is 0) or back, and those that change otherwise."""
    by_key = {feed_key(feed.url): feed for feed in known}
    by_key |= {feed_key(feed.key): feed for feed in known}  # its own, whoever has moved there
    new, changes, named = [], [], set()
    for key, given in _once(listed).items():
        feed = by_key.get(key)
        if feed is None:
            new.append(_made(given))
        elif feed.origin is Origin.LIST:
            named.add(feed.id)
            after = _as_listed(feed, given)
            if after.listed and not feed.listed and feed.state is not FeedState.REMOVED:
                new.append(after)
            elif after != feed:
                changes.append(after)
    gone = (each for each in known if each.origin is Origin.LIST and each.id not in named)
    return new, [*changes, *(replace(each, listed=False) for each in gone if each.listed)]


def _once(listed: Sequence[ListedFeed]) -> dict[str, ListedFeed]:
    """What is listed by its key, the first of each."""
    first: dict[str, ListedFeed] = {}
    for given in listed:
        first.setdefault(feed_key(given.url), given)
    return first


def _made(given: ListedFeed) -> Feed:
    return Feed(
        id=0,
        key=given.url,
        url=given.url,
        title=given.title,
        language=given.language,
        region=given.region,
        state=first_state(given),
    )


def _as_listed(feed: Feed, given: ListedFeed) -> Feed:
    """The feed as its list has it now. Where the list has another address for it than before,
    that counts, wherever the feed had moved."""
    after = replace(
        feed,
        listed=True,
        title=given.title or feed.title,
        language=given.language or feed.language,
        region=given.region or feed.region,
    )
    has_moved = feed_key(feed.key) != feed_key(given.url)
    if feed.key == given.url or has_moved:
        return after
    return replace(after, key=given.url, url=given.url)


def _begins_anew(feed: Feed) -> bool:
    """Whether a feed that is back is polled again: all but what the operator has paused."""
    return feed.state is not FeedState.PAUSED
