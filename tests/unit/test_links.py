"""When two links lead to the same article, and which links lead to none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.links import article_key, article_number, canonical_url, page_key
from tests.support.data import find_data

_HERE = "http://news.example.org/world/story-12345"


@pytest.mark.parametrize(
    "twin",
    [
        "https://news.example.org/world/story-12345",
        "HTTP://News.Example.ORG/world/story-12345",
        "http://www.news.example.org/world/story-12345",
        "http://m.news.example.org/world/story-12345",
        "http://news.mobile.example.org/world/story-12345",
        "//news.example.org/world/story-12345",
        "http://news.example.org:80/world/story-12345",
        "https://news.example.org:443/world/story-12345/",
        "http://news.example.org//world/story-12345",
        "http://news.example.org/world/story-12345#comments",
        "http://news.example.org/world/story-12345?utm_source=x&utm_term=.5",
        "http://news.example.org/world/story-12345?il=0",
        "http://news.example.org/world/story-12345?xid=rss-top&lid=tw&pos=top&mc=edit&print=1",
        "http://news.example.org/world/story-12345?_r=0&hp&ref=world&fbclid=aB1",
        "http://news.example.org/world/story-12345?feedType=RSS&amp;feedName=worldNews",
        "http://news.example.org/world/story-12345?CMP=twt_gu&ocid=x&ns_mchannel=social&src=rss",
        "http://news.example.org/world/story-12345?section=cnn_latest",
        "http://amp.news.example.org/world/story-12345",
        "http://news.example.org/amp/world/story-12345",
        "http://news.example.org/world/story-12345/amp/",
        "http://news.example.org/world/story-12345?amp=1",
        "http://news.example.org/world/story-12345?outputType=amp",
        "http://news.example.org/world/story%2D12345",
        "https://web.archive.org/web/20030821010349/http://news.example.org/world/story-12345",
        "https://web.archive.org/20030821010349/http://news.example.org:80/world/story-12345",
    ],
)
def test_twins_have_one_key(twin: str) -> None:
    assert canonical_url(twin) == canonical_url(_HERE) == "news.example.org/world/story-12345"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example.org/x?b=2&a=1", "http://a.example.org/x?a=1&b=2"),
        ("http://a.example.org/x?q=%c3%a9", "http://a.example.org/x?q=é"),
        ("http://a.example.org/é", "http://a.example.org/%C3%A9"),
        ("http://www.bbc.co.uk/news/uk-1", "https://www.bbc.com/news/uk-1"),
        ("http://edition.cnn.com/2017/x/", "http://www.cnn.com/2017/x"),
        ("http://a.example.org/x.amp.html", "http://a.example.org/x.html"),
        ("http://a.example.org/x-100~amp.html", "http://a.example.org/x-100.html"),
        ("http://a.example.org/x-1_amp.shtml", "http://a.example.org/x-1.shtml?refresh_ce"),
        ("http://a.example.org/x-1.654!amp", "http://a.example.org/x-1.654"),
        ("http://a.example.org/x-0123456789ab-amp", "http://a.example.org/x-0123456789ab"),
        ("http://a.example.org/google/amp/x/1", "http://a.example.org/x/1"),
        ("http://a.example.org/world/x-9876543/amp/1", "http://a.example.org/world/x-9876543"),
        ("http://a.example.org/x/amp_story/12.cms", "http://a.example.org/x/story/12.cms"),
        ("http://a.example.org/x?_amp=true", "http://a.example.org/x"),
        ("http://a.example.org/x?noamp=mobile", "http://a.example.org/x"),
        ("http://a.example.org/x-1?cid=public-rss_20261122", "http://a.example.org/x-1"),
        ("http://a.example.org/x-1?cid=public-rss_20261121", "http://a.example.org/x-1"),
        ("http://a.example.org/x-1?unlocked_article_code=1.a&taid=6", "http://a.example.org/x-1"),
        ("http://a.example.org/x-1?lmd_source=a&sara_ref=re-xx", "http://a.example.org/x-1"),
        ("http://a.example.org/x-1?searchResultPosition=3", "http://a.example.org/x-1"),
        ("https://www.washingtonpost.com/x-1/?itid=lk_1", "https://www.washingtonpost.com/x-1/"),
        ("https://elpais.com/x-1.html?ssm=TW_CC", "https://elpais.com/x-1.html"),
        ("https://www.sueddeutsche.de/x-1?reduced=true", "https://www.sueddeutsche.de/x-1"),
        ("https://www.zeit.de/2026-11/x/komplettansicht", "https://www.zeit.de/2026-11/x"),
        ("https://us.cnn.com/2017/11/23/x/index.html", "https://www.cnn.com/2017/11/23/x"),
        ("https://youtu.be/a-b_c123456?si=x", "https://www.youtube.com/watch?v=a-b_c123456"),
        ("https://m.youtube.com/watch?t=9&v=a-b_c123456", "https://youtube.com/live/a-b_c123456"),
    ],
)
def test_other_twins(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example.org/x", "http://b.example.org/x"),
        ("http://a.example.org/x", "http://a.example.org/X"),
        ("http://a.example.org/x", "http://a.example.org:8080/x"),
        ("http://a.example.org/?id=1", "http://a.example.org/?id=2"),
        ("http://a.example.org/story.php?ref=12", "http://a.example.org/story.php?ref=13"),
        ("http://a.example.org/x?source=2017001", "http://a.example.org/x?source=2017002"),
        ("http://a.example.org/x?xid=123456", "http://a.example.org/x?xid=654321"),
        ("http://a.example.org/show.php?lid=12", "http://a.example.org/show.php?lid=13"),
        ("http://a.example.org/n.asp?il=1", "http://a.example.org/n.asp?il=2"),
        ("http://a.example.org/x?module=1234", "http://a.example.org/x?module=1235"),
        ("http://a.example.org/#!/x", "http://a.example.org/#!/y"),
        ("http://a.example.org/a%2Fb", "http://a.example.org/a/b"),
        ("http://a.example.org/x?a=1&copy=2", "http://a.example.org/x?a=1&copy=3"),
        ("http://a.example.org/x-1?itid=12", "http://a.example.org/x-1?itid=13"),
        ("http://a.example.org/x-1?cid=12", "http://a.example.org/x-1?cid=13"),
        ("http://a.example.org/x?section=sport", "http://a.example.org/x?section=world"),
        ("http://a.example.org/story?via=storm", "http://a.example.org/story?via=flood"),
        ("http://a.example.org/weather?loc=paris", "http://a.example.org/weather?loc=rome"),
        ("http://a.example.org/2017/index.html", "http://a.example.org/2017"),
        ("http://a.example.org/wiki/Bass_amp", "http://a.example.org/wiki/Bass"),
        ("http://a.example.org/news/amp/1", "http://a.example.org/news"),
        ("http://a.example.org/x-9876543/amp/2", "http://a.example.org/x-9876543"),
        ("http://a.example.org/x/amp_story", "http://a.example.org/x/story"),
        ("http://a.example.org/the-best-bass-amp", "http://a.example.org/the-best-bass"),
        ("https://youtu.be/a-b_c123456", "https://youtu.be/a-b_c123457"),
        ("https://youtube.com/embed/videoseries?list=a", "https://youtube.com/embed/videoseries"),
    ],
)
def test_unlike_articles_have_unlike_keys(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "name",
    """lid tid iid xid ref source src from via nav test feed li or track input mod sp hub il ir
    pos module mc loc coll print printer share campaign dist spt ncid nlid partner linkid desktop
    """.split(),
)
@pytest.mark.parametrize("path", ["story", "news", "world/story-12345"])
def test_a_number_may_be_that_of_an_article(name: str, path: str) -> None:
    """Whatever the parameter is called: one that is taken for tracking loses the other's news."""
    one, other = (f"http://a.example.org/{path}?{name}={number}" for number in (123, 124))
    assert canonical_url(one) != canonical_url(other)
    assert article_key(one) == canonical_url(one)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org",
        "https://www.example.org/",
        "http://example.org/index.html",
        "http://example.org/home",
        "http://example.org/?utm_source=x",
        "http://example.org/live",
        "http://example.org/news/live/world-europe-1234",
        "http://example.org/world/2017/nov/15/storm-live-updates",
        "http://blogs.example.org/liveblog/samplia",
        "https://agency.example.org/news",
        "https://agency.example.org/News/",
        "https://agency.example.org/news.html?utm_source=rss",
        "https://agency.example.org/news/index.html",
        "https://agency.example.org/en/latest-news",
        "https://agency.example.org/press-releases",
        "https://agency.example.org/world/europe",
        "https://agency.example.org/sport/football/",
        "https://agency.example.org/politik",
        "https://agency.example.org/dernieres-nouvelles",
        "https://agency.example.org/économie",
        "https://agency.example.org/%D0%9D%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        "https://agency.example.org/أخبار",
        "https://agency.example.org/新闻",
        "",
    ],
)
def test_front_and_live_pages_prove_nothing(url: str) -> None:
    assert article_key(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/story-1",
        "http://example.org/?p=123",
        "http://example.org/index.php?id=7",
        "http://example.org/#!/story",
        "http://example.org/news/olive-oil",
        "http://example.org/2017/11/23/index.html",
        "http://example.org/pages/live/story.html?in_article_id=366195",
        "https://short.example.org/abcXYZ",
        "https://short.example.org/news1",
        "https://example.org/springfield",
        "https://example.org/flood",
        "https://example.org/war-in-ukraine",
        "https://example.org/news?id=7",
        "https://example.org/news/storm",
        "https://example.org/news-of-the-storm",
        "https://example.org/world/2017",
        "https://example.org/world-war-ends",
        "https://example.org/wiki/News",
        "https://example.org/p/World",
        "https://example.org/" + "news-" * 20,
    ],
)
def test_articles_are_no_front_pages(url: str) -> None:
    assert article_key(url) == canonical_url(url)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.org/news/live/c0123", "example.org/news/live/c0123"),
        ("http://example.org/2017/sudan-live-updates", "example.org/2017/sudan-live-updates"),
        ("http://blogs.example.org/liveblog/samplia", "blogs.example.org/liveblog/samplia"),
        ("https://example.org/live", None),
        ("https://example.org/news/live/", None),
        ("https://example.org/world/europe", None),
        ("https://example.org/", None),
    ],
)
def test_a_live_page_of_its_own_is_known_again(url: str, key: str | None) -> None:
    assert page_key(url) == key
    assert article_key(url) is None


