"""Feeds read version after version: what is reused tells exactly what reading anew would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.sources.feeds import LastVersion, read_version
from bot.sources.feeds.parsing import parse_xml
from tests.support.feed_versions import AT, ENDS, HEADS, ODD, PLAIN, feed, filled, read
from tests.support.feeds import ITEM, URL, rss


class CountingParser:
    """Parses as usual, and counts the entries that it is given."""

    def __init__(self) -> None:
        self.entries = 0

    def __call__(self, xml: str, base: str) -> Mapping[str, Any]:
        parsed = parse_xml(xml, base)
        self.entries += len(parsed["entries"])
        return parsed


def _known(body: bytes, at: datetime = AT) -> LastVersion:
    now = read(body, at=at)
    assert now is not None
    assert now.known is not None
    return now.known


def _parsed(body: bytes, known: LastVersion | None) -> int:
    """How many entries are parsed to read a body."""
    parser = CountingParser()
    read_version(body, URL, content_type=None, at=AT, known=known, parse=parser)
    return parser.entries


# What is reused


def test_only_new_entries_are_parsed() -> None:
    one, two, three, four = filled(PLAIN[:4])
    known = _known(feed(one, two, three))
    assert _parsed(feed(four, one, two, three), None) == 4
    assert _parsed(feed(four, one, two, three), known) == 1
    assert _parsed(feed(four, one, two.replace("Thing", "Nothing")), known) == 2
    assert _parsed(feed(three, one), known) == 0


def test_a_feed_made_anew_at_another_time_is_the_same() -> None:
    one, two = filled(PLAIN[:2])
    for head in HEADS[:3]:
        before = _known(feed(one, head=head, date="Thu, 23 Nov 2017 10:00:00 GMT"))
        now = feed(two, one, head=head, date="2017-11-23T11:00:00+00:00")
        assert _parsed(now, before) == 1
        assert read(now, before) is not None


def test_any_sound_entries_are_reused() -> None:
    entries = filled(PLAIN)
    for head in HEADS[:3]:
        known = _known(feed(*entries[1:], head=head))
        assert _parsed(feed(*entries, head=head), known) == 1
        assert read(feed(*entries, head=head), known) is not None


@pytest.mark.parametrize("end", [ENDS[0], ENDS[2], ENDS[3]], ids=["usual", "none", "comment"])
def test_a_feeds_end_is_nothing_that_is_read(end: str) -> None:
    one, two = filled(PLAIN[:2])
    assert _parsed(feed(one, two, end=end), _known(feed(two))) == 1


def test_an_entry_that_reads_alike_is_the_same_object() -> None:
    entries = filled(PLAIN)
    before = read(feed(*entries))
    assert before is not None
    again = read(feed(ITEM.format(n=99), *entries), before.known)
    assert again is not None
    assert len(again.reading.entries) == len(before.reading.entries) + 1
    pairs = zip(before.reading.entries, again.reading.entries[1:], strict=True)
    assert all(old is new for old, new in pairs)


def test_entries_that_share_a_link_stay_apart() -> None:
    live = "<item><title>Live {n}</title><link>https://example.org/l</link><guid>{n}</guid></item>"
    one, two, three = filled([live] * 3)
    before = read(feed(one, two))
    assert before is not None
    now = read(feed(three, one, two), before.known)
    assert now is not None
    assert [entry.key for entry in now.reading.entries] == ["3", "1", "2"]
    assert now.reading.entries[1] == before.reading.entries[0]


def test_a_time_that_has_come_counts() -> None:
    body = feed(PLAIN[4].replace("{n}", "28"), PLAIN[4].replace("{n}", "20"))
    now = read(body)
    assert now is not None
    assert [entry.at is None for entry in now.reading.entries] == [True, False]
    assert len(now.reading.dropped) == 1
    later = read(body, now.known, AT + timedelta(days=5))
    assert later is not None
    assert later.reading.dropped == ()
    assert read(body, later.known) is not None


def test_a_time_is_yet_to_come_where_the_clock_was_set_back() -> None:
    body = feed(PLAIN[4].replace("{n}", "24"), PLAIN[4].replace("{n}", "10"))
    now = read(body)
    assert now is not None
    earlier = read(body, now.known, AT - timedelta(days=5))
    assert earlier is not None
    assert [entry.at is None for entry in earlier.reading.entries] == [True, False]
    again = read(body, earlier.known)
    assert again is not None
    assert again.reading == now.reading


# What is not


@pytest.mark.parametrize("head", HEADS[3:])
@pytest.mark.parametrize("other", [*HEADS[4:6], HEADS[0].replace("www.", "other.")])
def test_another_head_makes_another_feed(head: str, other: str) -> None:
    entries = filled(PLAIN)
    now = read(feed(*entries, head=head))
    if now is not None:
        read(feed(*entries, head=other), now.known)
        read(feed(*entries, head=head, date="x"), now.known)


def test_another_address_makes_another_feed() -> None:
    body = feed(*filled(PLAIN), head=HEADS[4])
    other = read(body, _known(body), url="https://other.example.org/rss")
    assert other is not None
    assert any((entry.url or "").startswith("https://other") for entry in other.reading.entries)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("head", [HEADS[0], HEADS[2]], ids=["RSS", "Atom"])
def test_an_odd_entry_comes_stays_and_goes(odd: str, head: str) -> None:
    plain, [touched] = filled(PLAIN[:2]), filled([odd], 9)
    known = _known(feed(*plain, head=head))
    first = read(feed(touched, *plain, head=head), known)
    assert first is not None
    for before in (known, first.known):
        read(feed(*plain[:1], touched, *plain[1:], head=head), before)
        read(feed(*plain, touched, head=head), before)
        read(feed(*plain, head=head), before)


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_of_a_feed_with_an_odd_entry_nothing_is_known(odd: str) -> None:
    plain, [touched] = filled(PLAIN[:2]), filled([odd], 9)
    for head in (HEADS[0], HEADS[2]):
        now = read(feed(plain[0], touched, plain[1], head=head))
        assert now is not None
        assert now.known is None


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_entry_comes_last_before_any_end(odd: str) -> None:
    plain, [touched] = filled(PLAIN[:1]), filled([odd], 9)
    known = _known(feed(*plain))
    for end in ENDS[1:]:
        now = read(feed(*plain, touched, end=end), known)
        read(feed(touched, *plain), now.known if now else known)


_SUMMED = (
    "<item><title>T{n}</title><description>D</description><content>C</content>"
    "<summary>S</summary></item>"
)
_TWICE = "<item><title>T{n}</title><summary>S</summary><description>D</description></item>"
_MEDIA = "<item><title>M{n}</title><media:thumbnail xmlns:media='{uri}' url='/{n}.png'/></item>"
_LONG = f"<item><title>Long {{n}}</title><guid>{'g' * 4001}</guid></item>"
_BRINGS = "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>"


@pytest.mark.parametrize(
    ("before", "now"),
    [
        # What the head leaves with the parser concerns the first entry only.
        ((HEADS[5], _TWICE, _SUMMED), (HEADS[5], _SUMMED, _TWICE)),
        ((HEADS[5], _TWICE, _TWICE), (HEADS[5], ITEM, _TWICE, _TWICE)),
        # The first to declare a prefix does it for all.
        ((HEADS[3], _MEDIA.replace("{uri}", "http://search.yahoo.com/mrss/")),
         (HEADS[3], _MEDIA.replace("{uri}", "urn:x"),
          _MEDIA.replace("{uri}", "http://search.yahoo.com/mrss/"))),
        ((HEADS[3], "<item><title>A</title><a:link xmlns:a='http://www.w3.org/2005/Atom'"
          " href='/a'/></item>", ITEM), (HEADS[3], ITEM)),
        ((_BRINGS, "<entry xmlns='urn:x'><title>X</title></entry>",
          "<entry><title>Y</title></entry>"),
         (_BRINGS, "<entry><title>Y</title></entry>", "<entry><title>Z</title></entry>")),
        # What is dropped goes with its entry.
        ((HEADS[0], _LONG, ITEM), (HEADS[0], ITEM)),
        # An end that is found only in the feed's own.
        ((HEADS[0], ITEM, "<item><title>T</title><c><title>U</title></item>"),
         (HEADS[0], "<item><title>T</title><c><title>U</title></item>", ITEM)),
        # A prefix that the feed uses undeclared is what an entry declares it to be.
        (("<rss><channel><dc:date>2017</dc:date>", ITEM),
         ("<rss><channel><dc:date>2017</dc:date>",
          "<item><title>T</title><dc:creator xmlns:dc='urn:x'>Ann</dc:creator></item>", ITEM)),
        # What the head leaves open ends in an entry.
        ((HEADS[7], ITEM, ITEM), (HEADS[7], "<item><title>X --> Y</title></item>", ITEM, ITEM)),
        # Entities are the document's.
        ((HEADS[9], ITEM), (HEADS[9], "<item><title>a&nbsp;b</title></item>", ITEM)),
        ((HEADS[9], "<item><title>a&nbsp;b</title></item>"),
         (HEADS[9].replace("'x'", "'y'"), "<item><title>a&nbsp;b</title></item>")),
    ],
)  # fmt: skip
def test_entries_that_touch_each_other(before: Sequence[str], now: Sequence[str]) -> None:
    first = read(feed(*filled(before[1:]), head=before[0]))
    assert first is not None
    second = read(feed(*filled(now[1:]), head=now[0]), first.known)
    assert second is not None
    read(feed(*filled(before[1:]), head=before[0]), second.known)


def test_of_other_formats_and_sizes_nothing_is_known() -> None:
    items = [ITEM.format(n=n) for n in range(501)]
    bodies = [
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "T"}]}',
        feed(*items[:2], head=HEADS[10]),
        feed(*items[:2], head=HEADS[11]),
        feed(*items[:2], head=HEADS[12]),
        rss(*items),
        rss(*items[:2], "x" * 400_000),
        rss(items[0].replace("</title>", f"{'x' * 50_000}</title>")),
        rss(),
    ]
    for body in bodies:
        now = read(body)
        assert now is not None
        assert now.known is None
    assert len(_known(rss(*items[:500])).entries) == 500
