"""Adding a feed, pausing, resuming and removing it: within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.services.managing.finding import Addresses, led_there, meant, nearest
from bot.services.managing.trusting import is_own
from bot.sources.opml import ListedFeed
from storage.database import Transaction
from storage.model import Feed, FeedState, Origin


class Change(StrEnum):
    """What an operator does with a feed."""

    PAUSE = "pause"
    RESUME = "resume"
    REMOVE = "remove"


class Added(StrEnum):
    """How a feed comes to be polled."""

    NEW = "new"
    BACK = "back"  # it had been removed, or its list does not name it any more
    KNOWN = "known"  # it is listed already


@dataclass(frozen=True)
class FeedAdded:
    """A feed is listed now, and how it came to be. ``described``: what the operator's words have
    changed of one that was listed already ("title", "language", "region"). ``led_from``: the
    address that was given, where redirects lead from it to that of a listed feed."""

    feed: Feed
    how: Added
    described: tuple[str, ...] = ()
    led_from: str = ""


@dataclass(frozen=True)
class Changed:
    """A feed as it is now. ``was``: its state before; where that is the same, nothing was
    to be done."""

    feed: Feed
    was: FeedState

    @property
    def is_new(self) -> bool:
        """Whether anything has changed."""
        return self.feed.state is not self.was


@dataclass(frozen=True)
class SeveralFeeds:
    """The feeds that may be meant."""

    which: str
    feeds: tuple[Feed, ...]


@dataclass(frozen=True)
class UnknownFeed:
    """No feed is called so; these are like it."""

    which: str
    nearest: tuple[Feed, ...]


@dataclass(frozen=True)
class Removed:
    """The feed that is meant is listed no more; adding it brings it back."""

    feed: Feed


ChangeAnswer = Changed | SeveralFeeds | UnknownFeed | Removed


def is_listed(feed: Feed) -> bool:
    """Whether a feed is there, as far as the operator sees: polled, paused or ended."""
    return feed.listed and feed.state is not FeedState.REMOVED


def first_state(given: ListedFeed) -> FeedState:
    """How a feed begins that a list or an operator names."""
    return FeedState.PAUSED if given.is_paused else FeedState.ACTIVE


def resumed(feed: Feed, due_at: datetime) -> Feed:
    """The feed polled from now on, as if it had never failed."""
    return replace(
        feed,
        state=FeedState.ACTIVE,
        due_at=due_at,
        failures=0,
        failing_since=None,
        failure="",
        told_at=None,
    )


def changed(feed: Feed, change: Change, now: datetime) -> Feed:
    """The feed after a change; the same where there is nothing to do."""
    match change, feed.state:
        case Change.PAUSE, FeedState.ACTIVE:
            return replace(feed, state=FeedState.PAUSED)
        case Change.RESUME, FeedState.PAUSED | FeedState.ENDED:
            return resumed(feed, now)
        case Change.REMOVE, _:
            return replace(feed, state=FeedState.REMOVED)
    return feed


async def add_feed(
    tx: Transaction,
    given: ListedFeed,
    due_at: datetime,
    origin: Origin = Origin.ADDED,
    *,
    led_to: Iterable[str] = (),
) -> FeedAdded:
    """List a feed by the operator's own word (``ADDED``), or by that of a ``CHAT``, whatever
    became of it before. A paused one stays paused; one of a list stays without that list if
    the operator adds it too. Where redirects have ``led_to`` the address of a listed one, it is
    that one, which stays as it is."""
    await tx.locks.feeds()
    if there := led_there(filter(is_listed, await tx.feeds.all()), given.url, led_to):
        return FeedAdded(there, Added.KNOWN, led_from=given.url)
    (added,) = await add_feeds(tx, [(given, due_at)], origin)
    return added


async def add_feeds(
    tx: Transaction, given: Iterable[tuple[ListedFeed, datetime]], origin: Origin = Origin.ADDED
) -> list[FeedAdded]:
    """List several feeds so, each with the time when it is due, reading once what is known."""
    await tx.locks.feeds()
    known = Addresses(await tx.feeds.all())
    done = []
    for listed, due_at in given:
        added = await _add(tx, known.at(listed.url), listed, due_at, origin)
        known.keep(added.feed)
        done.append(added)
    return done


async def _add(
    tx: Transaction, known: Feed | None, given: ListedFeed, due_at: datetime, origin: Origin
) -> FeedAdded:
    if known is None:
        feed = Feed(
            id=0,
            key=given.url,
            url=given.url,
            title=given.title,
            language=given.language,
            region=given.region,
            origin=origin,
            state=first_state(given),
            due_at=due_at,
        )
        return FeedAdded(await tx.feeds.add(feed), Added.NEW)
    if is_listed(known):
        if origin is Origin.ADDED:
            known = await _made_own(tx, known, given.url, due_at)
        return FeedAdded(known, Added.KNOWN)
    back = replace(
        resumed(known, due_at),
        listed=True,
        origin=origin,
        state=first_state(given),
        title=given.title or known.title,
        language=given.language or known.language,
        region=given.region or known.region,
    )
    await tx.feeds.manage(known, back)
    if origin is Origin.ADDED:
        back = await _made_own(tx, back, given.url, due_at)
    return FeedAdded(back, Added.BACK)


async def _made_own(tx: Transaction, feed: Feed, url: str, due_at: datetime) -> Feed:
    """A feed at the address that the operator names, which may so be a private one; where that
    is what it had, only less safe, it stays; so does that of a list, which would list it twice."""
    if feed.origin is Origin.LIST:
        own = replace(feed, origin=Origin.ADDED)
        await tx.feeds.manage(feed, own)
        return own
    is_less_safe = feed.url.startswith("https:") and not url.startswith("https:")
    if is_own(feed, url, own_list=False) or (is_less_safe and feed.origin is Origin.ADDED):
        return feed
    own = replace(feed, origin=Origin.ADDED, key=url, url=url, due_at=due_at)
    await tx.feeds.manage(feed, own)
    return own


async def describe(tx: Transaction, added: FeedAdded, typed: ListedFeed) -> FeedAdded:
    """The feed with title, language and region as the operator has ``typed`` them, if so."""
    said = {"title": typed.title, "language": typed.language, "region": typed.region}
    new = {name: text for name, text in said.items() if text and text != getattr(added.feed, name)}
    feed = replace(
        added.feed,
        title=typed.title or added.feed.title,
        language=typed.language or added.feed.language,
        region=typed.region or added.feed.region,
    )
    await tx.feeds.manage(added.feed, feed)
    return replace(added, feed=feed, described=tuple(new))


async def change_feed(tx: Transaction, which: str, change: Change, now: datetime) -> ChangeAnswer:
    """Change the feed that is clearly meant, or say which may be."""
    await tx.locks.feeds()
    found = await find_feed(tx, which)
    if not isinstance(found, Feed):
        return found
    after = changed(found, change, now)
    if after != found:
        await tx.feeds.manage(found, after)
    return Changed(after, found.state)


async def find_feed(tx: Transaction, which: str) -> Feed | SeveralFeeds | UnknownFeed | Removed:
    """The listed feed that is clearly meant, or which may be."""
    feeds = await tx.feeds.all()
    listed = [each for each in feeds if is_listed(each)]
    return _one(which, meant(listed, which)) or _gone(feeds, which, listed)


def _one(which: str, found: Sequence[Feed]) -> Feed | SeveralFeeds | None:
    if not found:
        return None
    return found[0] if len(found) == 1 else SeveralFeeds(which, tuple(found))


def _gone(feeds: Sequence[Feed], which: str, listed: Sequence[Feed]) -> UnknownFeed | Removed:
    removed = meant([each for each in feeds if not is_listed(each)], which)
    return Removed(removed[0]) if len(removed) == 1 else UnknownFeed(which, nearest(listed, which))
