"""Which feed is meant: by its number, its address, or words of its title. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from bot.core.choosing import NEAR
from bot.core.feed_addresses import feed_address, feed_key
from bot.core.names import fold, words_of
from bot.sources.texts import one_line
from storage.model import Feed

MOST_NEAR = 3
LEAST = 3  # letters of the beginning of a word


class Addresses:
    """Feeds by the addresses that they were listed with, and those that they have moved to."""

    def __init__(self, feeds: Iterable[Feed]) -> None:
        self._feeds: dict[int, Feed] = {}
        self._named: defaultdict[str, dict[int, Feed]] = defaultdict(dict)
        self._there: defaultdict[str, dict[int, Feed]] = defaultdict(dict)
        for feed in feeds:
            self.keep(feed)

    def keep(self, feed: Feed) -> None:
        """Know a feed as it is now."""
        if before := self._feeds.get(feed.id):
            del self._named[_key(before.key)][before.id]
            del self._there[_key(before.url)][before.id]
        self._feeds[feed.id] = feed
        self._named[_key(feed.key)][feed.id] = feed
        self._there[_key(feed.url)][feed.id] = feed

    def at(self, url: str) -> Feed | None:
        """The oldest feed that was listed with this address, else of those that moved there."""
        key = _key(url)
        # Where one has moved to another's address, that other is meant.
        found = self._named.get(key) or self._there.get(key)
        return found[min(found)] if found else None


@lru_cache(maxsize=1 << 15)  # a long list is imported in parts, each of which asks for all
def _key(url: str) -> str:
    return feed_key(url)


def by_address(feeds: Iterable[Feed], url: str) -> Feed | None:
    """The feed that was listed with this address, or has moved there."""
    return Addresses(feeds).at(url)


def led_there(feeds: Iterable[Feed], url: str, led_to: Iterable[str]) -> Feed | None:
    """The feed at the first of the addresses to which redirects have led from ``url``, where none
    is at that itself."""
    known = Addresses(feeds)
    return None if known.at(url) else next(filter(None, map(known.at, led_to)), None)


def meant(feeds: Sequence[Feed], which: str) -> list[Feed]:
    """The feeds that ``which`` may mean: one where it is clear, none where it fits none."""
    if which.isascii() and which.isdigit():
        return [each for each in feeds if str(each.id) == which.lstrip("0")]
    if feed_address(which):
        found = by_address(feeds, which)
        return [found] if found else []
    return _by_title(feeds, fold(which)) if _has_letters(which) else []


def nearest(feeds: Sequence[Feed], which: str) -> tuple[Feed, ...]:
    """Those whose titles are most like it."""
    if not _has_letters(which):
        return ()
    titles = {each.id: fold(each.title) for each in feeds}
    found = process.extract(
        fold(which), titles, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=MOST_NEAR
    )
    by_id = {each.id: each for each in feeds}
    return tuple(by_id[number] for _, _, number in found)


def name_of(feed: Feed) -> str:
    """What a feed is called: its title, else its address as people know it, with its path: a
    host may have several."""
    return one_line(feed.title) or _address(feed)


def _address(feed: Feed) -> str:
    return feed.url.partition("://")[2].removeprefix("www.").rstrip("/") or feed.url


def _host(feed: Feed) -> str:
    return (urlsplit(feed.url).hostname or feed.url).removeprefix("www.")


def _has_letters(text: str) -> bool:
    """Whether it may be of a title: a mistyped number is none."""
    return any(map(str.isalpha, text))


def _by_title(feeds: Sequence[Feed], typed: str) -> list[Feed]:
    if not typed:
        return []
    exact = [each for each in feeds if fold(each.title) == typed]
    return exact or [each for each in feeds if _is_called(each, typed.split())]


def _is_called(feed: Feed, typed: Sequence[str]) -> bool:
    """Whether all these words are of its title and host, and not all the host's last part."""
    host = words_of(_host(feed))
    naming = [*words_of(feed.title), *host[:-1]]
    by_name = [any(_begins(word, each) for each in naming) for word in typed]
    return any(by_name) and all(
        named or word in host for named, word in zip(by_name, typed, strict=True)
    )


def _begins(typed: str, word: str) -> bool:
    """Whether it is this word, or enough of its beginning."""
    return typed == word or (len(typed) >= LEAST and word.startswith(typed))
