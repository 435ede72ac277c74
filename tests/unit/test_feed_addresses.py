"""Which addresses can be a feed's, and which are one feed's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.feed_addresses import complaint, feed_address, feed_key

URL = "https://example.org/feed"


@pytest.mark.parametrize(
    "twin",
    [
        "http://example.org/feed",
        "https://EXAMPLE.org/feed/",
        "https://example.org:443/feed",
        "https://example.org./feed",
        "https://example.org/%66eed",
        "https://example.org/feed#top",
        "https://example.org/feed?utm_source=rss&UTM_medium=feed",
    ],
)
def test_ways_to_write_one_address_are_one_feed(twin: str) -> None:
    assert feed_key(twin) == feed_key(URL)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "127.0.0.1."]
)
def test_ways_to_write_an_address_of_the_network_are_one_host(host: str) -> None:
    assert feed_key(f"http://{host}:8000/feed") == feed_key("http://127.0.0.1:8000/feed")


@pytest.mark.parametrize("host", ["[::1]", "1.2.3.4.5", "999.1.1.1", "0x", "7f000001"])
def test_another_host_stays_another(host: str) -> None:
    assert feed_key(f"http://{host}/feed") != feed_key("http://127.0.0.1/feed")


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.org/feed",
        "https://m.example.org/feed",
        "https://example.org/Feed",
        "https://example.org/feed?feed=rss2",
        "https://example.org/feed?source=world",
        "https://example.org:8443/feed",
        "https://example.org/amp/feed",
        "https://example.org/",
    ],
)
def test_what_is_off_for_articles_tells_feeds_apart(other: str) -> None:
    assert feed_key(other) != feed_key(URL)


def test_parameters_keep_their_order_and_their_escapes_are_uniform() -> None:
    assert feed_key("http://a.example/?b=%c3%a9&a=1") == feed_key("https://a.example?b=é&a=1")
    assert feed_key("http://a.example/?a=1&b=2") != feed_key("http://a.example/?b=2&a=1")


def test_a_host_in_another_script_is_known_by_its_name_in_the_network() -> None:
    assert feed_key("https://пример.рф/rss") == feed_key("http://xn--e1afmkfd.xn--p1ai/rss")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://example.org/a.xml ", "https://example.org/a.xml"),
        ("feed:https://example.org/a.xml", "https://example.org/a.xml"),
        ("feed://example.org/a.xml", "https://example.org/a.xml"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("http://[::1]:8080/feed", "http://[::1]:8080/feed"),
    ],
)
def test_addresses_as_people_have_them(typed: str, address: str) -> None:
    assert feed_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "example.org/feed", "ftp://example.org/feed", "javascript:alert(1)", "https://",
        "https://user:secret@example.org/feed", "https://exa mple.org/", "https://example.org:0/",
        "https://example.org:99999/", "https://example.org/a b", "https://[::1/feed",
        "https://example..org/feed", f"https://example.org/{'x' * 2000}", "https://<b>/feed",
        "file:///etc/passwd", "https://example.org/\u202efeed",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_feed(typed: str) -> None:
    assert feed_address(typed) is None
    said = complaint(typed)
    assert said
    assert "secret" not in said
    assert len(said) < 120


@given(st.text(max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    for typed in (text, f"https://{text}", f"https://example.org/{text}"):
        address = feed_address(typed)
        assert feed_key(typed) == feed_key(typed)
        assert address is None or feed_address(address) == address
        assert (address is None) == bool(complaint(typed))
