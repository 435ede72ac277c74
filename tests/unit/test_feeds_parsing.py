"""feedparser is used more directly than by its ``parse``, and makes the same of every feed."""

from __future__ import annotations

import io
from typing import Any

import feedparser
import pytest

from bot.sources.feeds.parsing import parse_xml
from bot.sources.feeds.prolog import read_prolog
from bot.sources.feeds.tidying import tidied
from tests.support.feed_versions import HEADS, ODD, PLAIN, feed, filled

_BASES = ("https://example.org/rss/feed.xml", "https://example.org", "feed.xml", "http://[", "")
_LINKS = (
    "/a", "a b", "//other.example.org/a", "?a=1&amp;b=2", "https://example.org/a;b?c=&d#e",
    "HTTPS://example.org", "https:///a", "http://[", "javascript:void(0)", "https://example.org/é",
    "https://example.org/?", "https://example.org:80/a/../b", "<![CDATA[https://e.org/?a=1&b=2]]>",
    "<![CDATA[ https://e.org/x&amp;y; ]]>", "https://example.org/{n}", "{n}", "",
)  # fmt: skip
_SAID = (
    "<item><title>T</title><link>{link}</link></item>",
    "<item><title>T</title><guid>{link}</guid><image><url>{link}</url></image></item>",
    "<item><title>T</title><guid isPermaLink='true'>{link}</guid><id>{link}</id></item>",
    "<entry><title>T</title><link href='{link}'/><author><uri>{link}</uri></author></entry>",
    "<item><title>T</title><link rel='enclosure' url='{link}'/><href>{link}</href></item>",
    "<item href='{link}'><title>T</title><atom:link>{link}</atom:link></item>",
    "<item xml:base='{link}'><title>T</title><link>{{n}}</link></item>",
    "<item BASE='{link}'><title>T</title><link>{{n}}</link></item>",
)


def _usual(xml: str, base: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    return feedparser.parse(
        io.BytesIO(xml.encode()),
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _based_on_nothing(data: Any) -> Any:
    """What was parsed, but for the base that each text is told to have."""
    if isinstance(data, dict):
        found = dict(data)
        return {key: _based_on_nothing(value) for key, value in found.items() if key != "base"}
    return [_based_on_nothing(each) for each in data] if isinstance(data, list) else data


def _check(body: bytes) -> bool:
    """Compare what is made of a feed with each base; whether it was well-formed."""
    text = body.decode()
    xml, _ = tidied(text, read_prolog(text))
    for base in _BASES:
        usual, ours = _usual(xml, base), parse_xml(xml, base)
        for part in ("feed", "entries"):
            assert _based_on_nothing(usual[part]) == _based_on_nothing(ours[part])
        assert ours["bozo"] == bool(usual["bozo"])
    return not ours["bozo"]


@pytest.mark.parametrize("head", HEADS, ids=range(len(HEADS)))
def test_any_feed(head: str) -> None:
    for entry in (*PLAIN, *ODD):
        _check(feed(*filled([entry, PLAIN[0]]), head=head))


@pytest.mark.parametrize("said", _SAID, ids=range(len(_SAID)))
def test_any_link(said: str) -> None:
    for link in _LINKS:
        entry = said.replace("{link}", link).replace("{{n}}", "{n}")
        _check(feed(*filled([entry, PLAIN[0]]), head=HEADS[0]))
        _check(feed(*filled([PLAIN[0]]), head=HEADS[0].replace("https://www.example.org/", link)))


def test_what_is_no_xml_after_all() -> None:
    entry = "<item><title>T</title><xmlns:link>/a</xmlns:link><link>/b</link></item>"
    assert not _check(feed(entry))
