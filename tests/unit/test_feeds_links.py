"""Links of entries: what readers open, and the key under which sources meet."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.links import article_url, canonical_url
from bot.sources.feeds import read_feed
from tests.support.feeds import URL, rss


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ("https://www.example.org/a?utm_source=rss&id=7", "https://www.example.org/a?id=7"),
        ("HTTP://News.Example.ORG:80/a#comments", "http://news.example.org/a"),
        ("https://m.example.org/a/", "https://m.example.org/a/"),
        ("https://example.org", "https://example.org/"),
        ("https://user:word@example.org/a", "https://example.org/a"),
        ("https://example.org/a b?x=1&amp;y=2", "https://example.org/a%20b?x=1&y=2"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("https://example.org/app#!/story/1", "https://example.org/app#!/story/1"),
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://example.org/a%3Fid%3D7&ct=ga",
            "https://example.org/a?id=7",
        ),
        (
            "http://news.google.com/news/url?sa=t&fd=R&url=http://example.org/a",
            "http://example.org/a",
        ),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=65"
            "&url=https%3a%2f%2fwww.example.org%2fa%3fid%3d7&c=123&mkt=en-us",
            "https://www.example.org/a?id=7",
        ),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3DIwAR&h=AT0",
            "https://example.org/a",
        ),
        ("https://www.google.co.uk/amp/s/www.example.org/a", "https://www.example.org/a"),
        (
            "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/amp/a?id=7",
            "https://www.example.org/a?id=7",
        ),
        ("http://www.x.cdn.ampproject.org/c/s/a.example.org/a", "https://a.example.org/a"),
        ("https://cdn.ampproject.org/v/s/a.example.org/a", "https://a.example.org/a"),
        ("https://m.bing.com/news/apiclick.aspx?url=http://example.org/a", "http://example.org/a"),
        ("http://@@web.archive.org/web/2003/http://example.org/a", "http://example.org/a"),
    ],
)
def test_link_opens_the_article(raw: str, link: str) -> None:
    assert article_url(raw) == link
    assert canonical_url(link) == canonical_url(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "https://feeds.example.org/~r/world/~3/a1b2/",
        "https://example.org/url?url=https://other.example.org/a",
        "https://www.google.com/search?q=https://example.org/a",
        "https://www.google.com/url?q=https://one.example.org/a&url=https://two.example.org/a",
        "https://www.google.com/url?q=cats",
        "https://www.bing.com/search?url=https://example.org/a",
        "https://www.facebook.com/l.php?u=https://example.org/a",
        "https://l.facebook.com/l.php?u=javascript:alert(1)",
        "https://x.cdn.ampproject.org/i/s/www.example.org/picture.png",
    ],
)
def test_what_is_not_certain_stays_wrapped(raw: str) -> None:
    link = article_url(raw)
    assert link is not None
    assert link.partition("?")[0] == raw.partition("?")[0]


@pytest.mark.parametrize(
    "raw",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "mailto:a@example.org",
        "ftp://example.org/a",
        "//example.org/a",
        "/a",
        "https://",
        "https://[::1/a",
        "https://exa mple.org/a",
        "https://./a",
        "http://example.org:port/a",
        "",
    ],
)
def test_what_opens_no_web_page_is_no_link(raw: str) -> None:
    assert article_url(raw) is None


_PIECES = st.lists(
    st.sampled_from(
        ["http://", "https://", "www.", "m.", "a.example.org", "google.com", "/url?url=", "/amp/s/",
         "x.cdn.ampproject.org", "/c/s/", "/c/", "s/", "amp/", "/", "?", "&", "=", "#", "#!", "%2F",
         "%41", "%zz", "é", " ", ":80", ":443", "@", "utm_source=x", "id=1", "&amp;", "%26amp%3B",
         "web.archive.org/web/2003/", "\ud800", "\x00", "\n", "q=", "http%3A%2F%2Fb.example.org%2F"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
_HEADS = ["https://google.com/url?url=http://", "https://x.cdn.ampproject.org/c/", "http://", ""]


@given(st.sampled_from(_HEADS), _PIECES)
@example("http://", "web.archive.org/web/2003/\nhttp://")
@example("http://", " @@web.archive.org/web/2003/http://a.example.org")
def test_link_and_its_source_share_their_key(head: str, tail: str) -> None:
    link = article_url(head + tail)
    if link is not None:
        assert article_url(link) == link
        assert canonical_url(link) == canonical_url(head + tail)


@given(st.sampled_from(_HEADS), _PIECES)
@example("https://google.com/url?url=http://", "www.x.cdn.ampproject.org/c/s/a.example.org/story")
@example("http://", "m.google.com./url?url=http://a.example.org/story")
def test_key_of_a_wrapped_link_is_its_own_key(head: str, tail: str) -> None:
    key = canonical_url(head + tail)
    assert canonical_url(key) == key


@given(st.text())
def test_any_text_is_a_link_or_none(text: str) -> None:
    link = article_url(text)
    assert link is None or link.startswith(("http://", "https://"))


def test_a_link_that_is_too_long_is_called_so() -> None:
    link = f"https://example.org/{'x' * 2000}"
    body = rss(f"<item><title>Thing</title><link>{link}</link></item>")
    reading = read_feed(body, URL, content_type=None, at=datetime(2017, 11, 24, tzinfo=UTC))
    assert reading.entries[0].url is None
    assert reading.dropped[0].reason == "link of more than 2000 characters"


def test_a_link_to_a_section_tells_no_entries_apart() -> None:
    item = "<item><title>{0}</title><link>https://example.org/news</link><guid>{1}</guid></item>"
    first, then = (
        read_feed(body, URL, content_type=None, at=datetime(2017, 11, 24, tzinfo=UTC)).entries[0]
        for body in (rss(item.format("Rates rise", "a")), rss(item.format("Volcano erupts", "b")))
    )
    assert [first.key, then.key] == ["a", "b"]
    assert first.url == then.url == "https://example.org/news"


def test_a_picture_in_a_local_network_is_none() -> None:
    item = "<item><title>Thing</title><enclosure url='http://{}/a.jpg' type='image/jpeg'/></item>"
    body = rss(item.format("192.168.0.1"), item.format("example.org").replace("Thing", "Other"))
    reading = read_feed(body, URL, content_type=None, at=datetime(2017, 11, 24, tzinfo=UTC))
    assert [entry.picture for entry in reading.entries] == [None, "http://example.org/a.jpg"]


def test_a_picture_without_an_address_is_none() -> None:
    html = "&lt;img src=''&gt;&lt;img src='/a.jpg'&gt;Told."
    item = f"<item><title>A</title><link>https://example.org/1</link><description>{html}"
    reading = read_feed(
        rss(f"{item}</description></item>"),
        URL,
        content_type=None,
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert [entry.picture for entry in reading.entries] == ["https://example.org/a.jpg"]


def _linked(feed: str) -> list[str | None]:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [entry.url for entry in read_feed(feed.encode(), URL, content_type=None, at=at).entries]


_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{0}"><entry><title>Ferry returns</title>'
    '<link rel="alternate" hreflang="en" href="https://a.example/en/1"/>'
    '<link rel="alternate" hreflang="de" href="https://a.example/de/1"/>'
    '<link rel="alternate" type="application/pdf" hreflang="fr" href="https://a.example/1.pdf"/>'
    "</entry></feed>"
)


@pytest.mark.parametrize(
    ("language", "link"),
    [
        ("en", "https://a.example/en/1"),
        ("de-CH", "https://a.example/de/1"),
        ("fr", "https://a.example/en/1"),
        ("", "https://a.example/en/1"),
    ],
)
def test_of_several_pages_that_in_the_feeds_language_is_linked_else_the_first(
    language: str, link: str
) -> None:
    assert _linked(_ATOM.format(language)) == [link]
    named = f"<channel><language>{language}</language><item>"
    feed = _ATOM.format("").replace("<entry>", named).replace("</entry>", "</item></channel>")
    assert _linked(feed) == [link]


@pytest.mark.parametrize(
    "relation",
    ["alternate nofollow", "ALTERNATE", "http://www.iana.org/assignments/relation/alternate"],
)
def test_a_page_is_linked_however_the_relation_is_written(relation: str) -> None:
    link = f'<link rel="{relation}" href="https://a.example/1"/><link rel="self" href="/1.xml"/>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>{link}</entry></feed>'
    assert _linked(feed) == ["https://a.example/1"]


def test_an_item_about_a_page_links_it() -> None:
    item = '<item rdf:about="https://a.example/{0}"><title>Thing {0}</title>{1}</item>'
    linked = "<link>https://a.example/2</link>"
    feed = f"{item.format(1, '')}{item.format('urn', linked)}"
    assert _linked(f"<rdf:RDF>{feed}</rdf:RDF>") == ["https://a.example/1", "https://a.example/2"]


_CLUSTER = (
    "<item><title>Storm hits coast - Example Times</title><link>https://example.org/c1</link>"
    '<source url="https://times.example">Example Times</source><description>{}</description></item>'
)
_ITEM = "&lt;li&gt;&lt;a href='x'&gt;{}&lt;/a&gt;&amp;nbsp; &lt;font&gt;{}&lt;/font&gt;&lt;/li&gt;"


@pytest.mark.parametrize(
    ("others", "summary"),
    [
        ([], ""),
        (["Town under water"], "Town under water The Sample."),
        (["Town under water", "Thousands flee"], "Town under water The Sample. Thousands flee The"),
    ],
)
def test_a_list_of_headlines_does_not_begin_with_that_of_its_entry(
    others: list[str], summary: str
) -> None:
    listed = [_ITEM.format("Storm hits coast", "Example Times")]
    listed += [_ITEM.format(other, "The Sample") for other in others]
    body = rss(_CLUSTER.format("".join(listed)))
    (entry,) = read_feed(
        body, URL, content_type=None, at=datetime(2017, 11, 24, tzinfo=UTC)
    ).entries
    assert entry.title == "Storm hits coast"
    assert entry.summary.startswith(summary)
    assert bool(entry.summary) == bool(summary)


def test_entries_of_one_title_are_known_by_their_summaries_where_they_have_nothing_else() -> None:
    item = "<item><title>Breaking</title><description>{}</description></item>"
    bodies = (rss(item.format("Rates rise."), item.format("Volcano erupts.")), rss(item.format("")))
    both, one = (
        read_feed(body, URL, content_type=None, at=datetime(2017, 11, 24, tzinfo=UTC)).entries
        for body in bodies
    )
    assert [entry.summary for entry in both] == ["Rates rise.", "Volcano erupts."]
    assert len({entry.key for entry in (*both, *one)}) == 3