def test_a_page_of_an_article_is_known_by_that() -> None:
    assert page_key(_HERE) == article_key(_HERE) == canonical_url(_HERE)


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://www.example.org/en/a-name/a-74900001?maca=en", "example.org/74900001"),
        ("https://example.org/2026/11/23/a-name_6654321_3210.html", "example.org/6654321"),
        ("https://example.org/politik/article256123456/a-name.html", "example.org/256123456"),
        ("https://amp.example.org/article/3333333/a-name", "example.org/3333333"),
        ("https://example.org/20261123/a-name-1234567.html", "example.org/20261123/1234567"),
        (
            "https://example.org/a-name-a-1234ABCD-0000-1111-2222-333344445555",
            "example.org/1234abcd-0000-1111-2222-333344445555",
        ),
        (
            "https://example.org/article/a-name-0123456789abcdef0123456789abcdef",
            "example.org/0123456789abcdef0123456789abcdef",
        ),
        # None is that of one article.
        ("https://example.org/a-name-20261123", None),
        ("https://example.org/23112026/a-name", None),
        ("https://example.org/202611/a-name", None),
        ("https://example.org/2026/11/23/a-name-12345", None),
        ("https://example.org/section-1234567/part/a-name", None),
        ("https://example.org/plans%20for%202026%2011", None),
        ("https://example.org/section-1234567?id=7", None),
        ("https://example.org/section-1234567#!/a-name", None),
        ("https://example.org/", None),
    ],
)
def test_the_number_of_an_article(url: str, number: str | None) -> None:
    assert article_number(url) == number


