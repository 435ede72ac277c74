"""JSON Feeds that are broken keep their other entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.errors import NotAFeed
from bot.sources.feeds import FeedReading, read_feed
from tests.support.feeds import URL

_HEAD = '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "en", "items": ['
_ITEM = (
    '{{"id": "{0}", "url": "/{0}", "title": "Thing {0}", "authors": [{{"name": "A"}}, {{"name": '
    '"B"}}], "attachments": [{{"url": "/a", "title": "a"}}, {{"url": "/b", "title": "b"}}],'
    ' "tags": ["c"]}}'
)
_FIRST, _SECOND, _THIRD = (_ITEM.format(n) for n in (1, 2, 3))
_WHOLE = f"{_HEAD}{_FIRST}, {_SECOND}, {_THIRD}]}}"


def _read(text: str) -> FeedReading:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return read_feed(text.encode(), URL, content_type=None, at=at)


def _titles(text: str) -> list[str]:
    return [entry.title for entry in _read(text).entries]


@pytest.mark.parametrize(
    "text",
    [
        _WHOLE,
        _WHOLE.replace("]}", ",]}"),
        _WHOLE.replace(_SECOND, f"{_SECOND}, , ").replace('["c"]', '["c",]'),
        f")]}}'\n{_WHOLE}",
        f"while(1);{_WHOLE}",
        f"for (;;); {_WHOLE}",
        f"{_WHOLE}<!-- cached -->",
        _WHOLE.replace('"title": "T"', '"title": "T", "expired": ' + "9" * 5000),
        _WHOLE.replace("Thing 2", "Thing\n2"),
        _WHOLE.replace(f"{_FIRST},", _FIRST),
    ],
    ids=range(10),
)
def test_a_feed_with_a_slip_is_read_whole(text: str) -> None:
    reading = _read(text)
    assert [entry.title for entry in reading.entries] == ["Thing 1", "Thing 2", "Thing 3"]
    assert (reading.title, reading.language) == ("T", "en")
    assert not reading.dropped


def test_a_feed_cut_at_any_byte_keeps_what_is_whole() -> None:
    first_end = len(_HEAD + _FIRST)
    for end in range(len(_HEAD), len(_WHOLE)):
        if end < first_end:
            with pytest.raises(NotAFeed, match="broken or cut off"):
                _read(_WHOLE[:end])
            continue
        whole = _WHOLE[:end].count('"tags": ["c"]}')
        assert _titles(_WHOLE[:end]) == ["Thing 1", "Thing 2", "Thing 3"][:whole]


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("Thing 2", 'Thing "2"'),
        ('"Thing 2"', "Thing 2"),
        ('"tags": ["c"]', '"tags": ["c"}'),
        ('"id": "2"', '"id": '),
        ('"id": "2"', '"id": "\\x"'),
    ],
)
def test_a_broken_entry_takes_no_other_with_it(was: str, is_now: str) -> None:
    broken = _SECOND.replace(was, is_now)
    reading = _read(_WHOLE.replace(_SECOND, broken))
    assert [entry.title for entry in reading.entries] == ["Thing 1", "Thing 3"]
    assert [each.reason for each in reading.dropped] == ["entry: broken or cut off"]


@pytest.mark.parametrize(
    "text",
    [
        _HEAD,
        f"{_HEAD}]",
        "{",
        '{"items": [{}, {"',
        f'{{"items": [{_FIRST}, {{"',
        f"[{_WHOLE[1:99]}",
    ],
)
def test_what_keeps_no_entry_is_refused(text: str) -> None:
    with pytest.raises(NotAFeed):
        _read(text)


def test_an_identity_that_is_an_address_is_the_link() -> None:
    items = [
        {"id": "https://example.org/1", "title": "A"},
        {"id": "https://example.org/2", "url": "https://example.org/3", "title": "B"},
        {"id": "urn:4", "title": "C"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1", "items": items}
    links = [entry.url for entry in _read(json.dumps(feed)).entries]
    assert links == ["https://example.org/1", "https://example.org/3", None]
