"""Pieces of markup: comments and instructions in texts, attributes, characters by number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.feeds.markup import attributes_of, content_of
from tests.support.feed_versions import feed, read

# Slow where one of them never ends, which is why texts are not read by it.
_ASIDES = re.compile(r"<!--.*?-->|<\?.*?\?>", re.S)
_INLINE = re.compile(r"</?[A-Za-z][^<>]*>")
_PIECES = ["<!--", "-->", "<?", "?>", "<", ">", "!", "-", "--", "?", "a", "<a", " ", "\n", "é"]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_asides_go_as_one_pattern_would_take_them(inner: str) -> None:
    plain = _ASIDES.sub("", inner)
    assert content_of(inner, {}) == (plain, bool(_INLINE.search(plain)))


@given(
    st.lists(st.sampled_from(_PIECES), max_size=9).map("".join),
    st.lists(st.sampled_from(_PIECES), max_size=9).map("".join),
)
def test_sections_part_asides(before: str, behind: str) -> None:
    outside = [_ASIDES.sub("", piece) for piece in (before, behind)]
    text, has_markup = content_of(f"{before}<![CDATA[<!--]]>{behind}", {})
    assert has_markup == any(map(_INLINE.search, outside))
    assert text == outside[0] + ("&lt;!--" if has_markup else "<!--") + outside[1]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("a<!-- b -->c", "ac"),
        ("a<!-- b", "a<!-- b"),
        ("a<!-- <? --> ?>", "a ?>"),
        ("a<? <!-- ?>b-->", "ab-->"),
        ("<!-->a-->b", "b"),
        ("<?>a?>b", "b"),
        ("--> <!-- a", "--> <!-- a"),
        ("<!-- <!-- a --> <!-- b", " <!-- b"),
        ("<? <!-- a -->", "<? "),
    ],
)
def test_asides_of_texts(inner: str, text: str) -> None:
    assert content_of(inner, {}) == (text, False)


@pytest.mark.parametrize(
    ("rest", "attributes"),
    [
        (" href='a' rel=\"b\" type=c", {"href": "a", "rel": "b", "type": "c"}),
        (" href = 'a'rel='b'/", {"href": "a", "rel": "b"}),
        (" xml:base='a' a:b:href='c'", {"xml:base": "a", "b:href": "c"}),
        (" data-href='a' href='b' nohref='c'", {"href": "b"}),
        (" href href='a'", {"href": "a"}),
        (" " + "a" * 15_000 + " href='a'", {"href": "a"}),
    ],
)
def test_attributes(rest: str, attributes: dict[str, str]) -> None:
    assert attributes_of(rest, {}) == attributes


@pytest.mark.parametrize("digits", [8, 49, 50, 4_300, 15_000])
def test_a_number_of_no_character_takes_nothing_else_along(digits: int) -> None:
    number = f"&amp;#{'9' * digits};"
    told = f"<title>Storm {number} hits</title><description>All {number} quiet</description>"
    now = read(feed(f"<item>{told}</item>", "<item><title>Other</title></item>"))
    assert now is not None
    first, other = now.reading.entries
    assert (first.title.split()[0], first.title.split()[-1]) == ("Storm", "hits")
    assert (first.summary.split()[0], first.summary.split()[-1]) == ("All", "quiet")
    assert other.title == "Other"