_PARTS = st.lists(
    st.sampled_from(
        ["http://", "https://", "//", "www.", "m.", "a.example.org", "/", "?", "&", "=", "#", "#!",
         "amp", "%41", "%zz", "%C3%A9", "é", " ", ":80", ":x", "[", "]", "@", "utm_source=x",
         "id=1", "&copy=1", "web.archive.org/web/2003/", "&", "\ud800", "\x00", ".",
         "/google/amp/", "amp_", "/amp/1", "-123",
         "~amp", "_amp", "!amp", ".amp", ".html", "-amp", "0123456789ab", "ref=12",
         "youtu.be/", "a-b_c123456", "story", "via=x"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(_PARTS.map("http://a.example.org/".__add__))
def test_key_of_a_key_is_itself(url: str) -> None:
    key = canonical_url(url)
    assert canonical_url(key) == key


@given(_PARTS | st.text())
def test_no_text_raises(url: str) -> None:
    canonical_url(url).encode(errors="replace")
    article_key(url)
    article_number(url)


def test_bullets_of_november_2017_join_by_shared_link() -> None:
    folder = find_data()
    if folder is None or not (folder / "current_events/revisions_2017-11.jsonl").is_file():
        pytest.skip("the recorded revisions are not here: set DATELINE_DATA")
    bullets: dict[str, list[list[str]]] = {}
    for line in (folder / "current_events/revisions_2017-11.jsonl").read_text("utf-8").splitlines():
        version = json.loads(line)
        bullets.setdefault(version["page"], []).extend(_links(version["text"]))
    assert sum(_joined(page, str) for page in bullets.values()) == 276
    assert 255 <= sum(_joined(page, canonical_url) for page in bullets.values()) <= 259


def _links(text: str) -> Iterable[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("*")]
    found = [re.findall(r"\[((?:https?:)?//[^\s\]]+)", line) for line in lines]
    return [links for links in found if links]


def _joined(bullets: Iterable[list[str]], key: Callable[[str], str]) -> int:
    """How many groups of bullets share no link with each other."""
    groups: list[set[str]] = []
    for links in bullets:
        together = {key(link) for link in links}
        apart = []
        for group in groups:
            if group & together:
                together |= group
            else:
                apart.append(group)
        groups = [*apart, together]
    return len(groups)
