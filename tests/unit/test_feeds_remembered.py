"""The last versions of feeds, remembered: what of the next one need not be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.services.feeding.keeping import Kept
from bot.services.feeding.remembering import FeedVersion, Remembered
from bot.sources.feeds import Entry, FeedReading, read_feed
from storage.model import Feed, Telling
from tests.support.feeds import items, rss

URL = "https://a.example/rss"
FEED = Feed(7, URL, URL, digest="first")
FLOOD = Entry("a.example/flood", "", "https://a.example/flood", "River floods town")
VOTE = Entry("a.example/vote", "2", "https://a.example/vote", "Speaker elected")
FIRST = Remembered("first", 70, {FLOOD: 1, VOTE: 2})


def kept(most: int = 20) -> Kept[str]:
    """Keeps texts, each as many entries as it has letters."""
    return Kept(len, most)


def test_the_last_version_of_each_feed_is_kept() -> None:
    versions = kept()
    versions.keep(1, "a")
    versions.keep(2, "bb")
    versions.keep(1, "cc")
    assert [versions.of(feed) for feed in (1, 2, 3)] == ["cc", "bb", None]
    versions.keep(2, None)
    versions.forget(1)
    versions.forget(3)
    assert [versions.of(feed) for feed in (1, 2, 3)] == [None] * 3


def test_the_feeds_kept_the_longest_ago_make_room() -> None:
    versions = kept(most=5)
    versions.keep(1, "aa")
    versions.keep(2, "bbb")
    versions.keep(1, "aa")
    versions.keep(3, "cc")
    assert [versions.of(feed) for feed in (1, 2, 3)] == ["aa", None, "cc"]
    versions.keep(4, "too long")
    assert [versions.of(feed) for feed in (1, 2, 3, 4)] == [None] * 4
    versions.keep(1, "aaa")
    versions.keep(2, "bb")
    assert [versions.of(feed) for feed in (1, 2)] == ["aaa", "bb"]


def test_only_a_feed_that_is_as_it_was_left_is_remembered() -> None:
    assert FIRST.is_last_of(FEED)
    assert not FIRST.is_last_of(replace(FEED, digest="second"))  # another process has read it
    # A new feed with the number of one that is gone.
    assert not replace(FIRST, digest=None).is_last_of(replace(FEED, digest=None))


def test_only_entries_that_say_something_else_are_looked_at() -> None:
    reworded = replace(FLOOD, title="River floods two towns")
    reading = FeedReading(entries=(reworded, VOTE))
    taken = FeedVersion(replace(FEED, digest="second"), reading, Telling.PUSH, FIRST)
    assert taken.others == [(0, reworded)]
    assert taken.kept(70, {reworded: 1}) == Remembered("second", 70, {VOTE: 2, reworded: 1})


def test_links_that_count_readers_and_bylines_make_no_other_entries() -> None:
    def read(mark: str) -> FeedReading:
        marks = {
            "</link>": f"?utm_id={mark}</link>",
            "<pubDate>": f"<author>{mark}</author><pubDate>",
        }
        body = rss(*items(3)).decode()
        for old, new in marks.items():
            body = body.replace(old, new)
        return read_feed(
            body.encode(), URL, content_type=None, at=datetime(2017, 11, 24, tzinfo=UTC)
        )

    first, second = read("Ann"), read("Bob")
    assert [entry.author for entry in second.entries] == ["Bob"] * 3
    known = Remembered("first", 70, dict.fromkeys(first.entries, 1))
    assert FeedVersion(replace(FEED, digest="second"), second, Telling.PUSH, known).others == []


def test_of_a_feed_that_is_not_remembered_all_entries_are_looked_at() -> None:
    taken = FeedVersion(FEED, FeedReading(entries=(FLOOD, VOTE)), Telling.PUSH)
    assert taken.others == [(0, FLOOD), (1, VOTE)]
