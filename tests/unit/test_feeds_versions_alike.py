"""Any version of a feed reads after any other as it does by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAFeed
from bot.sources.feeds import LastVersion, ReadVersion, read_version
from tests.support.data import find_data
from tests.support.feed_versions import AT, END, ENDS, HEADS, ODD, PLAIN, feed, read
from tests.support.feeds import URL, hostile_bodies

_INSERTED = (
    "", "<", ">", "&", '"', "<!--", "-->", "<![CDATA[", "]]>", "</item>", "<item>", "<entry/>",
    "<?", "?>", "</title>", "<author>", "<image>", "<c>", "</c>", " xml:base='//['", "</channel>",
)  # fmt: skip

_entries = st.lists(
    st.tuples(st.sampled_from([*PLAIN * 4, *ODD]), st.integers(1, 28)).map(
        lambda pair: pair[0].replace("{n}", str(pair[1]))
    ),
    min_size=1,
    max_size=8,
    unique=True,
)
_change = st.tuples(st.floats(0, 1), st.integers(0, 20), st.sampled_from(_INSERTED))
_step = st.tuples(
    st.lists(st.integers(0, 7), max_size=8),  # the entries that are listed, of all that are
    st.booleans() | st.just(True),  # whether the head is the usual
    st.sampled_from([END] * 8 + list(ENDS)),
    st.lists(_change, max_size=1) | st.just([]),
    st.sampled_from([0, 0, 0, 4, -2]),  # days that pass
)


@settings(deadline=None)  # feeds of many entries take long where others work too
@given(
    _entries,
    st.sampled_from([*HEADS[:3] * 4, *HEADS]),
    st.sampled_from(HEADS),
    st.lists(_step, min_size=2, max_size=4),
)
def test_any_version_reads_as_it_does_afresh(
    entries: list[str], usual: str, other: str, steps: list[Any]
) -> None:
    known, at = None, AT
    for listed, is_usual, end, changes, days in steps:
        at += timedelta(days=days)
        shown = [entries[place] for place in listed if place < len(entries)]
        body = feed(*shown, head=usual if is_usual else other, end=end, date=f"{at:%c}")
        for where, length, inserted in changes:
            start = int(where * len(body))
            body = body[:start] + inserted.encode() + body[start + length :]
        now = read(body, known, at)
        known = now.known if now else known


@settings(deadline=None)
@given(_entries, st.sampled_from(HEADS[:3]), st.floats(0, 1))
def test_a_version_that_is_cut_off_and_whole_again(
    entries: list[str], head: str, cut: float
) -> None:
    whole = feed(*entries, head=head)
    first = read(whole)
    short = read(whole[: int(cut * len(whole))], first.known if first else None)
    read(whole, short.known if short else None)


@pytest.mark.parametrize("name", hostile_bodies(100))
def test_hostile_bodies_are_read_again(name: str) -> None:
    body = hostile_bodies(20_000)[name]
    now = read(body)
    if now is not None:
        read(body, now.known)


# Recorded feeds

_STARTS = re.compile(rb"<(?:item|entry)[\s>]")


def _less(body: bytes, first: int) -> bytes:
    """A feed without every second of its entries from the ``first`` on; the last stays."""
    starts = [match.start() for match in _STARTS.finditer(body)]
    for start, end in reversed(list(pairwise(starts))[first::2]):
        body = body[:start] + body[end:]
    return body


def test_recorded_feeds_read_after_another_version() -> None:
    data = find_data()
    if data is None or not (data / "feeds").is_dir():
        pytest.skip("the recorded feeds are not here: set DATELINE_DATA")
    files = sorted(path for path in (data / "feeds").rglob("*") if path.is_file())
    reused = sum(_again(path.read_bytes(), place) for place, path in enumerate(files))
    assert reused > 200


def _again(body: bytes, place: int) -> int:
    """How many other versions a feed was read after."""
    # Those of one entry are the most by far, and much like each other.
    if len(body) > 100_000 or (place % 8 and len(_STARTS.findall(body)) < 2):
        return 0
    now = read(body)
    if now is None:
        return 0
    shorter = {_less(body, 0), _less(body, 1)} - {body}
    known = [now.known, *(one.known for short in shorter if (one := _version(short)))]
    again = [_version(body, one) for one in known if one]
    assert all(one and one.reading == now.reading for one in again)
    return len(again)


def _version(body: bytes, known: LastVersion | None = None) -> ReadVersion | None:
    try:
        return read_version(body, URL, content_type=None, at=AT, known=known)
    except NotAFeed:
        return None
