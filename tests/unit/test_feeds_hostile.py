"""Feeds that are broken, cut off or made to hurt: read or refused, never raising."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAFeed
from bot.sources.feeds import FeedReading, read_feed
from bot.sources.feeds.entries import MAX_ENTRIES
from tests.support.data import find_data
from tests.support.expected import agreements
from tests.support.feeds import URL, hostile_bodies

_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
_AT = datetime(2017, 11, 24, tzinfo=UTC)
_GOLDEN = {
    path.stem: path.read_bytes() for path in (Path(__file__).parent / "golden/feeds").glob("*.feed")
}


def _checked(body: bytes, content_type: str | None = None) -> FeedReading | None:
    """What is read, if it is a feed: no unsafe text, and nothing beyond its bounds."""
    try:
        reading = read_feed(body, URL, content_type=content_type, at=_AT)
    except NotAFeed as refusal:
        assert str(refusal)
        return None
    assert len(reading.entries) <= MAX_ENTRIES
    assert len({(entry.key, entry.title) for entry in reading.entries}) == len(reading.entries)
    for entry in reading.entries:
        assert entry.title
        assert entry.key
        assert len(entry.title) <= 300
        assert len(entry.summary) <= 1000
        assert entry.at is None or entry.at.tzinfo is UTC
        for link in filter(None, (entry.url, entry.picture)):
            assert link.startswith(("http://", "https://"))
        for text in (entry.title, entry.summary, entry.author, entry.guid):
            assert not {unicodedata.category(character) for character in text} & _UNSAFE
    return reading


@pytest.mark.parametrize("name", hostile_bodies(100))
def test_hostile_bodies_are_survived(name: str) -> None:
    _checked(hostile_bodies(60_000)[name])


def test_laughs_are_not_heard() -> None:
    reading = _checked(hostile_bodies(60_000)["billion laughs"])
    assert reading is not None
    assert reading.entries[0].title == "Laugh &e29;"


@given(st.sampled_from(sorted(_GOLDEN)), st.data())
def test_feeds_cut_at_any_byte(name: str, data: st.DataObject) -> None:
    body = _GOLDEN[name]
    whole = _checked(body)
    assert whole is not None
    cut = _checked(body[: data.draw(st.integers(0, len(body)))])
    if cut is not None:
        links = {entry.url for entry in whole.entries}
        assert {entry.url for entry in cut.entries} <= links, "no entry with half a link"


@given(
    st.sampled_from(sorted(_GOLDEN)),
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 40),
            st.sampled_from(
                [b"", b"<", b">", b"&", b'"', b"<!--", b"<![CDATA[", b"]]>", b"</item>", b"<item>",
                 b"<entry/>", b"</title>", b"\xff", b"\x00", b"&#0;", b"&#xD800;", b"xmlns:a=''",
                 b"<a:b>", b"<author>", b"<image>", b"<media:content url='x'>", b" xml:base='//['",
                 b"<link href='http://[/'/>", b"<!DOCTYPE x [", b"<source>", b"<textinput>"]
            ),
        ),
        max_size=6,
    ),
)  # fmt: skip
def test_mutated_feeds(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    body = _GOLDEN[name]
    for where, length, inserted in changes:
        start = int(where * len(body))
        body = body[:start] + inserted + body[start + length :]
    _checked(body)


@given(
    st.binary() | st.binary().map(b"<rss><item><title>".__add__), st.none() | st.text(max_size=40)
)
def test_random_bytes(body: bytes, content_type: str | None) -> None:
    _checked(body, content_type)


def _recorded() -> list[Path]:
    data = find_data()
    if data is None or not (data / "feeds").is_dir():
        pytest.skip("the recorded feeds are not here: set DATELINE_DATA")
    return sorted(path for path in (data / "feeds").rglob("*") if path.is_file())


def test_every_recorded_feed_is_read_or_refused() -> None:
    readings = [_checked(path.read_bytes()) for path in _recorded()]
    read = [reading for reading in readings if reading]
    assert len(read) > 2200
    assert sum(len(reading.entries) for reading in read) > 1200


def test_recorded_feeds_read_as_their_suites_expect() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    found = [one for path in _recorded() for one in agreements(path, at)]
    assert len(found) > 1200
    assert sum(one.agrees for one in found) > 0.97 * len(found)
