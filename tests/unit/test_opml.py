"""Lists of feeds as OPML: read whatever they are like, and written so that they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.sources.lists import bundled
from bot.errors import InputError
from bot.sources.opml import MAX_OPML, FeedList, ListedFeed, PassedOver, read_opml, write_opml
from bot.sources.texts import one_line

A, B = "https://a.example/rss", "https://b.example/rss"


def opml(body: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>\n<opml version="2.0">{head}<body>\n{body}\n</body></opml>'.encode()
    )


def test_a_list_with_folders_inside_of_folders() -> None:
    found = read_opml(
        opml(
            f'<outline text="News" x="1">\n<outline text="Europe"><outline title="A" text="Aa" '
            f'xmlUrl="{A}" htmlUrl="https://a.example" language="de-AT" type="rss"/></outline>\n'
            f'<outline XMLURL="{B}"/></outline>'
        )
    )
    assert found == FeedList((ListedFeed(A, "Aa", "de", "Europe"), ListedFeed(B, "", "", "News")))


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        (" PT_br ", "pt"),
        ("zh-Hant-TW", "zh"),
        ("English", ""),
        ("und", ""),
        ("?", ""),
    ],
)
def test_a_language_is_the_first_part_of_its_tag(tag: str, language: str) -> None:
    (feed,) = read_opml(opml(f'<outline xmlUrl="{A}" language="{tag}"/>')).feeds
    assert feed.language == language


def test_a_folder_without_a_name_is_that_around_it() -> None:
    found = read_opml(
        opml(f'<outline text="Asia"><outline text=" "><outline xmlUrl="{A}"/></outline></outline>')
    )
    assert [feed.region for feed in found.feeds] == ["Asia"]


def test_what_is_left_out_is_named_with_its_line_and_the_reason() -> None:
    body = (
        f'<outline text="A" xmlUrl="{A}"/>\n<outline text="Again" xmlUrl="{A}/"/>\n'
        '<outline text="Nothing"/>\n<outline text="Bad" xmlUrl="javascript:alert(1)"/>\n'
        '<outline text="Empty" xmlUrl=" "/>\n'
        '<outline text="Secret" xmlUrl="https://me:secret@a.example/x"/>'
    )
    found = read_opml(opml(body))
    assert [feed.url for feed in found.feeds] == [A]
    assert found.passed_over == (
        PassedOver(4, "Again", "it is in the list before, as A"),
        PassedOver(5, "Nothing", "it has no xmlUrl"),
        PassedOver(6, "Bad", "'javascript:alert(1)' is no web address"),
        PassedOver(7, "Empty", "no address"),
        PassedOver(
            8,
            "Secret",
            "the address has a name and password in it, which would stand in every log",
        ),
    )


def test_titles_are_clean_and_short() -> None:
    body = f'<outline text="A&#10;\u202e&lt;b&gt; {"x" * 999}" xmlUrl="{A}" language="?!"/>'
    (feed,) = read_opml(opml(body)).feeds
    assert feed.title.startswith("A <b> xx")
    assert len(feed.title) <= 200
    assert feed.language == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "iso-8859-5"])
def test_a_list_in_any_encoding(encoding: str) -> None:
    outline = f'<outline text="Медуза" xmlUrl="{A}"/>'
    text = f'<?xml version="1.0" encoding="{encoding}"?><opml>{outline}</opml>'
    assert read_opml(text.encode(encoding)).feeds == (ListedFeed(A, "Медуза"),)


@pytest.mark.parametrize(
    ("outline", "title"),
    [
        (f'<outline text="A & B" xmlUrl="{A}?a=1&copy=2"/>', "A & B"),
        (f'<outline text="A&nbsp;B &amp; &lt;C&#39;" xmlUrl="{A}?a=1&amp;copy=2"/>', "A B & <C'"),
        (f'<outline text="A &b; &#0;C &" xmlUrl="{A}?a=1&copy=2"/>', "A &b; C &"),
        (f'<outline text="A\x0bB" xmlUrl="{A}?a=1&amp;copy=2"/>', "AB"),
    ],
)
def test_what_old_programs_have_written_is_put_right(outline: str, title: str) -> None:
    found = read_opml(opml(f"{outline}\n<outline text='C&#10;& D'/>"))
    assert found.feeds == (ListedFeed(f"{A}?a=1&copy=2", title),)
    assert [each.line for each in found.passed_over] == [4]


@pytest.mark.parametrize(
    ("says", "encoding"), [("utf-8", "latin-1"), ("klingon", "utf-8"), ("gb2312", "gb2312")]
)
def test_a_list_in_another_encoding_than_it_says_or_one_that_is_unusual(
    says: str, encoding: str
) -> None:
    title = "新闻" if encoding == "gb2312" else "Zeitung für Köln"
    text = f'\n<?xml version="1.0" encoding="{says}"?><opml><outline text="{title}" xmlUrl="{A}"/>'
    found = read_opml(f"{text}\n<outline text='x'/></opml>".encode(encoding))
    assert found.feeds == (ListedFeed(A, title),)
    assert [each.line for each in found.passed_over] == [3]


LAUGHS = """<?xml version="1.0"?><!DOCTYPE opml [
<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><opml><outline text="&b;"/></opml>"""
OUTSIDE = """<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>"""
BROKEN = {
    b"": "line 1: no element found",
    b"not XML": "line 1: syntax error",
    b"<opml>\n<body>\n<outline>\n</body>": "line 4: mismatched tag",
    b"<opml>\n<outline text='a < b'/></opml>": (
        'line 2: not well-formed (invalid token) at "< b\'/></opml>"'
    ),
    b"<opml>\r<outline text='<'/></opml>": (
        'line 2: not well-formed (invalid token) at "<\'/></opml>"'
    ),
    b"\n<html><body/></html>": "line 2: this is no OPML, it begins with <html>",
    LAUGHS.encode(): "line 2: it declares an entity, which no list of feeds needs",
    OUTSIDE.encode(): "line 1: it declares an entity, which no list of feeds needs",
    b" " * (MAX_OPML + 1): "it is larger than 5 MB",
}


@pytest.mark.parametrize(("body", "why"), BROKEN.items(), ids=BROKEN.values())
def test_a_broken_list_is_told_by_its_line(body: bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read_opml(body)
    assert str(caught.value) == why


def test_a_list_nested_by_the_thousand() -> None:
    deep = '<outline text="x">' * 20_000 + f'<outline xmlUrl="{A}"/>' + "</outline>" * 20_000
    assert len(read_opml(opml(deep)).feeds) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for given_body in (body, b"<opml><outline " + body):
        try:
            read_opml(given_body)
        except InputError as error:
            assert str(error)


# --- the round trip

_CLEAN = st.text(max_size=40).map(one_line)
_FEEDS = st.lists(
    st.builds(
        ListedFeed,
        st.integers(1, 10**6).map(lambda n: f"https://a.example/?a={n}&b='x'"),
        _CLEAN,
        st.sampled_from(["", "en", "pt", "zh"]),
        _CLEAN,
        st.booleans(),
    ),
    unique_by=lambda feed: feed.url,
    max_size=12,
)


@given(_FEEDS, _CLEAN)
def test_what_is_written_reads_the_same(feeds: list[ListedFeed], title: str) -> None:
    found = read_opml(write_opml(feeds, title).encode())
    assert found.passed_over == ()
    assert sorted(found.feeds, key=lambda f: f.url) == sorted(feeds, key=lambda f: f.url)
    again = write_opml(found.feeds, title)
    assert read_opml(again.encode()).feeds == found.feeds


def test_a_feed_that_is_paused_says_so_beside_other_categories() -> None:
    lists = ["/dateline/paused", "/News/World, /dateline/paused", "/dateline", "/paused"]
    found = read_opml(
        opml("".join(f'<outline xmlUrl="{A}/{n}" category="{c}"/>' for n, c in enumerate(lists)))
    )
    assert [feed.is_paused for feed in found.feeds] == [True, True, False, False]


def test_a_feed_without_a_title_is_written_with_its_address_and_read_without() -> None:
    written = write_opml([ListedFeed("https://a.example/?a=1&b=2")], "Mine")
    assert (
        'text="https://a.example/?a=1&amp;b=2" xmlUrl="https://a.example/?a=1&amp;b=2"' in written
    )
    assert [feed.title for feed in read_opml(written.encode()).feeds] == [""]


# --- the bundled list


def test_the_bundled_list_is_what_it_is_said_to_be() -> None:
    found = bundled()
    assert found.passed_over == ()
    assert len(found.feeds) >= 48
    assert len({feed.language for feed in found.feeds}) >= 10
    assert len({feed.region for feed in found.feeds}) >= 6
    for feed in found.feeds:
        assert feed.url.startswith("https://")
        assert all((feed.title, feed.language, feed.region)), feed


def test_the_bundled_list_is_as_an_export_writes_it() -> None:
    feeds = bundled().feeds
    assert read_opml(write_opml(feeds, "World news").encode()).feeds == feeds
