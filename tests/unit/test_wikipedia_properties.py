"""What holds for every page whatsoever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.wikipedia import decode_page, read_page

PAGE = "2017_November_23"
_MARKUP = re.compile(r"''|\[\[|\]\]|\{\{|\}\}|<ref|https?:|\ufffd|[\x00-\x1f\xa0]")

# Pieces that markup is made of, so that random pages are wild and not merely noise.
_PIECES = st.sampled_from(
    [
        *("*", "**", ":*", ";", "#", "\n", "\r\n", "\t", " ", "\u2028", "----", "=="),
        *("'''", "''", "[[", "]]", "|", "{{", "}}", "[", "]", "(", ")", "{|", "|}", "<", ">", "="),
        *("[http://a.example.org/1 ", "http://c.example.org/x", "//b.example.org", "(A)]"),
        *("<ref>", "</ref>", "<ref name=x />", "<ref name=x>", "{{cite web|url=", "<br>"),
        *("<!--", "-->", "<nowiki>", "</nowiki>", "&nbsp;", "&amp;", "&#0;", "&#xD800;", "%41"),
        *("{{convert|", "{{USS|", "{{ill|", "[[File:", "[[n:", "{{Current events|content="),
        *("{{age|", "{{As of|", "{{IRN", "{{flag|", "{{GBP|", "{{val|", "{{langx|", "{{nowrap|"),
        *("<!-- All news items below this line -->", "<!-- All news items above this line -->"),
        *("Ann", "wins", ".", ",", "é", "1", "Ã©", "\u200b", "\ufffd", "\x00", "\ud800"),
    ]
)
_PAGES = st.lists(_PIECES, max_size=60).map("".join) | st.text()


@settings(max_examples=400, deadline=None)
@given(_PAGES)
def test_no_page_raises_and_no_text_keeps_markup(wikitext: str) -> None:
    reading = read_page(PAGE, wikitext)
    assert reading.readable or not reading.accounts
    for account in reading.accounts:
        texts = [account.text, account.category, *(topic.text for topic in account.topics)]
        assert account.text
        assert account.citations
        assert not any(_MARKUP.search(text) for text in texts), texts
        assert all(link.target and link.words for link in account.links)
        assert all(citation.url.startswith("http") for citation in account.citations)
        "".join(texts).encode()


@settings(max_examples=200, deadline=None)
@given(_PAGES)
def test_reading_is_the_same_for_all_line_ends(wikitext: str) -> None:
    page = "*Ann wins. [http://a.example.org/1 (A)]\n" + wikitext.replace("\r", "")
    assert read_page(PAGE, page.replace("\n", "\r\n")).accounts == read_page(PAGE, page).accounts


@given(st.binary())
def test_any_bytes_decode(data: bytes) -> None:
    text = decode_page(data)
    text.encode()
    assert decode_page(text.encode()) == text


@given(st.text(alphabet="aéöñ “”’–€ßł中", max_size=20))
def test_good_text_survives_decoding(text: str) -> None:
    assert decode_page(text.encode()) == text


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!-- x -->\n", "{{", "}}", "[[", "<ref>", "<noinclude>", "*\n", "\n", "'''", "[http://",
     "{{Current events|", "<ref name=x>y</ref>", "* [[a", "(" * 10, "<b>", "=", ";a\n*b\n"],
)  # fmt: skip
def test_a_page_full_of_one_piece_of_markup_says_nothing_false(piece: str) -> None:
    page = "*Ann wins. [http://a.example.org/1 (A)]\n" + piece * (200_000 // len(piece))
    said = {account.text for account in read_page(PAGE, page).accounts}
    assert all(text.startswith(("Ann wins.", "a", "b")) for text in said)
