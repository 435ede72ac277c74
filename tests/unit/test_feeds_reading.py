"""What is read of feeds: charsets, formats, links, and what is no feed at all."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import NotAFeed, SourceUnreadable
from bot.sources.feeds import FeedReading, account_of, read_feed
from bot.sources.feeds.entries import MAX_ENTRIES
from storage.model import Account, Citation
from tests.support.feeds import ITEM, URL, items, rss

_AT = datetime(2017, 11, 24, 8, tzinfo=UTC)


def _read(body: bytes, content_type: str | None = None, url: str = URL) -> FeedReading:
    return read_feed(body, url, content_type=content_type, at=_AT)


def _item(inner: str, head: str = "") -> bytes:
    return rss(f"<item><title>Thing</title>{inner}</item>", head=head)


_WORDS = "Путин встретился с президентом Судана в Сочи"
_DOCUMENT = (
    f"<rss><channel><item><title>{_WORDS}</title>"
    "<link>https://example.org/1</link></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (_DOCUMENT.encode(), None),
        (_DOCUMENT.encode(), "text/xml; charset=iso-8859-1"),
        (_DOCUMENT.encode(), "application/rss+xml;charset='UTF-8'"),
        (b"\xef\xbb\xbf" + _DOCUMENT.encode(), "text/xml; charset=windows-1251"),
        (_DOCUMENT.encode("cp1251"), "text/xml; charset=windows-1251"),
        (b"<?xml version='1.0' encoding='koi8-r'?>" + _DOCUMENT.encode("koi8-r"), "text/xml"),
        (b"<?xml version='1.0' encoding='koi8-r'?>" + _DOCUMENT.encode("cp1251"),
         "text/xml; charset=cp1251"),
        (_DOCUMENT.encode("cp1251"), None),
        (_DOCUMENT.encode("cp1251"), "text/xml; charset=utf-8"),
        (_DOCUMENT.encode("utf-16"), None),
        (_DOCUMENT.encode("utf-16-be"), None),
        (_DOCUMENT.encode("utf-32"), "text/xml; charset=utf-8"),
        (_DOCUMENT.encode(), "text/xml; charset=rot13"),
        (_DOCUMENT.encode(), "text/xml; charset=idna"),
        (_DOCUMENT.encode(), "image/png; charset=no-such"),
    ],
)  # fmt: skip
def test_charsets_by_mark_header_declaration_and_likeness(
    body: bytes, content_type: str | None
) -> None:
    assert [entry.title for entry in _read(body, content_type).entries] == [_WORDS]


def test_latin_1_without_a_declaration() -> None:
    words = "Le président a été réélu à l'Élysée, dit-on très tôt"
    body = _item(f"<description>{words}</description>").decode().encode("latin-1")
    assert _read(body).entries[0].summary == words


def test_utf_8_with_a_few_wrong_bytes_stays_utf_8() -> None:
    body = _item(f"<description>{_WORDS * 5}</description>").replace(b"</desc", b"\xe9!</desc")
    assert _read(body).entries[0].summary.startswith(_WORDS)


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ("<link>https://example.org/a?utm_medium=rss&amp;b=1</link>", "https://example.org/a?b=1"),
        ("<link> https://example.org/a\n</link>", "https://example.org/a"),
        ("<link>/a</link>", "https://www.example.org/a"),
        ("<link>a</link>", "https://www.example.org/world/a"),
        ("<link>//other.example.org/a</link>", "https://other.example.org/a"),
        ("<link xml:base='https://base.example.org/x/'>a</link>", "https://base.example.org/x/a"),
        ("<guid>https://example.org/g</guid>", "https://example.org/g"),
        ("<guid isPermaLink='false'>https://example.org/g</guid>", None),
        ("<guid>12345</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>data:text/html,hello</link>", None),
        ("<link>mailto:a@example.org</link>", None),
        (f"<link>https://example.org/{'a' * 3000}</link>", None),
        ("<link>https://feeds.example.org/~r/a/~3/b/</link>", "https://feeds.example.org/~r/a/~3/b/"),
        (
            "<link>https://feeds.example.org/~r/a</link>"
            "<feedburner:origLink>https://example.org/a</feedburner:origLink>",
            "https://example.org/a",
        ),
        ('<link>https://example.org/"&gt;&lt;script&gt;</link>', "https://example.org/%22%3E%3Cscript%3E"),
    ],
)  # fmt: skip
def test_links_are_absolute_and_open_a_page(inner: str, url: str | None) -> None:
    body = _item(inner, head="<link>https://www.example.org/world/</link>")
    assert _read(body).entries[0].url == url


def test_entries_are_known_by_article_then_guid() -> None:
    front = "<link>https://example.org/</link><guid isPermaLink='false'>{}</guid>"
    shared = "<link>https://example.org/live-1#{0}</link><guid isPermaLink='false'>l{0}</guid>"
    body = rss(
        f"<item><title>One</title>{front.format('a')}</item>",
        f"<item><title>Two</title>{front.format('b')}</item>",
        f"<item><title>Three</title>{shared.format(1)}</item>",
        f"<item><title>Four</title>{shared.format(2)}</item>",
        "<item><title>Five</title><link>https://m.example.org/5?at_medium=RSS</link></item>",
        "<item><title>Six</title></item>",
    )
    keys = [entry.key for entry in _read(body).entries]
    assert keys == ["a", "b", "l1", "l2", "example.org/5", "Six"]


def test_same_entry_twice_is_one() -> None:
    reading = _read(rss(ITEM.format(n=1), ITEM.format(n=2), ITEM.format(n=1)))
    assert [entry.title for entry in reading.entries] == ["Thing 1 happened", "Thing 2 happened"]
    assert [dropped.reason for dropped in reading.dropped] == ["entry that the feed has twice"]


def test_of_too_many_entries_the_first_are_read() -> None:
    reading = _read(rss(*items(MAX_ENTRIES + 100)))
    assert len(reading.entries) == MAX_ENTRIES
    assert reading.entries[0].title == "Thing 0 happened"
    assert (reading.dropped[0].reason, reading.dropped[0].text) == (
        "too many entries", f"100 of {MAX_ENTRIES + 100}",
    )  # fmt: skip


def test_of_too_many_entries_that_ascend_the_last_are_read() -> None:
    count = MAX_ENTRIES + 100
    ascending = [
        item.replace("10:00:00", f"{n // 60:02}:{n % 60:02}:00")
        for n, item in enumerate(items(count))
    ]
    reading = _read(rss(*ascending))
    assert reading.title == "Example News"
    assert len(reading.entries) == MAX_ENTRIES
    assert reading.entries[-1].title == f"Thing {count - 1} happened"


def test_one_broken_entry_takes_no_other_with_it() -> None:
    broken = (
        "<item><title>Broken</title><description><![CDATA[never closed</description></item>",
        "<item><title>Broken</title><!-- never closed </item>",
        "<item><title>Broken</title><author><name>Nobody</item>",
        "<item><title>Broken</item>",
        f"<item><title>Broken</title>{'<x>' * 5000}</item>",
        "<item><title>Broken</title><a b=<c></d:e></item>",
    )
    for item in broken:
        titles = [entry.title for entry in _read(rss(ITEM.format(n=1), item, *items(1))).entries]
        assert titles[0] == "Thing 1 happened", item
        assert titles[-1] == "Thing 0 happened", item


def test_feeds_prolog_may_follow_words_of_a_script() -> None:
    body = b"Warning: in <b>feed.php</b>\n<?xml version='1.0'?>\n" + rss(*items(1))
    assert len(_read(body).entries) == 1


def test_entities_neither_grow_nor_reach_out() -> None:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    declared = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    entry = _read(declared.encode() + _item("<description>&e0; &e19; &f;</description>")).entries[0]
    assert entry.summary == "ha &e19; &f;"


def test_what_is_dropped_says_why() -> None:
    body = rss(
        "<item><title>Old</title><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>",
        "<item><title>New</title><pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate></item>",
        "<item><link>https://example.org/empty</link></item>",
        "<item><title>Bad</title><link>javascript:alert(1)</link></item>",
    )
    reading = _read(body)
    assert [(entry.title, entry.at) for entry in reading.entries] == [
        ("Old", None), ("New", None), ("Bad", None),
    ]  # fmt: skip
    assert [dropped.text for dropped in reading.dropped] == [
        "Old", "New", "https://example.org/empty", "javascript:alert(1)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"Hello", "plain text"),
        (bytes(100), "binary"),
        (b"\x1f\x8b\x08\x00abc", "compressed"),
        (b"%PDF-1.7", "PDF"),
        (b"{", "broken or cut off"),
        (b"[1]", "no JSON Feed"),
        (b'{"items": []}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "no JSON Feed"),
        (b"[" * 100_000, "broken or cut off"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "sitemap"),
        (b"<opml><body/></opml>", "OPML"),
        (b"<catalog><book/></catalog>", "<catalog>"),
        (b"<!DOCTYPE html><html><head><title>A &amp; B</title></head></html>", "“A & B”"),
        (b"<html><form><input type=password></form></html>", "login"),
        (b"<html><body><pre>&lt;rss></pre><rss></body></html>", "web page"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, words: str) -> None:
    with pytest.raises(NotAFeed, match=words) as refusal:
        _read(body)
    assert isinstance(refusal.value, SourceUnreadable)
    assert refusal.value.feeds == ()


def test_web_page_names_its_feeds() -> None:
    page = (
        b"<html><head><link rel=alternate type=application/rss+xml href=/rss>"
        b"<link rel='feed alternate' type='application/atom+xml' href='https://b.example.org/atom'>"
        b"<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>"
        b"<link rel=alternate type=application/rss+xml href=''>"
        b"<link rel=alternate hreflang=fr href=/fr><link rel=stylesheet href=x></head></html>"
    )
    with pytest.raises(NotAFeed, match="it names these feeds: https://www") as refusal:
        _read(page, url="https://www.example.org/news/")
    assert refusal.value.feeds == ("https://www.example.org/rss", "https://b.example.org/atom")


def test_json_feed_reads_like_any_other() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": "T",
        "items": [{"id": n, "title": f"Thing {n}", "url": f"/{n}"} for n in range(600)],
    }
    reading = _read(json.dumps(feed).encode("utf-8-sig"))
    assert len(reading.entries) == MAX_ENTRIES
    assert reading.entries[3].url == "https://feeds.example.org/3"
    assert reading.dropped[0].text == "100 of 600"


def test_collected_news_are_their_publishers() -> None:
    body = _item(
        "<link>https://example.org/1</link><source url='https://p.example.org'>The Post</source>"
        "<description>Thing&amp;nbsp; The Post</description>"
    ).replace(b"<title>Thing<", b"<title>Thing - The Post<")
    entry = _read(body).entries[0]
    assert (entry.title, entry.summary, entry.publisher) == ("Thing", "", "The Post")
    account = account_of(entry, "Collector", _AT)
    assert account.citations == (Citation("The Post", "https://example.org/1", "en"),)


def test_entry_becomes_an_account() -> None:
    picture = '<enclosure url="https://example.org/0.jpg" type="image/jpeg"/>'
    item = next(iter(items(1))).replace("</item>", f"{picture}<category>Sport</category></item>")
    reading = _read(rss(item, head="<language>de-AT</language>"))
    assert account_of(reading.entries[0], "Example", _AT, language="fr") == Account(
        day=date(2017, 11, 23),
        text="Thing 0 happened",
        category="Sports",
        citations=(Citation("Example", "https://example.org/story-0", "de"),),
        language="de",
        summary="What is known of thing 0.",
        picture="https://example.org/0.jpg",
    )


def test_an_entry_whose_topics_mean_no_category_has_none() -> None:
    entry = _read(_item("<category>World</category>")).entries[0]
    assert entry.topics == ("World",)
    assert account_of(entry, "Example", _AT).category == ""


def test_topics_are_few_and_short_and_take_no_place_from_the_rest() -> None:
    terms = "".join(f"<category>Topic {n}</category>" for n in range(100))
    around = f"<category>{'long ' * 25}</category><category>topic 0</category>"
    entry = _read(_item(f"{around}{terms}<description>Said last.</description>")).entries[0]
    assert entry.topics == ("topic 0", *(f"Topic {n}" for n in range(1, 20)))
    assert entry.summary == "Said last."


def test_account_without_a_time_is_of_the_utc_day_of_its_reading() -> None:
    entry = _read(rss("<item><title>Timeless</title></item>")).entries[0]
    at = datetime(2017, 11, 24, 3, tzinfo=ZoneInfo("Asia/Tokyo"))
    account = account_of(entry, "Example", at, language="fr")
    assert (account.day, account.language, account.citations) == (date(2017, 11, 23), "fr", ())


def test_text_of_an_account_is_title_and_summary() -> None:
    (told,) = _read(rss(*items(1))).entries
    asked = _read(_item("<description>More.</description>").replace(b"Thing", b"Thing?")).entries[0]
    texts = [account_of(entry, "Example", _AT).full_text for entry in (told, asked)]
    assert texts == ["Thing 0 happened. What is known of thing 0.", "Thing? More."]


def test_feed_says_what_it_is() -> None:
    head = "<title>News &amp;amp; more</title><link>/</link><language>PT_br</language><ttl>5</ttl>"
    reading = _read(rss(head=head))
    found = (reading.title, reading.language, reading.ttl, reading.entries)
    assert found == ("News & more", "pt", timedelta(minutes=5), ())
    assert reading.site_url == "https://feeds.example.org/"
