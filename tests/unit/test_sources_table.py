"""The table of ``dateline sources list``: what each column says, and that all fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rich.cells import cell_len

from bot.app.sources.listing import span, summary, table
from storage.model import Feed, FeedState

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
A = "https://a.example/rss"


def one(**how: object) -> Feed:
    return Feed(7, A, A, **how)  # type: ignore[arg-type]


def test_a_failure_is_told_below_its_feed_and_nothing_is_wider_than_asked() -> None:
    feeds = [
        one(title="世界新闻" * 9, language="zh", last_success_at=NOW - timedelta(minutes=12)),
        one(title="A\x1b[31m\nB", failing_since=NOW, failure="no answer\x1b " + "y" * 99),
        one(state=FeedState.ENDED, failure="status 410", due_at=NOW),
        one(listed=False, due_at=NOW + timedelta(hours=3)),
    ]
    lines = [line.plain for line in table(feeds, NOW, 80)]
    assert max(map(cell_len, lines)) <= 80
    assert lines[1].startswith("   7  active    世界新闻世界新闻世界新闻世…  ")
    assert "12 min ago" in lines[1]
    assert lines[2].startswith("   7  failing   A[31m B ")
    assert lines[3].startswith("      no answer yyy")
    assert lines[3].endswith("…")
    assert lines[5] == "      status 410"
    assert lines[6].startswith("   7  unlisted  a.example/rss ")
    assert summary(feeds) == "4 feeds: 1 active, 1 failing, 1 ended, 1 unlisted."


def test_feeds_of_one_title_are_told_apart_by_their_addresses() -> None:
    here, there = "https://a.example/here", "https://a.example/there"
    feeds = [Feed(1, here, here, "News"), Feed(2, there, there, "News"), Feed(3, A, A, "Alpha")]
    lines = [line.plain for line in table(feeds, NOW, 80)]
    assert [each for each in lines if "example" in each] == [f"      {here}", f"      {there}"]
    assert len(lines) == 6


def test_a_feed_that_fails_is_read_when_next_says() -> None:
    feeds = [one(title="Alpha", failing_since=NOW, due_at=NOW + timedelta(minutes=28))]
    (line,) = [each.plain for each in table(feeds, NOW, 80) if "Alpha" in each.plain]
    assert line.endswith("in 28 min  –")


def test_spans_are_short() -> None:
    spans = [timedelta(seconds=-5), timedelta(seconds=59), timedelta(seconds=99),
             timedelta(minutes=100), timedelta(hours=47), timedelta(days=400),
             timedelta(minutes=60), timedelta(minutes=90)]  # fmt: skip
    assert [span(each) for each in spans] == ["0 s", "59 s", "1 min", "1 h", "47 h", "400 d",
                                              "1 h", "90 min"]  # fmt: skip
